"""The lines that are drawn on a page -> the tables whose cells they part."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.sources.pdf.glyphs import THIN, Box

MAX_RULES = 2000  # of a page; more is a drawing
LEAST_EDGES = 3  # on each side: two columns and two rows


@dataclass(frozen=True)
class Grid:
    """A table's frame and its cells, row by row."""

    box: Box
    cells: tuple[tuple[Box, ...], ...]


def read_grids(rules: Sequence[Box]) -> list[Grid]:
    """The grids that lines make which touch each other."""
    lines = [r for r in rules if min(r.width, r.height) < THIN < max(r.width, r.height)]
    if len(lines) > MAX_RULES:
        return []
    grids = []
    for group in _touching(lines):
        ups = _edges([(r.x0 + r.x1) / 2 for r in group if r.width < r.height])
        flats = _edges([(r.top + r.bottom) / 2 for r in group if r.width > r.height])
        if len(ups) < LEAST_EDGES or len(flats) < LEAST_EDGES:
            continue
        cells = tuple(
            tuple(Box(x0, top, x1, low) for x0, x1 in pairwise(ups)) for top, low in pairwise(flats)
        )
        grids.append(Grid(Box(ups[0], flats[0], ups[-1], flats[-1]), cells))
    return grids


def _touching(lines: Sequence[Box]) -> list[list[Box]]:
    groups: list[list[Box]] = []
    for line in lines:
        mine = [group for group in groups if any(_touch(line, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([line, *(other for group in mine for other in group)])
    return groups


def _touch(a: Box, b: Box) -> bool:
    return (
        a.x0 <= b.x1 + THIN
        and b.x0 <= a.x1 + THIN
        and a.top <= b.bottom + THIN
        and b.top <= a.bottom + THIN
    )


def _edges(places: list[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > 2 * THIN:
            edges.append(place)
    return edges
