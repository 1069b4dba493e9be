"""Break the answers on purpose: the measures of the article's dev questions must tell."""

import json
import random
from typing import ClassVar

import pytest

from eval.baselines import CONFIGURATIONS, PRODUCT, Configuration
from eval.data import read_own
from eval.gates import FLOORS
from eval.run import ask
from eval.scoring import EVIDENCE, REFUSAL, RETRIEVAL, as_asked, judge, row
from eval.suites.article import OWN_QUESTIONS
from qa.reading.reader import Evidence, Reading
from qa.reading.two_stages import TwoStageReader
from qa.search.retriever import Retriever
from qa.settings import shipped_corpus

MEASURES = (*EVIDENCE, "answer_hit", *REFUSAL, *RETRIEVAL, "refused")


class Remembering(TwoStageReader):
    """The product's reader, which reads what it has read before no second time."""

    read_before: ClassVar[dict] = {}

    def read(self, question, candidates, before=()):
        key = question, before, tuple((c.article.id, c.passage.start) for c in candidates)
        if key not in self.read_before:
            self.read_before[key] = super().read(question, candidates, before)
        return self.read_before[key]


class FirstSentence(Remembering):
    """As sure as the product, but it cites the first sentence of the article always."""

    def read(self, question, candidates, before=()):
        reading = super().read(question, candidates, before)
        article = candidates[0].article
        return Reading((Evidence(article, article.sentences[0], 1.0),), reading.answerable)


class Unread(TwoStageReader):
    """Reads nothing, for what retrieval alone decides."""

    def read(self, question, candidates, before=()):
        article = candidates[0].article
        return Reading((Evidence(article, article.sentences[0], 1.0),), 1.0)


@pytest.fixture(scope="module")
def measure(embedder, tmp_path_factory):
    questions = read_own(OWN_QUESTIONS, shipped_corpus(), "dev")

    def measured(reader=Remembering, threshold=None):
        configuration = Configuration("broken", lambda _: reader(), threshold)
        folder = tmp_path_factory.mktemp("finished")
        outcomes = ask(questions, [configuration], embedder, folder, "article")
        found = row(as_asked(judge(questions, outcomes["broken"])), MEASURES)
        return {name: interval.value for name, interval in found.items()}

    return measured


@pytest.fixture(scope="module")
def whole(measure):
    return measure()


def test_the_product_is_what_is_measured(embedder):
    assert type(CONFIGURATIONS[PRODUCT].reader(embedder)) is TwoStageReader
    assert CONFIGURATIONS[PRODUCT].threshold is None


def test_the_product_keeps_to_its_committed_floors(whole):
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert {name: floor for name, floor in floors.items() if whole[name] < floor} == {}


def test_threshold_0_refuses_nothing_and_cites_for_traps_too(measure, whole):
    broken = measure(threshold=0.0)
    assert (broken["refused"], broken["refusal_recall"], broken["refusal_f1"]) == (0.0, 0.0, 0.0)
    assert "refusal_precision" not in broken  # of no refusal
    assert broken["citation_recall"] >= whole["citation_recall"]
    assert broken["citation_precision"] < whole["citation_precision"]
    assert broken["auroc"] == pytest.approx(whole["auroc"], abs=0.01)


def test_threshold_1_refuses_everything(measure, whole):
    broken = measure(threshold=1.0)
    assert (broken["refused"], broken["refusal_recall"]) == (1.0, 1.0)
    assert (broken["citation_recall"], broken["citation_f1"], broken["answer_hit"]) == (0, 0, 0)
    assert broken["refusal_precision"] < whole["refusal_precision"]
    assert "citation_precision" not in broken  # of no citation


def test_citing_the_first_sentence_always_loses_the_evidence_but_no_refusal(measure, whole):
    broken = measure(FirstSentence)
    for name in (*EVIDENCE, "answer_hit"):
        assert broken[name] < whole[name] / 2
    for name in REFUSAL:
        assert broken[name] == pytest.approx(whole[name], abs=0.01)


def test_shuffled_passages_lose_their_ranks(measure, whole, monkeypatch):
    search = Retriever.search
    chance = random.Random(1)

    def shuffled(self, *args, **kwargs):
        found = search(self, *args, **kwargs)
        return chance.sample(found, len(found))

    monkeypatch.setattr(Retriever, "search", shuffled)
    broken = measure(Unread)
    assert broken["recall@1"] < whole["recall@1"] - 0.3
    assert broken["mrr@10"] < whole["mrr@10"] - 0.3
