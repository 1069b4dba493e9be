"""Small real files of each type, made by hand."""

import zlib
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from zipfile import ZipFile

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


def rtf(paragraphs: Sequence[str] = PARAGRAPHS, title: str = "Harbour opens") -> bytes:
    """A rich text with a table, and with words that are hidden, struck out and deleted."""
    shown = "\\par ".join(paragraphs)
    row = r"\trowd\cellx2000\cellx4000 {}\cell {}\cell\row "
    return (
        rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 Times;}}}}{{\info{{\title {title}}}}}"
        rf"\pard {shown}"
        r"\par It {\v never }opened {\strike on Monday }on {\deleted Friday}Tuesday, caf\'e9 and "
        r"\u8364? 5.\par "
        + row.format("Ship", "Length")
        + row.format("Aurora", "31")
        + r"\pard The end.\par}"
    ).encode("ascii")


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt(body: str = "", title: str = "") -> bytes:
    """An OpenDocument text; `body` is the XML of its paragraphs, by default those of the story."""
    spaces = " ".join(f'xmlns:{n}="{_ODF}:{n}:1.0"' for n in ("office", "text", "table", "style"))
    body = body or "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in PARAGRAPHS)
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>"
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    meta = (
        f'<office:document-meta {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>"
    )
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
        }
    )


def epub(chapters: Sequence[str] = (), **parts: str) -> bytes:
    """A book of chapters of XHTML, by default one of the story."""
    chapters = chapters or [f"<h1>One</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}"]
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Harbour</dc:title>'
        "<dc:creator>Ana Reis</dc:creator><dc:publisher>Quay Books</dc:publisher>"
        "<dc:date>2024-11-29T00:00:00Z</dc:date></metadata><manifest>"
        f'<item id="n" href="nav.xhtml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="n"/>{spine}</spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
    pages = {f"O/c{n}.xhtml": f"<html><body>{c}</body></html>" for n, c in enumerate(chapters)}
    nav = "<html><body><nav><a href='c0.xhtml'>One</a></nav></body></html>"
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "O/p.opf": package,
            "O/nav.xhtml": nav,
            **pages,
            **parts,
        }
    )


def email(body: str = "", kind: str = "plain; format=flowed") -> bytes:
    """A mail of the story in plain text, or of another body."""
    body = body or "\r\n\r\n".join(PARAGRAPHS)
    return (
        "From: Ana Reis <ana@paper.test>\r\nTo: b@x.test\r\n"
        "Subject: =?utf-8?q?Caf=C3=A9?= opens\r\n"
        "Date: Fri, 14 Mar 2025 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


def csv() -> bytes:
    """A table of ships."""
    rows = [["Ship", "Home port", "Length"], ["Aurora", "Porto Lindo", "31"], ["Boreal", "", "28"]]
    return "".join(";".join(row) + "\r\n" for row in rows).encode()


MARKDOWN = """# Harbour *opens*

It **opened** on [Monday](http://x.test), `at last`, with ~~ten~~ [nine][1] ships
and &amp; many people.

- a coat
- a hat

| Ship | Length |
| --- | --- |
| Aurora | 31 |

> “At last,” said the mayor.

[1]: http://y.test
""".encode()


def _zipped(parts: dict[str, str]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()
