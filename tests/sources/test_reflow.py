from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from qa.sources.reflow import reflow

LINES = """The harbour of Porto Lindo opened on Monday after nine
years of work, and hundreds of people came to see how
the first ship entered it.
The town paid for it from its own funds, which took a
long time to gather, said the mayor.
What comes next
A second pier is to follow in 2031."""


def test_lines_become_paragraphs_and_headings():
    text, pages = reflow([LINES])
    assert pages == (0,)
    assert text.split("\n\n") == [
        "The harbour of Porto Lindo opened on Monday after nine years of work, and hundreds of"
        " people came to see how the first ship entered it.",
        "The town paid for it from its own funds, which took a long time to gather, said the"
        " mayor.",
        "What comes next",
        "A second pier is to follow in 2031.",
    ]


def test_a_word_cut_at_a_lines_end_is_joined():
    assert reflow(["The fisher-\nmen came."])[0] == "The fishermen came."
    assert reflow(["A well-known and well-\nknown man."])[0] == "A well-known and well-known man."
    assert reflow(["It opened in 2019-\n2020 with Anna-\nMaria."])[0] == (
        "It opened in 2019- 2020 with Anna- Maria."
    )


def test_a_paragraph_and_a_word_go_on_over_a_pages_end():
    text, pages = reflow(
        ["The harbour opened on Mon-", "day after years of", "work. It is\nlarge."]
    )
    assert text == "The harbour opened on Monday after years of work. It is large."
    assert [text[start:][:4] for start in pages] == ["The ", "day ", "work"]


def test_running_heads_and_page_numbers_go():
    ships = ["Aurora", "Boreal", "Cisne", "Delfim"]
    pages = [
        f"The Daily\n{page}\n\nOn that day the {ship} came in and\nthe {ship} was the first."
        for page, ship in enumerate(ships, 1)
    ]
    text, starts = reflow(pages)
    assert "Daily" not in text
    assert text.split("\n\n")[2] == "On that day the Cisne came in and the Cisne was the first."
    assert [text[start:][:16] for start in starts] == ["On that day the "] * 4


def test_a_page_without_text_starts_where_the_next_one_does():
    assert reflow(["", "One.", " \n", "Two.", ""]) == ("One.\n\nTwo.", (0, 0, 6, 6, 10))
    assert reflow(["", ""]) == ("", (0, 0))
    assert reflow([]) == ("", ())


def test_items_of_a_list_are_paragraphs():
    assert reflow(["Bring\n• a coat\n• a hat\n1. today\n2. or later"])[0].split("\n\n") == [
        "Bring",
        "• a coat",
        "• a hat",
        "1. today",
        "2. or later",
    ]


@given(st.lists(st.text(alphabet="aB.1 -\n•", max_size=60), max_size=6))
def test_pages_start_in_order_inside_the_text_and_no_word_is_lost(pages):
    text, starts = reflow(pages)
    assert len(starts) == len(pages)
    assert all(a <= b for a, b in pairwise([0, *starts, len(text)]))
    assert text == text.strip() and "\n\n\n" not in text
