import re
from random import Random

import pytest

from sets.claims import statement, twins, twisted
from sets.questions import read_public
from tests.eval.tiny import BOTH, DAM, GATES, TRAP, WHY, question, span, write_set

SEEDS = range(60)
THANKS = "Mayor Petra Voss thanked the crews."


def test_a_question_and_its_answer_make_a_claim():
    for asked, answer, claim in [
        ("Who brokered the truce?", "Oman", "Oman brokered the truce."),
        ("Who has thanked the crews??", "the mayor", "The mayor has thanked the crews."),
        ("What is the capital of Oman?", "Muscat", "Muscat is the capital of Oman."),
        ("Which mayor thanked the crews?", "Petra Voss", "Petra Voss thanked the crews."),
        ("Who won the prize?", "Ida Holm", None),  # `won` is no verb that the rule knows
        ("How many people were killed?", "12", "12 people were killed."),
        ("How many people were killed?", "12 people", "12 people were killed."),
        ("How many gates did engineers open?", "4", None),
        ("How many gates are there?", "4", None),
        ("What did the jury praise?", "its rye loaf", None),
        ("What kind of loaf was praised?", "rye", None),
        ("Why did the lake rise?", "rain", None),
        ("Where was Petra Voss born?", "Lund", None),
        ("", "Lund", None),
    ]:
        assert statement(asked, answer) == claim


def all_twisted(text, source=""):
    return {twisted(text, source or text, Random(seed)) for seed in SEEDS}


def test_what_can_be_changed_is():
    for text, source, made in [
        ("They love Lund.", "They love Lund, not Malmö.", {"They love Malmö."}),
        ("The lake rose.", "", {"The lake fell."}),
        ("It is red.", "", {"It isn't red.", "It is not red.", "It is never red."}),
        ("It can rain.", "", {"It cannot rain.", "It can not rain.", "It can never rain."}),
        ("It will rain.", "", {"It won't rain.", "It will not rain.", "It will never rain."}),
        ("Snow melts.", "", {None}),
        ("We love Lund.", "We love Lund. lund wins.", {None}),  # no other name
        ("", "", {None}),
    ]:
        assert all_twisted(text, source) == made


def test_a_number_becomes_another_of_as_many_digits():
    made = all_twisted("It cost 1,990 euros.")
    assert len(made) > 5
    for text in made:
        number = re.fullmatch(r"It cost (\d,\d{3}) euros\.", text)[1]
        assert sum(a != b for a, b in zip(number, "1,990", strict=True)) == 1


def test_a_number_becomes_another_of_the_source():
    made = all_twisted("It cost 7 euros.", "It cost 7 euros, or 850 crowns.")
    assert "It cost 850 euros." in made


def test_a_number_in_letters_becomes_another():
    made = all_twisted("Two men ate two loaves.") - {"Two women ate two loaves."}
    assert len(made) > 5
    for text in made:
        assert re.fullmatch(r"Two men ate (?!two)[a-z]+ loaves\.", text)


def test_a_twisted_text_differs_and_is_the_same_for_the_same_seed():
    for seed in SEEDS:
        for text in DAM.split(". "):
            changed = twisted(text, DAM, Random(seed))
            assert changed != text
            assert changed == twisted(text, DAM, Random(seed))


ASKED = question(
    "thanks",
    "Who thanked the crews?",
    "dam",
    answers=["Mayor Petra Voss", "Petra Voss"],
    evidence=[span(DAM, THANKS)],
)
FOLLOW = ASKED | {"id": "follow", "question": "And who?", "standalone": "Who thanked the crews?"}
UNTOLD = ASKED | {"id": "untold", "answers": []}


@pytest.fixture
def made(tmp_path):
    def make(*questions):
        write_set(tmp_path, list(questions))
        return twins(read_public(tmp_path, "all"), "tiny")

    return make


def test_an_answer_makes_a_true_claim_and_two_false_ones(made):
    true, false, elsewhere = made(ASKED)
    assert [true.supported, false.supported, elsewhere.supported] == [True, False, False]
    assert true.claim == elsewhere.claim == THANKS != false.claim
    assert true.evidence == false.evidence == THANKS
    assert elsewhere.evidence in DAM and elsewhere.evidence != THANKS
    assert [c.id for c in (true, false, elsewhere)] == ["thanks-0", "thanks-1", "thanks-2"]
    assert (true.set, true.split) == ("tiny", "test")


def test_a_follow_up_makes_claims_of_its_standalone_form(made):
    assert made(FOLLOW)[0].claim == THANKS


def test_claims_are_the_same_each_time_and_whatever_stands_beside_them(made):
    alone = made(ASKED)
    assert made(ASKED) == alone
    assert [c for c in made(FOLLOW, ASKED) if c.id.startswith("thanks")] == alone


def test_questions_without_a_rule_or_an_answer_or_one_sentence_make_none(made):
    assert made(GATES, BOTH, WHY, TRAP, UNTOLD) == []
