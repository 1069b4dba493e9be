"""The words of a page -> its lines."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.sources.pdf.glyphs import THIN, Box, Style, Word, around

GAP = 0.9  # of the letters' size: a wider space may part two columns
RAISED = 0.8  # of a line's size: smaller letters above its baseline are raised
DROPPED = 1.8  # times a line's size: a first letter that reaches over several lines
MOST_SPREAD = 6  # times the size: a justified line spreads its words no further
SPACED = 0.18  # of the size: a wider gap is a space, whatever the file says
BULLET = 7  # points; a drawing as small before a line is an item's mark
MARK_GAP = 4  # times the size: from an item's mark to its text
MARK = re.compile(r"[•▪●◦‣⁃■□–—*·o-]|\(?(\d{1,2}|[a-z])[.)]")
_MARK_OR_NUMBER = re.compile(rf"{MARK.pattern}|\d{{1,2}}")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Line:
    """Words that stand side by side, in reading order."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The rectangle around its words."""
        return around([word.box for word in self.words])

    @cached_property
    def style(self) -> Style:
        """How most of its letters are printed."""
        first = self.words[0].style
        if all(word.style is first for word in self.words):
            return first
        letters: dict[Style, int] = {}
        for word in self.words:
            letters[word.style] = letters.get(word.style, 0) + len(word.text)
        return max(letters, key=lambda style: letters[style])

    @cached_property
    def baseline(self) -> float:
        """Points from the page's top, by a word in the line's own style."""
        return next(word.baseline for word in self.words if word.style == self.style)

    @cached_property
    def leftwards(self) -> bool:
        """Whether most of its words run from right to left."""
        return sum(map(_leftwards, self.words)) * 2 > len(self.words)

    @cached_property
    def text(self) -> str:
        """Its words, a space between them where one is printed; raised figures as such."""
        parts: list[str] = []
        before: Word | None = None
        for word in self.words:
            raised = (
                word.style.size < RAISED * self.style.size
                and word.baseline < self.baseline - 0.1 * self.style.size
            )
            close = raised and before and word.box.x0 - before.box.x1 < 0.1 * self.style.size
            apart = before and _gap(before.box, word.box) > SPACED * self.style.size
            if before and (apart or not word.glued) and not close:
                parts.append(" ")
            parts.append(word.text.translate(_RAISED_DIGITS) if raised else word.text)
            before = word
        return "".join(parts)


@dataclass(frozen=True)
class Column:
    """Lines below each other; `apart` for those in a frame of their own."""

    lines: tuple[Line, ...]
    apart: bool = False


