"""Words that are spelt wrong, by a list of English words and those of a text."""

from collections.abc import Collection, Set
from functools import cache

from spellchecker import SpellChecker

SHORTEST = 4  # letters of a word that is corrected
_ENDINGS = ("s", "es", "er", "ers", "ed", "ing", "ly", "n")
LONG = 8  # letters, from which two slips are believed


@cache
def english() -> SpellChecker:
    """The list of English words with how often each is used."""
    return SpellChecker(language="en", distance=1)


def corrected(word: str, known: Set[str]) -> str | None:
    """The known word that a lower-case word was meant to be; None where it is no slip.

    A slip is a letter too many, too few, wrong, or two exchanged. A word that English has or that
    is known, or a form of one, is none. `desinged` -> `designed`, `clearers` -> `None`
    """
    if len(word) < SHORTEST or not word.isalpha() or _is_formed(word, known):
        return None
    near = english().edit_distance_1(word)
    found = _likeliest(word, near & known)
    if found is None and len(word) >= LONG:
        alike = [w for w in known if w[:1] == word[:1] and abs(len(w) - len(word)) <= 2]
        found = _likeliest(word, [w for w in alike if near & english().edit_distance_1(w)])
    return found


def _is_formed(word: str, known: Set[str]) -> bool:
    """Whether it is a word, or one with a usual ending."""
    forms = (word.removesuffix(ending) for ending in ("", *_ENDINGS) if word.endswith(ending))
    return any(len(form) > 2 and (form in known or form in english()) for form in forms)


def _likeliest(word: str, found: Collection[str]) -> str | None:
    """Of several a longer one, for a letter is left out more often; then the most usual."""
    order = sorted(found)
    return max(order, key=lambda w: (len(w) > len(word), english()[w]), default=None)
