"""A web page -> the article on it."""

import re
from collections.abc import Iterator

from lxml.etree import _Element
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from qa.sources.characters import clean, declared_encoding
from qa.sources.parsed import Parsed, UnreadableError

MIN_WORDS = 20  # fewer are a notice, such as the one to turn JavaScript on
WALLED_WORDS = 150  # a page with a login wall shows no more than an article's beginning
MIN_LISTED = 5  # links or teasers that make a list of articles
_NO_ARTICLE = "has no article in it; paste the article's text instead"
_BLOCKS = {"p", "head", "item", "quote", "row", "code"}  # of trafilatura's body
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
# The control characters that `clean` removes, as references; trafilatura gives up at one.
_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127)(?!\d)|x0*(?:[0-8bcef]|1[\da-f]|7f)(?![\da-f]));?",
    re.I,
)
# Only what the page declares, not a date that happens to stand in its text.
_DATES = {"original_date": True, "extensive_search": False}
_META_BYTES = 4096  # at the start of a page; HTML wants the charset in the first 1024
_WALL = re.compile(
    r"\b(log|sign) ?in to\b|\bto (continue|keep) reading\b|\bsubscribe to (continue|read|unlock)\b"
    r"|\b(for|already a) subscribers?\b|\bsubscribers[- ]only\b",
    re.I,
)
_PAID = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)  # schema.org
_HEADING = "self::h1 or self::h2 or self::h3 or self::h4 or self::h5"
_LINK = "@href and not(starts-with(@href, '#'))"
_TEASERS = (  # what follows a heading that is a link to elsewhere
    f"//*[preceding-sibling::*[1]/descendant-or-self::*[{_HEADING}]"
    f"[descendant::a[{_LINK}] or ancestor::a[{_LINK}]]]"
)


def read_webpage(data: bytes, charset: str = "") -> Parsed:
    """The article on an HTML page: title, text, site, date; `charset` is what a server declared.

    Raises `UnreadableError` for a page that is a login wall, a list of articles, or no article.
    """
    html = _CONTROL.sub("", clean(_decode(data, charset)))
    page = load_html(html)
    found = None
    if page is not None:
        found = bare_extraction(
            page, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    if page is None or not isinstance(found, Document):
        raise UnreadableError(_NO_ARTICLE)
    title = _tidy(found.title)
    lines = "\n".join(_blocks(found.body)).split("\n")
    blocks = list(filter(None, map(_tidy, lines)))
    words = sum(len(block.split()) for block in blocks)
    if words < WALLED_WORDS and _is_wall(html, page, " ".join([title, *blocks])):
        raise UnreadableError(
            "shows its article only after a login; paste the article's text instead"
        )
    if words < MIN_WORDS:
        raise UnreadableError(_NO_ARTICLE)
    if _is_listing(page, blocks):
        raise UnreadableError("lists articles and is none itself; give the address of one of them")
    if blocks[0] == title and len(blocks) > 1:
        del blocks[0]
    return Parsed(
        "\n\n".join(blocks),
        title=title,
        source=_tidy(found.sitename),
        published=_tidy(found.date),
    )


def _decode(data: bytes, charset: str) -> str:
    meta = _META_CHARSET.search(data[:_META_BYTES])
    if meta and not charset:
        # A page whose declaration can be read as ASCII is not in UTF-16.
        charset = meta[1].decode("ascii", "ignore").lower().replace("utf-16", "utf-8")
    encoding = declared_encoding(data, charset)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        # As browsers do: what is not as it says is shown all the same.
        return data.decode("cp1252", "replace")


def _blocks(element: _Element) -> Iterator[str]:
    """The text of an element's blocks in order; what stands between blocks is one too."""
    loose = element.text or ""
    for child in element:
        if child.tag in _BLOCKS or any(d.tag in _BLOCKS for d in child.iterdescendants()):
            yield loose
            loose = child.tail or ""
            if child.tag == "row":
                yield " | ".join(filter(None, (_tidy(_text(cell)) for cell in child)))
            else:
                yield from _blocks(child)
        else:
            loose += _text(child) + (child.tail or "")
    yield loose


def _text(element: _Element) -> str:
    parts = [" " if element.tag == "lb" else element.text or ""]
    for child in element:
        parts += [_text(child), child.tail or ""]
    return "".join(parts)


def _tidy(text: str | None) -> str:
    return " ".join(clean(text or "").split())


def _is_wall(html: str, page: _Element, shown: str) -> bool:
    asks = page.xpath("//input[@type='password']") or _WALL.search(shown) or _PAID.search(html)
    return bool(asks)


def _is_listing(page: _Element, blocks: list[str]) -> bool:
    """Whether most of what was found are links to articles and what teases to them."""
    links = {_tidy(a.text_content()) for a in page.iter("a")}
    teasers = {_tidy(line) for t in page.xpath(_TEASERS) for line in t.text_content().split("\n")}
    listed = [block for block in blocks if block in links or block in teasers]
    return len(listed) >= MIN_LISTED and len(" ".join(listed)) > len(" ".join(blocks)) / 2
