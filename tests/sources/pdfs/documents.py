"""What each PDF of the suite holds and how it is set; `make.py` writes it in two ways.

A block is a tuple of its kind and what it holds:
head kicker stand byline sub p (a paragraph) cut (one that ends on the next page, in `rest`) caption
pull (a pull quote) box (paragraphs in a frame) table list numbers note (a footnote and its mark).
In a paragraph "{1}" is a mark that points to a footnote and "{^2}" a raised figure.
"""

import re
from dataclasses import dataclass, field, replace

from reportlab.lib.utils import simpleSplit

GAP = 18  # between columns, in points


@dataclass(frozen=True)
class Document:
    """A document: its pages of blocks, and how they are set."""

    name: str
    pages: list
    columns: int = 1
    font: str = "serif"  # serif, sans, book (DejaVu Serif)
    size: float = 10
    justify: bool = False
    hyphens: bool = False
    indent: bool = False  # first lines are indented and no space stands between paragraphs
    running: tuple = ()  # (head, foot) on each page; "#" is the page's number
    metadata: str = ""  # the title in the file's properties
    margin: float = 60
    landscape: bool = False
    drop: bool = False  # a large first letter
    ligatures: bool = False
    rtl: bool = False
    scan: bool = False
    ruled: bool = True  # tables have lines
    test: bool = False  # kept apart: not looked at while the reader was made
    ways: tuple = field(default=("reportlab", "chromium"))


def story(parts, *before, first=0, last=99, byline=""):
    title, paragraphs = parts
    blocks = [*before, ("head", title)]
    if byline:
        blocks.append(("byline", byline))
    return blocks + [("p", text) for text in paragraphs[first:last]]


def insert(blocks, at, *new):
    """The blocks with new ones after the paragraph with this number."""
    index = [i for i, block in enumerate(blocks) if block[0] == "p"][at] + 1
    return blocks[:index] + list(new) + blocks[index:]


def halves(blocks, at, words, *between, page=True):
    """The blocks, a paragraph of them cut after some words, with other blocks in between."""
    index = [i for i, block in enumerate(blocks) if block[0] == "p"][at]
    split = blocks[index][1].split()
    first, rest = " ".join(split[:words]), " ".join(split[words:])
    before = [*blocks[:index], ("cut", first), *between]
    after = [("rest", rest), *blocks[index + 1 :]]
    return [before, after] if page else [before + after]


def gold(document):
    """Its title, the blocks of the running text in order, and those that may stand anywhere."""
    title, body, apart = "", [], []
    for page in document.pages:
        for kind, *held in page:
            match kind:
                case "head":
                    title = held[0]
                case "p" | "sub" | "stand" | "cut":
                    body.append(plain(held[0]))
                case "rest":
                    joint = "" if body[-1].endswith("\xad") else " "
                    body[-1] = body[-1].rstrip("\xad") + joint + plain(held[0])
                case "list" | "numbers":
                    marks = [f"{n}. " if kind == "numbers" else "" for n in range(1, 99)]
                    body += [mark + item for mark, item in zip(marks, held[0], strict=False)]
                case "table":
                    heads, *rows = held[0]
                    body += [
                        " | ".join(f"{h}: {c}" if h else c for h, c in zip(heads, row, strict=True))
                        for row in rows
                    ]
                case "box":
                    apart += held[0]
                case "kicker" | "byline" | "caption" | "pull":
                    apart.append(held[0])
                case "note":
                    apart.append(held[1])
    return {"title": title, "body": body, "apart": apart}


def recut(document, width, fonts):
    """The document, its cut paragraphs cut at the end of a line that is as long as a column."""
    column = (width - GAP * (document.columns - 1)) / document.columns
    pages, first = [], None
    for page in document.pages:
        pages.append([])
        for block in page:
            if block[0] == "cut":
                first = len(pages) - 1, len(pages[-1])
            if block[0] == "rest":
                at, index = first
                words = len(pages[at][index][1].split())
                lines = simpleSplit(
                    f"{pages[at][index][1]} {block[1]}", fonts[document.font][0], document.size,
                    column - (12 if document.indent else 0),
                )  # fmt: skip
                ends = [sum(len(line.split()) for line in lines[:n]) for n in range(1, len(lines))]
                upto = min(range(len(ends)), key=lambda n: abs(ends[n] - words)) + 1
                pages[at][index] = ("cut", " ".join(lines[:upto]))
                block = ("rest", " ".join(lines[upto:]))
            pages[-1].append(block)
    return replace(document, pages=pages)


def plain(text):
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    text = re.sub(r"\{\^(\d)\}", lambda m: m[1].translate(raised), text)
    return re.sub(r"\{\d\}", "", text)


def noted(blocks):
    """A harbour story whose second and fourth paragraphs point to footnotes."""
    marked = []
    count = 0
    for kind, *held in blocks:
        if kind == "p":
            count += 1
            if count in (2, 4):
                held = [held[0].replace(". ", f".{{{count // 2}}} ", 1)]
        marked.append((kind, *held))
    return marked
