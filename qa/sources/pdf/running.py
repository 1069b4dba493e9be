"""Pages -> their lines without running heads, running feet and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from qa.sources.pdf.glyphs import Page
from qa.sources.pdf.lines import Line, read_lines

EDGE = 0.13  # of a page's height, at its top and its bottom
MARGIN = 48  # points, at a page's top and its bottom, where no text is printed
LEAST_SHARE = 0.3  # of the pages; left and right pages often have other heads
STEP = 4  # points within which a head stands at the same height
APART = 1.5  # times its size: what is nearer to a number than this belongs to the text
_NUMBER = re.compile(
    r"(?:page |p\. ?|seite )?[-–—(\[|]? ?(?:\d{1,4}|[ivxlc]{1,7}) ?[-–—)\]|]?"
    r"(?: ?(?:/|of|von) ?\d{1,4})?",
    re.I,
)


def without_running(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page that belong to the text."""
    lines = [read_lines(page.words, page.rules) for page in pages]
    edges = [
        [line for line in on if _in_edge(line, page)] for on, page in zip(lines, pages, strict=True)
    ]
    seen = Counter(key for on in edges for key in {_key(line) for line in on})
    least = max(2, LEAST_SHARE * len(pages))
    kept = []
    for on, edge, page in zip(lines, edges, pages, strict=True):
        gone = {
            id(line) for line in edge if seen[_key(line)] >= least or _stands_alone(line, on, page)
        }
        kept.append([line for line in on if id(line) not in gone])
    return kept


def _in_edge(line: Line, page: Page) -> bool:
    return line.box.bottom < EDGE * page.height or line.box.top > (1 - EDGE) * page.height


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.box.top / STEP)  # page numbers differ


def _stands_alone(line: Line, others: Sequence[Line], page: Page) -> bool:
    """Whether a line is the page's number, or a head or foot in its margin, away from the text."""
    number = _NUMBER.fullmatch(line.text)
    in_margin = line.box.bottom < MARGIN or line.box.top > page.height - MARGIN
    if not (number or in_margin):
        return False
    room = APART * line.style.size
    outermost = all(o.box.bottom <= line.box.bottom for o in others) or all(
        o.box.top >= line.box.top for o in others
    )
    return (
        len(others) > 1
        and outermost
        and not any(
            other.box.bottom > line.box.top - room
            and other.box.top < line.box.bottom + room
            and other.box.beside(line.box) < 0.5
            for other in others
        )
    )
