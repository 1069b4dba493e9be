"""What a question wants listed by name: people, places, organisations, or numbers."""

import re
from typing import Literal

from qa.text.words import words

Listed = Literal["people", "countries", "places", "organisations", "numbers"]

_ASKS: dict[Listed, str] = {
    "people": (
        r"people|persons|names|players|characters|victims|suspects|defendants|candidates|witnesses"
        r"|experts|politicians|scorers|winners|leaders|officials|who"
    ),
    "countries": r"countries|nations|states",
    "places": (
        r"places|cities|towns|villages|areas|regions|islands|locations"
        r"|districts|counties"
    ),
    "organisations": (
        r"organi[sz]ations|companies|groups|firms|parties|agencies|unions|banks|teams|clubs"
        r"|institutions|factions|authorities|bodies"
    ),
    "numbers": (
        r"numbers|figures|statistics|stats|toll|tolls|amounts|sums|costs|prices|losses|casualties"
        r"|how many|how much|damage"
    ),
}
_PATTERNS = {kind: re.compile(rf"\b(?:{asks})\b") for kind, asks in _ASKS.items()}


def listed(question: str) -> tuple[Listed, ...]:
    """The kinds of things that a question's words name, `who` only where nothing else does.

    `Which countries are involved?` -> `("countries",)`, `What are the demands?` -> `()`
    """
    said = " ".join(words(question))
    bare = re.sub(r"\bwho\b", "", said)
    named = tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(bare))
    return named or (("people",) if bare != said else ())


_ANY = "|".join(asks for kind, asks in _ASKS.items() if kind != "numbers")
_WHOLE = re.compile(
    rf"(?:(?:which|what|who)(?: all)? (?:(?:other|different) )?(?:{_ANY})?|(?:{_ANY}))"
    r" ?(?:(?:are|is|were|was|gets?|got) )?(?:all )?"
    r"(?:involved|concerned|named|mentioned|talked about|taking part|play(?:s|ing)? a (?:role|part)"
    r")"
    r"(?: (?:in|by) (?:it|this|that|(?:the|this) (?:article|story|text|piece)))?"
)


def names_whole(question: str) -> bool:
    """Whether all that the article names of a kind is asked for: `Which countries are involved?`"""
    return _WHOLE.fullmatch(" ".join(words(question))) is not None
