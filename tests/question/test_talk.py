import hypothesis.strategies as st
import pytest
from hypothesis import given

from qa.question.conversation import asked, meaning
from qa.question.follow_up import Cited, Earlier
from qa.question.talk import about_answer, corrected

MOVES = {
    "check": "Are you sure? / really? / Is that right? / That's wrong. / can you verify that?",
    "place": "Where does it say that? / How do you know? / Which paragraph? / show me the quote",
    "speaker": "Who said that? / According to whom? / Whose words are these?",
    "more": "Tell me more / go on / more, please / What else? / Is that all? / Can you elaborate?",
    "others": "And the others? / Who else? / what about the rest?",
    "shorter": "shorter / Can you make it shorter? / in one sentence / just the answer",
    "repeat": "Say that again. / Pardon? / What did you say?",
}
QUESTIONS = (
    "Who said that the boat sank? / Who is sure of winning? / Where does the boat land? / Why? / "
    "Is it true that two died? / No one was hurt? / What more does the mayor want from the board?"
)


@pytest.mark.parametrize("move", MOVES)
def test_what_is_said_about_an_answer_is_told_by_what_it_asks_for(move):
    for said in MOVES[move].split(" / "):
        found = about_answer(said)
        assert found and (found.move, found.words) == (move, ""), said


def test_a_question_about_the_article_is_none_about_the_answer():
    for question in QUESTIONS.split(" / "):
        found = about_answer(question)
        assert found is None or found.words, question


def test_more_may_be_wanted_of_something_named():
    assert about_answer("Tell me more about Holm").words == "What does the article say about Holm?"
    assert about_answer("What else did Orr say?").words == "What did Orr say?"


@pytest.mark.parametrize(
    ("question", "said", "meant"),
    [
        ("How much will the bus cost?", "No, I meant the boat", "How much will the boat cost?"),
        ("How much will the bus cost?", "not the bus, the boat", "How much will the boat cost?"),
        ("When did the hall in Tarn burn?", "no, in Holm", "When did the hall in Holm burn?"),
        ("Who won in 1988?", "I meant 1990.", "Who won in 1990?"),
        ("How many soldiers died?", "I mean civilians", "How many civilians died?"),
        ("What did Orr say?", "sorry, Whitlock", "What did Whitlock say?"),
        ("When was it built?", "I meant the old bridge", "When was the old bridge built?"),
        ("Who paid?", "no, I meant who designed it", "who designed it?"),
    ],
)
def test_what_was_meant_takes_the_place_of_what_was_asked(question, said, meant):
    assert corrected(question, about_answer(said)) == [meant]


QUOTE, MORE = Cited("The bus costs 45 crowns.", "a", 0), Cited("It leaves at noon.", "a", 25)
BUS = Earlier("How much will the bus cost?", "45 crowns.", (QUOTE,))


def test_small_talk_and_doubts_leave_no_trace_and_more_belongs_to_its_answer():
    talk = (BUS, Earlier("Thanks!", "Welcome."), Earlier("Are you sure?", "Yes.", (QUOTE,)))
    assert asked(talk) == (BUS,)
    (one,) = asked((*talk, Earlier("go on", "", (MORE,))))
    assert (one.question, one.further) == (BUS.question, (MORE,))


def test_a_follow_up_of_a_correction_follows_what_was_meant():
    (*_, last) = asked((BUS, Earlier("no, I meant the boat", "30 crowns.")))
    assert last.question == "How much will the boat cost?"


def test_what_is_said_about_an_answer_is_read_as_the_question_it_answered():
    sure = meaning("Are you sure?", (BUS,))
    assert sure.senses[0].query == BUS.question and sure.about.last == BUS
    assert meaning("Are you sure?", ()).intent == "small_talk"
    for nothing in ("Why?", "the", "?"):
        assert meaning(nothing, ()).intent == "small_talk"
    assert meaning("Why?", (BUS,)).intent == "question"


@given(st.text(max_size=200), st.text(min_size=1, max_size=100))
def test_anything_said_has_a_meaning(said, question):
    assert meaning(said, asked((Earlier(question),))).senses
