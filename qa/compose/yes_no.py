"""Yes or no, where the verdict is sure, and the sentences that settle it."""

from qa.answer import Answer
from qa.compose.base import Numbering, Parts, answered, quoted
from qa.compose.choice import choose
from qa.compose.direct import further_notice, proof_first
from qa.compose.sides import differing, quoted_beside
from qa.compose.stages import Read
from qa.statement import Statement

SURE = (
    0.55  # of the verdict's probability: from here it is told; training/README.md has the figures
)
_LINES = ("Yes.", "No.", "The article leaves it open.")


def compose(read: Read, parts: Parts) -> Answer:
    """Open with the verdict; below its threshold, or where articles differ, quote alone."""
    shown, left = choose(read, "yes_no")
    numbering = Numbering(read.understood.scope.copies)
    verdict = max(range(3), key=lambda i: read.reading.verdict[i])
    line = []
    point = differing(shown, read)
    if not point and read.reading.verdict[verdict] >= SURE and not _is_unread(read):
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


def _is_unread(read: Read) -> bool:
    """Whether no model gave a verdict, as for a quoted correction note."""
    return read.reading.verdict == (0.0, 0.0, 1.0)
