"""Small real files of each type, made by hand."""

import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from pypdf import PdfReader, PdfWriter

PARAGRAPHS = (
    "The harbour of Porto Lindo opened on Monday after nine years of work, and hundreds of people"
    " came to see the first ship enter it.",
    "It cost 40 million euros, which the town paid from its own funds, said its mayor, Ana Reis."
    " The fishermen, who had asked for it since 1987, were the first to use it.",
    "A second pier is to follow in 2031, if the parliament agrees to pay for half of it.",
)


def html(*body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{''.join(body)}</body></html>".encode()


def news_page(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    return html(
        "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>",
        "<article><h1>Harbour opens</h1>",
        *(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        "</article>",
        "<aside><h3><a href='/1'>Rain on Tuesday</a></h3><p>More to come.</p></aside>",
        "<footer>© 2019 The Daily</footer>",
        head="<title>Harbour opens | The Daily</title>"
        "<meta property='og:site_name' content='The Daily'>"
        "<meta property='article:published_time' content='2024-11-29T10:00:00Z'>",
    )


def pdf(pages: Sequence[Sequence[str]], title: str = "", password: str | None = None) -> bytes:
    """A PDF of pages of lines in Helvetica; `password` may be empty, as it often is."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(_plain_pdf(pages))))
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, "owner", algorithm="AES-256")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def placed(texts: Sequence[tuple[float, float, float, str]]) -> bytes:
    """A PDF of one page, each text at its x, its y from the bottom, and in its size."""
    shown = (
        b"/F1 %g Tf 1 0 0 1 %g %g Tm (" % (size, x, y) + _escaped(text) + b") Tj"
        for x, y, size, text in texts
    )
    return _assembled([b"BT " + b" ".join(shown) + b" ET"])


def _plain_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    return _assembled(
        b"BT /F1 11 Tf 14 TL 72 770 Td "
        + b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
        + b" ET"
        for lines in pages
    )


def _assembled(contents: Iterable[bytes]) -> bytes:
    pages = list(contents)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        content = zlib.compress(page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode()
            + content
            + b"\nendstream",
        ]
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, data in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def _escaped(line: str) -> bytes:
    text = line.encode("cp1252")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def docx(paragraphs: Sequence[str] = PARAGRAPHS, title: str = "") -> bytes:
    document = Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = BytesIO()
    document.save(written)
    return written.getvalue()
