import hypothesis.strategies as st
import pytest
from hypothesis import given

from qa.writing.citation_parser import MAX_SENTENCE, CitationParser, Draft


def parsed(text: str, count: int = 5, *, ended: bool = True, cuts: tuple[int, ...] = ()):
    parser = CitationParser(count)
    drafts: list[Draft] = []
    for start, end in zip((0, *cuts), (*cuts, len(text)), strict=True):
        drafts += parser.feed(text[start:end])
    return [*drafts, *parser.close(ended=ended)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is so [1]. It was not. [2]", [("It is so.", (1,)), ("It was not.", (2,))]),
        ("It is so.[1] It was not.[2]", [("It is so.", (1,)), ("It was not.", (2,))]),
        ("It is so [1, 3].", [("It is so.", (1, 3))]),
        ("It is so [1][3][1].", [("It is so.", (1, 3))]),
        ("It is so [2-4].", [("It is so.", (2, 3, 4))]),
        ("It is so [2–4; 1].", [("It is so.", (2, 3, 4, 1))]),
        ("It is so 【1】.", [("It is so.", (1,))]),
        ("[2] It is so.", [("It is so.", (2,))]),
        ("Mr. Smith said “No.” [1] He left.", [("Mr. Smith said “No.”", (1,)), ("He left.", ())]),
        ("It is so [9].", [("It is so.", ())]),
        ("It is so [0] [1-99].", [("It is so.", (1, 2, 3, 4, 5))]),
        ("It was in [2011] [1].", [("It was in [2011].", (1,))]),
        ("It is [sic] so [1].", [("It is [sic] so.", (1,))]),
        ("It is `a[1]` so [2].", [("It is `a[1]` so.", (2,))]),
        ("- It is so [1]\n- It was [2]", [("It is so", (1,)), ("It was", (2,))]),
        ("1. It is so [1]. 2. It was [2].", [("It is so.", (1,)), ("It was.", (2,))]),
        ("**19** people [1]", [("19 people", (1,))]),
        ("19. [1]", [("19.", (1,))]),
        ("It was \u202e91\u202c \xadso\x00 [1].", [("It was 91 so.", (1,))]),
        ("It is so [", [("It is so", ())]),
        ("It is so [1", [("It is so", ())]),
        ("[1]", []),
        ("", []),
    ],
)
def test_marks_become_the_numbers_that_a_sentence_cites(text, sentences):
    assert [(d.text, d.numbers) for d in parsed(text)] == sentences


def test_code_of_several_lines_holds_no_marks():
    drafts = parsed("```\nx = a[1]\n```\nIt is so [2].")
    assert [d.numbers for d in drafts] == [(), (), (), (2,)]
    assert drafts[1].text == "x = a[1]"


def test_a_sentence_is_given_as_soon_as_the_next_one_begins():
    parser = CitationParser(5)
    assert list(parser.feed("It is so. [1] Then ")) == [Draft("It is so.", (1,))]


def test_a_sentence_that_stops_in_the_middle_is_told_apart():
    assert [d.ended for d in parsed("It is so. It wa", ended=False)] == [True, False]
    assert [d.ended for d in parsed("It is so.", ended=False)] == [True]


def test_a_sentence_that_never_ends_is_cut():
    drafts = parsed("and " * 2000)
    assert len(drafts) > 4 and all(len(d.text) <= MAX_SENTENCE for d in drafts)
    assert not any(d.ended for d in drafts[:-1])


pieces = st.sampled_from(
    [
        "[1]",
        "[",
        "]",
        "1",
        ", 2",
        "-",
        "【3】",
        "`",
        "```",
        "\n",
        " ",
        ". ",
        "So",
        "it is",
        "Mr.",
        "”",
        "*",
    ]
)
texts = st.one_of(st.text(max_size=80), st.lists(pieces, max_size=30).map("".join))


@given(texts, st.data())
def test_however_the_stream_is_cut_the_sentences_are_the_same(text, data):
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    drafts = parsed(text, cuts=tuple(cuts))
    assert drafts == parsed(text) == parsed(text, cuts=tuple(range(len(text))))
    assert all(d.text.strip() and set(d.numbers) <= {1, 2, 3, 4, 5} for d in drafts)
