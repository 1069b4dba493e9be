"""A tree -> the blocks of text that a browser lays out one under the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import iterwalk
from lxml.html import HtmlElement as Element

from qa.sources.characters import clean
from qa.sources.tables import Cells
from qa.sources.web.tables import is_data, rows
from qa.sources.web.wording import names

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCK_TAGS = HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("frameset", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol"),
    *("optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td"),
    *("tfoot", "th", "thead", "title", "tr", "ul", "xmp", "plaintext", "listing"),
}
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_BREAK = "\x00"  # of a line, until a block is whole; `clean` has removed such characters before
SHORT_LINE = 45  # characters; lines that are shorter on the whole are a list
_CREDIT = names("*credit* *copyright* *photographer* *attribution*")
_QUOTES = {"q": ("“", "”")}
_PARAGRAPH = re.compile(rf"{_BREAK}\s*{_BREAK}[\s{_BREAK}]*")
_ITEM = re.compile(r"[•▪●◦‣–—*-]\s|\d{1,2}[.)]\s")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


@dataclass
class Block:
    """A paragraph, heading, list item, caption or table row, and the element that it stands in.

    `linked` counts those of its characters that lead to other pages.
    """

    text: str
    element: Element
    linked: int = 0
    row: bool = False
    cells: Cells = ()  # of a row

    @cached_property
    def words(self) -> int:
        """How many words it has; two letters of a script without spaces count as one."""
        return len(self.text.split()) + len(_UNSPACED.findall(self.text)) // 2

    @cached_property
    def heading(self) -> bool:
        """Whether it is a heading, or stands in one."""
        return self.ancestor(HEADINGS) is not None

    @cached_property
    def all_linked(self) -> bool:
        """Whether nearly all of it is a link to another page."""
        return self.linked >= 0.8 * len(self.text.replace(" ", ""))

    @cached_property
    def prose(self) -> bool:
        """Whether it is running text: sentences, most of which are no link."""
        whole = self.words >= 8 and bool(_SENTENCE_END.search(self.text))
        return (whole or self.words >= 20) and self.linked < 0.5 * len(self.text)

    def ancestor(self, tags: set[str]) -> Element | None:
        """The nearest element of these tags that it stands in, its own among them."""
        element = self.element
        while element is not None:
            if element.tag in tags:
                return element
            element = element.getparent()
        return None


def up(element: Element | None, page: Element | None) -> Iterator[Element]:
    """The element and those that it stands in, up to the page."""
    while element is not None:
        yield element
        if element is page:
            return
        element = element.getparent()


def tidy(text: str | None) -> str:
    """Text on one line, as HTML shows it: white space is one space, control characters go."""
    return " ".join(clean(text or "").split())


def blocks(root: Element) -> list[Block]:
    """The blocks of an element in order, a table's rows among them."""
    return list(_Walk(root).blocks())


class _Walk:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0  # how many links to elsewhere we are inside
        self._within: list[Element] = [root]

    def blocks(self) -> Iterator[Block]:
        walk = iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                if event == "end" and element is not self._root:
                    self._put(element.tail)
                continue
            block = element.tag in BLOCK_TAGS
            if event == "start":
                if block:
                    yield from self._flush()
                    self._within.append(element)
                    if element.tag == "table" and is_data(element):
                        for row in rows(element, _cell):
                            yield Block(
                                row.text, row.element, row.linked, row=True, cells=row.cells
                            )
                        walk.skip_subtree()
                        continue
                self._start(element)
                self._put(element.text)
            else:
                if block:
                    yield from self._flush()
                    self._within.pop()
                self._end(element)
                if element is not self._root:
                    self._put(element.tail)
        yield from self._flush()

    def _put(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            if self._links:
                self._linked += _letters(text)

    def _start(self, element: Element) -> None:
        match element.tag:
            case "br":
                self._put(_BREAK)
            case "a" if _leads_away(element):
                self._links += 1
            case "q":
                self._put(_QUOTES["q"][0])
            case "rt" if not any(e.tag == "rp" for e in element.itersiblings(preceding=True)):
                self._put("(")
            case "img" if "emoji" in element.get("class", ""):
                self._put(element.get("alt"))
            case _ if _CREDIT.search(element.get("class", "").lower()):
                self._put(" ")  # which style sheets set apart from the caption
            case _:
                pass

    def _end(self, element: Element) -> None:
        match element.tag:
            case "a" if _leads_away(element):
                self._links -= 1
            case "q":
                self._put(_QUOTES["q"][1])
            case "rt" if not any(e.tag == "rp" for e in element.itersiblings(preceding=True)):
                self._put(")")
            case _:
                pass

    def _flush(self) -> Iterator[Block]:
        written, linked = "".join(self._parts), self._linked
        self._parts, self._linked = [], 0
        letters = max(1, _letters(written))
        for text in _lines(written):
            yield Block(text, self._within[-1], round(linked * _letters(text) / letters))


def _letters(text: str) -> int:
    """How many characters are no white space: markup is indented as it pleases."""
    return len("".join(text.replace(_BREAK, "").split()))


def _lines(written: str) -> Iterator[str]:
    """What stands between breaks; a line that was only broken for its length goes on."""
    for part in _PARAGRAPH.split(written):
        lines = [line for line in map(tidy, part.split(_BREAK)) if line]
        short = sum(map(len, lines)) < SHORT_LINE * len(lines)
        shown = ""
        for line in lines:
            ends = _SENTENCE_END.search(shown) or _ITEM.match(line) or short
            if shown and ends and not line[0].islower():
                yield shown
                shown = ""
            shown = f"{shown} {line}".strip()
        if shown:
            yield shown


def _cell(cell: Element) -> Block:
    """All that a table's cell shows, as one block."""
    parts = blocks(cell)
    text = parts[0].text if parts else ""
    for part in parts[1:]:
        joint = " " if _SENTENCE_END.search(text) or text.endswith((",", ";")) else "; "
        text += joint + part.text
    return Block(text, cell, sum(part.linked for part in parts))


def _leads_away(link: Element) -> bool:
    href = link.get("href", "").strip()
    return bool(href) and not href.startswith(("#", "javascript:"))
