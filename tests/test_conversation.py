import hypothesis.strategies as st
import pytest
from hypothesis import given

from qa.conversation import (
    MAX_BEFORE,
    MAX_CHARACTERS,
    clean_question,
    leans,
    said_before,
    standalone,
)
from qa.errors import UsageError

HISTORY = [
    {"role": "user", "content": "How many soldiers died?"},
    {"role": "assistant", "content": "> 180. [1]"},
]


@pytest.mark.parametrize("blank", ["", " \n\t", "\0", "\u200b\u202e", "\ud800"])
def test_a_blank_question_is_refused(blank):
    with pytest.raises(UsageError, match=r"^The question is empty; type one\.$"):
        clean_question(blank)


def test_a_question_over_the_limit_is_refused():
    assert clean_question("a" * MAX_CHARACTERS)
    with pytest.raises(UsageError, match="has 2,001 characters; shorten it to at most 2,000"):
        clean_question("a" * (MAX_CHARACTERS + 1))


@given(st.text())
def test_a_clean_question_is_one_line_without_control_characters(text):
    try:
        question = clean_question(text)
    except UsageError:
        return
    assert question == " ".join(question.split())
    assert all(c.isprintable() or c.isspace() for c in question)
    assert clean_question(question) == question


@pytest.mark.parametrize(
    "question", ["Why?", "And civilians?", "Since when?", "What about Idlib?", "Is he dead?"]
)
def test_a_question_that_leans_takes_the_last_one_along(question):
    assert leans(question)
    assert standalone(question, said_before(HISTORY)) == f"How many soldiers died? {question}"
    assert standalone(question, ()) == question


@pytest.mark.parametrize(
    "question", ["How many civilians died?", "Where is Aleppo?", "who is geir pedersen"]
)
def test_a_question_that_stands_alone_is_left_alone(question):
    assert standalone(question, said_before(HISTORY)) == question


@pytest.mark.parametrize(
    "history",
    [
        [{"role": "assistant", "content": "Hello"}],
        [{"role": "user", "content": ""}],
        [{"role": "user"}],
        [{}],
    ],
)
def test_a_history_without_a_question_changes_nothing(history):
    assert said_before(history) == ()
    assert standalone("Why?", said_before(history)) == "Why?"


def test_what_was_said_before_is_the_last_question_and_its_answer_as_plain_text():
    earlier = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}]
    assert said_before([*earlier, *HISTORY]) == ("How many soldiers died?", "180.")
    assert said_before(HISTORY[:1]) == ("How many soldiers died?",)
    long = [HISTORY[0], {"role": "assistant", "content": "> **Many**\\. " * 999}]
    assert said_before(long)[1].startswith("Many. ") and len(said_before(long)[1]) == MAX_BEFORE
