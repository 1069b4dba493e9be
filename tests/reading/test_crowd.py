"""The probability of an answer that was found among many articles."""

import math

import pytest

from qa.article import Article
from qa.reading.crowd import MANY, among, crowd_row
from qa.reading.reader import Evidence, Reading
from qa.search.candidate import Candidate

ONE, TWO = (
    Article.from_text(f"The {what} opened. It rained.", title=what) for what in ("mill", "dam")
)
FOUND = [
    Candidate(article, article.passages[0], 1.0, cosine, None, None)
    for article, cosine in ((ONE, 0.75), (TWO, 0.5))
]
READING = Reading((Evidence(ONE, ONE.sentences[0], 0.5),), 0.5)


def test_a_row_tells_how_many_were_searched_and_how_far_the_best_is_ahead():
    [row] = crowd_row(READING, FOUND, 20).tolist()
    assert row == pytest.approx([1, 0, math.log(20), 0.75, 0.25, 0], abs=1e-6)
    alone = dict(zip(MANY, crowd_row(READING, FOUND[:1], 2)[0].tolist(), strict=True))
    assert alone["ahead"] == 0


def test_what_is_found_among_many_is_less_sure():
    fitted = dict(zip(MANY, (1.0, 1.0, -0.5, 0.0, 0.0, 0.0), strict=True))
    few, many = (among(READING, FOUND, n, fitted) for n in (2, 200))
    assert many.answerable < few.answerable
    assert few.evidence == READING.evidence


def test_one_article_or_no_figures_change_nothing():
    assert among(READING, FOUND, 1, dict.fromkeys(MANY, 9.0)) is READING
    assert among(READING, FOUND, 9, {}) is READING
    assert among(Reading((), 0.1), [], 9, dict.fromkeys(MANY, 9.0)).answerable == 0.1
