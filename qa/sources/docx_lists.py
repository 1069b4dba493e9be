"""The lists of a Word document: which paragraphs are items, and with which numbers."""

from collections import Counter

from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

MAX_STYLES = 20  # on which a style may be based, one on the other
_VALUE, _LEVEL = qn("w:val"), qn("w:ilvl")
_NONE = "0"  # the list of a paragraph that its style would put into one


class Lists:
    """Counts the items of a document, which are to be asked for in its order."""

    def __init__(self, document: Opened) -> None:
        styles = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        self._bullets: set[tuple[str, str]] = set()  # list and level
        self._counts: Counter[tuple[str, str]] = Counter()
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # there is none
            return
        kinds: dict[str, set[str]] = {}  # of an abstract list, its levels that have no numbers
        for abstract in numbering.iter(qn("w:abstractNum")):
            kinds[abstract.get(qn("w:abstractNumId"), "")] = {
                level.get(_LEVEL, "")
                for level in abstract.iter(qn("w:lvl"))
                if _value(level, "w:numFmt") in ("bullet", "none")
            }
        for listed in numbering.iter(qn("w:num")):
            levels = kinds.get(_value(listed, "w:abstractNumId"), set())
            self._bullets |= {(listed.get(qn("w:numId"), ""), level) for level in levels}

    def item(self, paragraph: Element, style: Element | None) -> str:
        """`ul`, or `ol 3` with the item's number; empty for a paragraph that is none."""
        number, level = self._listed(paragraph, style)
        if number in ("", _NONE):
            return ""
        if (number, level) in self._bullets:
            return "ul"
        for deeper in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[deeper]
        self._counts[number, level] += 1
        return f"ol {self._counts[number, level]}"

    def _listed(self, paragraph: Element, style: Element | None) -> tuple[str, str]:
        """The list and the level that a paragraph, or a style of its, names."""
        holder: Element | None = paragraph
        based = style.get(_VALUE, "") if style is not None else ""
        for _ in range(MAX_STYLES):
            if holder is None:
                break
            properties = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None and (number := _value(properties, "w:numId")):
                return number, _value(properties, "w:ilvl") or "0"
            holder = self._styles.get(based)
            based = _value(holder, "w:basedOn") if holder is not None else ""
        return "", ""


def _value(element: Element, path: str) -> str:
    found = element.find(qn(path))
    return str(found.get(_VALUE, "")) if found is not None else ""
