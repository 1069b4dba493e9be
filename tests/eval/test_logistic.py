import pytest

from eval.logistic import LogisticReader
from qa.article import Article
from qa.search.candidate import Candidate


@pytest.fixture
def candidates(article):
    return [Candidate(article, p) for p in article.passages]


def test_every_sentence_is_scored_best_first(embedder, article, candidates):
    reading = LogisticReader(embedder).read("How many families were displaced?", candidates)
    assert {e.sentence for e in reading.evidence} == set(article.sentences)
    scores = [e.score for e in reading.evidence]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores) and 0 < reading.answerable < 1
    best = reading.evidence[0]
    assert "nearly 7,000 families" in best.text
    assert article.text[slice(*best.exact)] == "nearly 7,000"


def test_the_same_question_reads_the_same_whatever_was_asked_before(embedder, candidates):
    fresh = LogisticReader(embedder).read("Who is Geir Pedersen?", candidates)
    used = LogisticReader(embedder)
    used.read("How many died?", candidates[3:])
    assert used.read("Who is Geir Pedersen?", candidates) == fresh


def test_nothing_to_read_is_no_answer(embedder):
    reading = LogisticReader(embedder).read("Who?", [])
    assert reading.evidence == () and reading.answerable == 0


@pytest.mark.parametrize("text", ["a", "word " * 5000, "One. " * 500, "<b>x</b>\0", "中文。"])
def test_odd_sentences_are_read(embedder, text):
    article = Article.from_text(text, title="T")
    candidates = [Candidate(article, p) for p in article.passages]
    reading = LogisticReader(embedder).read("What?", candidates)
    assert len(reading.evidence) == len(article.sentences)
