"""Which of the senses of a follow-up is meant, by what was found in each."""

from collections.abc import Sequence

from qa.question.follow_up import Sense
from qa.reading.reader import Reading

SURE = 0.85  # probability of an answer that a bare question needs to count beside its history
ALONE = 0.95  # the same, where nothing is found after what was said before
AGREED = 0.5  # the same, where its best sentence is best there, too, as after it was just cited
# Chosen on train questions of fictional-news and open-news; docs/evaluation.md has the figures.


def best_sense(senses: Sequence[Sense], readings: Sequence[Reading], threshold: float) -> int:
    """The number of the sense that is best answered.

    A question read bare, as if nothing had been said, counts only where it is sure and its best
    sentence is likelier than any other sense's: it would answer what nobody asked.
    """
    numbers = range(len(senses))
    best = max((i for i in numbers if not senses[i].is_bare), key=lambda i: readings[i].answerable)
    for i in (i for i in numbers if senses[i].is_bare and readings[i].evidence):
        if readings[best].answerable < threshold:
            same = readings[best].evidence and _first(readings[i]) == _first(readings[best])
            counts = readings[i].answerable >= (AGREED if same else ALONE)
        else:
            is_likelier = readings[i].evidence[0].score >= readings[best].evidence[0].score
            counts = readings[i].answerable >= SURE and is_likelier
        if counts:
            return i
    return best


def _first(reading: Reading) -> tuple[str, int]:
    """Where the best sentence stands."""
    return reading.evidence[0].article.id, reading.evidence[0].sentence.start
