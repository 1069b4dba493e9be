import pytest

from qa.sources.parsed import UnreadableError
from qa.sources.pdf import as_text, read_pdf
from tests.sources.made import PARAGRAPHS, pdf


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


def test_ligatures_are_letters_and_control_characters_go():
    assert as_text("The o\ufb03ce\x00 \ufb01lled\x0cup qui\xad\nckly") == (
        "The office filled\nup qui-\nckly"
    )


def test_signs_that_no_letters_are_known_for_are_refused():
    with pytest.raises(UnreadableError, match="does not say what letters its signs stand for"):
        read_pdf(pdf([["!#$%& '()*+ ,-./0 123"] * 9]))
