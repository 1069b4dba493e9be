"""The question set over the shipped article keeps to its rules, and its gold to the article."""

import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from eval.metrics import answer_hit

ROOT = Path(__file__).parents[2]
MINIMUM = {
    "fact": 54,
    "multi": 12,
    "why": 12,
    "noisy": 12,
    "follow": 12,
    "trap": 24,
    "offtopic": 10,
}
FIELDS = {"id", "split", "kind", "article", "question", "answerable", "answers", "gold", "needs"}
FOLLOW_UP_FIELDS = FIELDS | {"history", "standalone"}

QUESTIONS = [
    json.loads(line)
    for line in (ROOT / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
FOLLOW_UPS = [question for question in QUESTIONS if question["kind"] == "follow"]


@pytest.fixture(scope="module")
def article():
    """The article's text: what stands under the front matter."""
    shipped = (ROOT / "corpus" / "syria-offensive.md").read_text(encoding="utf-8")
    return shipped.split("\n---\n", 1)[1].strip()


def test_there_are_enough_questions_of_each_kind():
    counts = Counter(question["kind"] for question in QUESTIONS)
    assert set(counts) == set(MINIMUM)
    assert {kind: n for kind, n in counts.items() if n < MINIMUM[kind]} == {}
    assert len(QUESTIONS) >= 130


def test_ids_and_questions_are_unique():
    ids = [question["id"] for question in QUESTIONS]
    asked = [question["question"].casefold() for question in QUESTIONS]
    assert (len(set(ids)), len(set(asked))) == (len(QUESTIONS), len(QUESTIONS))


def test_odd_questions_of_each_kind_are_dev_and_even_ones_test():
    for kind, questions in groupby(QUESTIONS, key=lambda question: question["kind"]):
        for number, question in enumerate(questions, start=1):
            assert question["id"] == f"{kind}-{number:03}"
            assert question["split"] == ("dev" if number % 2 else "test")


def test_a_question_has_its_fields():
    for question in QUESTIONS:
        assert set(question) == (FOLLOW_UP_FIELDS if question["kind"] == "follow" else FIELDS)
        assert question["article"] == "syria-offensive"
        assert question["needs"] in ("any", "all")
        assert question["question"] == question["question"].strip() != ""


def test_only_answerable_questions_have_answers_and_gold():
    for question in QUESTIONS:
        assert bool(question["gold"]) == bool(question["answers"]) == question["answerable"]
        if question["kind"] != "follow":
            assert question["answerable"] == (question["kind"] not in ("trap", "offtopic"))


def test_gold_stands_in_the_article(article):
    for question in ANSWERABLE:
        assert [sentence for sentence in question["gold"] if sentence not in article] == []
        assert len(set(question["gold"])) == len(question["gold"])


def test_gold_is_whole_sentences(article):
    for question in ANSWERABLE:
        for sentence in question["gold"]:
            start = article.index(sentence)
            before, after = article[:start], article[start + len(sentence) :]
            assert sentence.endswith(".") and not sentence.startswith(" ")
            assert before == "" or before.endswith((". ", ".\n\n"))
            assert after == "" or after[0] in " \n"


def test_each_gold_sentence_holds_an_accepted_answer():
    for question in ANSWERABLE:
        for sentence in question["gold"]:
            assert answer_hit(sentence, question["answers"]) == 1.0


def test_the_first_answer_is_in_the_articles_words():
    for question in ANSWERABLE:
        assert any(question["answers"][0] in sentence for sentence in question["gold"])


def test_no_gold_sentence_alone_answers_what_needs_several():
    for question in [question for question in QUESTIONS if question["needs"] == "all"]:
        assert question["kind"] == "multi"
        assert 2 <= len(question["gold"]) <= 3
        for sentence in question["gold"]:
            assert not all(answer in sentence for answer in question["answers"])
        assert all(any(a in sentence for sentence in question["gold"]) for a in question["answers"])


def test_a_follow_up_has_earlier_turns_and_a_form_that_stands_alone():
    for question in FOLLOW_UPS:
        roles = [turn["role"] for turn in question["history"]]
        assert roles == ["user", "assistant"] * (len(roles) // 2) != []
        assert all(turn["content"].strip() for turn in question["history"])
        assert len(question["standalone"]) > len(question["question"])


def test_some_follow_ups_of_either_split_are_not_answered():
    unanswered = [question["split"] for question in FOLLOW_UPS if not question["answerable"]]
    assert sorted(set(unanswered)) == ["dev", "test"]
