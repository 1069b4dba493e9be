"""The groups of articles, and the measures of an answer over several."""

import pytest

from eval.suites.many import Group, Judged, read_groups
from qa.answer import Answer
from qa.compose.base import Numbering
from qa.statement import Statement
from sets.questions import DataError

GROUPS = read_groups("all")


def test_every_gold_sentence_is_one_of_its_article():
    for group in GROUPS:
        for question in group.questions:
            cited = {article.id for article in group.articles.values()}
            assert all(question.must) and question.wrong < cited, question.id
            assert bool(question.must) != (question.kind == "none"), question.id
            assert len(list(question.history)) % 2 == 0
            assert not question.wrong & {p[0] for places in question.must for p in places}
        for places, relation in group.pairs.items():
            assert len({place[0] for place in places}) == 2 - (relation == "only")


def test_the_splits_share_no_group_and_every_kind_is_in_both():
    dev, test = read_groups("dev"), read_groups("test")
    assert {g.id for g in dev}.isdisjoint(g.id for g in test)
    kinds = {g.kind for g in GROUPS}
    assert kinds == {"event", "version", "copy", "namesake"}
    assert kinds == {g.kind for g in dev}


def test_a_sentence_that_is_not_there_is_named():
    with pytest.raises(DataError, match=r"'It rained\.' in article 'a'"):
        GROUPS[0].sentence(("a", "It rained."))


def answer(group: Group, *cited, role="evidence", refused=False):
    numbering = Numbering()
    statements = []
    for place in cited:
        letter = place[0].removeprefix(f"{group.id}-")
        article, sentence = group.sentence((letter, group.text(place)))
        citation = numbering.cite(article, sentence)
        statements.append(Statement(citation.quote, (citation,), role))
    return Answer("answer", "", "", tuple(statements), abstained=refused)


@pytest.fixture
def question():
    """Asked of two articles, of which each should speak."""
    return next(q for g in GROUPS for q in g.questions if q.kind == "each" and len(q.must) == 2)


def test_an_answer_is_right_where_each_article_speaks(question):
    first, second = (min(places) for places in question.must)
    judged = Judged(question, answer(question.group, first, second))
    assert judged.why_wrong() is None and judged.values["recall"] == 1
    half = Judged(question, answer(question.group, first))
    assert half.why_wrong() == "an article that should speak does not"
    assert half.values["recall"] == 0.5 and half.values["named"] == 0
    refused = Judged(question, answer(question.group, refused=True))
    assert refused.why_wrong() == "refused, though an article says"


def test_another_towns_article_is_wrong():
    question = next(q for g in GROUPS for q in g.questions if q.wrong)
    other = next(a for a in question.group.articles.values() if a.id in question.wrong)
    place = other.id, other.sentences[0].start, other.sentences[0].end
    judged = Judged(question, answer(question.group, min(question.must[0]), place))
    assert judged.why_wrong() == "an article speaks that must not"
    assert judged.values["wrong article"] == 1
