"""An account: who or what X is, what it did, what happened, why, what comes next, an overview."""

from collections.abc import Sequence

from qa.answer import Answer
from qa.compose.base import Numbering, Parts, answered, quoted
from qa.compose.choice import choose
from qa.compose.direct import further_notice
from qa.compose.sides import differing, quoted_beside
from qa.compose.stages import Read
from qa.question.form import wanted_form
from qa.reading.reader import Evidence


def compose(read: Read, parts: Parts) -> Answer:
    """Quote what belongs to a full account, in the order of the text."""
    return quoting(read, *choose(read, wanted_form(read.understood.scope.question)))


def quoting(read: Read, shown: Sequence[Evidence], left: Sequence[Evidence]) -> Answer:
    """Quote these sentences, and tell how many were left out."""
    numbering = Numbering(read.understood.scope.copies)
    if point := differing(shown, read):
        evidence = quoted_beside(shown, point, read, numbering)
    else:
        evidence = quoted(shown, None, read, numbering)
    return answered(
        read,
        "answer",
        [*evidence, *further_notice(left)],
        further=tuple(numbering.cite(e.article, e.sentence) for e in left),
        confidence=read.reading.answerable,
    )
