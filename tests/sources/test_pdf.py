from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from qa.sources.parsed import UnreadableError
from qa.sources.pdf import read_pdf
from qa.sources.pdf.hyphens import Hyphens
from tests.sources.made import PARAGRAPHS, pdf, placed
from tests.sources.pdfs import FILES, GOLD

LONG = (
    "The council of Marlow Bay voted on Tuesday to close the old ferry terminal by the end of",
    "March, ending a service that has run for ninety years. Councillor Dana Whitlock said the",
    "terminal cost the town 1.2 million crowns a year. Residents on the island of Skerrin",
    "protested outside the town hall for a second evening. The operator said that it would go.",
)


@cache
def read(name):
    """A PDF of the suite, as it is read: its title and its paragraphs."""
    parsed = read_pdf((FILES / f"{name}.pdf").read_bytes())
    return parsed.title, parsed.text.split("\n\n")


def lines(*shown, x=60, top=780, leading=13, size=10):
    return [(x, top - leading * n, size, line) for n, line in enumerate(shown)]


def test_the_text_of_each_page_starts_at_its_offset():
    parsed = read_pdf(pdf([[PARAGRAPHS[0]], [PARAGRAPHS[1]], [PARAGRAPHS[2]]]))
    starts = [*parsed.pages, len(parsed.text)]
    for page, paragraph in enumerate(PARAGRAPHS):
        assert parsed.text[starts[page] : starts[page + 1]].strip() == paragraph


@pytest.mark.parametrize(
    ("metadata", "first", "title"),
    [
        ("Harbour opens", "Another line", "Harbour opens"),
        ("", "Harbour opens", "Harbour opens"),
        ("Microsoft Word - harbour.docx", "Harbour opens", "Harbour opens"),
        ("untitled", "Harbour opens", "Harbour opens"),
        ("", "The harbour opened on Monday.", ""),
        (" Har\x00bour\n", "Another line", "Harbour"),
    ],
)
def test_the_title_is_the_files_own_or_a_first_line_that_is_none_of_the_text(
    metadata, first, title
):
    assert read_pdf(pdf([[first, *PARAGRAPHS]], title=metadata)).title == title


def test_a_headline_is_the_title_and_a_kicker_or_a_programs_name_is_not():
    for way in ("reportlab", "chromium"):
        title, paragraphs = read(f"kicker-{way}")
        assert title == "Engineers warned of bridge cracks two years before closure"
        assert paragraphs[0] == "TRANSPORT" and title not in paragraphs


def test_columns_are_read_one_after_the_other():
    for way in ("reportlab", "chromium"):
        for name in (f"two-columns-{way}", f"three-columns-{way}"):
            assert read(name)[1] == GOLD[name]["body"]


def test_a_paragraph_goes_on_past_a_caption_a_pull_quote_and_a_note():
    for way in ("reportlab", "chromium"):
        for kind in ("caption", "pull-quote", "footnotes", "box"):
            found, gold = read(f"{kind}-{way}")[1], GOLD[f"{kind}-{way}"]
            apart = " ".join(gold["apart"])
            assert [text for text in found if text not in apart] == gold["body"]
            assert all(text in " ".join(found) for text in gold["apart"])


def test_a_caption_between_two_lines_is_not_in_a_sentence():
    parsed = read_pdf(
        placed(
            [
                (60, 760, 18, "Ferry terminal to close"),
                *lines(*LONG[:3], top=700),
                (60, 640, 8, "The ferry Astrid at Skerrin pier in 1961. Photo: Lena Moss"),
                *lines(LONG[3], top=601),
            ]
        )
    )
    assert parsed.title == "Ferry terminal to close"
    assert parsed.text.split("\n\n") == [
        " ".join(LONG),
        "The ferry Astrid at Skerrin pier in 1961. Photo: Lena Moss",
    ]


def test_a_paragraph_and_a_word_go_on_over_a_pages_end_and_running_heads_go():
    for way in ("reportlab", "chromium"):
        for kind in ("page-end", "running", "footnote-pages"):
            found, gold = read(f"{kind}-{way}")[1], GOLD[f"{kind}-{way}"]
            assert [text for text in found if text not in gold["apart"]] == gold["body"]
    parsed = read_pdf(pdf([["The harbour opened on Mon-"], ["day after years of"], ["work."]]))
    assert parsed.text == "The harbour opened on Monday after years of work."
    assert [parsed.text[start:][:4] for start in parsed.pages] == ["The ", "day ", "work"]


