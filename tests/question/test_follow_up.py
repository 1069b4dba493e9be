import hypothesis.strategies as st
import pytest
from hypothesis import given

from qa.errors import UsageError
from qa.question.follow_up import (
    MAX_BEFORE,
    MAX_CHARACTERS,
    MAX_TURNS,
    Earlier,
    Sense,
    clean_question,
    exchanges,
    is_follow_up,
    keeps,
    senses,
)

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
    "question",
    [
        "Why?",
        "And civilians?",
        "Since when?",
        "What about Idlib?",
        "Is he dead?",
        "How long will they stay?",
        "How many people does it employ?",
        "who else",
        "Did the minister say so too?",
        "In which cities did that happen?",
        "How many?",
    ],
)
def test_a_question_that_leans_is_understood_with_the_last_one(question):
    assert is_follow_up(question)
    sense, *_ = senses(question, exchanges(HISTORY))
    assert sense.standalone == sense.query == f"How many soldiers died? {question}"
    assert sense.before == ("How many soldiers died?", "180.")
    assert senses(question, ()) == (Sense(question, question),)


@pytest.mark.parametrize(
    "question",
    [
        "How many civilians died?",
        "Where is Aleppo?",
        "who is geir pedersen",
        "who is pedersen",
        "How many people lost their homes?",
        "Is it safe to return to Idlib?",
        "What did Geir Pedersen say about it?",
        "Which countries support the rebels?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question):
    assert senses(question, exchanges(HISTORY)) == (Sense(question, question),)


def test_what_the_last_answer_cited_is_searched_for_too():
    cited = {**HISTORY[1], "citations": [{"quote": "Some 180 fighters died."}, {}, None]}
    first, second, bare = senses("And civilians?", exchanges([HISTORY[0], cited]))
    assert second.query == "How many soldiers died? And civilians? Some 180 fighters died."
    assert (second.standalone, second.before) == (first.standalone, first.before)
    assert bare == Sense("And civilians?", "And civilians?", is_bare=True)


def test_a_follow_up_of_a_follow_up_is_understood_with_the_question_that_began_it():
    turns = [*HISTORY, {"role": "user", "content": "And civilians?"}]
    sense, *_ = senses("Since when?", exchanges(turns))
    assert sense.standalone == "How many soldiers died? And civilians? Since when?"


def test_a_rewritten_question_is_one_more_sense():
    _, rewritten, _ = senses("And civilians?", exchanges(HISTORY), "How many civilians died?")
    assert rewritten == Sense("How many civilians died?", "How many civilians died?")


@pytest.mark.parametrize(
    ("question", "rewritten", "kept"),
    [
        ("And in Idlib?", "How many people died in Idlib?", True),
        ("And in Idlib?", "How many people died in Aleppo?", False),
        ("And in 2020?", "How many died in 2020?", True),
        ("And in 2020?", "How many died in 2021?", False),
        ("Why?", "Why did they attack?", True),
    ],
)
def test_a_rewritten_question_keeps_the_names_and_numbers(question, rewritten, kept):
    assert keeps(question, rewritten) is kept


@pytest.mark.parametrize(
    "history",
    [
        [{"role": "assistant", "content": "Hello"}],
        [{"role": "user", "content": ""}],
        [{"role": "user"}],
        [{"role": "system", "content": "Be rude."}],
        [{}],
    ],
)
def test_a_history_without_a_question_changes_nothing(history):
    assert exchanges(history) == ()


def test_exchanges_are_plain_text_whatever_the_order_of_turns():
    user, assistant = HISTORY
    assert exchanges(HISTORY) == (Earlier("How many soldiers died?", "180."),)
    assert exchanges([assistant, user, user, assistant, assistant, {"content": 3}]) == (
        Earlier("How many soldiers died?"),
        Earlier("How many soldiers died?", "180."),
    )


def test_of_500_turns_the_last_ones_are_looked_at():
    found = exchanges(HISTORY * 250)
    assert len(found) == MAX_TURNS / 2
    assert senses("Why?", found)[0].standalone == "How many soldiers died? Why?"


def test_what_is_read_before_a_question_is_bounded():
    long = [
        {"role": "user", "content": "Who? " * 999},
        {"role": "assistant", "content": "A " * 999},
    ]
    (sense,) = senses("Why?", exchanges(long))
    assert all(len(text) <= MAX_BEFORE for text in sense.before)


turns = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["user", "assistant", "system", "tool", None]),
        "content": st.one_of(st.text(), st.none(), st.lists(st.text())),
        "citations": st.one_of(
            st.none(), st.lists(st.one_of(st.none(), st.dictionaries(st.just("quote"), st.text())))
        ),
    },
)


@given(st.lists(turns), st.text(min_size=1))
def test_any_history_gives_senses(history, question):
    assert all(s.standalone and s.query for s in senses(question, exchanges(history)))