def read_lines(words: Sequence[Word], rules: Sequence[Box]) -> list[Line]:
    """Words that follow each other in the file and on the page, then lines that touch, as one."""
    upright = [r for r in rules if r.width < THIN < r.height]
    runs: list[list[Word]] = []
    for word in words:
        if runs and _touch(runs[-1][-1], word, upright):
            runs[-1].append(word)
        else:
            runs.append([word])
    lines = sorted((Line(tuple(run)) for run in runs), key=lambda line: line.box.x0)
    done: list[Line] = []
    by_height: dict[int, list[int]] = {}  # tens of points -> the lines there
    for line in lines:
        near = [n for h in (-1, 0, 1) for n in by_height.get(int(line.baseline // 10) + h, [])]
        for n in sorted(near, reverse=True):
            if _touch(done[n].words[-1], line.words[0], upright) or _touch(
                done[n].words[0], line.words[-1], upright
            ):
                pair = (line, done[n]) if line.leftwards else (done[n], line)
                done[n] = Line(pair[0].words + pair[1].words)
                break
        else:
            by_height.setdefault(int(line.baseline // 10), []).append(len(done))
            done.append(line)
    return done


def evenly_spaced(lines: list[Line]) -> list[Line]:
    """The lines, words that a justified line spreads evenly as one line again."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (round(line.baseline), line.box.x0)):
        before = rows[-1][-1] if rows else None
        if before and len(line.words) == 1 and abs(line.baseline - before.baseline) < 1:
            gap = line.box.x0 - before.box.x1
            if len(rows[-1]) == 1:
                even = len(before.words) == 1 and GAP <= gap / line.style.size < MOST_SPREAD
            else:
                first = rows[-1][1].box.x0 - rows[-1][0].box.x1
                even = abs(gap - first) < 0.1 * first
            if even and before.style == line.style:
                rows[-1].append(line)
                continue
        rows.append([line])
    done = []
    for row in rows:
        if len(row) > 2 and sum(line.text[:1].islower() for line in row) * 2 >= len(row):
            done.append(Line(tuple(word for line in row for word in line.words)))
        else:
            done += row
    return done


def with_marks(lines: list[Line]) -> list[Line]:
    """The lines, each mark of an item at the start of the line that it marks."""
    marks = [
        line for line in lines if len(line.words) == 1 and _MARK_OR_NUMBER.fullmatch(line.text)
    ]
    for mark in marks:
        size = mark.style.size
        plain = MARK.fullmatch(mark.text)
        right = [
            line
            for line in lines
            if line not in marks
            and line.box.beside(mark.box) > 0.5
            and 0 <= line.box.x0 - mark.box.x1 < MARK_GAP * size
            and (plain or size < RAISED * line.style.size)  # a footnote's raised figure
        ]
        if right:
            line = min(right, key=lambda line: line.box.x0)
            lines = [other for other in lines if other not in (mark, line)]
            lines.append(Line(mark.words + line.words))
    return lines


def drawn_bullets(words: Sequence[Word], rules: Sequence[Box]) -> list[Word]:
    """The marks of items that are drawn, as words."""
    found = []
    for rule in rules:
        if (
            rule.width < BULLET
            and rule.height < BULLET
            and 0.7 < rule.width / max(0.1, rule.height) < 1.4
        ):
            right = [
                word
                for word in words
                if 0 < word.box.x0 - rule.x1 < 2 * word.style.size and word.box.beside(rule) > 0.9
            ]
            if right:
                word = min(right, key=lambda word: word.box.x0)
                box = Box(rule.x0, word.box.top, rule.x1, word.box.bottom)
                found.append(Word("•", box, word.baseline, word.style))
    return found


def stacked(lines: Iterable[Line]) -> Column:
    """The lines from top to bottom, those at one height as one."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        before = rows[-1][-1] if rows else None
        if (
            before
            and before.box.beside(line.box) > 0.5
            and abs(before.baseline - line.baseline) < 0.5 * line.style.size
            and max(before.style.size, line.style.size)
            < DROPPED * min(before.style.size, line.style.size)
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    joined = []
    for row in rows:
        row.sort(key=lambda line: line.box.x0, reverse=run_leftwards(row))
        joined.append(Line(tuple(word for line in row for word in line.words)))
    return Column(tuple(joined))


def run_leftwards(lines: Iterable[Line]) -> bool:
    """Whether most of the lines run from right to left."""
    lines = list(lines)
    return sum(line.leftwards for line in lines) * 2 > len(lines)


def _touch(a: Word, b: Word, upright: Sequence[Box]) -> bool:
    size = max(a.style.size, b.style.size)
    if abs(a.baseline - b.baseline) > 0.5 * size:
        return False
    if size > DROPPED * min(a.style.size, b.style.size) or a.box.beside(b.box) < 0.5:
        return False
    left, right = sorted((a.box, b.box), key=lambda box: box.x0)
    if right.x0 - left.x1 >= GAP * size:
        return False
    return not any(
        left.x1 - THIN <= r.x0 and r.x1 <= right.x0 + THIN and r.beside(a.box) > 0.5
        for r in upright
    )


def _gap(a: Box, b: Box) -> float:
    return max(b.x0 - a.x1, a.x0 - b.x1)


def _leftwards(word: Word) -> bool:
    return not word.text.isascii() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in word.text
    )
