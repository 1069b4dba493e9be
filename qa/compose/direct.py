"""The sentences that answer a question, to the letter."""

from collections.abc import Sequence

from qa.answer import Answer
from qa.compose.base import Parts, answered, quoted
from qa.compose.stages import Read
from qa.reading.reader import Evidence, Reading

MAX_SHORT = 3  # sentences quoted for a question that a few words answer
NEARLY = 0.6  # of the best sentence's probability: what a further one of these has at least
MAX_ACCOUNT = 6  # sentences quoted for a question that asks for an account
SPEAKS = 0.6  # another article's own probability of an answer, from which it is quoted, too
BESIDE = 0.45  # of the best sentence's probability: what its best one has at least
# Both were chosen on the dev groups of eval/data/many.jsonl.
MAX_BESIDE = 2  # sentences quoted of each further article
SECOND, FURTHER = 0.2, 0.4  # the probability of belonging to it that the second and later ones have
# The other numbers were chosen on held-out train questions; training/README.md has the figures.


def compose(read: Read, parts: Parts) -> Answer:
    """Quote the best sentence, and the others that belong to a full answer."""
    statements = quoted(_chosen(read), read.direct, read)
    return answered(
        read, "answer", statements, direct=read.direct, confidence=read.reading.answerable
    )


def _chosen(read: Read) -> list[Evidence]:
    """The sentences to quote: those of the best one's article first, in the order of the text."""
    best = read.reading.evidence[0]
    chosen = _of_article(read.reading, best.article.id)
    for own in sorted(read.apart, key=lambda r: -r.answerable):
        if own.evidence[0].article.id != best.article.id and _speaks(own, read.reading):
            chosen += _of_article(own, own.evidence[0].article.id)[:MAX_BESIDE]
    return chosen


def _of_article(reading: Reading, article: str) -> list[Evidence]:
    best, *others = [e for e in reading.evidence if e.article.id == article]
    chosen = [best, *(_short(best, others) if reading.short >= 0 else _account(others))]
    return sorted(chosen, key=lambda e: e.sentence.start)


def _speaks(own: Reading, together: Reading) -> bool:
    """Whether an article answers by itself, and nearly as well as the best one."""
    article = own.evidence[0].article.id
    score = max((e.score for e in together.evidence if e.article.id == article), default=0.0)
    return own.answerable >= SPEAKS and score >= BESIDE * together.evidence[0].score


def _short(best: Evidence, others: Sequence[Evidence]) -> list[Evidence]:
    """Those that say nearly as much as the best one."""
    return [e for e in others[: MAX_SHORT - 1] if e.score >= NEARLY * best.score]


def _account(others: Sequence[Evidence]) -> list[Evidence]:
    """Those that belong to a full answer beside the best one, the likeliest first."""
    likeliest = sorted(others, key=lambda e: -e.member)[: MAX_ACCOUNT - 1]
    least = (SECOND, *[FURTHER] * (MAX_ACCOUNT - 2))
    return [e for e, threshold in zip(likeliest, least, strict=False) if e.member >= threshold]
