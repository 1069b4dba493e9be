"""Blocks of a page -> the same with what they are: headings, items, rows, stressed words."""

from collections.abc import Iterable, Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement as Element

from qa.sources.styles import Run, Styled
from qa.sources.web.blocks import HEADINGS, Block

_STRESS = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i"}
_WITHIN = {"li", "blockquote", "figcaption", "td", "th"}


def styled(blocks: Iterable[Block]) -> Iterator[Styled]:
    """The blocks with their kinds; only the first of an item is one."""
    items: set[Element] = set()
    runs: dict[Element, list[Run]] = {}
    for block in blocks:
        element = block.element
        if element not in runs:
            stressed = next(element.iter(*_STRESS), None) is not None
            runs[element] = list(_runs(element)) if stressed else []
        yield Styled(block.text, _kind(block, items), block.cells, runs[element])


def _kind(block: Block, items: set[Element]) -> str:
    if block.row:
        return "row"
    heading = block.ancestor(HEADINGS)
    if heading is not None:
        return f"h{min(max(int(heading.tag[1]), 2), 4)}"
    within = block.ancestor(_WITHIN)
    if within is None or within.tag in ("td", "th"):
        return ""
    if within.tag != "li":
        return "quote" if within.tag == "blockquote" else "caption"
    if within in items:
        return ""
    items.add(within)
    listed = within.getparent()
    return f"ol {_number(within)}" if listed is not None and listed.tag == "ol" else "ul"


def _number(item: Element) -> int:
    """An item's number in its list, as a browser counts."""
    before = 0
    for step in (item, *item.itersiblings("li", preceding=True)):
        value = step.get("value", "")
        if value.isascii() and value.isdigit():
            return int(value[:9]) + before
        before += 1
    start = item.getparent().get("start", "1")
    return before - 1 + (int(start[:9]) if start.isascii() and start.isdigit() else 1)


def _runs(root: Element) -> Iterator[Run]:
    kinds = [""]
    for event, element in iterwalk(root, events=("start", "end")):
        is_element = isinstance(element.tag, str)
        if event == "start":
            kinds.append(_STRESS.get(element.tag, kinds[-1]) if is_element else kinds[-1])
            if is_element and element.text:
                yield kinds[-1], element.text
        else:
            kinds.pop()
            if element is not root and element.tail:
                yield kinds[-1], element.tail
