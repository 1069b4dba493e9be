"""The words of a page -> its columns, tables and frames, in reading order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from qa.sources.pdf.glyphs import THIN, Box, Page, Word
from qa.sources.pdf.lines import (
    Column,
    Line,
    drawn_bullets,
    evenly_spaced,
    read_lines,
    run_leftwards,
    stacked,
    with_marks,
)
from qa.sources.pdf.tables import (
    SHORT_CELL,
    Table,
    drawn_tables,
    is_table,
    read_table,
    row_edges,
    side_by_side,
)

Region = Column | Table

MIN_FRAME = 40  # points; a smaller rectangle is no box with text of its own
MOST = 0.8  # of a page's lines: a frame with more is the page's own
LEAST_PAIRS = 3  # lines beside each other in two columns; fewer are wide spaces by chance
CLEAR_LINES = 7  # a strip that is white beside as many lines is no chance, whatever stands there


def read_columns(page: Page, lines: Sequence[Line]) -> Iterator[Region]:
    """The regions of a page in reading order, frames last; `lines` are those to read."""
    shown = {id(word) for line in lines for word in line.words}
    words, tables = drawn_tables([w for w in page.words if id(w) in shown], page.rules)
    bullets = drawn_bullets(words, page.rules)
    if tables or bullets:
        lines = read_lines([*words, *bullets], page.rules)
    lines = with_marks(evenly_spaced(list(lines)))
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
    frames: list[Box] = []
    for box in sorted(found, key=lambda box: -box.width * box.height):
        inside = [line for line in lines if box.holds(line.box)]
        heights = {round(line.baseline) for line in inside}
        some = len(heights) > 1 and len(inside) < MOST * len(lines)
        if some and not any(frame.holds(box) for frame in frames):
            frames.append(box)
    return frames


def _divided(lines: list[Line], rules: Sequence[Box]) -> Iterator[Region]:
    gutter = _gutter(lines)
    if gutter is None:
        if lines:
            yield stacked(lines)
        return
    bands = _bands(lines, gutter, rules)
    for across, band in bands:
        if across:
            if len(bands) == 1:
                yield stacked(band)
            else:
                yield from _divided(band, rules)
            continue
        cells, edges = side_by_side(band), row_edges(band, rules)
        if is_table(cells, edges):
            yield from read_table(band, cells, edges)
            continue
        halves = [[o for o in band if (o.box.x0 < gutter) is left] for left in (True, False)]
        for half in halves[::-1] if run_leftwards(band) else halves:
            yield from _divided(half, rules)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a wide space stands in most lines of print, at least two, and in the way of fewest."""
    edges: list[tuple[float, int]] = []
    ordered = sorted(lines, key=lambda line: line.box.top)
    for at, line in enumerate(ordered):
        right = [
            other.box.x0
            for other in _near(ordered, at)
            if other.box.x0 >= line.box.x1 and other.box.beside(line.box) > 0.3
        ]
        if right:
            edges += [(line.box.x1, 1), (min(right), -1)]
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
        if not across and not is_table(side_by_side(band), row_edges(band, rules)):
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
    alone = not any(other.box.beside(first.box) > 0.3 for other in band if other is not first)
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
    return sum(any(line.box.beside(other.box) > 0.3 for other in right) for line in left)
