"""History + follow-up -> a question that stands alone."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from qa.answer import plain
from qa.errors import UsageError
from qa.words import STOPWORDS, words

MAX_CHARACTERS = 2000  # of a question
MAX_BEFORE = 240  # characters of the question before, and of its answer
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


def said_before(history: Sequence[Turn]) -> tuple[str, ...]:
    """The last question of the history and the answer to it, as plain text; () if there is none."""
    turns = [(turn.get("role"), turn.get("content")) for turn in history]
    asked = [i for i, (role, said) in enumerate(turns) if role == "user" and _is_said(said)]
    if not asked:
        return ()
    answers = [said for role, said in turns[asked[-1] + 1 :] if role == "assistant"]
    said = [turns[asked[-1]][1], *filter(_is_said, answers[:1])]
    return tuple(" ".join(plain(str(text)).split())[:MAX_BEFORE] for text in said)


def standalone(question: str, before: Sequence[str]) -> str:
    """The question with the one before it, if it leans on it; else as it is.

    `And civilians?` after `How many soldiers died?` -> `How many soldiers died? And civilians?`
    """
    return f"{before[0]} {question}" if before and leans(question) else question


def leans(question: str) -> bool:
    """Whether a question makes no sense without the one before it: `Why?`, `And from where?`."""
    content = [word for word in words(question) if word not in STOPWORDS]
    return not content or bool(_LEANING.search(question) and len(content) < 6)


def _is_said(content: object) -> bool:
    return isinstance(content, str) and bool(content.strip())
