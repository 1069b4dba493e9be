"""The sentences that answer a question, to the letter."""

from collections.abc import Sequence

from qa.answer import Answer
from qa.compose.base import Parts, answered, quoted
from qa.compose.stages import Read
from qa.reading.reader import Evidence, Reading

MAX_SHORT = 3  # sentences quoted for a question that a few words answer
NEARLY = 0.6  # of the best sentence's probability: what a further one of these has at least
MAX_ACCOUNT = 6  # sentences quoted for a question that asks for an account
SECOND, FURTHER = 0.2, 0.4  # the probability of belonging to it that the second and later ones have
# Both pairs of numbers were chosen on held-out train questions; training/README.md has the figures.


def compose(read: Read, parts: Parts) -> Answer:
    """Quote the best sentence, and the others that belong to a full answer."""
    statements = quoted(_chosen(read.reading), read.direct, read)
    return answered(
        read, "answer", statements, direct=read.direct, confidence=read.reading.answerable
    )


def _chosen(reading: Reading) -> list[Evidence]:
    """The sentences to quote: those of the best one's article first, in the order of the text."""
    best, *others = reading.evidence
    chosen = [best, *(_short(best, others) if reading.short >= 0 else _account(others))]
    return sorted(
        chosen, key=lambda e: (e.article.id != best.article.id, e.article.id, e.sentence.start)
    )


def _short(best: Evidence, others: Sequence[Evidence]) -> list[Evidence]:
    """Those that say nearly as much as the best one."""
    return [e for e in others[: MAX_SHORT - 1] if e.score >= NEARLY * best.score]


def _account(others: Sequence[Evidence]) -> list[Evidence]:
    """Those that belong to a full answer beside the best one, the likeliest first."""
    likeliest = sorted(others, key=lambda e: -e.member)[: MAX_ACCOUNT - 1]
    least = (SECOND, *[FURTHER] * (MAX_ACCOUNT - 2))
    return [e for e, threshold in zip(likeliest, least, strict=False) if e.member >= threshold]
