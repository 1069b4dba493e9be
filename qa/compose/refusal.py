"""The answer where none was found: it says so, and offers the nearest sentences."""

from typing import Any

from qa.answer import Answer
from qa.compose.base import Numbering, Parts, answered
from qa.compose.stages import Read
from qa.statement import Statement

CLOSEST = 3  # sentences


def compose(read: Read, parts: Parts, **fields: Any) -> Answer:
    """Say why there is no answer; `fields` are further ones of the answer."""
    numbering = Numbering()
    closest = (numbering.cite(e.article, e.sentence) for e in read.reading.evidence[:CLOSEST])
    return answered(
        read,
        "refusal",
        [Statement(_reason(read))],
        closest=tuple(closest),
        abstained=True,
        confidence=read.reading.answerable,
        **fields,
    )


def _reason(read: Read) -> str:
    if not read.understood.is_readable:
        return "I can read English only; please ask in English."
    if not read.articles:
        if read.understood.names_articles:
            return "No article is chosen; choose one, or leave the choice out to ask all."
        return "There is no article yet; add one."
    return "The article does not say." if len(read.articles) == 1 else "The articles do not say."
