"""History + follow-up -> a question that stands alone."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from qa.errors import UsageError
from qa.words import STOPWORDS, words

MAX_CHARACTERS = 2000  # of a question
_LEANING = re.compile(
    r"^(?:and|but|so|or|also|then|what about|how about|why|since when|until when|where|when|who"
    r"|how many|how much|which one|like what|such as)"
    r"\b[^\w]*(?:not|so|that|then|from|in|on|by|else)?\W*$"
    r"|^(?:and|but|or|what about|how about)\b"
    r"|\b(?:he|she|they|him|them|his|hers|theirs|this one|that one|the latter|the former)\b",
    re.I,
)

Turn = Mapping[str, object]


def clean_question(question: str) -> str:
    """The question on one line without control characters.

    Raises `UsageError` when nothing is left, or more than `MAX_CHARACTERS`.
    """
    composed = unicodedata.normalize("NFC", question)
    visible = "".join(
        " " if c.isspace() else c
        for c in composed
        if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    cleaned = " ".join(visible.split())
    if not cleaned:
        raise UsageError("The question is empty; type one.")
    if len(cleaned) > MAX_CHARACTERS:
        raise UsageError(
            f"The question has {len(cleaned):,} characters; "
            f"shorten it to at most {MAX_CHARACTERS:,}."
        )
    return cleaned


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with the last one before it, if it leans on it; else as it is.

    `And civilians?` after `How many soldiers died?` -> `How many soldiers died? And civilians?`
    """
    asked = [turn.get("content") for turn in history if turn.get("role") == "user"]
    last = asked[-1] if asked else None
    if not isinstance(last, str) or not last.strip() or not leans(question):
        return question
    return f"{' '.join(last.split())[:MAX_CHARACTERS]} {question}"


def leans(question: str) -> bool:
    """Whether a question makes no sense without the one before it: `Why?`, `And from where?`."""
    content = [word for word in words(question) if word not in STOPWORDS]
    return not content or bool(_LEANING.search(question) and len(content) < 6)
