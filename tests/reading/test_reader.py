import resource
from pathlib import Path

import pytest

from qa.article import Article
from qa.reading.onnx_model import Model
from qa.reading.reader import BundledReader, Candidate, _runs


@pytest.fixture(scope="module")
def reader():
    return BundledReader(Model())  # which reads again what it has read


@pytest.fixture
def candidates(article):
    return [Candidate(article, p) for p in article.passages]


def read(reader, text, question="What?", before=()):
    article = Article.from_text(text, title="T")
    return reader.read(question, [Candidate(article, p) for p in article.passages], before)


def test_every_sentence_is_scored_best_first(reader, article, candidates):
    reading = reader.read("How many families were displaced?", candidates)
    assert {e.sentence for e in reading.evidence} == set(article.sentences)
    scores = [e.score for e in reading.evidence]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores) and 0 < reading.answerable < 1
    best = reading.evidence[0]
    assert "nearly 7,000 families" in best.text
    assert "7,000" in article.text[slice(*best.exact)]


def test_an_exact_answer_lies_within_its_sentence(reader, article, candidates):
    for question in ("Who leads the armed groups?", "When did it begin?", "Why did they attack?"):
        for e in reader.read(question, candidates).evidence:
            assert e.sentence.start <= e.exact[0] < e.exact[1] <= e.sentence.end


def test_what_was_asked_before_of_others_changes_nothing(reader, candidates):
    fresh = BundledReader().read("Who is Geir Pedersen?", candidates)
    reader.read("How many died?", candidates[3:])
    assert reader.read("Who is Geir Pedersen?", candidates) == fresh


def test_what_was_said_before_tells_what_a_follow_up_means(reader):
    text = (
        "The ferry Alma left Turku at noon with 80 people. "
        "The ferry Siri left Vaasa at dusk with 15 people."
    )
    siri = {}
    for name, hour in (("Siri", "dusk"), ("Alma", "noon")):
        before = (f"When did the {name} leave?", f"At {hour}.")
        found = read(reader, text, "And how many people?", before).evidence
        siri[name] = next(e.score for e in found if "Siri" in e.text)
    assert siri["Siri"] > siri["Alma"]


def runs(article, *numbers):
    return [
        (first, last)
        for _, first, last in _runs([Candidate(article, article.passages[i]) for i in numbers])
    ]


def test_passages_that_follow_each_other_are_read_together(article):
    count = len(article.sentences)
    every = range(len(article.passages))
    assert runs(article, *every) == runs(article, *reversed(every)) == [(0, count)]
    ((first, _),) = runs(article, 1)
    ((_, last),) = runs(article, 2)
    assert runs(article, 2, 1) == [(first, last)]
    assert runs(article, 0, 2) == [*runs(article, 0), *runs(article, 2)]
    assert runs(article, 0, 0) == runs(article, 0)


def test_passages_of_two_articles_are_read_apart():
    one, two = (Article.from_text("One came. Two left.", title=t, id=t) for t in "AB")
    candidates = [Candidate(a, a.passages[0]) for a in (two, one)]
    assert [(a.id, first, last) for a, first, last in _runs(candidates)] == [
        ("A", 0, 2),
        ("B", 0, 2),
    ]


def test_nothing_to_read_is_no_answer(reader):
    reading = reader.read("Who?", [])
    assert reading.evidence == () and reading.answerable == 0


@pytest.mark.parametrize(
    "text", ["a", "One. " * 500, "<b>x</b>\0", "中文。", "\u200b \u00ad.", "[SEP] [CLS] [PAD]"]
)
def test_odd_sentences_are_read(reader, text):
    article = Article.from_text(text, title="T")
    assert len(read(reader, text).evidence) == len(article.sentences)


def test_the_answer_in_a_sentence_of_5000_words_is_found(reader):
    noise = "the committee discussed other matters of no importance at length and "
    text = noise * 500 + "the bridge cost 340 million euros and " + noise * 50 + "went home."
    best = read(reader, text, "How much did the bridge cost?").evidence[0]
    assert "340 million" in text[slice(*best.exact)]


def test_memory_stays_bounded_over_2_000_sentences(reader):
    read(reader, "One came. " * 300)
    Path("/proc/self/clear_refs").write_text("5")  # the peak is that of now, whatever ran before
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read(reader, "One came. Two left. " * 1000)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(reading.evidence) == 2_000
    assert grown < 200_000  # kilobytes; 320,000 if all windows were read at once
