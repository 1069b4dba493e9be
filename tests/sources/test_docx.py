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
