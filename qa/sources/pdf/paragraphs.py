"""The columns of pages -> paragraphs, headings, captions, notes and rows, one block each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.sources.pdf.columns import Region
from qa.sources.pdf.glyphs import Box, Style
from qa.sources.pdf.hyphens import Hyphens
from qa.sources.pdf.lines import DROPPED, MARK, Column, Line
from qa.sources.pdf.tables import Table
from qa.sources.tables import table_lines

INDENT = 0.7  # of the size: a line that begins further in begins a paragraph
SPACED = 1.25  # times the usual distance of lines: a wider one parts paragraphs
USUAL_LEADING = 1.45  # times the size, at most, between the lines of a paragraph
OTHER_SIZE = 0.08  # of the size: more is another style
SPACE = 0.25  # of the size: a usual space
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ENDED = re.compile(r"[.!?…:;]['\"’”»)\]¹²³⁴⁵⁶⁷⁸⁹⁰]*$")
_BULLET = re.compile(r"[•▪●◦‣⁃■□·*]")
_CAP = re.compile(r"[\"'“‘«]?[^\W\d_]")


@dataclass
class Block:
    """A paragraph, heading, caption or row; `apart` for what is no part of the running text."""

    lines: list[tuple[str, int]]  # each with the number of its page
    style: Style
    column: int
    box: Box
    apart: bool = False
    reach: float = 1.0  # the share of the column's width that its last line fills
    room: float = 0.0  # points that its last line leaves
    opening: float = 0.0  # points that its first word takes

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0][1]

    @property
    def first(self) -> str:
        """The text of its first line."""
        return self.lines[0][0]


def read_blocks(pages: Sequence[Sequence[Region]], hyphens: Hyphens) -> list[Block]:
    """The blocks of all pages, in reading order; each lies in one column."""
    leading = _leading([region for regions in pages for region in regions])
    blocks: list[Block] = []
    column = 0
    for page, regions in enumerate(pages):
        for region in regions:
            column += 1
            if isinstance(region, Table):
                blocks += [
                    Block([(row, page)], Style(0), column, region.box, apart=True)
                    for row in table_lines(region.rows, heads=region.heads)
                ]
            else:
                split = _Splitter(region, leading, hyphens)
                blocks += [split.block(lines, page, column) for lines in split.paragraphs()]
    return blocks


def _leading(regions: Sequence[Region]) -> dict[float, float]:
    """The distance between the lines of a paragraph, in points, for each size of letters."""
    seen: dict[float, list[float]] = {}
    for region in regions:
        if isinstance(region, Column):
            for a, b in pairwise(region.lines):
                if a.style.size == b.style.size and b.baseline - a.baseline < 3 * a.style.size:
                    seen.setdefault(a.style.size, []).append(b.baseline - a.baseline)
    return {
        size: min(sorted(distances)[len(distances) // 4], USUAL_LEADING * size)
        for size, distances in seen.items()
    }


class _Splitter:
    """Cuts the lines of a column into paragraphs."""

    def __init__(self, column: Column, leading: dict[float, float], hyphens: Hyphens) -> None:
        self._leading, self._hyphens = leading, hyphens
        self._apart = column.apart
        self._lines = self._with_first_letters(list(column.lines))
        leftwards = sum(line.leftwards for line in self._lines) * 2 > len(self._lines)
        self._sign = -1 if leftwards else 1
        begins = Counter(round(self._begin(line)) for line in self._lines)
        self._left = min(begins, key=lambda begin: (-begins[begin], begin))
        self._right: dict[float, float] = {}  # by the letters' size, for a headline is wider
        for line in self._lines:
            size = line.style.size
            self._right[size] = max(self._right.get(size, self._end(line)), self._end(line))

    def paragraphs(self) -> Iterator[list[Line]]:
        """The lines of each paragraph."""
        held: list[Line] = []
        for line in self._lines:
            if held and self._begins_anew(held, line):
                yield held
                held = []
            held.append(line)
        if held:
            yield held

    def block(self, lines: list[Line], page: int, column: int) -> Block:
        """A paragraph's block; the bullet of an item goes, its number stays."""
        box = lines[0].box
        for line in lines[1:]:
            box = box.around(line.box)
        texts = [line.text for line in lines]
        if len(lines[0].words) > 1 and _BULLET.fullmatch(lines[0].words[0].text):
            texts[0] = Line(lines[0].words[1:]).text
        letters: Counter[Style] = Counter()
        for line in lines:
            letters[line.style] += len(line.text)
        right = self._right[lines[-1].style.size]
        reach = (self._end(lines[-1]) - self._left) / max(1.0, right - self._left)
        numbered = [(text, page) for text in texts]
        return Block(
            numbered,
            letters.most_common(1)[0][0],
            column,
            box,
            self._apart,
            reach,
            right - self._end(lines[-1]),
            lines[0].words[0].box.width,
        )

    def _begin(self, line: Line) -> float:
        return line.box.x0 if self._sign > 0 else -line.box.x1

    def _end(self, line: Line) -> float:
        return line.box.x1 if self._sign > 0 else -line.box.x0

    def _begins_anew(self, held: list[Line], line: Line) -> bool:
        before, size = held[-1], line.style.size
        if (
            abs(before.style.size - size) > OTHER_SIZE * size
            or before.style.bold != line.style.bold
        ):
            return True
        distance = line.baseline - before.baseline
        if distance > SPACED * self._leading.get(size, USUAL_LEADING * size):
            return True
        if line.text[0] in RAISED:
            return True  # a footnote
        ended = bool(_ENDED.search(before.text))
        if self._is_item(line, ended):
            return True
        middle = [(each.box.x0 + each.box.x1) / 2 for each in (before, line)]
        centred = abs(middle[0] - middle[1]) < SPACE * size
        if centred and abs(before.box.x0 - line.box.x0) > size:
            return False
        further_in = self._begin(line) - self._begin(before)
        if self._is_item(held[0], ended=True):
            first = held[0]
            if self._begin(line) < self._begin(first) - SPACE * size:
                return True
            hanging = abs(line.box.x0 - first.words[1].box.x0) < SPACE * size
            if not hanging and self._begin(line) > self._begin(first) + SPACE * size:
                return True
        elif further_in > INDENT * size and self._begin(before) < self._left + INDENT * size:
            return True
        room = self._right[size] - self._end(before) - SPACE * size - line.words[0].box.width
        if ended:
            return room > 0.5 * size  # the next word would have found room
        return room > size and not line.text[:1].islower()

    def _is_item(self, line: Line, ended: bool) -> bool:
        if len(line.words) < 2 or not MARK.fullmatch(line.words[0].text):
            return False
        if _BULLET.fullmatch(line.words[0].text):
            return True
        size = line.style.size
        gap = abs(line.words[1].box.x0 - line.words[0].box.x1)
        return ended or gap > 2 * SPACE * size or self._begin(line) > self._left + size

    def _with_first_letters(self, lines: list[Line]) -> list[Line]:
        """The lines, each large first letter at the start of the line that it belongs to."""
        for cap in [line for line in lines if _CAP.fullmatch(line.text)]:
            beside = [
                line
                for line in lines
                if line.style.size * DROPPED < cap.style.size
                and line.box.beside(cap.box) > 0.3
                and -line.style.size < line.box.x0 - cap.box.x1 < 2 * line.style.size
            ]
            if not beside:
                continue
            lines.remove(cap)
            for at, line in enumerate(lines):
                if line in beside:
                    first, *rest = line.words
                    if line is beside[0]:
                        letter = replace(
                            first, text=cap.text, box=first.box._replace(x0=cap.box.x0), glued=False
                        )
                        joined = replace(first, glued=self._one_word(cap.text, first.text))
                        lines[at] = Line((letter, joined, *rest))
                    else:
                        box = first.box._replace(x0=cap.box.x0)
                        lines[at] = Line((replace(first, box=box), *rest))
        return lines

    def _one_word(self, letter: str, rest: str) -> bool:
        """Whether a large first letter begins a word: "T" "he", but not "A" "council"."""
        bare = re.sub(r"\W.*", "", rest).lower()
        if letter[-1] not in "AIO" or self._hyphens.is_word(letter[-1].lower() + bare):
            return True
        return not self._hyphens.is_word(bare)


def is_cut(text: str) -> bool:
    """Whether a paragraph's end is none, so that it may go on elsewhere."""
    return not _ENDED.search(text)


def same_style(a: Style, b: Style) -> bool:
    """Whether two styles may be those of one paragraph."""
    return abs(a.size - b.size) <= OTHER_SIZE * b.size and a.bold == b.bold
