"""A Word document (.docx) -> its text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from lxml.etree import QName

from qa.sources.characters import clean
from qa.sources.docx_lists import Lists
from qa.sources.equations import equation_text
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.styles import Run, Styled, laid_out
from qa.sources.tables import line_of, names_columns, table_cells
from qa.sources.zipped import unpacked

MAX_CELL_WORDS = 60  # a cell with more holds a part of the page, not of a table
MAX_STYLES = 20  # on which a style may be based, one on the other
HIDDEN = "\ufffc"  # stands where words are that are hidden, until a paragraph is whole
_GONE = re.compile(rf" ?{HIDDEN}[ {HIDDEN}]*")
# What is no text of the document, or is said again for old programs.
_UNSEEN = {"Fallback", "pPr", "rPr", "sdtPr", "instrText", "delText"}
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = {"0", "false", "off", "none"}
_HIDES = ("w:vanish", "w:strike", "w:dstrike")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Of the font Symbol, whose letters Word keeps in Unicode's private area.
_SYMBOLS = {
    **{0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•"},
    **{0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0x6D: "μ", 0x70: "π", 0x44: "Δ", 0x57: "Ω"},
}
_RUN = qn("w:r")
_END_DELETED = "/".join(map(qn, ("w:pPr", "w:rPr", "w:del")))


def read_docx(data: bytes) -> Parsed:
    """The text of a document: paragraphs, a line for each row of a table, and footnotes.

    Tracked changes are accepted; hidden and struck-out words go, as do page headers and comments.
    Raises `UnreadableError` for what is no such document, is too large unpacked, or has no text.
    """
    try:
        document = Document(unpacked(data, "Word document (.docx)"))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise UnreadableError(
            "is no Word document (.docx), or has a password; save it again as .docx without one"
        ) from None
    reader = _Reader(document)
    blocks = [block for block in reader.blocks(document.element.body) if block.text]
    title = clean(document.core_properties.title).strip()
    titled = next((at for at, block in enumerate(blocks[:5]) if block.kind == "Title"), None)
    if titled is not None and len(blocks) > 1:
        title = blocks.pop(titled).text
    elif not title and len(blocks) > 1 and blocks[0].kind.startswith("Heading"):
        title = blocks.pop(0).text
    if not blocks:
        raise UnreadableError("has no text; add one that has")
    text, styles = laid_out(replace(block, kind=_kind(block.kind)) for block in blocks)
    return Parsed(text, title=" ".join(title.split()), styles=styles)


class _Reader:
    def __init__(self, document: Opened) -> None:
        styles = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        self._lists = Lists(document)
        self._notes: dict[str, Element] = {}
        for kind, relation in (("footnote", RELATION.FOOTNOTES), ("endnote", RELATION.ENDNOTES)):
            for part in document.part.rels.values():
                if part.reltype == relation:
                    for note in parse_xml(part.target_part.blob):
                        self._notes[f"{kind}{note.get(qn('w:id'))}"] = note

    def blocks(self, parent: Element) -> Iterator[Styled]:
        """The blocks; the kind of each is the name of its style, "row", or an item's."""
        begun: list[Element] = []  # paragraphs that go on in the next one: their end is deleted
        for child in parent:
            match _name(child):
                case "p":
                    begun.append(child)
                    if child.find(_END_DELETED) is None:
                        yield from self._paragraph(begun)
                        begun = []
                case "tbl":
                    yield from self._table(child)
                case "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag":
                    yield from self.blocks(child)
                case _:
                    pass
        if begun:
            yield from self._paragraph(begun)

    def _paragraph(self, parts_of_it: list[Element]) -> Iterator[Styled]:
        properties = parts_of_it[-1].find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        within: list[Element] = []  # text boxes and notes, which stand beside the paragraph
        hidden = style is not None and self._hides(style)
        parts = [] if hidden else [p for one in parts_of_it for p in self._parts(one, within)]
        text = _GONE.sub(_space, clean("".join(parts))).strip()
        name = self._style_name(style)
        if text and not name.startswith(("Heading", "Title")):
            name = self._lists.item(parts_of_it[-1], style) or name
        yield Styled(text, name, runs=[_run(run) for one in parts_of_it for run in one.iter(_RUN)])
        for element in within:
            yield from (Styled(block.text, "aside") for block in self.blocks(element))

    def _parts(self, parent: Element, within: list[Element]) -> Iterator[str]:
        for child in parent:
            name = _name(child)
            if name in ("del", "moveFrom") or (name == "r" and self._run_is_hidden(child)):
                yield HIDDEN
            elif name in _UNSEEN:
                continue
            elif name == "r":
                raised = _value(child, "w:rPr/w:vertAlign") == "superscript"
                for part in self._parts(child, within):
                    yield part.translate(_RAISED) if raised else part
            elif name == "t":
                yield child.text or ""
            elif name in _AS_TEXT:
                yield _AS_TEXT[name]
            elif name == "sym":
                yield _symbol(child)
            elif name == "oMath":
                yield equation_text(child)
            elif name == "txbxContent":
                within.append(child)
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._notes.get(f"{name[:-9]}{child.get(qn('w:id'))}")
                if note is not None:
                    within.append(note)
            else:
                yield from self._parts(child, within)

    def _table(self, table: Element) -> Iterator[Styled]:
        rows: list[list[str]] = []
        above: dict[int, str] = {}  # what a cell that reaches over several rows holds
        first_is_head = False
        for row in table.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not table:
                continue
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                continue
            cells: list[str] = []
            for cell in row.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tr"))) is not row:
                    continue
                text = "; ".join(block.text for block in self.blocks(cell) if block.text)
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merge is not None and merge.get(qn("w:val")) != "restart":
                    text = above.get(len(cells), "")
                above[len(cells)] = text
                span = _value(cell, "w:tcPr/w:gridSpan")
                wide = min(int(span), 50) if span.isdigit() else 1
                cells += [text, *[text if not rows else ""] * (wide - 1)]
            if not rows:
                first_is_head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
                first_is_head = first_is_head or _all_bold(row)
            if len(set(cells)) == 1:
                cells = cells[:1]  # one cell as wide as the table
            rows.append([" ".join(clean(cell).split()) for cell in cells])
        widest = max((len(row) for row in rows), default=0)
        if widest < 2 or any(len(c.split()) > MAX_CELL_WORDS for row in rows for c in row):
            for cell in table.iter(qn("w:tc")):  # it only lays the page out
                if next(cell.iterancestors(qn("w:tbl"))) is table:
                    yield from self.blocks(cell)
            return
        heads = first_is_head or names_columns(rows)
        for named in table_cells(rows, heads=heads):
            yield Styled(line_of(named), "row", named)

    def _run_is_hidden(self, run: Element) -> bool:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return False
        for name in _HIDES:
            mark = properties.find(qn(name))
            if mark is not None:
                return mark.get(qn("w:val"), "1").lower() not in _OFF
        style = properties.find(qn("w:rStyle"))
        return style is not None and self._hides(style)

    def _hides(self, reference: Element) -> bool:
        """Whether a style, or one that it is based on, hides or strikes its text out."""
        style = self._styles.get(reference.get(qn("w:val")))
        for _ in range(MAX_STYLES):
            if style is None:
                return False
            for name in _HIDES:
                mark = style.find(f"{qn('w:rPr')}/{qn(name)}")
                if mark is not None:
                    return mark.get(qn("w:val"), "1").lower() not in _OFF
            style = self._styles.get(_value(style, "w:basedOn"))
        return False

    def _style_name(self, reference: Element | None) -> str:
        """The style's name as Word has it in English, whatever the document's language."""
        if reference is None:
            return ""
        style = self._styles.get(reference.get(qn("w:val")))
        name = _value(style, "w:name") if style is not None else reference.get(qn("w:val"), "")
        return name.title() if name.lower().startswith(("title", "heading")) else name


