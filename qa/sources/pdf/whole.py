"""The blocks of a PDF -> its text, each paragraph whole, with notes and captions beside it."""

import re
from collections import Counter
from collections.abc import Sequence

from qa.sources.pdf.glyphs import Style
from qa.sources.pdf.hyphens import Hyphens
from qa.sources.pdf.paragraphs import RAISED, SPACE, Block, is_cut, same_style

SMALL = 0.93  # of the running text's size: smaller is a note
PART_FULL = 0.5  # of a column's width: a shorter line goes on nowhere
LOOK_AHEAD = 8  # blocks that may stand between the parts of a paragraph
_NOTE = re.compile(rf"(?:([{RAISED}]+)|(\d{{1,2}})(?=\s)|[*†‡§])\s*")
_TO_RAISED = str.maketrans("0123456789", RAISED)


def body_style(blocks: Sequence[Block]) -> Style:
    """How most of the text is printed."""
    letters: Counter[Style] = Counter()
    for block in blocks:
        letters[block.style] += sum(len(line) for line, _ in block.lines)
    letters.pop(Style(0), None)  # rows of tables
    return letters.most_common(1)[0][0] if letters else Style(0)


def without_notes(blocks: Sequence[Block], body: Style) -> list[Block]:
    """The blocks with footnotes set apart, without their marks and those in the text."""
    marks: set[str] = set()
    for block in blocks:
        found = _NOTE.match(block.first)
        if found and block.style.size < SMALL * body.size and found.end() < len(block.first):
            marks.add(found[1] or (found[2] or "").translate(_TO_RAISED))
            block.lines[0] = block.first[found.end() :], block.page
            block.apart = True
    marks.discard("")
    if marks:
        # A figure that is raised after a unit, as in km², is no mark.
        mark = re.compile(
            rf"(?<!\b[kcdm]m)(?<!\bm)(?:{'|'.join(map(re.escape, marks))})(?![{RAISED}])"
        )
        for block in blocks:
            block.lines = [(mark.sub("", line), page) for line, page in block.lines]
    return [block for block in blocks if any(line for line, _ in block.lines)]


def join(blocks: Sequence[Block], body: Style) -> list[Block]:
    """The blocks, each paragraph whole, before or after what stood between its parts.

    What stood between goes behind the paragraph, or where that goes on over a page's end, before
    it, so that the pages stay in order.
    """
    rest, done = list(blocks), []
    while rest:
        block, after = rest.pop(0), []
        while (at := _continuation(block, rest, body)) is not None:
            between, part = rest[:at], rest[at]
            del rest[: at + 1]
            done += [other for other in between if other.page < part.page]
            after += [other for other in between if other.page == part.page]
            block.lines += part.lines
            block.reach, block.room, block.column = part.reach, part.room, part.column
        done += [block, *after]
    return done


def _continuation(block: Block, rest: Sequence[Block], body: Style) -> int | None:
    """Which of the blocks that follow goes on with a paragraph that does not end."""
    last = block.lines[-1][0]
    hyphen = last.endswith("-") and last[-2:-1].isalnum()
    if block.apart or not is_cut(last) or (block.reach < PART_FULL and not hyphen):
        return None
    for at, part in enumerate(rest[: LOOK_AHEAD if same_style(block.style, body) else 1]):
        if part.apart or not same_style(block.style, part.style):
            continue
        if part.first[:1].islower() or hyphen:
            return at
        elsewhere = part.column != block.column
        no_room = block.room < part.opening + SPACE * part.style.size
        return at if elsewhere and at == 0 and no_room else None
    return None


def text_of(blocks: Sequence[Block], pages: int, hyphens: Hyphens) -> tuple[str, tuple[int, ...]]:
    """The blocks' text, apart by empty lines, and the offsets at which the pages start in it.

    A page without text starts where the next one does.
    """
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for number, block in enumerate(blocks):
        before = ""
        for line, page in block.lines:
            joint = "\n\n" if number and not before else " " if before else ""
            if before.endswith("-") and before[-2:-1].isalnum() and line[:1].isalnum():
                joint = ""
                if not hyphens.joint(before, line):
                    parts[-1] = parts[-1][:-1]
                    length -= 1
            parts.append(joint)
            length += len(joint)
            starts += [length] * (page + 1 - len(starts))
            parts.append(line)
            length += len(line)
            before = line
    starts += [length] * (pages - len(starts))
    return "".join(parts), tuple(starts)
