"""Yes or no, where the verdict is sure, and the sentences that settle it."""

import re

from qa.answer import Answer
from qa.compose.base import Numbering, Parts, answered, quoted
from qa.compose.choice import choose
from qa.compose.direct import further_notice, proof_first
from qa.compose.sides import differing, quoted_beside
from qa.compose.stages import Read
from qa.statement import Statement
from qa.text.words import stems

SURE = (
    0.55  # of the verdict's probability: from here it is told; training/README.md has the figures
)
_LINES = ("Yes.", "No.", "The article leaves it open.")
_OPEN = len(_LINES) - 1
_UNSETTLED = r"(?:known|clear|certain|decided|established|confirmed|settled|determined)"
_LEFT_OPEN = re.compile(  # of the 12 train questions whose first evidence has it, all are open
    rf"\b(?:whether|if)\b.*\b(?:not (?:yet |been )?{_UNSETTLED}|unknown|unclear|undecided"
    r"|uncertain)\b"
    rf"|\b(?:not (?:yet |been )?(?:{_UNSETTLED}|say|said)|unknown|unclear|undecided|uncertain"
    r"|(?:declined|refused) to say|(?:would|could) not say|cannot say"
    r"|(?:remains?|left) (?:open|to be seen))\b,?(?: \w+){0,3}? (?:whether|if)\b",
    re.I,
)


def compose(read: Read, parts: Parts) -> Answer:
    """Open with the verdict; below its threshold, or where articles differ, quote alone."""
    shown, left = choose(read, "yes_no")
    numbering = Numbering(read.understood.scope.copies)
    verdict = _verdict(read)
    line = []
    point = differing(shown, read)
    if not point and verdict is not None:
        best = read.reading.evidence[0]
        line = [
            Statement(_LINES[verdict], (numbering.cite(best.article, best.sentence),), "direct")
        ]
        shown = proof_first(shown, best)
    if point:
        evidence = quoted_beside(shown, point, read, numbering)
    else:
        evidence = quoted(shown, None, read, numbering)
    return answered(
        read,
        "answer",
        [*line, *evidence, *further_notice(left)],
        further=tuple(numbering.cite(e.article, e.sentence) for e in left),
        confidence=read.reading.answerable,
    )


def _verdict(read: Read) -> int | None:
    """The place of the verdict's line; None where it is not sure, or none was given.

    No model gives one of a quoted correction note.
    """
    best, told = read.reading.evidence[0], read.reading.verdict
    asked = set(stems(read.sense.standalone))
    if _LEFT_OPEN.search(best.text) and len(asked & set(stems(best.text))) * 2 >= len(asked):
        return _OPEN
    verdict = max(range(len(_LINES)), key=lambda i: told[i])
    return None if told[verdict] < SURE or told == (0.0, 0.0, 1.0) else verdict
