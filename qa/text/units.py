"""The lines of a text -> units that no sentence reaches over: paragraphs, items, headings, rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MIN_WRAPPED = 0.2  # of the lines that go on: as many begin in lower case where lines are wrapped
_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?:…][\"'”’»)\]*_]*$")
_BULLET = re.compile(r"[•▪●◦‣■□✓→]|#{1,6} ")
_ITEM = re.compile(r"[*·–—-]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)]\s")
_ROW = re.compile(r"\S\t|\S +\| +\S|^\|")
_OPENING = "\"'“‘«([*_¿¡"


@dataclass(frozen=True)
class _Line:
    start: int
    text: str  # without the white space around it

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def units(text: str) -> Iterator[tuple[int, int]]:
    """Where the units of a text are, in order, without the white space around them.

    An empty line ends a unit. So does the end of a line, unless the lines are wrapped to a width
    and the next one goes on in the middle of a paragraph.
    """
    blocks = list(_blocks(text))
    width = _width(blocks)
    for block in blocks:
        start = block[0].start
        for before, line in pairwise(block):
            if _divides(before, line, width):
                yield start, before.end
                start = line.start
        yield start, block[-1].end


def _blocks(text: str) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    end = 0
    for found in _LINE.finditer(text):
        if found.start() > end + 1 and block:
            yield block
            block = []
        end = found.end()
        line = found[0].lstrip()
        if line:
            block.append(_Line(end - len(line), line.rstrip()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _width(blocks: Sequence[Sequence[_Line]]) -> int:
    """The length to which lines are wrapped; 0 where they are not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    wrapped = [before for before, line in pairs if _goes_on(line.text)]
    if not wrapped or len(wrapped) < MIN_WRAPPED * len(pairs):
        return 0
    return max(len(line.text) for line in wrapped)


def _divides(before: _Line, line: _Line, width: int) -> bool:
    """Whether a unit ends between these lines."""
    if _BULLET.match(line.text) or _ROW.search(line.text) or _ROW.search(before.text):
        return True
    is_full = len(before.text) + 1 + len(line.text.split(maxsplit=1)[0]) > width > 0
    has_ended = bool(_END.search(before.text))
    if _ITEM.match(line.text):
        return has_ended or not is_full or bool(_ITEM.match(before.text))
    if _goes_on(line.text):
        return False
    if before.text.startswith("#"):
        return True
    return before.text.endswith(":") or not (is_full or has_ended)


def _goes_on(line: str) -> bool:
    return line.lstrip(_OPENING)[:1].islower()
