import hypothesis.strategies as st
import pytest
from hypothesis import given

from qa.errors import UsageError
from qa.server.schemas import CALLS, Ask, describe, validate

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
FIELDS = sorted({field for call in CALLS.values() for field in call.model_fields})


def test_a_wrong_call_gets_a_sentence_that_names_the_field():
    for name, fields, begins in [
        ("ask", {}, "question is missing; it must be a question"),
        ("ask", {"question": 7}, "question is 7; it must be a question"),
        ("ask", {"question": "?", "colour": 1}, "colour is not a field of this call; its fields:"),
        ("ask", {"question": "?", "articles": "x"}, "articles is 'x'; it must be a list of"),
        ("ask", {"question": "?", "articles": [1]}, "articles[0] is 1; articles must be a list"),
        (
            "ask",
            {"question": "?", "history": [{"role": "bot", "content": ""}]},
            "history[0].role is 'bot'; history must be a list of the earlier turns",
        ),
        ("ask", {"question": "?", "history": [{"role": "user"}]}, "history[0].content is missing;"),
        ("articles", {"all": True}, "all is not a field of this call; its fields: none."),
        ("add", {}, "Give either url or text"),
        ("add", {"url": "https://a.example", "text": "x"}, "Give either url or text"),
        ("add", {"url": "https://a.example", "title": "x"}, "title goes with text; omit it"),
        ("add", {"text": "x", "title": "x" * 201}, "title is 'xxx"),
        ("remove", {"article": None}, "article is None; it must be the id"),
    ]:
        with pytest.raises(UsageError) as caught:
            validate(CALLS[name], fields)
        assert str(caught.value).startswith(begins), (name, fields)


@given(st.sampled_from(sorted(CALLS)), st.dictionaries(st.sampled_from([*FIELDS, "x"]), JSON))
def test_whatever_a_call_says_it_is_taken_or_told_in_one_short_sentence(name, fields):
    try:
        validate(CALLS[name], fields)
    except UsageError as error:
        assert str(error).endswith(".") and len(str(error)) < 400


def test_an_answers_own_turns_are_taken_as_history(assistant):
    answer = assistant.ask("How many civilians were killed?").to_dict()
    cited = [dict(citation) for citation in answer["citations"]]
    turns = [
        {"role": "user", "content": answer["question"]},
        {"role": "assistant", "content": answer["text"], "citations": cited},
    ]
    call = validate(Ask, {"question": "And soldiers?", "history": turns})
    assert [turn.model_dump() for turn in call.history][1] == turns[1]


def test_every_field_is_described():
    for name, call in CALLS.items():
        for field in call.model_fields:
            assert f"{field}: " in describe(call), name
