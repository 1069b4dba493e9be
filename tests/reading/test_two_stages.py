"""Two stages: what the second one reads, when it is not asked, and what it changes."""

from dataclasses import replace

import numpy as np
import pytest

from qa.article import Article
from qa.reading.onnx_model import WEIGHTS, bundled
from qa.reading.reader import BundledReader, Evidence, Reading
from qa.reading.two_stages import (
    HOPELESS,
    ROOM,
    SECOND_EVIDENCE,
    SECOND_MEMBER,
    SECOND_QUESTION,
    SURE,
    TwoStageReader,
    evidence_rows,
    is_sure,
    member_rows,
    question_row,
)
from qa.search.candidate import Candidate

LARGEST = 95 * 1024 * 1024  # bytes of all weights


class Counting(BundledReader):
    """The second stage, which tells what it was asked."""

    def __init__(self):
        super().__init__(bundled("second"))
        self.asked = []

    def note(self, question, candidates, before=()):
        self.asked.append(candidates)
        return super().note(question, candidates, before)


@pytest.fixture(scope="module")
def second():
    return Counting()


@pytest.fixture
def reader(second):
    second.asked.clear()
    return TwoStageReader(second=second)


@pytest.fixture
def candidates(article):
    return [Candidate(article, p) for p in article.passages]


def test_all_weights_together_are_small():
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= LARGEST


def test_each_feature_has_a_coefficient():
    fitted = bundled("second").fitted
    assert tuple(fitted["evidence"]) == SECOND_EVIDENCE
    assert tuple(fitted["answerable"]) == SECOND_QUESTION
    assert tuple(fitted["member"]) == SECOND_MEMBER


def test_every_sentence_is_scored_and_the_second_stage_reads_the_best_passages(
    reader, second, article, candidates
):
    reading = reader.read("What did the Syrian military say?", candidates)
    assert reading.stage == "second"
    assert {e.sentence for e in reading.evidence} == set(article.sentences)
    scores = [e.score for e in reading.evidence]
    assert scores == sorted(scores, reverse=True)
    (near,) = second.asked
    assert 0 < len(near) < len(candidates)
    texts = [article.text[c.passage.start : c.passage.end] for c in near]
    assert sum(len(t.ids) for t in second.model.tokenizer.tokens(texts)) <= ROOM
    first = BundledReader().read("What did the Syrian military say?", candidates)
    best = first.evidence[0].sentence
    assert near[0].passage.start <= best.start < near[0].passage.end


@pytest.mark.parametrize("answerable", [0.99, HOPELESS])
def test_the_second_stage_is_not_asked_where_the_first_is_sure(
    second, candidates, article, answerable
):
    sure = Reading((Evidence(article, article.sentences[0], 0.99),), answerable, short=1.0)

    class Sure(BundledReader):
        def read(self, question, candidates, before=()):
            return sure

    second.asked.clear()
    assert TwoStageReader(Sure(), second).read("Who?", candidates) is sure
    assert not second.asked


@pytest.mark.parametrize(
    "change",
    [
        {"short": -0.1},
        {"answerable": SURE - 0.01},
        {"answerable": HOPELESS + 0.01},
        {"evidence": SURE - 0.01},
    ],
)
def test_what_is_not_sure(article, change):
    score = change.pop("evidence", 0.99)
    reading = Reading((Evidence(article, article.sentences[0], score),), 0.99, short=1.0)
    assert not is_sure(replace(reading, **change))


def test_rows_know_what_was_read(reader, second, candidates):
    found = BundledReader().read("Who fled?", candidates)
    near = reader.nearest(found, candidates)
    signals = second.note("Who fled?", near)
    rows = evidence_rows(found, signals)
    unread = rows[:, SECOND_EVIDENCE.index("unread")].astype(bool)
    read = {s.start for c in near for s in c.sentences}
    assert [e.sentence.start not in read for e in found.evidence] == unread.tolist()
    assert not rows[unread][:, 3:].any() and rows[~unread][:, 5].max() == 0
    members = member_rows(found, signals, np.full(len(rows), 0.5))
    assert members.shape == (len(rows), len(SECOND_MEMBER)) and np.isfinite(members).all()
    assert question_row(found, signals, np.full(len(rows), 0.5)).shape == (1, len(SECOND_QUESTION))


def test_one_sentence_longer_than_a_window_is_read(reader):
    article = Article.from_text("word " * 1000 + "ended in Oslo.", title="T")
    reading = reader.read("Where?", [Candidate(article, p) for p in article.passages])
    assert all(np.isfinite(e.score) for e in reading.evidence)


def test_nothing_to_read(reader):
    assert reader.read("Who?", []) == Reading((), 0.0)
