"""The lines of printed pages -> paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

EDGE_LINES = 2  # at a page's top and bottom, where running heads and page numbers stand
RUNNING_WORDS = 12  # a longer line is no running head
WIDTH_QUANTILE = 0.9  # of the lengths of a page's lines: its width
FULL_LINE = 0.8  # of the width: a shorter line that ends a sentence ends its paragraph
HEADING = 0.6  # of the width: a shorter line before a capital letter stands alone
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_ITEM = re.compile(r"[•▪●◦‣–—*-] |\(?\d{1,3}[.)] ")
_COMPOUND = re.compile(r"[^\W\d_]+[-‐][^\W\d_]+")
_CUT_WORD = re.compile(r"([^\W\d_]+)[-‐]$")
_FIRST_WORD = re.compile(r"^[^\W\d_]*")


@dataclass(frozen=True)
class _Line:
    text: str
    page: int
    width: int  # of its page
    gap: bool  # whether an empty line stands before it


def reflow(pages: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Paragraphs, apart by an empty line, and the offsets at which the pages start in them.

    Running heads and page numbers go; a word cut at a line's end is joined, as is a paragraph that
    goes on over a page's end. A page without text starts where the next one does.
    """
    compounds = {c.replace("‐", "-").lower() for page in pages for c in _COMPOUND.findall(page)}
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    before: _Line | None = None
    for line in _lines(pages):
        if before:
            joint = _joint(before, line)
            cut = _CUT_WORD.search(before.text)
            if joint == " " and cut and line.text[0].islower():
                joint = ""
                # Unless it is written with its hyphen elsewhere: "well-known".
                if f"{cut[1]}-{_FIRST_WORD.findall(line.text)[0]}".lower() not in compounds:
                    parts[-1] = parts[-1][:-1]
                    length -= 1
            parts.append(joint)
            length += len(joint)
        starts += [length] * (line.page + 1 - len(starts))
        parts.append(line.text)
        length += len(line.text)
        before = line
    starts += [length] * (len(pages) - len(starts))
    return "".join(parts), tuple(starts)


def _lines(pages: Sequence[str]) -> Iterator[_Line]:
    split = [[" ".join(line.split()) for line in page.split("\n")] for page in pages]
    seen = Counter(key for lines in split for key in {_key(lines[at]) for at in _edges(lines)})
    for page, lines in enumerate(split):
        edges = {at for at in _edges(lines) if seen[_key(lines[at])] > max(1, len(pages) / 2)}
        kept = [line for at, line in enumerate(lines) if at not in edges]
        lengths = sorted(len(line) for line in kept if line)
        width = lengths[int(WIDTH_QUANTILE * (len(lengths) - 1))] if lengths else 0
        for above, line in zip(["", *kept], kept, strict=False):
            if line:
                yield _Line(line, page, width, gap=not above)


def _edges(lines: Sequence[str]) -> set[int]:
    full = [at for at, line in enumerate(lines) if line]
    edges = {*full[:EDGE_LINES], *full[-EDGE_LINES:]}
    return {at for at in edges if len(lines[at].split()) <= RUNNING_WORDS}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line)  # page numbers differ


def _joint(before: _Line, line: _Line) -> str:
    if _ITEM.match(line.text):
        return "\n\n"
    ended = bool(_SENTENCE_END.search(before.text))
    goes_on = not ended and line.text[0].islower()
    share = len(before.text) / before.width
    if before.page != line.page:
        return " " if goes_on or (not ended and share >= FULL_LINE) else "\n\n"
    if goes_on:
        return " "
    if line.gap or (ended and share < FULL_LINE) or share < HEADING:
        return "\n\n"
    return " "