def test_a_row_of_a_table_is_a_line_with_the_names_of_its_columns():
    row = "Ship: Boreal | Home port: San Telmo | Length: 28 m | Crew: 7"
    for way in ("reportlab", "chromium"):
        assert row in read(f"table-{way}")[1]
        assert "Party: Greens | For: 3 | Against: 2 | Absent: 0" in read(f"table-plain-{way}")[1]
        assert GOLD[f"table-wrapped-{way}"]["body"] == read(f"table-wrapped-{way}")[1]


def test_a_large_first_letter_belongs_to_its_word():
    for way in ("reportlab", "chromium"):
        assert read(f"drop-cap-{way}")[1][0].startswith("Bakers in the capital")
    cap = [(60, 755, 40, "A"), (95, 780, 10, "council of Marlow Bay voted on Tuesday to close the")]
    parsed = read_pdf(placed([*cap, *lines("old ferry terminal.", "It is old.", x=95, top=767)]))
    assert parsed.text.startswith("A council of Marlow Bay voted on Tuesday to close the old ferry")


def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_one():
    shown = (
        "The council of Marlow Bay voted on Tues-",
        "day to close the old ferry termi-",
        "nal, and the well-",
        "known mayor of Stratford-",
        "upon-Avon, aged 34-",
        "year-old, spoke on 3-",
        "4 March about non-",
        "NATO ships and e-",
        "mail and the Anglo-",
        "Saxon cross. The re-",
        "port follows, and some-",
        "thing else.",
    )
    assert read_pdf(placed(lines(*shown))).text == (
        "The council of Marlow Bay voted on Tuesday to close the old ferry terminal, and the"
        " well-known mayor of Stratford-upon-Avon, aged 34-year-old, spoke on 3-4 March about"
        " non-NATO ships and e-mail and the Anglo-Saxon cross. The report follows, and something"
        " else."
    )
    for way in ("reportlab", "chromium"):
        assert read(f"compounds-{way}")[1] == GOLD[f"compounds-{way}"]["body"]


def test_the_documents_own_words_decide_before_the_list():
    text = ["a run-down house", "the run-", "down house", "by fisher-", "men, the fishermen"]
    hyphens = Hyphens(text)
    assert hyphens.joint("the run-", "down house") == "-"
    assert hyphens.joint("by fisher-", "men, the fishermen") == ""
    assert Hyphens(["a run-", "down house"]).joint("a run-", "down house") == "-"


def test_ligatures_are_letters_and_raised_figures_stay_raised():
    for way in ("reportlab", "chromium"):
        assert read(f"ligatures-{way}")[1] == GOLD[f"ligatures-{way}"]["body"]
        assert "The lake covers 46 km² and holds 1.2 km³ of water" in read(f"raised-{way}")[1][0]


def test_text_from_right_to_left_is_in_reading_order():
    for name in ("rtl-reportlab", "rtl-chromium", "arabic-chromium"):
        assert read(name) == (GOLD[name]["title"], GOLD[name]["body"])


def test_items_of_a_list_are_paragraphs():
    for way in ("reportlab", "chromium"):
        assert read(f"lists-{way}")[1] == GOLD[f"lists-{way}"]["body"]


def test_a_scan_is_named_as_such():
    for name in ("scan-reportlab", "scan-chromium"):
        with pytest.raises(UnreadableError, match="is a scan, pictures of pages without text; run"):
            read(name)


def test_signs_that_no_letters_are_known_for_are_refused():
    with pytest.raises(UnreadableError, match="does not say what letters its signs stand for"):
        read_pdf(pdf([["!#$%& '()*+ ,-./0 123"] * 9]))


def test_a_page_that_is_turned_is_read_as_one_reads_it():
    upright = FILES / "two-columns-reportlab.pdf"
    writer = PdfWriter(clone_from=PdfReader(upright))
    writer.pages[0].rotate(90)
    written = BytesIO()
    writer.write(written)
    assert read_pdf(written.getvalue()).text.split("\n\n") == GOLD[upright.stem]["body"]


def test_a_page_without_text_starts_where_the_next_one_does():
    parsed = read_pdf(pdf([[], ["One two."], [], ["Three four."], []]))
    assert (parsed.text, parsed.pages) == ("One two.\n\nThree four.", (0, 0, 10, 10, 21))


def test_a_heading_in_the_running_text_is_not_the_title():
    story = [(72.0, 700.0 - 14 * n, 11.0, line) for n, line in enumerate(PARAGRAPHS[0].split(","))]
    heading, later = (72.0, 650.0, 13.0, "A long wait"), (72.0, 630.0, 11.0, PARAGRAPHS[2][:80])
    assert "A long wait" in read_pdf(placed([*story, heading, later])).text
    parsed = read_pdf(placed([(72.0, 740.0, 24.0, "Harbour opens"), *story, heading, later]))
    assert parsed.title == "Harbour opens"
