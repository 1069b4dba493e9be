"""The words of a page -> its columns, tables and frames, in reading order."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from qa.sources.pdf.glyphs import THIN, Box, Page, Style, Word
from qa.sources.pdf.grids import read_grids

GAP = 0.9  # of the letters' size: a wider space may part two columns
RAISED = 0.8  # of a line's size: smaller letters above its baseline are raised
DROPPED = 1.8  # times a line's size: a first letter that reaches over several lines
MOST_SPREAD = 6  # times the size: a justified line spreads its words no further
SPACED = 0.18  # of the size: a wider gap is a space, whatever the file says
BULLET = 7  # points; a drawing as small before a line is an item's mark
MARK_GAP = 4  # times the size: from an item's mark to its text
MIN_FRAME = 40  # points; a smaller rectangle is no box with text of its own
MOST = 0.8  # of a page's lines: a frame with more is the page's own
SHORT_CELL = 3  # words of a usual cell; a line of a column has more
TABLE = "\ufffc"  # stands for a table among a page's words
RUNS_ON = 0.4  # of a column's lines begin with a small letter where text runs on
LEAST_PAIRS = 3  # lines beside each other in two columns; fewer are wide spaces by chance
CLEAR_LINES = 7  # a strip that is white beside as many lines is no chance, whatever stands there
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
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.around(word.box)
        return box

    @cached_property
    def style(self) -> Style:
        """How most of its letters are printed."""
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


@dataclass(frozen=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[str, ...], ...]
    heads: bool  # whether the first row names the columns
    box: Box


Region = Column | Table


def read_columns(page: Page, words: Sequence[Word]) -> Iterator[Region]:
    """The regions of a page in reading order, frames last; `words` are those to read."""
    words, tables = _without_tables(words, page.rules)
    lines = _evenly_spaced(read_lines([*words, *_bullets(words, page.rules)], page.rules))
    lines = _marked(lines)
    framed: list[Region] = []
    for frame in _frames(page.rules, lines):
        inside = [line for line in lines if frame.holds(line.box)]
        found = list(_divided(inside, page.rules))
        if inside and not any(isinstance(region, Table) for region in found):
            framed += [Column(r.lines, apart=True) for r in found if isinstance(r, Column)]
            lines = [line for line in lines if line not in inside]
    for region in _divided(lines, page.rules):
        if isinstance(region, Column):
            yield from _with_tables(region, tables)
        else:
            yield region
    yield from framed


def _without_tables(
    words: Sequence[Word], rules: Sequence[Box]
) -> tuple[list[Word], dict[Word, Table]]:
    """The words, one in the place of each table whose cells are drawn, and these tables."""
    tables: dict[Word, Table] = {}
    left = list(words)
    for grid in read_grids(rules):
        inside = [word for word in left if grid.box.holds(word.box)]
        cells = [[[w for w in inside if cell.centred(w.box)] for cell in row] for row in grid.cells]
        filled = [row for row in cells if any(row)]
        if len(filled) < 2 or sum(map(bool, filled[0])) < 2:
            continue
        lines = [[_column(read_lines(cell, ())).lines if cell else () for cell in r] for r in filled]
        rows = tuple(tuple(" ".join(line.text for line in cell) for cell in row) for row in lines)
        styles = [{line.style for cell in row for line in cell} for row in lines]
        place = Word(TABLE, grid.box, grid.box.bottom, Style(inside[0].style.size, italic=True))
        tables[place] = Table(rows, _names_columns(styles, rows), grid.box)
        left = [word for word in left if word not in inside]
        left.append(place)
    return left, tables


def _with_tables(column: Column, tables: dict[Word, Table]) -> Iterator[Region]:
    """A column, cut where tables stand in it."""
    held: list[Line] = []
    for line in column.lines:
        found = [word for word in line.words if word in tables]
        if not found:
            held.append(line)
            continue
        rest = tuple(word for word in line.words if word not in tables)
        held += [Line(rest)] if rest else []
        if held:
            yield Column(tuple(held))
        yield from (tables[word] for word in found)
        held = []
    if held:
        yield Column(tuple(held))


def _bullets(words: Sequence[Word], rules: Sequence[Box]) -> list[Word]:
    """The marks of items that are drawn, as words."""
    found = []
    for rule in rules:
        if rule.width < BULLET and rule.height < BULLET and 0.7 < rule.width / max(
            0.1, rule.height
        ) < 1.4:
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


def _evenly_spaced(lines: list[Line]) -> list[Line]:
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


def _touch(a: Word, b: Word, upright: Sequence[Box]) -> bool:
    size = max(a.style.size, b.style.size)
    if size > DROPPED * min(a.style.size, b.style.size):
        return False
    if a.box.beside(b.box) < 0.5 or abs(a.baseline - b.baseline) > 0.5 * size:
        return False
    left, right = sorted((a.box, b.box), key=lambda box: box.x0)
    if right.x0 - left.x1 >= GAP * size:
        return False
    return not any(
        left.x1 - THIN <= r.x0 and r.x1 <= right.x0 + THIN and r.beside(a.box) > 0.5
        for r in upright
    )


def _marked(lines: list[Line]) -> list[Line]:
    """The lines, each mark of an item at the start of the line that it marks."""
    marks = [line for line in lines if len(line.words) == 1 and _MARK_OR_NUMBER.fullmatch(line.text)]
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


def _frames(rules: Sequence[Box], lines: Sequence[Line]) -> list[Box]:
    """Rectangles with some of the page's lines in them, the largest first."""
    flat = [r for r in rules if r.height < THIN and r.width > MIN_FRAME]
    tall = [r for r in rules if r.width < THIN and r.height > THIN]
    found = [r for r in rules if r.width > MIN_FRAME and r.height > MIN_FRAME / 2]
    for at, top in enumerate(flat[:200]):
        for low in flat[at + 1 : 200]:
            if abs(top.x0 - low.x0) + abs(top.x1 - low.x1) < 2 * THIN:
                box = top.around(low)
                sides = [r for r in tall if r.beside(box) > MOST and r.height > MOST * box.height]
                if any(abs(s.x0 - box.x0) < THIN for s in sides) and any(
                    abs(s.x1 - box.x1) < THIN for s in sides
                ):
                    found.append(box)
    frames = []
    for box in sorted(found, key=lambda box: -box.width * box.height):
        inside = [line for line in lines if box.holds(line.box)]
        heights = {round(line.baseline) for line in inside}
        if len(heights) > 1 and len(inside) < MOST * len(lines):
            if not any(frame.holds(box) for frame in frames):
                frames.append(box)
    return frames


