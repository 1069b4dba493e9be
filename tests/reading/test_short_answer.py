from dataclasses import replace

import pytest

from qa.article import Article
from qa.reading.onnx_model import WEIGHTS_OF, bundled
from qa.reading.reader import Evidence, Reading
from qa.reading.short_answer import MARK, MARKED, mark_features, short_answer

ARTICLE = Article.from_text(
    "The harbour opened on Monday. Two boats came at noon.", title="Harbour"
)
OPENED, BOATS = ARTICLE.sentences
MONDAY = Evidence(ARTICLE, OPENED, 0.9, (22, 28), span=8.0, sure=-0.02, rival=-4.0)
TWO = Evidence(ARTICLE, BOATS, 0.2, (30, 33), span=-2.0, rival=-6.0)
SURE = Reading((MONDAY, TWO), 0.95)
WHEN = "When did the harbour open?"


def features(question, reading=SURE, before=()):
    return dict(zip(MARK, mark_features(question, before, reading), strict=True))


def test_the_manifest_has_a_coefficient_for_each_feature():
    for stage in WEIGHTS_OF:
        assert tuple(bundled(stage).fitted["mark"]) == MARK


def test_a_sure_span_is_the_short_answer():
    found = short_answer(WHEN, (), SURE)
    assert (found.text, found.article_id, found.start, found.end) == ("Monday", ARTICLE.id, 22, 28)
    assert ARTICLE.text[found.start : found.end] == found.text
    assert MARKED <= found.probability < 1


def test_an_unsure_one_is_none():
    for reading in [
        Reading((), 0.0),
        Reading((replace(MONDAY, exact=None),), 0.95),
        Reading((replace(MONDAY, score=0.3, span=-2.0), TWO), 0.5),
        Reading((Evidence(ARTICLE, OPENED, 0.5, (22, 28)),), 0.5),  # of a reader without logits
    ]:
        assert short_answer(WHEN, (), reading) is None


def test_the_features_tell_what_speaks_for_the_words():
    sure = features(WHEN)
    assert (sure["span"], sure["over rival"], sure["over others"]) == (8.0, 12.0, 10.0)
    assert sure["ahead"] == pytest.approx(2.197 + 1.386, abs=0.001)
    assert sure["sure"] == pytest.approx(0.95**4)
    assert sure["beside"] == 1.0  # both "harbour" and "open" stand beside "Monday"
    assert features("When did the boats come?")["beside"] == 0.0


def test_words_of_another_sort_than_asked_for_misfit():
    for question, misfits in {
        "When did it open?": 0.0,
        "How many boats came?": 1.0,
        "Who opened it?": 0.0,
        "Why did it open?": 0.0,
    }.items():
        assert features(question)["misfit"] == misfits, question


def test_what_was_said_before_is_no_new_answer():
    before = ("When did it open?", "It opened on Monday.")
    assert features("And the boats?", before=before)["repeated"] == 1.0
    assert features("And the boats?")["repeated"] == 0.0


def test_years_in_office_are_no_age():
    for text, span, is_age in [
        ("Captain Ines Moreau has sailed for Northline for 19 years.", "19 years", False),
        ("Captain Ines Moreau, 47, has sailed for 19 years.", "47", True),
        ("The 47-year-old captain has sailed for 19 years.", "47", True),
        ("The bridge, built in 1912, was closed.", "1912", True),
    ]:
        article = Article.from_text(text, title="Ferry")
        start = article.text.index(span)
        exact = (start, start + len(span))
        told = replace(MONDAY, article=article, sentence=article.sentences[0], exact=exact)
        reading = Reading((told, replace(TWO, score=0.01)), 0.99, short=4.0)
        assert bool(short_answer("How old is it?", (), reading)) == is_age, text
        assert short_answer("How long is it?", (), reading), text
