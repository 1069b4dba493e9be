"""A PDF -> its text and the offsets of its pages."""

import re
from io import BytesIO

from pypdf import PasswordType, PdfReader

from qa.sources.characters import clean
from qa.sources.limits import MAX_PAGES
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.reflow import reflow
from qa.sources.titles import is_title

HEADER_BYTES = 1024  # in which "%PDF-" stands; PDF 1.7, appendix H.3.4.1
MIN_LETTERS = 0.5  # of the characters that are no space; less is a font whose letters are unknown
_AS_LETTERS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\xad": "-"}  # a soft hyphen that was printed is a hyphen
)
# What programs write by themselves: the name of the file or of the program.
_NO_TITLE = re.compile(r"\.\w{2,5}$|^microsoft |^untitled|^slide 1$|^unknown$|^none$", re.I)


def read_pdf(data: bytes) -> Parsed:
    """The text of a PDF in paragraphs, with the offsets of its pages.

    Raises `UnreadableError` for what is no PDF, has a password, too many pages or no text.
    """
    if b"%PDF-" not in data[:HEADER_BYTES]:
        raise UnreadableError("is no PDF; save it again as PDF")
    reader = PdfReader(BytesIO(data))
    # Many a PDF is encrypted with an empty password, which everybody has.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise UnreadableError("has a password; save a copy without one")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableError(f"has {count:,} pages; split it into files of at most {MAX_PAGES}")
    text, pages = reflow([as_text(page.extract_text()) for page in reader.pages])
    if not text:
        raise UnreadableError(
            "has no text, so it may be a scan; run text recognition (OCR) on it first"
        )
    if sum(map(str.isalpha, text)) < MIN_LETTERS * sum(not c.isspace() for c in text):
        raise UnreadableError(
            "does not say what letters its signs stand for; run text recognition (OCR) on it first"
        )
    return Parsed(text, title=_title(reader, text), pages=pages)


def as_text(extracted: str) -> str:
    """What was extracted, without control characters and with ligatures as the letters they are."""
    return clean(extracted.translate(_AS_LETTERS))


def _title(reader: PdfReader, text: str) -> str:
    title = clean(str(reader.metadata.title or "")).strip() if reader.metadata else ""
    if title and not _NO_TITLE.search(title):
        return title
    first, _, rest = text.partition("\n\n")
    return first if rest and is_title(first) else ""
