"""The question set over the shipped article keeps to its rules, and its gold to the article."""

import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from eval.metrics import answer_hit

ROOT = Path(__file__).parents[2]
MINIMUM = dict(fact=54, multi=12, why=12, noisy=12, follow=12, trap=24, offtopic=10)
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


def test_there_are_enough_questions_of_each_kind_and_all_differ():
    counts = Counter(question["kind"] for question in QUESTIONS)
    assert set(counts) == set(MINIMUM) and len(QUESTIONS) >= 130
    assert {kind: n for kind, n in counts.items() if n < MINIMUM[kind]} == {}
    for texts in ([q["id"] for q in QUESTIONS], [q["question"].casefold() for q in QUESTIONS]):
        assert len(set(texts)) == len(QUESTIONS)


def test_odd_questions_of_each_kind_are_dev_and_even_ones_test():
    for kind, questions in groupby(QUESTIONS, key=lambda question: question["kind"]):
        for number, question in enumerate(questions, start=1):
            assert question["id"] == f"{kind}-{number:03}"
            assert question["split"] == ("dev" if number % 2 else "test")


def test_a_question_has_its_fields_and_answers_and_gold_where_it_can_be_answered():
    for question in QUESTIONS:
        assert set(question) == (FOLLOW_UP_FIELDS if question["kind"] == "follow" else FIELDS)
        assert question["article"] == "syria-offensive"
        assert question["needs"] in ("any", "all")
        assert question["question"] == question["question"].strip() != ""
        assert bool(question["gold"]) == bool(question["answers"]) == question["answerable"]
        if question["kind"] != "follow":
            assert question["answerable"] == (question["kind"] not in ("trap", "offtopic"))


def test_gold_is_whole_sentences_of_the_article_with_an_accepted_answer(article):
    for question in ANSWERABLE:
        assert len(set(question["gold"])) == len(question["gold"])
        assert any(question["answers"][0] in sentence for sentence in question["gold"])
        for sentence in question["gold"]:
            assert sentence in article, question["id"]
            assert answer_hit(sentence, question["answers"]) == 1.0, question["id"]
            before, _, after = article.partition(sentence)
            assert sentence.endswith(".") and not sentence.startswith(" ")
            assert before == "" or before.endswith((". ", ".\n\n"))
            assert after == "" or after[0] in " \n"


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
    # Some of either split are not answered.
    assert {q["split"] for q in FOLLOW_UPS if not q["answerable"]} == {"dev", "test"}
