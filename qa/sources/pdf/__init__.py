"""A PDF -> its text and the offsets of its pages."""

import re
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from qa.sources.characters import clean
from qa.sources.limits import MAX_PAGES, MAX_TITLE_CHARACTERS
from qa.sources.parsed import Parsed, UnreadableError, is_title
from qa.sources.pdf.columns import read_columns
from qa.sources.pdf.glyphs import Page, Style, read_page
from qa.sources.pdf.hyphens import Hyphens
from qa.sources.pdf.lines import Column
from qa.sources.pdf.paragraphs import Block, read_blocks
from qa.sources.pdf.running import without_running
from qa.sources.pdf.whole import body_style, join, text_of, without_notes

HEADER_BYTES = 1024  # in which "%PDF-" stands; PDF 1.7, appendix H.3.4.1
MIN_LETTERS = 0.5  # of the characters that are no space; less is a font whose letters are unknown
SENTENCE = 60  # characters; a shorter line above a headline may be a kicker
HEADLINE = 1.15  # times the running text's size, at least
SUBHEAD = 1.5  # times it, at most: a heading below running text in the same column
SCANNED = 0.4  # of a page's area: a picture as large, and no text beside it, is a scan
SCANNED_WORDS = 15  # that a scanning program prints on a page at most
# What programs write by themselves: the name of the file or of the program.
_NO_TITLE = re.compile(
    r"\.\w{2,5}$|^microsoft |^untitled|^(slide|layout|page|document) ?\d*$|^unknown$|^none$", re.I
)


def read_pdf(data: bytes) -> Parsed:
    """The text of a PDF in paragraphs, with the offsets of its pages.

    Raises `UnreadableError` for what is no PDF, has a password, too many pages or no text.
    """
    if b"%PDF-" not in data[:HEADER_BYTES]:
        raise UnreadableError("is no PDF; save it again as PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("has a password; save a copy without one") from None
        raise
    count = len(document)
    if count > MAX_PAGES:
        raise UnreadableError(f"has {count:,} pages; split it into files of at most {MAX_PAGES}")
    pages = []
    for number in range(count):
        page = document[number]
        pages.append(read_page(page))
        page.close()
    lines = without_running(pages)
    if not any(lines):
        raise UnreadableError(_no_text(pages))
    regions = [list(read_columns(page, on)) for page, on in zip(pages, lines, strict=True)]
    hyphens = Hyphens(
        [line.text for on in regions for r in on if isinstance(r, Column) for line in r.lines]
    )
    blocks = read_blocks(regions, hyphens)
    body = body_style(blocks)
    blocks = join(without_notes(blocks, body), body)
    title, at = _title(clean(document.get_metadata_value("Title")).strip(), blocks, body, hyphens)
    if at is not None and len(blocks) > 1:
        del blocks[at]
    text, starts = text_of(blocks, count, hyphens)
    _check(text, pages)
    return Parsed(text, title=title, pages=starts)


def _check(text: str, pages: Sequence[Page]) -> None:
    if len(text.split()) < SCANNED_WORDS * len(pages) and all(map(_is_scan, pages)):
        raise UnreadableError(_no_text(pages))
    if sum(map(str.isalpha, text)) < MIN_LETTERS * sum(not c.isspace() for c in text):
        raise UnreadableError(
            "does not say what letters its signs stand for; run text recognition (OCR) on it first"
        )


def _no_text(pages: Sequence[Page]) -> str:
    if any(map(_is_scan, pages)):
        return "is a scan, pictures of pages without text; run text recognition (OCR) on it first"
    return "has no text, so it may be a scan; run text recognition (OCR) on it first"


def _is_scan(page: Page) -> bool:
    largest = max((picture.width * picture.height for picture in page.pictures), default=0)
    return largest > SCANNED * page.width * page.height and len(page.words) < SCANNED_WORDS


def _title(
    declared: str, blocks: Sequence[Block], body: Style, hyphens: Hyphens
) -> tuple[str, int | None]:
    """The title and which block says it: the declared one if it is printed, else the headline."""
    first = [at for at, block in enumerate(blocks) if block.page == blocks[0].page]
    texts = {at: text_of([blocks[at]], 1, hyphens)[0] for at in first}
    for at, text in texts.items():
        if declared and _letters(text) == _letters(declared):
            return text, at
    large = [
        at
        for at in first
        if blocks[at].style.size > _least(blocks, at, body) * body.size
        and sum(map(str.isalpha, texts[at])) > 2
        and len(texts[at]) <= MAX_TITLE_CHARACTERS
    ]
    if large:
        at = max(large, key=lambda at: (blocks[at].style.size, -at))
        return texts[at], at
    if declared and not _NO_TITLE.search(declared):
        return declared, None
    if len(blocks) > 1 and is_title(texts[first[0]]):
        return texts[first[0]], first[0]
    return "", None


def _least(blocks: Sequence[Block], at: int, body: Style) -> float:
    """How many times the running text's size a block has at least, if it is the headline."""
    block = blocks[at]
    below_text = any(
        above.column == block.column
        and above.style == body
        and sum(len(line) for line, _ in above.lines) > SENTENCE
        for above in blocks[:at]
    )
    return SUBHEAD if below_text else HEADLINE


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
