"""Break the answers on purpose: the measures of half the article's dev questions must tell.

The first stage reads them, and both stages a sample; `make eval` asks both stages all of them.
"""

import json
import random
from dataclasses import replace

import pytest

from eval.baselines import CONFIGURATIONS, PRODUCT, Configuration
from eval.gates import FLOORS
from eval.run import ask
from eval.scoring import EVIDENCE, REFUSAL, RETRIEVAL, as_asked, judge, row
from eval.suites.questions import OWN_QUESTIONS
from qa.reading.reader import BundledReader, Evidence, Reading
from qa.reading.two_stages import TwoStageReader
from qa.search.retriever import Retriever
from qa.settings import shipped_corpus
from sets.questions import read_own

MEASURES = (*EVIDENCE, "answer_hit", *REFUSAL, *RETRIEVAL, "refused")
DEV = read_own(OWN_QUESTIONS, shipped_corpus(), "dev")
QUESTIONS = replace(DEV, questions=DEV.questions[::2])
SAMPLE = replace(DEV, questions=DEV.questions[::4])
FIRST_STAGE = {  # its floors over QUESTIONS: each is missed when one question more goes wrong
    "evidence_top1": 0.86,
    "citation_f1": 0.7,
    "answer_hit": 0.83,
    "refusal_f1": 0.88,
    "auroc": 0.95,
}


class FirstSentence(BundledReader):
    """As sure as the product, but it cites the first sentence of the article always."""

    def read(self, question, candidates, before=()):
        reading = super().read(question, candidates, before)
        article = candidates[0].article
        return Reading((Evidence(article, article.sentences[0], 1.0),), reading.answerable)


class Unread(BundledReader):
    """Reads nothing, for what retrieval alone decides."""

    def read(self, question, candidates, before=()):
        article = candidates[0].article
        return Reading((Evidence(article, article.sentences[0], 1.0),), 1.0)


@pytest.fixture(scope="module")
def measure(embedder, tmp_path_factory):
    def measured(reader=BundledReader, threshold=None, questions=QUESTIONS):
        configuration = Configuration("broken", lambda _: reader(), threshold)
        folder = tmp_path_factory.mktemp("finished")
        outcomes = ask(questions, [configuration], embedder, folder, "article")
        found = row(as_asked(judge(questions, outcomes["broken"])), MEASURES)
        return {name: interval.value for name, interval in found.items()}

    return measured


@pytest.fixture(scope="module")
def whole(measure):
    return measure()


def below(measured, floors):
    return {name: floor for name, floor in floors.items() if measured[name] < floor}


@pytest.mark.parametrize(("second", "reader"), [("true", TwoStageReader), ("false", BundledReader)])
def test_the_product_is_what_is_measured(embedder, monkeypatch, second, reader):
    monkeypatch.setenv("QA_SECOND_STAGE", second)
    assert type(CONFIGURATIONS[PRODUCT].reader(embedder)) is reader
    assert CONFIGURATIONS[PRODUCT].threshold is None


def test_the_first_stage_keeps_to_its_floors(whole):
    assert below(whole, FIRST_STAGE) == {}


def test_both_stages_keep_to_the_committed_floors_on_a_sample(measure):
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert below(measure(TwoStageReader, questions=SAMPLE), floors) == {}


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
