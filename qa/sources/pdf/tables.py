"""The lines of a page -> its tables, by the lines drawn around their cells or by short cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from qa.sources.pdf.glyphs import THIN, Box, Style, Word
from qa.sources.pdf.grids import read_grids
from qa.sources.pdf.lines import Column, Line, read_lines, run_leftwards, stacked
from qa.sources.tables import names_columns

SHORT_CELL = 3  # words of a usual cell; a line of a column has more
TABLE = "\ufffc"  # stands for a table among a page's words
RUNS_ON = 0.4  # of a column's lines begin with a small letter where text runs on


@dataclass(frozen=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[str, ...], ...]
    heads: bool  # whether the first row names the columns
    box: Box


def drawn_tables(
    words: Sequence[Word], rules: Sequence[Box]
) -> tuple[list[Word], dict[Word, Table]]:
    """The words, one in the place of each table whose cells are drawn, and these tables."""
    tables: dict[Word, Table] = {}
    left = list(words)
    for grid in read_grids(rules):
        inside = [word for word in left if grid.box.holds(word.box)]
        cells = [[[w for w in inside if cell.centred(w.box)] for cell in row] for row in grid.cells]
        filled = [row for row in cells if any(row)]
        if len(filled) < 2 or sum(map(bool, filled[0])) < 2:
            continue
        lines = [
            [stacked(read_lines(cell, ())).lines if cell else () for cell in r] for r in filled
        ]
        rows = tuple(tuple(" ".join(line.text for line in cell) for cell in row) for row in lines)
        styles = [{line.style for cell in row for line in cell} for row in lines]
        place = Word(TABLE, grid.box, grid.box.bottom, Style(inside[0].style.size, italic=True))
        tables[place] = Table(rows, _names_columns(styles, rows), grid.box)
        left = [word for word in left if word not in inside]
        left.append(place)
    return left, tables


def side_by_side(band: Sequence[Line]) -> list[list[Line]]:
    """The lines of a band by the columns that white strips part."""
    columns: list[list[Line]] = []
    reach = float("-inf")
    for line in sorted(band, key=lambda line: line.box.x0):
        if line.box.x0 > reach:
            columns.append([])
        columns[-1].append(line)
        reach = max(reach, line.box.x1)
    return columns


def is_table(columns: list[list[Line]], edges: list[float]) -> bool:
    """Whether columns are those of a table: short cells, side by side, that do not run on."""
    if len(columns) < 2:
        return False
    cells = [stacked(column).lines for column in columns]
    short = sum(median(len(row.words) for row in rows) <= SHORT_CELL for rows in cells)
    small = sum(
        sum(row.text[:1].islower() for row in rows) >= RUNS_ON * len(rows) for rows in cells
    )
    if 2 * small > len(columns):
        return False
    if len(edges) > 2 and short:
        return True
    rows = [sum(any(a.box.beside(b.box) > 0.5 for b in rows) for rows in cells) for a in cells[0]]
    beside = sum(row > 1 for row in rows)
    return short >= len(columns) - 1 and beside > 1 and beside * 2 > len(rows)


def row_edges(band: Sequence[Line], rules: Sequence[Box]) -> list[float]:
    """The heights of the lines that are drawn between the rows."""
    if not band:
        return []
    box = band[0].box
    for line in band[1:]:
        box = box.around(line.box)
    edges: list[float] = []
    slack = 0.8 * band[0].box.height + THIN
    for rule in sorted(rules, key=lambda rule: rule.top):
        beside = rule.height < THIN < rule.width and rule.x0 < box.x1 and rule.x1 > box.x0
        within = box.top - slack < rule.top < box.bottom + slack
        if beside and within and (not edges or rule.top - edges[-1] > 2 * THIN):
            edges.append(rule.top)
    return edges


def read_table(
    band: Sequence[Line], columns: list[list[Line]], edges: list[float]
) -> Iterator[Column | Table]:
    """The table that stands in columns side by side, and before it the lines that only look so.

    `edges` are the heights of the lines that are drawn between its rows.
    """
    rows: list[list[list[Line]]] = []
    height = float("-inf")
    for line in sorted(band, key=lambda line: line.baseline):
        at = next(n for n, column in enumerate(columns) if line in column)
        if len(edges) > 2:
            new = not rows or any(height < edge < line.baseline for edge in edges)
        else:
            new = not rows or (
                line.baseline - height > 0.5 * line.style.size
                and (at == 0 or line.baseline - height > 1.6 * line.style.size)
            )
        if new:
            rows.append([[] for _ in columns])
        rows[-1][at].append(line)
        height = max(height, line.baseline)
    lone = 0  # rows above the table that are text, such as a heading
    while lone < len(rows) and sum(map(bool, rows[lone])) == 1 and rows[lone][0]:
        lone += 1
    if lone:
        yield stacked([line for row in rows[:lone] for cell in row for line in cell])
    rows = rows[lone:]
    if not rows:
        return
    order = -1 if run_leftwards(band) else 1
    texts = tuple(
        tuple(" ".join(line.text for line in stacked(cell).lines) for cell in row)[::order]
        for row in rows
    )
    box = band[0].box
    for line in band[1:]:
        box = box.around(line.box)
    styles = [{line.style for cell in row for line in cell} for row in rows]
    yield Table(texts, _names_columns(styles, texts), box)


def _names_columns(styles: list[set[Style]], texts: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the first row is printed otherwise than the rest, or has no figures where they do."""
    if len(texts) < 2:
        return False
    first, *rest = styles
    if not first & set().union(*rest):
        return True
    return names_columns(texts)
