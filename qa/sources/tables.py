"""A table's rows -> lines of text, each to be understood alone."""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]
Cells = tuple[tuple[str, str], ...]  # of a row: its column's head, which may be empty; the cell


def cell_text(cell: tuple[str, str]) -> str:
    """A cell after its column's head, where there is one."""
    head, text = cell
    return f"{head}: {text}" if head else text


def line_of(cells: Cells) -> str:
    """A row's cells as a line."""
    return " | ".join(map(cell_text, cells))


def row_text(cells: Sequence[str], heads: Sequence[str] = ()) -> str:
    """One row as a line, each cell after its column's head where there is one.

    ["Harbour List", "7"], ["Party", "Seats"] -> "Party: Harbour List | Seats: 7"
    """
    return line_of(_headed(cells, heads))


def table_lines(rows: Rows, *, heads: bool) -> list[str]:
    """The rows as lines; `heads` says that the first names the columns, so it is no line itself.

    What stands above it in one cell alone is a caption.
    """
    return [line_of(cells) for cells in table_cells(rows, heads=heads)]


def table_cells(rows: Rows, *, heads: bool) -> list[Cells]:
    """The cells of the same lines, each with its column's head."""
    captions, rows = _without_captions(rows)
    found = [_headed(row) for row in captions]
    if heads and len(rows) > 1:
        found += [_headed(row, rows[0]) for row in rows[1:]]
    else:
        found += map(_headed, rows)
    return [cells for cells in found if cells]


def _headed(cells: Sequence[str], heads: Sequence[str] = ()) -> Cells:
    named = [*heads, *[""] * (len(cells) - len(heads))]
    return tuple(
        (head.rstrip(" :") if cell != head else "", cell)
        for head, cell in zip(named, cells, strict=False)
        if cell
    )


def names_columns(rows: Rows) -> bool:
    """Whether the first row has no figures where the others do, so that it names the columns."""
    rows = _without_captions(rows)[1]
    if len(rows) < 2 or any(c.isdigit() for c in "".join(rows[0])):
        return False
    return any(c.isdigit() for row in rows[1:] for c in "".join(row))


def _without_captions(rows: Rows) -> tuple[Rows, Rows]:
    wide = (at for at, row in enumerate(rows) if sum(map(bool, row)) > 1)
    first = next(wide, 0)
    return rows[:first], rows[first:]
