"""From outcomes to measures, on outcomes written by hand."""

import pytest

from eval.run import Outcome
from eval.scoring import (
    differences,
    held,
    judge,
    misses,
    row,
    seconds,
)
from qa.answer import Answer
from qa.article import Article
from qa.statement import Citation, Exact, Statement
from sets.questions import GoldQuestion, QuestionSet

ARTICLE = Article.from_text("One came. Two left. Three stayed.", title="Few", id="few")
ONE, TWO, THREE = [("few", s.start, s.end) for s in ARTICLE.sentences]
QUESTIONS = QuestionSet(
    (
        GoldQuestion(
            "came",
            "dev",
            "fact",
            "Who came?",
            ("few",),
            True,
            answers=("One",),
            gold=frozenset({ONE}),
        ),
        GoldQuestion(
            "parts",
            "dev",
            "multi",
            "Who left, who stayed?",
            ("few",),
            True,
            answers=("Two", "Three"),
            gold=frozenset({TWO, THREE}),
            needs="all",
        ),
        GoldQuestion("why", "dev", "trap", "Why?", ("few",), False),
        GoldQuestion("when", "dev", "trap", "When?", ("few",), False),
    ),
    {"few": ARTICLE},
)


def outcome(question, text="", cited=(), confidence=0.9, exact=None):
    citations = tuple(
        Citation(number, *place[:1], "Few", "", *place[1:], "quote")
        for number, place in enumerate(cited, start=1)
    )
    answer = Answer(
        "answer" if cited else "refusal",
        question,
        question,
        (Statement(text, citations),),
        Exact(exact, "few", 0, 3, 0.9) if exact else None,
        abstained=not cited,
        confidence=confidence,
        timings={"read": 0.5},
    )
    passages = (("few", 0, 9), ("few", 10, 33))
    return Outcome(question, "as asked", answer, passages, cited[0] if cited else None, exact)


def judged(*outcomes):
    return judge(QUESTIONS, outcomes)


RUN = judged(
    outcome("came", "One came.", [ONE], 0.9, "One"),
    outcome("parts", "Two left.", [TWO], 0.6),
    outcome("why", confidence=0.2),
    outcome("when", "One came.", [ONE], 0.7),
)


def test_citations_are_judged_by_the_sentences_that_are_gold():
    found = row(RUN, ["citation_precision", "citation_recall", "citation_f1"])
    assert found["citation_precision"][::3] == (pytest.approx(2 / 3), 3)  # one of them for a trap
    assert found["citation_recall"][::3] == (0.75, 2)  # 1 and 1 of 2
    assert found["citation_f1"][::3] == (pytest.approx((1 + 2 / 3) / 2), 2)


def test_an_answer_of_several_parts_hits_the_share_that_it_names():
    assert [j.values["answer_hit"] for j in RUN] == [1.0, 0.5, None, None]


def test_an_answer_that_marks_no_exact_one_is_no_refusal_to_squad():
    assert [j.values["squad_f1"] for j in RUN] == [1.0, 0.0, 1.0, 0.0]
    assert row(RUN, ["squad_f1"])["squad_f1"].value == 0.5


def test_refusals_are_judged_over_all_questions():
    found = row(RUN, ["refusal_precision", "refusal_recall", "refusal_f1", "auroc", "refused"])
    assert {name: interval.value for name, interval in found.items()} == {
        "refusal_precision": 1.0,
        "refusal_recall": 0.5,
        "refusal_f1": pytest.approx(2 / 3),
        "auroc": 0.75,  # 0.9 over both, 0.6 over one
        "refused": 0.25,
    }


def test_what_the_questions_leave_undefined_is_absent():
    assert row(RUN[2:3], ["citation_f1", "answer_hit", "auroc"]) == {}


def test_passages_count_by_the_sentences_they_hold():
    assert held([ARTICLE])(("few", 10, 33)) == {TWO, THREE}
    assert RUN[0].values["recall@1"] == RUN[1].values["recall@5"] == 1.0
    assert RUN[1].values["mrr@10"] == 0.5


def test_differences_go_question_by_question():
    worse = [outcome("came"), *(j.outcome for j in RUN[1:])]
    found = differences(RUN, judged(*worse), ["citation_f1", "auroc"])
    assert list(found) == ["citation_f1"]
    assert found["citation_f1"][::3] == (0.5, 2)


def test_seconds_are_told_by_stage_and_in_all():
    assert seconds(RUN)["all"]["median"][::3] == (0.5, 4)


def test_each_miss_says_why():
    assert [(m.id, m.why) for m in misses(QUESTIONS, RUN)] == [
        ("parts", "cites a part of the evidence"),
        ("when", "answered, though the article does not say"),
    ]
    lost = judged(outcome("came"), outcome("parts", "One", [ONE]))
    assert [m.why for m in misses(QUESTIONS, lost)] == [
        "refused, though the article says",
        "cites none of the evidence",
    ]
    assert misses(QUESTIONS, RUN)[0].gold == ("Two left.", "Three stayed.")
