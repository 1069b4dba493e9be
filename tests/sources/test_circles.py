"""Files that lead back into themselves, down without end, or out to other files."""

import struct
import time
import zlib
from contextlib import suppress

import pytest

from qa.sources.parsed import UnreadableError
from qa.sources.sandbox import parse, read
from tests.sources.made import PARAGRAPHS, docx, html
from tests.sources.test_sandbox import with_part

SECONDS = 40  # for one of them, on a busy machine; the process's own limit is above
SHOWN = b"BT /F 11 Tf (The harbour opened on Monday.) Tj ET "
PAGE = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %b >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %b >>"


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), more, data)


def made(**changed: bytes) -> bytes:
    """A PDF of these objects by number, `o1` and so on; those that are not given are fine."""
    objects = {
        "o1": b"<< /Type /Catalog /Pages 2 0 R >>",
        "o2": b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "o3": PAGE % b"",
        "o4": stream(SHOWN),
        "o5": FONT % b"",
        **changed,
    }
    body = b"%PDF-1.7\n"
    for name, data in objects.items():
        body += b"%d 0 obj\n%b\nendobj\n" % (int(name[1:]), data)
    return body + b"trailer\n<< /Root 1 0 R /Info 9 0 R >>\nstartxref\n0\n%%EOF\n"


def in_itself() -> bytes:
    """A PDF whose object stream is said to stand in that object stream."""
    body = b"%PDF-1.7\n"
    at = len(body)
    held = b"1 0 " + b"<< /Type /Catalog /Pages 2 0 R >>"
    body += b"6 0 obj\n%b\nendobj\n" % stream(held, b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R")
    entries = [(0, 0, 0), (2, 6, 0), (2, 6, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0), (2, 6, 0)]
    table = b"".join(struct.pack(">BHB", *entry) for entry in [*entries, (1, at, 0)])
    start = len(body)
    more = b"/Type /XRef /W [1 2 1] /Size 8 /Root 1 0 R /Prev %d" % start
    body += b"7 0 obj\n%b\nendobj\n" % stream(table, more)
    return body + b"startxref\n%d\n%%%%EOF\n" % start


DRAWS_ITSELF = b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 8 0 R >> >>"
DEEP = {f"o{n}": b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(10, 3000)}
PDFS = {
    "it is fine": made(),
    "a page tree that holds itself": made(o2=b"<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] >>"),
    "two that hold each other": made(
        o2=b"<< /Type /Pages /Count 1 /Kids [9 0 R] >>",
        o9=b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>",
    ),
    "a page tree 3,000 deep": made(o2=b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>", **DEEP),
    "a count of billions": made(o2=b"<< /Type /Pages /Count 9999999999 /Kids [3 0 R] >>"),
    "a parent that is its own": made(
        o2=b"<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [3 0 R] >>",
        o3=b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
    ),
    "a form that draws itself": made(
        o3=PAGE % b"/XObject << /X 8 0 R >>",
        o4=stream(SHOWN + b"/X Do"),
        o8=stream(b"/X Do /X Do", DRAWS_ITSELF),
    ),
    "a reference to itself": made(o4=b"4 0 R", o9=b"<< /Title 9 0 R >>"),
    "an array of itself": made(o3=PAGE.replace(b"4 0 R", b"[4 0 R 8 0 R]") % b"", o8=b"[8 0 R]"),
    "a length that is its own": made(o4=stream(SHOWN).replace(b"%d" % len(SHOWN), b"4 0 R", 1)),
    "a font in its own encoding": made(o5=FONT % b"/Encoding 5 0 R /ToUnicode 5 0 R"),
    "letters mapped to a range of billions": made(
        o5=FONT % b"/ToUnicode 8 0 R",
        o8=stream(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"),
    ),
    "packed a thousand times": made(o4=stream(SHOWN, b"/Filter [%b]" % (b"/FlateDecode " * 1000))),
    "a gigabyte of nothing": made(
        o4=stream(zlib.compress(bytes(10**8), 9) * 10, b"/Filter /FlateDecode")
    ),
    "an object stream in itself": in_itself(),
    "nested 100,000 deep": made(o8=b"[" * 100_000, o3=PAGE % (b"<< /A " * 10_000)),
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_ends_soon_wherever_it_leads(name):
    started = time.monotonic()
    text = ""
    with suppress(UnreadableError):
        text = parse("pdf", PDFS[name]).text
    assert time.monotonic() - started < SECONDS
    assert name != "it is fine" or text == "The harbour opened on Monday."


@pytest.mark.parametrize("kind", ["docx", "webpage"])
def test_a_file_takes_in_no_other_file(kind, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is Elin")
    declared = (
        f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY % y SYSTEM "{secret}"> %y;]>'
    )
    included = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    )
    if kind == "docx":
        w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        body = f"<w:p><w:r><w:t>It is &x; {included} here.</w:t></w:r></w:p>"
        xml = f'{declared}<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>'
        data = with_part(docx(), "word/document.xml", xml.encode())
    else:
        shown = "".join(f"<p>{p} &x;</p>" for p in PARAGRAPHS)
        data = declared.encode() + html(shown, included, f"<iframe src='file://{secret}'></iframe>")
    text = ""
    with suppress(Exception):
        text = read(kind, data).text
    assert "password" not in text
    assert kind == "docx" or PARAGRAPHS[0] in text
