"""The short answer: the words in the best sentence that answer the question by themselves."""

from qa.reading.reader import Reading
from qa.statement import Exact


def short_answer(reading: Reading) -> Exact | None:
    """The best sentence's span."""
    if not reading.evidence or reading.evidence[0].exact is None:
        return None
    best = reading.evidence[0]
    start, end = best.exact or (0, 0)
    return Exact(best.article.text[start:end], best.article.id, start, end, reading.answerable)
