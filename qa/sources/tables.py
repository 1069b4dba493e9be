"""A table's rows -> lines of text, each to be understood alone."""

from collections.abc import Sequence


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


def table_lines(rows: Sequence[Sequence[str]], *, heads: bool) -> list[str]:
    """The rows as lines; `heads` says that the first names the columns, so it is no line itself."""
    if heads and len(rows) > 1:
        return [line for row in rows[1:] if (line := row_text(row, rows[0]))]
    return [line for row in rows if (line := row_text(row))]
