from dataclasses import astuple

import pytest

from qa.reading.onnx_model import WEIGHTS
from qa.reading.tokenizer import MAX_QUESTION, MAX_TITLE, MAX_WINDOW, OUTSIDE, WordPieceTokenizer

CLS, SEP = 101, 102


@pytest.fixture(scope="module")
def tokenizer():
    return WordPieceTokenizer((WEIGHTS / "tokenizer.json").read_bytes())


def ids(tokenizer, text):
    return list(tokenizer.tokens([text])[0].ids)


@pytest.mark.parametrize("special", ["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]"])
def test_special_tokens_typed_in_a_text_are_text(tokenizer, special):
    found = tokenizer.tokens([f"He typed {special} twice"])[0].ids
    assert len(found) >= 6  # the brackets are pieces of their own
    assert not set(found) & {0, 100, CLS, SEP, 103}


@pytest.mark.parametrize(
    "text",
    [
        "Engineers opened 4 gates, at 12:30.",
        "Émile’s café — “unbelievably” good",
        "  spaced\tout  ",
        "日本 won 3–0 😀 today",
        "",
    ],
)
def test_places_give_back_the_text(tokenizer, text):
    (tokens,) = tokenizer.tokens([text])
    assert len(tokens.ids) == len(tokens.places)
    assert "".join(text[start:end] for start, end in tokens.places) == "".join(text.split())


def test_pieces_of_a_word_follow_each_other(tokenizer):
    text = "The Prestissimo"
    parts = [text[start:end] for start, end in tokenizer.tokens([text])[0].places]
    assert parts[0] == "The" and len(parts) > 2


def test_texts_are_encoded_each_on_its_own(tokenizer):
    texts = ["One came.", "", "Two left, and a third came after them."]
    assert tokenizer.tokens(texts) == [tokenizer.tokens([text])[0] for text in texts]
    assert tokenizer.tokens([]) == []


def test_case_and_accents_do_not_count(tokenizer):
    assert ids(tokenizer, "CAFÉ") == ids(tokenizer, "cafe")


def test_a_question_alone_is_its_pieces(tokenizer):
    assert tokenizer.question("Who came?") == ids(tokenizer, "Who came?")


def test_earlier_lines_stand_before_the_last_one(tokenizer):
    said = ids(tokenizer, "Who came?") + ids(tokenizer, "Ida Holm.")
    asked = tokenizer.question("Who came?\nIda Holm.\n\nAnd why?\n")
    assert asked == [*said, SEP, *ids(tokenizer, "And why?")]


def test_the_last_line_is_kept_whole_and_the_latest_before_it(tokenizer):
    asked = tokenizer.question("zero " * 200 + "one two three\nAnd why?")
    why = ids(tokenizer, "And why?")
    assert asked[-len(why) - 1 :] == [SEP, *why]
    said = ids(tokenizer, "zero " * 200 + "one two three")
    assert asked[: -len(why) - 1] == said[-(MAX_QUESTION - len(why)) :]


@pytest.mark.parametrize(("length", "kept"), [(MAX_QUESTION - 1, 1), (MAX_QUESTION, 0)])
def test_what_was_said_takes_the_room_that_is_left(tokenizer, length, kept):
    asked = tokenizer.question("one two\n" + "why " * length)
    said = [*ids(tokenizer, "two"), SEP] if kept else []
    assert asked == said + ids(tokenizer, "why") * length


@pytest.mark.parametrize("before", ["", "Who came?\n"])
def test_a_question_of_10_000_words_keeps_its_last_pieces(tokenizer, before):
    words = " ".join(f"{number}" for number in range(10_000))
    assert tokenizer.question(before + words) == ids(tokenizer, words)[-MAX_QUESTION:]


@pytest.mark.parametrize("blank", ["", " ", "\n", " \n\t\n"])
def test_a_blank_question_has_no_pieces_and_a_window_still(tokenizer, blank):
    assert tokenizer.question(blank) == []
    assert tokenizer.window(tokenizer.head(blank), [[7]]).ids.tolist() == [CLS, SEP, 7, SEP]


def test_a_head_is_the_question_and_the_title(tokenizer):
    asked, title = ids(tokenizer, "Who came?"), ids(tokenizer, "Storm over Lund")
    assert tokenizer.head("Who came?") == tokenizer.head("Who came?", " ") == [CLS, *asked, SEP]
    assert tokenizer.head("Who came?", "Storm over Lund") == [CLS, *asked, SEP, *title, SEP]


def test_a_long_title_is_cut_off(tokenizer):
    title = "storm " * 500
    assert tokenizer.head("", title) == [CLS, SEP, *ids(tokenizer, title)[:MAX_TITLE], SEP]


def test_a_window_is_its_head_and_then_the_sentences(tokenizer):
    window = tokenizer.window([CLS, 5, 6, SEP], [[10, 11], [], [12]])
    assert window.ids.tolist() == [CLS, 5, 6, SEP, 10, 11, 12, SEP]
    assert window.types.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert window.sentence.tolist() == [OUTSIDE] * 4 + [0, 0, 2, OUTSIDE]
    assert window.first == 4


def test_a_window_without_sentences_is_its_head(tokenizer):
    window = tokenizer.window([CLS, 5, SEP], [])
    assert window.ids.tolist() == [CLS, 5, SEP, SEP]
    assert window.sentence.tolist() == [OUTSIDE] * 4


@pytest.mark.parametrize("over", [-1, 0, 1, 500])
def test_a_window_is_cut_off(tokenizer, over):
    room = MAX_WINDOW - 4  # the head and the mark at the end
    first, second = [10] * 100, [11] * (room - 100 + over)
    window = tokenizer.window([CLS, 5, SEP], [first, second])
    assert len(window.ids) == min(MAX_WINDOW, MAX_WINDOW + over)
    assert len(window.ids) == len(window.types) == len(window.sentence)
    shown = room + min(over, 0)
    assert window.ids.tolist() == [CLS, 5, SEP, *(first + second)[:shown], SEP]
    assert window.sentence.tolist() == [OUTSIDE] * 3 + [0] * 100 + [1] * (shown - 100) + [OUTSIDE]


def test_the_longest_question_leaves_room_for_sentences(tokenizer):
    head = tokenizer.head("said " * 500 + "\n" + "asked " * 20, "title " * 500)
    assert len(head) == MAX_QUESTION + MAX_TITLE + 4  # and the marks
    *_, first = astuple(tokenizer.window(head, [[10] * 500]))
    assert MAX_WINDOW - first > 350
