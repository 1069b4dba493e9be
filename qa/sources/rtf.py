"""A rich text file (.rtf) -> its text."""

import re

from striprtf.striprtf import rtf_to_text

from qa.sources.characters import clean
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.tables import names_columns, table_lines

MAX_DEPTH = 1_000  # of groups in each other
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|(\\'[0-9a-fA-F]{2}|\\[^a-z])|([{}])|([^\\{}]+)|(.)",
    re.S,
)
_HIDES = {"v", "strike", "striked", "deleted"}
_CHARACTERS = {"u", "tab", "line", "emdash", "endash", "lquote", "rquote", "ldblquote", "rdblquote"}
_TITLE = re.compile(r"\{\\title ((?:[^\\{}]|\\'[0-9a-f]{2}|\\u-?\d+ ?\??){1,400})\}")


def read_rtf(data: bytes) -> Parsed:
    """The text of a file: paragraphs, and a line for each row of a table.

    Hidden, struck-out and deleted words go. Raises `UnreadableError` for what is no such file or
    has no text.
    """
    written = data.decode("latin-1").lstrip()
    if not written.startswith("{\\rtf"):
        raise UnreadableError("is no rich text (.rtf); save it again as .rtf")
    shown = clean(_plain(_shown(written)))
    blocks: list[str] = []
    rows: list[list[str]] = []
    for line in [*shown.split("\n"), ""]:
        if line.endswith("|"):
            rows.append([" ".join(cell.split()) for cell in line[:-1].split("|")])
            continue
        if rows:
            blocks += table_lines(rows, heads=names_columns(rows))
            rows = []
        if line.strip():
            blocks.append(re.sub(" {2,}", " ", line.strip()))
    if not blocks:
        raise UnreadableError("has no text; add one that has")
    title = _TITLE.search(written)
    named = clean(_plain("{\\rtf1 " + title[1] + "}")) if title else ""
    return Parsed("\n\n".join(blocks), title=" ".join(named.split()))


def _shown(written: str) -> str:
    """The file without the characters that are hidden, struck out or deleted."""
    kept: list[str] = []
    states: list[frozenset[str]] = [frozenset()]
    for token in _TOKEN.finditer(written):
        word, number, escaped, brace, text, _ = token.groups()
        if brace == "{":
            if len(states) > MAX_DEPTH:
                raise UnreadableError("is damaged; save it again as .rtf")
            states.append(states[-1])
        elif brace and len(states) > 1:
            states.pop()
        elif word in _HIDES:
            states[-1] = states[-1] - {word} if number == "0" else states[-1] | {word}
        elif word == "plain":
            states[-1] = frozenset()
        elif states[-1] and (text or escaped or word in _CHARACTERS):
            continue
        kept.append(token[0])
    return "".join(kept)


def _plain(written: str) -> str:
    return str(rtf_to_text(written, errors="replace"))  # type: ignore[no-untyped-call]
