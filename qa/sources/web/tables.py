"""A table of data -> a line for each row, its cells with their heads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from lxml.html import HtmlElement as Element

from qa.sources.tables import Cells, cell_text

MAX_SPAN = 50  # columns or rows that a cell may reach over; more is a mistake
MAX_CELL_WORDS = 60  # a cell with more holds a part of the page
_PARTS = {"table", "article", "section", "nav", "form", "h1", "h2", "main", "aside", "figure"}


class Cell(Protocol):
    """What a cell shows."""

    text: str
    linked: int


@dataclass(frozen=True)
class Row:
    """A row as a line."""

    text: str
    element: Element
    linked: int
    cells: Cells = ()


def is_data(table: Element) -> bool:
    """Whether a table holds data, and not the parts of a page side by side."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants(*_PARTS), None) is not None:
        return False
    widest = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        widest = max(widest, len(cells))
        if any(len(cell.text_content().split()) > MAX_CELL_WORDS for cell in cells):
            return False
    return widest > 1


def rows(table: Element, read: Callable[[Element], Cell]) -> Iterator[Row]:
    """The caption and the rows: `Ship: Astrid | Built: 1958`; a row's own head has no other.

    The row of heads is left out where other rows carry it.
    """
    for caption in table.iterchildren("caption"):
        said = read(caption)
        if said.text:
            yield Row(said.text, caption, said.linked)
    grid = list(_grid(table, read))
    heads: dict[int, str] = {}
    if len(grid) > 1 and (_is_head(grid[0]) or (_is_bold(grid[0]) and not _is_bold(grid[1]))):
        heads = {at: said.text for at, _, said in grid[0].cells}
        del grid[0]
    for line in grid:
        if heads and heads == {at: said.text for at, _, said in line.cells}:
            continue  # repeated further down
        shown = [(at, cell, said) for at, cell, said in line.cells if said.text]
        parts: list[tuple[str, str]] = []
        for n, (at, cell, said) in enumerate(shown):
            head = heads.get(at, "")
            own = cell.tag == "th" and n == 0 and len(shown) > 1
            parts.append(("" if own else head, said.text))
        pair = not heads and len(shown) == 2 and shown[0][1].tag == "th"
        text = (": " if pair else " | ").join(map(cell_text, parts))
        if text:
            linked = sum(said.linked for _, _, said in shown)
            yield Row(text, line.element, linked, tuple(parts))


@dataclass(frozen=True)
class _Line:
    element: Element
    cells: Sequence[tuple[int, Element, Cell]]  # by column


def _is_head(line: _Line) -> bool:
    tags = [cell.tag for _, cell, _ in line.cells]
    in_head = line.element.getparent() is not None and line.element.getparent().tag == "thead"
    return len(tags) > 1 and (in_head or all(tag == "th" for tag in tags))


def _is_bold(line: _Line) -> bool:
    """Whether all that its cells show is bold."""
    bold = [
        "".join(part.text_content() for part in cell.iter("b", "strong")).split()
        == cell.text_content().split()
        for _, cell, said in line.cells
        if said.text
    ]
    return len(bold) > 1 and all(bold)


def _grid(table: Element, read: Callable[[Element], Cell]) -> Iterator[_Line]:
    """The rows, each cell in all the columns and rows that it reaches over; heads once each."""
    below: dict[int, tuple[int, Element, Cell]] = {}  # column -> rows still to come, cell
    for row in table.iter("tr"):
        cells: list[tuple[int, Element, Cell]] = []
        at = 0
        for cell in row.iterchildren("td", "th"):
            while at in below:
                cells.append((at, below[at][1], below[at][2]))
                at += 1
            said = read(cell)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            head = cell.tag == "th"
            for column in range(at, at + wide):
                if column == at or head:
                    cells.append((column, cell, said))
                if high > 1:
                    below[column] = (high, cell, said)
            at += wide
        cells += [(column, *below[column][1:]) for column in sorted(below) if column >= at]
        below = {c: (left - 1, *rest) for c, (left, *rest) in below.items() if left > 1}
        if cells:
            yield _Line(row, cells)


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1
