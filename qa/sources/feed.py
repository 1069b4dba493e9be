"""A feed, a sitemap or a list of addresses -> the addresses of its articles."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.sources.characters import clean, decode_markup
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.web.dates import iso_date

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_LISTED = 10_000  # addresses of one feed
SITEMAP = "Sitemap: "  # before the address of a further sitemap, as in robots.txt
_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_JSON = re.compile(rb"\s*\{.{0,500}?jsonfeed\.org/version/", re.S)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)
_NO_PAGE = re.compile(r"(?:mailto|javascript|tel|sms|data|about):", re.I)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,40};)")
_CDATA = "<![CDATA["
_HEAD_BYTES = 2_000
_ENTRIES = {"item", "entry", "url", "sitemap"}
_DATES = ("pubDate", "published", "updated", "date", "publication_date", "lastmod")


@dataclass(frozen=True)
class _Entry:
    address: str
    date: str  # ISO 8601, or empty
    sitemap: bool = False


def is_feed(data: bytes) -> bool:
    """Whether these are an RSS, Atom or JSON feed, a sitemap, or lines with an address each."""
    head = data[:_HEAD_BYTES]
    return bool(_XML.search(head) or _JSON.match(head)) or bool(_listed(data))


def read_feed(data: bytes) -> Parsed:
    """A feed's title, and as text a line with the address of each article, newest first.

    `Sitemap: ` stands before the address of a further sitemap. Addresses are as the feed gives
    them. Raises `UnreadableError` for a feed that lists none.
    """
    listed = _listed(data)
    title = ""
    if listed:
        entries = [_Entry(address, "") for address in listed]
    elif _JSON.match(data[:_HEAD_BYTES]):
        title, entries = _read_json(data)
    else:
        title, entries = _read_xml(data)
    # A feed that gives no dates, or the same ones, keeps its order.
    entries.sort(key=lambda entry: entry.date, reverse=True)
    lines = [(SITEMAP if entry.sitemap else "") + entry.address for entry in entries]
    if not lines:
        raise UnreadableError("is a feed without articles; give the address of an article")
    return Parsed("\n".join(dict.fromkeys(lines[:MAX_LISTED])), title=title)


def _listed(data: bytes) -> list[str]:
    """The addresses of a text that holds nothing else; a line that begins with # says nothing."""
    if data.lstrip()[:4].lower() not in (b"http", b"#htt") and not data.lstrip().startswith(b"#"):
        return []
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if all(_ADDRESS.fullmatch(line) for line in lines) else []


def _read_json(data: bytes) -> tuple[str, list[_Entry]]:
    try:
        feed = json.loads(decode_markup(data))
    except (ValueError, RecursionError):
        raise UnreadableError("is a damaged JSON feed; try again later") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    found = [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []
    entries = [
        _Entry(address, iso_date(_text(item.get("date_published"))))
        for item in found
        if (address := _text(item.get("url")) or _text(item.get("external_url")))
    ]
    return _text(feed.get("title")), entries


def _text(value: Any) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


def _read_xml(data: bytes) -> tuple[str, list[_Entry]]:
    from lxml import etree  # late: a parser is loaded where a feed is read

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(decode_markup(data)))
    root = etree.fromstring(_escaped(text).encode(), parser)
    if root is None:
        raise UnreadableError("is a damaged feed; try again later")
    title = ""
    entries: list[_Entry] = []
    for element in root.iter():
        name = _name(element)
        if name == "title" and not title and not entries:
            title = _text("".join(element.itertext()))
        elif name in _ENTRIES and (address := _address(element)):
            entries.append(_Entry(address, _date(element), name == "sitemap"))
    return title, entries


def _escaped(text: str) -> str:
    """The text, `&` as it is to be written in an address; not where it stands for itself."""
    first, *others = text.split(_CDATA)
    parts = [_BARE_AMPERSAND.sub("&amp;", first)]
    for other in others:
        literal, end, after = other.partition("]]>")
        parts.append(literal + end + _BARE_AMPERSAND.sub("&amp;", after))
    return _CDATA.join(parts)


def _name(element: "_Element") -> str:
    """Its name without the namespace; an entity that was left alone has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _parts(entry: "_Element", name: str) -> "Iterator[_Element]":
    return (part for part in entry.iterchildren() if _name(part) == name)


def _address(entry: "_Element") -> str:
    """The address of an entry: of the article itself, where a feed's host counts its readers."""
    for name in ("origLink", "link", "loc"):
        for part in _parts(entry, name):
            said = part.get("href") if part.get("href") else part.text
            address = _text(said)
            own = part.get("rel", "alternate") == "alternate"
            if own and address and not _NO_PAGE.match(address):
                return address
    for part in _parts(entry, "guid"):
        if part.get("isPermaLink", "true") == "true" and _ADDRESS.fullmatch(_text(part.text)):
            return _text(part.text)
    return ""


def _date(entry: "_Element") -> str:
    """The day of an entry; of a sitemap for news that of its inner element."""
    for name in _DATES:
        for part in entry.iter():
            if _name(part) == name and (found := iso_date(_text(part.text))):
                return found
    return ""
