"""Which sentences an answer quotes, by the form that is asked for."""

from collections.abc import Sequence

from qa.compose.stages import Read
from qa.question.form import Wanted
from qa.reading.reader import Evidence, Reading
from qa.text.words import stems

MOST = 6  # sentences quoted
APART = 0.6  # another article's own probability of an answer, from which it is quoted, too
BESIDE = 0.45  # of the best sentence's probability: what its best one has at least
# Both were chosen on the dev groups of eval/data/many.jsonl.
MAX_BESIDE = 2  # sentences quoted of each further article
# The probability of belonging to the answer that the second sentence has at least, and further
# ones; chosen on held-out train questions, training/README.md has the figures.
SECOND_AND_FURTHER: dict[Wanted, tuple[float, float]] = {
    "short": (0.2, 0.5),
    "yes_no": (0.2, 0.5),
    "about": (0.2, 0.5),
    "said": (0.1, 0.2),
    "role": (0.2, 0.5),
    "event": (0.2, 0.3),
    "overview": (0.2, 0.15),
    "why": (0.2, 0.15),
    "next": (0.2, 0.25),
    "account": (0.2, 0.5),
}
NEARLY = 0.25  # of the best sentence's probability: what others have where little is asked for
BRIEF: tuple[Wanted, ...] = ("short", "yes_no")
SAME = 0.8  # of the words of two sentences together: the later one repeats the earlier
SPEAKS = 0.3  # the probability of belonging from which a sentence left out speaks of it


def choose(read: Read, wanted: Wanted) -> tuple[list[Evidence], list[Evidence]]:
    """The sentences to quote, and those left out that speak of it, in the order of the text.

    Those of the best sentence's article come first, then those of others that answer by
    themselves. A follow-up asks for less than its words tell.
    """
    article = read.reading.evidence[0].article.id
    chosen, left = _of_article(read.reading, article, "account" if read.sense.before else wanted)
    for own in sorted(read.apart, key=lambda r: -r.answerable):
        other = own.evidence[0].article.id
        if other != article and _speaks(own, read.reading):
            chosen += _of_article(own, other, wanted)[0][:MAX_BESIDE]
    return chosen, left


def _of_article(
    reading: Reading, article: str, wanted: Wanted
) -> tuple[list[Evidence], list[Evidence]]:
    best, *others = [e for e in reading.evidence if e.article.id == article]
    second, further = SECOND_AND_FURTHER[wanted]
    is_brief = wanted in BRIEF or best.sentence in best.article.corrections
    least = NEARLY * best.score if is_brief else 0.0
    chosen, left = [best], []
    for e in sorted(others, key=lambda e: -e.member):
        if any(_repeats(e, c) for c in chosen):
            continue
        enough = second if len(chosen) == 1 else further
        if len(chosen) < MOST and e.member >= enough and e.score >= least:
            chosen.append(e)
        elif e.member >= SPEAKS:
            left.append(e)
    return in_order(chosen, best), in_order(left, best)


def _speaks(own: Reading, together: Reading) -> bool:
    """Whether an article answers by itself, and nearly as well as the best one."""
    article = own.evidence[0].article.id
    score = max((e.score for e in together.evidence if e.article.id == article), default=0.0)
    return own.answerable >= APART and score >= BESIDE * together.evidence[0].score


def in_order(evidence: Sequence[Evidence], best: Evidence) -> list[Evidence]:
    """In the order of the text, those of the best one's article first."""
    return sorted(
        evidence, key=lambda e: (e.article.id != best.article.id, e.article.id, e.sentence.start)
    )


def _repeats(one: Evidence, other: Evidence) -> bool:
    a, b = set(stems(one.text)), set(stems(other.text))
    return bool(a | b) and len(a & b) >= SAME * len(a | b)
