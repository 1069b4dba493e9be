"""An OpenDocument text (.odt) -> its text."""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml.etree import QName, _Element

from qa.sources.characters import clean
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.tables import names_columns, table_lines
from qa.sources.zipped import unpacked, xml_of

MAX_SPACES = 100  # that one element may stand for
MAX_CELLS = 50  # that one element may stand for
_NS = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_UNSEEN = {
    *("tracked-changes", "annotation", "hidden-text", "sequence-decls", "variable-decls"),
    *("note-citation", "forms", "bibliography-source", "table-of-content", "alphabetical-index"),
}
_CONTAINERS = {"section", "list", "list-item", "list-header", "note-body", "frame", "text-box"}


def read_odt(data: bytes) -> Parsed:
    """The text of a document: paragraphs, a line for each row of a table, and footnotes.

    Raises `UnreadableError` for what is no such document, is too large unpacked, or has no text.
    """
    with ZipFile(unpacked(data, "OpenDocument text (.odt)")) as archive:
        names = archive.namelist()
        if "content.xml" not in names:
            raise UnreadableError("is no OpenDocument text (.odt); save it again as .odt")
        if b"encryption-data" in (
            archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        ):
            raise UnreadableError("has a password; save a copy without one")
        content = xml_of(archive.read("content.xml"))
        meta = xml_of(archive.read("meta.xml")) if "meta.xml" in names else None
        styles = [content]
        styles += [xml_of(archive.read("styles.xml"))] if "styles.xml" in names else []
    body = content.find(".//office:body/office:text", _NS)
    if body is None:
        raise UnreadableError("is no OpenDocument text (.odt); save it again as .odt")
    reader = _Reader(styles)
    blocks = [block for block in reader.blocks(body) if block[1]]
    title = clean(meta.findtext(".//dc:title", "", _NS) if meta is not None else "").strip()
    titled = next((at for at, (style, _) in enumerate(blocks[:5]) if style == "Title"), None)
    if titled is not None and len(blocks) > 1:
        title = blocks.pop(titled)[1]
    elif not title and len(blocks) > 1 and blocks[0][0] == "h":
        title = blocks.pop(0)[1]
    if not blocks:
        raise UnreadableError("has no text; add one that has")
    return Parsed("\n\n".join(text for _, text in blocks), title=" ".join(title.split()))


class _Reader:
    def __init__(self, trees: list[_Element]) -> None:
        self._parents: dict[str, str] = {}
        self._hiding: set[str] = set()
        for tree in trees:
            for style in tree.iterfind(".//style:style", _NS):
                name = _get(style, "style", "name")
                self._parents[name] = _get(style, "style", "parent-style-name")
                for shown in style.iterfind("style:text-properties", _NS):
                    struck = _get(shown, "style", "text-line-through-style") not in ("", "none")
                    if struck or _get(shown, "text", "display") == "none":
                        self._hiding.add(name)

    def blocks(self, parent: _Element) -> Iterator[tuple[str, str]]:
        """The style of each block and its text; that of a heading without one is "h"."""
        for child in parent:
            name = _name(child)
            if name in ("p", "h"):
                within: list[_Element] = []
                style = _get(child, "text", "style-name")
                text = clean("".join(self._parts(child, within))).strip()
                if style not in self._hiding:
                    yield self._named(style, name), text
                for element in within:
                    yield from (("aside", text) for _, text in self.blocks(element))
            elif name == "table":
                yield from (("row", line) for line in self._rows(child))
            elif name in _CONTAINERS or name.endswith("-index"):
                yield from self.blocks(child)

    def _named(self, style: str, tag: str) -> str:
        for _ in range(20):
            if style == "Title" or not style:
                break
            style = self._parents.get(style, "")
        return style or tag

    def _parts(self, element: _Element, within: list[_Element]) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            name = _name(child)
            if name == "s":
                count = _get(child, "text", "c")
                yield " " * (min(int(count), MAX_SPACES) if count.isdigit() else 1)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name in ("note", "text-box"):
                within.append(child)
                within[-1:] = [e for e in child if _name(e) == "note-body"] or [child]
            elif name not in _UNSEEN and _get(child, "text", "style-name") not in self._hiding:
                yield from self._parts(child, within)
            yield child.tail or ""

    def _rows(self, table: _Element) -> list[str]:
        rows, heads = [], table.find("table:table-header-rows", _NS) is not None
        for row in table.iterfind(".//table:table-row", _NS):
            cells: list[str] = []
            for cell in row:
                if _name(cell) in ("table-cell", "covered-table-cell"):
                    said = " ".join(" ".join(text for _, text in self.blocks(cell)).split())
                    times = _get(cell, "table", "number-columns-repeated")
                    cells += [said] * (min(int(times), MAX_CELLS) if times.isdigit() else 1)
            if any(cells):
                rows.append(cells)
        return table_lines(rows, heads=heads or names_columns(rows))


def _name(element: _Element) -> str:
    return QName(element).localname if isinstance(element.tag, str) else ""


def _get(element: _Element, space: str, name: str) -> str:
    return str(element.get(f"{{{_NS[space]}}}{name}", ""))
