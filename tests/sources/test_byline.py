import time

import pytest

from qa.article import Article
from qa.sources import read_pasted, read_upload
from qa.sources.byline import Byline, dateline, read_byline, with_byline

KAY = "Ada Kay"
BY = {  # a text's first lines -> author, publisher, place, published, updated
    "By Ada Kay, 14 March 2025": (KAY, "", "", "2025-03-14", ""),
    "BY ADA KAY": (KAY, "", "", "", ""),
    "by Ada Kay | March 14th, 2025": (KAY, "", "", "2025-03-14", ""),
    "*By Ada Kay*\nPublished: Fri, 14 Mar 2025": (KAY, "", "", "2025-03-14", ""),
    "By Ada Kay — 14 March 2025, 9:30 a.m. GMT": (KAY, "", "", "2025-03-14", ""),
    "By Ada Kay in Marlow Bay": (KAY, "", "Marlow Bay", "", ""),
    "By Ada Kay for the Elin Post": (KAY, "Elin Post", "", "", ""),
    "By Ada Kay, Political Correspondent": (KAY, "", "", "", ""),
    "Written by Ada Kay": (KAY, "", "", "", ""),
    "Author: Ada Kay": (KAY, "", "", "", ""),
    "Port opens\n\nBy Ada Kay\n14 March 2025": (KAY, "", "", "2025-03-14", ""),
    "By ADA KAY and ED O’BRIEN": ("Ada Kay and Ed O’Brien", "", "", "", ""),
    "By ADA MCKAY": ("Ada McKay", "", "", "", ""),
    "By Jan van der Berg, Ed Orr and Lu Wen": ("Jan van der Berg, Ed Orr and Lu Wen",) + ("",) * 4,
    "Published 3 May 2024, 10:15 BST · Updated 4 May 2024": (
        "",
        "",
        "",
        "2024-05-03",
        "2024-05-04",
    ),
    "Last updated: 2025-03-15T09:30Z": ("", "", "", "", "2025-03-15"),
    "MARLOW BAY, 4 Feb — It opened.": ("", "", "Marlow Bay", "", ""),
    "OSLO, Feb. 4, 2025 (AP) — It opened.": ("", "", "Oslo", "2025-02-04", ""),
    "ST. JOHN’S, Newfoundland – It opened.": ("", "", "St. John’s, Newfoundland", "", ""),
    "WASHINGTON, D.C. -- It opened.": ("", "", "Washington, D.C.", "", ""),
    "Hong Kong (CNN) — It opened.": ("", "", "Hong Kong", "", ""),
    "Elin, 4 February 2025 - It opened.": ("", "", "Elin", "2025-02-04", ""),
    "It opened.\n\n(Reporting by Ada Kay in Elin; editing by Ed Orr)": (KAY, "", "", "", ""),
}
NOTHING = [
    "By Friday, the council had voted.",
    "By March 2025",
    "By Land and Sea",
    "By the time Ada Kay arrived, it was over.",
    "By Ada Kay’s account, nobody was hurt.",
    "The vote is on 14 March 2025.",
    "On 14 March 2025, Ada Kay resigned.",
    "NATO — The alliance is 75 years old.",
    "UPDATE — The vote is over.",
    "Ann Orr — the mayor — resigned.",
    "31 February 2025",
    "It was painted by Ada Kay.",
    "One.\n\n" * 9 + "By Ada Kay, 14 March 2025",
]


def test_what_a_text_says_about_itself_is_read():
    for text, said in BY.items():
        assert read_byline(text) == Byline(*said), text
        assert "Reporting" in text or read_byline(f"{text}\n\nIt is.") == Byline(*said), text


def test_nothing_is_made_up():
    for text in NOTHING:
        assert read_byline(text) == Byline(), text
        assert dateline(text) == ""


def test_a_field_that_is_known_is_kept_and_the_text_stays_as_it_is():
    text = "By Ada Kay, 14 March 2025\n\nOSLO — It opened."
    article = with_byline(Article.from_text(text, title="Port", author="Ed Orr"))
    assert (article.author, article.place, article.published) == ("Ed Orr", "Oslo", "2025-03-14")
    assert article.text == text


@pytest.mark.parametrize("read", [read_pasted, lambda text: read_upload("a.txt", text.encode())])
def test_pasted_text_and_files_tell_their_byline(read):
    article = read("Port opens\nBy Ada Kay, 14 March 2025\n\nThe port opened on Friday.")
    assert (article.title, article.author, article.published) == ("Port opens", KAY, "2025-03-14")
    assert article.text == "By Ada Kay, 14 March 2025\n\nThe port opened on Friday."


def test_a_byline_is_no_title():
    article = read_pasted("By Ada Kay\n\nThe port opened on Friday.")
    assert (article.title, article.author) == ("The port opened on Friday.", KAY)
    assert article.text == "By Ada Kay\n\nThe port opened on Friday."


@pytest.mark.parametrize("part", ["\n", "A", "Aa ", "By Ada Kay, ", "4 May 2025 ", "A B, ", "BY "])
def test_a_hostile_text_is_soon_read(part):
    started = time.monotonic()
    for text in (part * 100_000, "By Ada " + part * 50, "Reporting by Ada " + part * 100):
        read_byline(text)
    assert time.monotonic() - started < 2
