"""A table's rows -> lines of text, each to be understood alone."""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]


def row_text(cells: Sequence[str], heads: Sequence[str] = ()) -> str:
    """One row as a line, each cell after its column's head where there is one.

    ["Harbour List", "7"], ["Party", "Seats"] -> "Party: Harbour List | Seats: 7"
    """
    named = [*heads, *[""] * (len(cells) - len(heads))]
    parts = [
        f"{head.rstrip(' :')}: {cell}" if head and cell != head else cell
        for head, cell in zip(named, cells, strict=False)
        if cell
    ]
    return " | ".join(parts)


def table_lines(rows: Rows, *, heads: bool) -> list[str]:
    """The rows as lines; `heads` says that the first names the columns, so it is no line itself.

    What stands above it in one cell alone is a caption.
    """
    captions, rows = _without_captions(rows)
    lines = [row_text(row) for row in captions]
    if heads and len(rows) > 1:
        lines += [row_text(row, rows[0]) for row in rows[1:]]
    else:
        lines += map(row_text, rows)
    return [line for line in lines if line]


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
