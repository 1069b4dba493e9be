"""Whether a hyphen at a line's end belongs to the word or only divides it."""

import re
from collections.abc import Iterable
from functools import cache

from spellchecker import SpellChecker

_LETTERS = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_ENDS_CUT = re.compile(r"[^\W\d_]+-$")


class Hyphens:
    """Decides by the words of the document itself, then by a list of English words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._compounds: set[str] = set()
        for line in lines:
            inside = line[: -len(cut[0])] if (cut := _ENDS_CUT.search(line)) else line
            self._words.update(word.lower() for word in _LETTERS.findall(inside))
            for compound in _COMPOUND.findall(inside):
                parts = compound.lower().split("-")
                self._compounds.update(map("-".join, zip(parts, parts[1:], strict=False)))

    def joint(self, before: str, after: str) -> str:
        """What stands between a line that ends with a hyphen and the next: "-" or nothing.

        "The fisher-", "men came" -> ""; "a well-", "known man" -> "-"
        """
        first = _LETTERS.findall(before[:-1])
        second = _LETTERS.match(after)
        if not first or not second or not before[:-1].endswith(first[-1]):
            return "-"  # a figure or a sign on one side, as in "2019-" "2020"
        left, right = first[-1].lower(), second[0].lower()
        if f"{left}-{right}" in self._compounds:
            return "-"
        if not second[0][0].islower():
            return "-"  # "Anglo-" "Saxon"; a word is divided before a small letter
        if left + right in self._words or self.is_word(left + right):
            return ""
        chained = before[:-1].endswith(f"-{first[-1]}") or after[second.end() :].startswith("-")
        if chained and self.is_word(right):
            return "-"  # "mother-in-" "law"
        return "-" if self.is_word(left) and self.is_word(right) else ""

    def is_word(self, word: str) -> bool:
        """Whether the document or the list has a word, which is in lower case."""
        return word in self._words or word in _english()


@cache
def _english() -> SpellChecker:
    return SpellChecker(language="en", distance=1)
