"""What a file is: by what it begins with, else by its name."""

import re
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from qa.sources.parsed import UnreadableError
from qa.sources.sandbox import Kind

TYPES: dict[str, Kind | None] = {  # a name's suffix -> what reads it; None: it is text
    "": None,
    ".txt": None,
    ".text": None,
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "webpage",
    ".htm": "webpage",
    ".xhtml": "webpage",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".eml": "email",
    ".csv": "csv",
    ".tsv": "csv",
}
_PICTURE = "is a picture; run text recognition (OCR) on it and add the text"
_SHEET = "is a spreadsheet; save the sheet as .csv"
_SLIDES = "is a presentation; save it as .pdf"
_RECORDING = "is a recording; add a transcript of it"
_REFUSED = {  # a name's suffix -> what to do instead
    ".doc": "is an old Word document; save it as .docx",
    ".pages": "is a Pages document; export it as .docx or .pdf",
    ".wpd": "is a WordPerfect document; save it as .docx",
    ".mobi": "is a Kindle book; convert it to .epub",
    ".azw3": "is a Kindle book; convert it to .epub",
    ".msg": "is a mail that Outlook saved; save it as .eml",
    ".mht": "is a web archive; save the page as .html",
    ".webarchive": "is a web archive; save the page as .html",
    ".djvu": "is a scan; convert it to .pdf with text recognition (OCR)",
    ".tex": "is LaTeX source; add the .pdf that it makes",
    ".zip": "is an archive; unpack it and add what is in it",
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), _SHEET),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), _SLIDES),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".mov"), _RECORDING),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how Office's files began before 2007
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (_OLE, "is of an old Office; save it as .docx, or a sheet as .csv"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*"
    rb"<(?:!doctype html|html\b|head\b|body\b)",
    re.I | re.S,
)
_HEAD_BYTES = 2_000
_SAMPLE_BYTES = 20_000
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32)])
MAX_CONTROLS = 0.05  # of a page's bytes; more is a program or a picture


def kind_of(name: PurePath, data: bytes) -> Kind | None:
    """What reads a file; None for plain text.

    What it begins with counts more than its name: many a web page or RTF is called .txt or .doc.
    Raises `UnreadableError` for a type that is not read, with what to do instead.
    """
    if kind := kind_in(data):
        return kind
    suffix = name.suffix.lower()
    if suffix in _REFUSED:
        raise UnreadableError(_REFUSED[suffix])
    if suffix not in TYPES:
        known = ", ".join(filter(None, TYPES))
        raise UnreadableError(f"is of a type that is not read; give one of {known}")
    return TYPES[suffix]


def kind_in(data: bytes) -> Kind | None:
    """What reads a file by what it begins with; None where that does not say.

    Raises `UnreadableError` for a type that is not read.
    """
    head = data[:_HEAD_BYTES]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    if _HTML.match(head.translate(None, b"\0\xff\xfe")):  # in UTF-16, too
        return "webpage"
    for beginning, problem in _BEGINNINGS:
        if head.startswith(beginning):
            raise UnreadableError(problem)
    return None


def is_binary(data: bytes, charset: str = "") -> bool:
    """Whether what is called a web page is no text, by its control characters."""
    if charset.lower().startswith("utf-16") or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = data[:_SAMPLE_BYTES]
    return len(head) - len(head.translate(None, _CONTROLS)) > MAX_CONTROLS * len(head)


def _in_zip(data: bytes) -> Kind | None:
    """What a zip holds, by its parts; None where they do not say."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            info = archive.getinfo("mimetype") if "mimetype" in names else None
            declared = archive.read(info) if info and info.file_size < 200 else b""
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None
    if "word/document.xml" in names:
        return "docx"
    if b"epub" in declared or "META-INF/container.xml" in names:
        return "epub"
    if b"opendocument.text" in declared:
        return "odt"
    if "xl/workbook.xml" in names or b"opendocument.spreadsheet" in declared:
        raise UnreadableError(_SHEET)
    if "ppt/presentation.xml" in names or b"opendocument.presentation" in declared:
        raise UnreadableError(_SLIDES)
    return None
