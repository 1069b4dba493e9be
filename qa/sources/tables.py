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
    """The rows as lines; `heads` says that the first names the columns, so it is no line itself."""
    if heads and len(rows) > 1:
        return [line for row in rows[1:] if (line := row_text(row, rows[0]))]
    return [line for row in rows if (line := row_text(row))]


def names_columns(rows: Rows) -> bool:
    """Whether the first row has no figures where the others do, so that it names the columns."""
    if len(rows) < 2 or any(c.isdigit() for c in "".join(rows[0])):
        return False
    return any(c.isdigit() for row in rows[1:] for c in "".join(row))
