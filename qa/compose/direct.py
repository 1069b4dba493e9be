"""The sentences that answer a question, to the letter."""

from qa.answer import Answer
from qa.compose.base import Parts, answered, quoted
from qa.compose.stages import Read
from qa.reading.reader import Evidence, Reading

MAX_EVIDENCE = 3  # sentences
ADDS_EVIDENCE = 0.6  # of the best sentence's probability: what a further one scores at least


def compose(read: Read, parts: Parts) -> Answer:
    """Quote the best sentence, and up to two more that say nearly as much."""
    statements = quoted(_chosen(read.reading), read.direct)
    return answered(
        read, "answer", statements, direct=read.direct, confidence=read.reading.answerable
    )


def _chosen(reading: Reading) -> list[Evidence]:
    """The sentences to quote: those of the best one's article first, in the order of the text."""
    best = reading.evidence[0]
    chosen = [e for e in reading.evidence[:MAX_EVIDENCE] if e.score >= ADDS_EVIDENCE * best.score]
    return sorted(
        chosen, key=lambda e: (e.article.id != best.article.id, e.article.id, e.sentence.start)
    )
