"""A table of values (.csv, .tsv) -> a line of text for each row."""

import csv
from io import StringIO

from qa.sources.characters import clean
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.styles import Styled, laid_out
from qa.sources.tables import line_of, names_columns, table_cells

SAMPLE = 2_000  # characters from which the separator is told; Python's time grows with the square
SEPARATORS = ",;\t|"


def read_csv(text: str) -> Parsed:
    """Each row as a line, its cells after the names of their columns, which the first row holds.

    Raises `UnreadableError` for a table of one column, or without rows.
    """
    dialect = _dialect(text[:SAMPLE])
    try:
        rows = [
            [" ".join(clean(cell).split()) for cell in row]
            for row in csv.reader(StringIO(text), dialect)
        ]
    except csv.Error as error:
        raise UnreadableError(f"is no table of values ({error}); save it again as .csv") from None
    rows = [row for row in rows if any(row)]
    if not rows:
        raise UnreadableError("has no rows; add some")
    first = rows[0]
    named = all(first) and len(set(first)) == len(first) and not any(map(_is_number, first))
    table = table_cells(rows, heads=named or names_columns(rows))
    text, styles = laid_out(Styled(line_of(cells), "row", cells) for cells in table)
    return Parsed(text, styles=styles)


def _dialect(sample: str) -> type[csv.Dialect]:
    """How the cells are separated: as most rows have it, else as the first row does."""
    try:
        return csv.Sniffer().sniff(sample, SEPARATORS)
    except csv.Error:
        first, *others = sample.strip().split("\n")
        separator = max(SEPARATORS, key=first.count)
        if separator not in first or 2 * sum(separator in line for line in others) < len(others):
            raise UnreadableError(
                "has no columns that can be told apart; save it with commas between them"
            ) from None

        class Plain(csv.excel):
            delimiter = separator

        return Plain


def _is_number(cell: str) -> bool:
    return bool(cell) and not any(map(str.isalpha, cell))