def _kind(style: str) -> str:
    """What a block of this style is, as a `qa.article.Style` names it."""
    if style.startswith("Heading"):
        level = style.removeprefix("Heading").strip()
        return f"h{min(max(int(level) if level.isdigit() else 2, 2), 4)}"
    if style in ("Quote", "Intense Quote"):
        return "quote"
    if style.lower() == "caption":
        return "caption"
    return style if style == "row" or style[:2] in ("ul", "ol") else ""


def _run(run: Element) -> Run:
    kinds = ("b", "w:rPr/w:b"), ("i", "w:rPr/w:i")
    found = (kind for kind, path in kinds if _is_on(run, path))
    return next(found, ""), clean("".join(_shown(run)))


def _shown(run: Element) -> Iterator[str]:
    """The text of a run as `_Reader` puts it."""
    for child in run:
        name = _name(child)
        yield (child.text or "") if name == "t" else _AS_TEXT.get(name, "")


def _is_on(run: Element, path: str) -> bool:
    mark = run.find("/".join(map(qn, path.split("/"))))
    return mark is not None and mark.get(qn("w:val"), "1").lower() not in _OFF


def _space(gone: re.Match[str]) -> str:
    """One space where words were hidden that had one before or behind them."""
    return " " if " " in gone[0] else ""


def _name(element: Element) -> str:
    return QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: Element, path: str) -> str:
    found = element.find("/".join(map(qn, path.split("/"))))
    return str(found.get(qn("w:val"), "")) if found is not None else ""


def _symbol(element: Element) -> str:
    code = element.get(qn("w:char"), "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if element.get(qn("w:font"), "") == "Symbol" or 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number & 0xFF, "")
    return chr(number) if number < 0xD800 else ""


def _all_bold(row: Element) -> bool:
    runs = [run for run in row.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    return bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
