from io import BytesIO

import docx as library
import pytest

from qa.sources.docx import read_docx
from tests.sources.made import PARAGRAPHS, docx
from tests.sources.test_sandbox import document


def test_paragraphs_and_title_are_read():
    parsed = read_docx(docx(title="Harbour opens"))
    assert parsed.text.split("\n\n") == list(PARAGRAPHS)
    assert parsed.title == "Harbour opens"


def test_tables_stand_where_they_stood():
    made = library.Document()
    made.add_paragraph("Before.")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2024", "7 ships"
    made.add_paragraph("After.")
    written = BytesIO()
    made.save(written)
    assert read_docx(written.getvalue()).text == "Before.\n\n2024 | 7 ships\n\nAfter."


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (b"<w:r><w:t>A</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:t/></w:r>", "A\tb\nc"),
        (b"<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", "well-known"),
        (b"<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A</w:t></w:r>", "A"),
        (b"<w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink>", "A link"),
        (b"<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new"),
        (b"<w:r><w:t>A</w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "A"),
        (b"<w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom><w:r><w:t>A</w:t></w:r>", "A"),
        (b"<w:r><w:t>A</w:t><w:instrText>PAGE</w:instrText></w:r>", "A"),
        (
            b"<w:r><w:t>Out</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>In</w:t></w:r></w:p>"
            b"</w:txbxContent></w:pict></w:r>",
            "Out\n\nIn",
        ),
    ],
)
def test_what_a_reader_sees_is_text_with_tracked_changes_accepted(xml, text):
    assert read_docx(document(b"<w:p>" + xml + b"</w:p>")).text == text


def test_a_row_of_a_table_is_a_line_with_the_names_of_its_columns():
    made = library.Document()
    table = made.add_table(3, 3)
    rows = [("Party", "For", "Against"), ("Harbour List", "7", "1"), ("Island Party", "0", "5")]
    for at, row in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    wide = made.add_table(2, 2)
    wide.cell(0, 0).merge(wide.cell(0, 1)).text = "Ways across"
    wide.cell(1, 0).text, wide.cell(1, 1).text = "Bus", "six an hour"
    written = BytesIO()
    made.save(written)
    assert read_docx(written.getvalue()).text.split("\n\n") == [
        "Party: Harbour List | For: 7 | Against: 1",
        "Party: Island Party | For: 0 | Against: 5",
        "Ways across",
        "Bus | six an hour",
    ]


def test_the_paragraph_of_the_title_style_is_the_title():
    made = library.Document()
    made.core_properties.title = "document1"
    made.add_paragraph("Ferry terminal to close", style="Title")
    made.add_paragraph("The council voted on Tuesday.")
    written = BytesIO()
    made.save(written)
    parsed = read_docx(written.getvalue())
    assert (parsed.title, parsed.text) == (
        "Ferry terminal to close",
        "The council voted on Tuesday.",
    )


_MATH = b'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def test_an_equation_is_one_line_of_text():
    sums = b"<m:oMath " + _MATH + b"><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>a</m:t></m:r>"
    sums += b"</m:num><m:den><m:r><m:t>b+1</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>y</m:t>"
    sums += b"</m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    text = b"<w:p><w:r><w:t>Here </w:t></w:r>" + sums + b"</w:p>"
    assert read_docx(document(text)).text == "Here x=a/(b+1)y²"


def test_words_that_are_struck_out_or_hidden_go_with_their_space():
    run = b"<w:r><w:rPr><w:%b/></w:rPr><w:t>on Monday</w:t></w:r>"
    for mark in (b"strike", b"dstrike", b"vanish"):
        xml = b'<w:p><w:r><w:t xml:space="preserve">The vote, </w:t></w:r>' + run % mark
        xml += b'<w:r><w:t xml:space="preserve"> on Tuesday, was close.</w:t></w:r></w:p>'
        assert read_docx(document(xml)).text == "The vote, on Tuesday, was close."
    shown = b'<w:p><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>It stays.</w:t></w:r></w:p>'
    assert read_docx(document(shown)).text == "It stays."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_one():
    ended = b"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>It ran</w:t></w:r></w:p>"
    last = b"<w:p><w:r><w:t> on time.</w:t></w:r></w:p>"
    assert read_docx(document(ended + last + last)).text == "It ran on time.\n\non time."
    assert read_docx(document(last + ended)).text == "on time.\n\nIt ran"
