"""What a page's JSON-LD says of the page's own article, by schema.org's terms."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement as Element

from qa.sources.web.blocks import tidy

Node = Mapping[str, Any]

MAX_CHARACTERS = 2_000_000  # of all JSON-LD on a page
MAX_DEPTH = 8
SAME = 0.75  # of the words of two headlines
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report)")
# Terms under which a page's own things stand; under any other it speaks of something else.
_OWN = ("@graph", "mainEntity", "mainEntityOfPage")
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
_WRAPPED = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")


class JsonLd:
    """The nodes that a page declares; read it before scripts are dropped."""

    def __init__(self, page: Element) -> None:
        self.nodes = list(_nodes(page))
        self._by_id = {n["@id"]: n for n in self.nodes if isinstance(n.get("@id"), str)}

    def article(self, urls: set[str], headlines: Sequence[str]) -> Node:
        """The node of the page's own article, by its address, else by its headline."""
        headlines = [headline for headline in headlines if headline]
        found = [n for n in self.nodes if _is_article(n)]
        for node in found:
            if urls & {_address(u) for u in _urls(node)}:
                return node
        for node in found:
            said = [self.text(node, k) for k in ("headline", "name", "alternativeHeadline")]
            if any(same_headline(one, other) for one in said for other in headlines):
                return node
        unnamed = [n for n in found if not self.text(n, "headline") and not self.text(n, "name")]
        if len(unnamed) == 1 and not any(_urls(unnamed[0])):
            return unnamed[0]
        return found[0] if len(found) == 1 and not headlines else {}

    def site(self) -> str:
        """The name of the site or of the organisation behind it."""
        for wanted in ("WebSite", "NewsMediaOrganization"):
            for node in self.nodes:
                if wanted in _types(node) and (name := self.text(node, "name")):
                    return name
        return ""

    def text(self, node: Node, key: str) -> str:
        """The first value of a term as text."""
        return next(self.names(node.get(key)), "")

    def names(self, value: Any, depth: int = 0) -> Iterator[str]:
        """The names of what a value says or refers to."""
        if isinstance(value, str | int | float):
            if text := tidy(_unescaped(str(value))):
                yield text
        elif isinstance(value, Mapping) and depth < MAX_DEPTH:
            said = value.get("name", value.get("@value"))
            if said is None and value.get("@id") in self._by_id:
                said = self._by_id[value["@id"]].get("name")
            yield from self.names(said, depth + 1)
        elif isinstance(value, Sequence) and depth < MAX_DEPTH:
            for one in value:
                yield from self.names(one, depth + 1)

    def authors(self, node: Node) -> list[str]:
        """The names of an article's authors: people if any is named, else what stands for them."""
        values = node.get("author") or node.get("creator") or []
        values = values if isinstance(values, list) else [values]
        people = [v for v in values if not self._is_organisation(v)]
        return list(dict.fromkeys(self.names(people or values)))

    def _is_organisation(self, value: Any) -> bool:
        if not isinstance(value, Mapping):
            return False
        if "@type" not in value:
            value = self._by_id.get(value.get("@id"), value)
        return any("Organization" in t for t in _types(value))


def same_headline(one: str, other: str) -> bool:
    """Whether two lines are the same headline: cut, with the site's name, or a word changed."""
    a, b = sorted((_key(one), _key(other)), key=len)
    if not a:
        return False
    if len(a.split()) >= 2 and (b.startswith(a) or b.endswith(a)):
        return True
    first, second = set(a.split()), set(b.split())
    return len(first & second) >= SAME * len(first | second)


def alike(one: str, other: str) -> bool:
    """Whether two headlines share most words of the shorter one."""
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return bool(a and b) and len(a & b) >= 0.6 * min(len(a), len(b))


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _nodes(page: Element) -> Iterator[Node]:
    left = MAX_CHARACTERS
    for script in page.iter("script"):
        if script.get("type", "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        written = script.text or ""
        left -= len(written)
        if left < 0:
            return
        yield from _within(_loaded(_WRAPPED.sub("", written).rstrip().rstrip(";")), 0)


def _loaded(written: str) -> Any:
    """What is written, a comma before a closing bracket being left out; None for no JSON."""
    for text in (written, _LAST_COMMA.sub("", written)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _within(said: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(said, list):
        for one in said:
            yield from _within(one, depth + 1)
    elif isinstance(said, dict):
        yield said
        for key in _OWN:
            yield from _within(said.get(key), depth + 1)


def _types(node: Node) -> list[str]:
    said = node.get("@type", [])
    said = said if isinstance(said, list) else [said]
    return [re.split(r"[/:#]", str(t))[-1] for t in said]


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.fullmatch(t) for t in _types(node))


def _urls(node: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and "/" in value:
            yield value


def _address(url: str) -> str:
    """An address without what does not tell pages apart."""
    return re.sub(r"^https?:(?=//)", "", url).split("#")[0].split("?")[0].rstrip("/").lower()


def addresses(urls: Sequence[str]) -> set[str]:
    """The addresses of a page, to be compared; a site's front page is nobody's own."""
    return {a for a in map(_address, urls) if a.strip("/").count("/") >= 1}


def _unescaped(text: str) -> str:
    from html import unescape

    return re.sub(r"<[^<>]{1,100}>", "", unescape(text))
