import hashlib

import pytest

from qa.article import Article
from qa.embedder import Embedder, bundled_weights
from qa.errors import UsageError
from qa.reader import Candidate, LogisticReader
from qa.settings import BUNDLED_EMBEDDER

OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture
def candidates(article):
    return [Candidate(article, p) for p in article.passages]


def test_the_weights_are_the_official_ones():
    data = (bundled_weights() / "model.safetensors").read_bytes()
    assert hashlib.sha256(data).hexdigest() == OFFICIAL_SHA256


def test_the_embedder_gives_384_numbers_of_length_1(embedder):
    vector = embedder.embed_query("How many civilians died?")
    assert len(vector) == 384
    assert sum(x * x for x in vector) == pytest.approx(1)


def test_an_embedder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError) as caught:
        Embedder(str(tmp_path)).embed_query("x")
    assert str(caught.value).startswith(f"QA_EMBEDDER is {str(tmp_path)!r}, which cannot be loaded")
    assert str(caught.value).endswith(f"or leave it out for {BUNDLED_EMBEDDER}.")


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
