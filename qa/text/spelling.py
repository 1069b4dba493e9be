"""Words that are spelt wrong, by a list of English words and those of a text."""

from collections.abc import Collection, Set
from functools import cache

from spellchecker import SpellChecker

SHORTEST = 4  # letters of a word that is corrected
LONG = 8  # letters, from which two slips are believed


@cache
def english() -> SpellChecker:
    """The list of English words with how often each is used."""
    return SpellChecker(language="en", distance=1)


def corrected(word: str, known: Set[str]) -> str | None:
    """The known word that a lower-case word was meant to be; None where it is no slip.

    A slip is a letter too many, too few, wrong, or two exchanged. A word that English has, or that
    is known, is none. `desinged` -> `designed`
    """
    if len(word) < SHORTEST or not word.isalpha() or word in known or word in english():
        return None
    near = english().edit_distance_1(word)
    found = _likeliest(near & known)
    if found is None and len(word) >= LONG:
        alike = [w for w in known if w[:1] == word[:1] and abs(len(w) - len(word)) <= 2]
        found = _likeliest([w for w in alike if near & english().edit_distance_1(w)])
    return found


def _likeliest(found: Collection[str]) -> str | None:
    return max(sorted(found), key=lambda word: english()[word], default=None)