def _divided(lines: list[Line], rules: Sequence[Box]) -> Iterator[Region]:
    gutter = _gutter(lines)
    if gutter is None:
        if lines:
            yield _column(lines)
        return
    bands = _bands(lines, gutter, rules)
    for across, band in bands:
        if across:
            if len(bands) == 1:
                yield _column(band)
            else:
                yield from _divided(band, rules)
            continue
        cells, edges = _cells(band), _row_edges(band, rules)
        if _is_table(cells, edges):
            yield from _table(band, cells, edges)
            continue
        halves = [[l for l in band if (l.box.x0 < gutter) is left] for left in (True, False)]
        for half in halves[::-1] if _run_leftwards(band) else halves:
            yield from _divided(half, rules)


def _column(lines: Iterable[Line]) -> Column:
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
        row.sort(key=lambda line: line.box.x0, reverse=_run_leftwards(row))
        joined.append(Line(tuple(word for line in row for word in line.words)))
    return Column(tuple(joined))


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a wide space stands in most lines of print, at least two, and in the way of fewest."""
    edges: list[tuple[float, int]] = []
    ordered = sorted(lines, key=lambda line: line.box.top)
    for at, line in enumerate(ordered):
        right: Line | None = None
        for other in _near(ordered, at):
            if other.box.x0 >= line.box.x1 and other.box.beside(line.box) > 0.3:
                if right is None or other.box.x0 < right.box.x0:
                    right = other
        if right:
            edges += [(line.box.x1, 1), (right.box.x0, -1)]
    best, depth, gutter = float("-inf"), 0, None
    edges.sort()
    for (x, step), (after, _) in pairwise(edges):
        depth += step
        if depth > 1 and step > 0 and after > x:
            middle = (x + after) / 2
            score = depth - sum(line.box.x0 < middle < line.box.x1 for line in lines)
            if score > best:
                best, gutter = score, middle
    return gutter


def _near(ordered: Sequence[Line], at: int) -> Iterator[Line]:
    """The lines that may stand beside one, in lines that are sorted by their tops."""
    box = ordered[at].box
    for other in ordered[at + 1 :]:
        if other.box.top > box.bottom:
            break
        yield other
    for other in reversed(ordered[max(0, at - 30) : at]):
        if other.box.bottom > box.top:
            yield other


def _bands(
    lines: Sequence[Line], gutter: float, rules: Sequence[Box]
) -> list[tuple[bool, list[Line]]]:
    """The lines from top to bottom in bands that cross the gutter, or stand on both sides."""
    bands: list[tuple[bool, list[Line]]] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        across = line.box.x0 < gutter < line.box.x1
        if not bands or bands[-1][0] is not across:
            bands.append((across, []))
        bands[-1][1].append(line)
    merged: list[tuple[bool, list[Line]]] = []
    for across, band in bands:
        if not across:
            before = merged[-1][1] if merged and merged[-1][0] else []
            band = _without_last_line(band, before, gutter)
        if not across and not _is_table(_cells(band), _row_edges(band, rules)):
            pairs = _pairs(band, gutter)
            words = median(len(line.words) for line in band) if band else 0
            across = pairs < (2 if len(band) >= CLEAR_LINES or words > SHORT_CELL else LEAST_PAIRS)
        if not band:
            continue
        if merged and merged[-1][0] and across:
            merged[-1][1].extend(band)
        else:
            merged.append((across, band))
    return merged


def _without_last_line(band: list[Line], before: list[Line], gutter: float) -> list[Line]:
    """The band; a first line on one side that ends the paragraph before it goes there."""
    if not before or not band:
        return band
    first, above = band[0], before[-1]
    alone = not any(
        other.box.beside(first.box) > 0.3 for other in band if other is not first
    )
    gap = first.baseline - above.baseline
    same = first.style.size == above.style.size
    if alone and same and gap < 1.5 * first.style.size and first.box.x0 < gutter:
        before.append(first)
        return band[1:]
    return band


def _pairs(band: Sequence[Line], gutter: float) -> int:
    """How many lines on the left of the gutter have one beside them on its right."""
    right = [line for line in band if line.box.x0 >= gutter]
    left = [line for line in band if line.box.x1 <= gutter]
    return sum(any(l.box.beside(r.box) > 0.3 for r in right) for l in left)


def _cells(band: Sequence[Line]) -> list[list[Line]]:
    """The lines of a band by the columns that white strips part."""
    columns: list[list[Line]] = []
    reach = float("-inf")
    for line in sorted(band, key=lambda line: line.box.x0):
        if line.box.x0 > reach:
            columns.append([])
        columns[-1].append(line)
        reach = max(reach, line.box.x1)
    return columns


def _is_table(columns: list[list[Line]], edges: list[float]) -> bool:
    """Whether columns are those of a table: short cells, side by side, that do not run on."""
    if len(columns) < 2:
        return False
    cells = [_column(column).lines for column in columns]
    short = sum(median(len(row.words) for row in rows) <= SHORT_CELL for rows in cells)
    small = sum(sum(row.text[:1].islower() for row in rows) >= RUNS_ON * len(rows) for rows in cells)
    if 2 * small > len(columns):
        return False
    if len(edges) > 2 and short:
        return True
    rows = [sum(any(l.box.beside(o.box) > 0.5 for o in rows) for rows in cells) for l in cells[0]]
    beside = sum(row > 1 for row in rows)
    return short >= len(columns) - 1 and beside > 1 and beside * 2 > len(rows)


def _row_edges(band: Sequence[Line], rules: Sequence[Box]) -> list[float]:
    """The heights of the lines that are drawn between the rows."""
    if not band:
        return []
    box = band[0].box
    for line in band[1:]:
        box = box.around(line.box)
    edges: list[float] = []
    slack = 0.8 * band[0].box.height + THIN
    for rule in sorted(rules, key=lambda rule: rule.top):
        if rule.height < THIN < rule.width and rule.x0 < box.x1 and rule.x1 > box.x0:
            if box.top - slack < rule.top < box.bottom + slack:
                if not edges or rule.top - edges[-1] > 2 * THIN:
                    edges.append(rule.top)
    return edges


def _table(
    band: Sequence[Line], columns: list[list[Line]], edges: list[float]
) -> Iterator[Region]:
    rows: list[list[list[Line]]] = []
    height = float("-inf")
    for line in sorted(band, key=lambda line: line.baseline):
        at = next(n for n, column in enumerate(columns) if line in column)
        if len(edges) > 2:
            new = not rows or any(height < edge < line.baseline for edge in edges)
        else:
            new = not rows or (
                line.baseline - height > 0.5 * line.style.size
                and (at == 0 or line.baseline - height > 1.6 * line.style.size)
            )
        if new:
            rows.append([[] for _ in columns])
        rows[-1][at].append(line)
        height = max(height, line.baseline)
    lone = 0  # rows above the table that are text, such as a heading
    while lone < len(rows) and sum(map(bool, rows[lone])) == 1 and rows[lone][0]:
        lone += 1
    if lone:
        yield _column([line for row in rows[:lone] for cell in row for line in cell])
    rows = rows[lone:]
    if not rows:
        return
    order = -1 if _run_leftwards(band) else 1
    texts = tuple(
        tuple(" ".join(l.text for l in _column(cell).lines) for cell in row)[::order]
        for row in rows
    )
    box = band[0].box
    for line in band[1:]:
        box = box.around(line.box)
    styles = [{l.style for cell in row for l in cell} for row in rows]
    yield Table(texts, _names_columns(styles, texts), box)


def _names_columns(styles: list[set[Style]], texts: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the first row is printed otherwise than the rest, or has no figures where they do."""
    if len(texts) < 2:
        return False
    first, *rest = styles
    if not first & set().union(*rest):
        return True
    numbers = [any(c.isdigit() for c in "".join(column)) for column in zip(*texts[1:], strict=True)]
    return any(numbers) and not any(c.isdigit() for c in "".join(texts[0]))


def _run_leftwards(lines: Iterable[Line]) -> bool:
    lines = list(lines)
    return sum(line.leftwards for line in lines) * 2 > len(lines)


def _gap(a: Box, b: Box) -> float:
    return max(b.x0 - a.x1, a.x0 - b.x1)


def _leftwards(word: Word) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in word.text)
