"""Whether a hyphen at a line's end belongs to the word or only divides it."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from qa.text.spelling import english

RARE = 300  # times in the list's texts; half of a divided word may well be a rarer one
USUAL = 0.02  # of the rarer half's: "anything" is as usual, "rundown" is not
LEAST_PART = 2  # letters: no typesetter leaves fewer, so "e-" "mail" is a compound
_LETTERS = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_ENDS_CUT = re.compile(r"[^\W\d_]+-$")


class Hyphens:
    """Decides by the words of the document itself, then by a list of English words."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: set[str] = set()
        self._compounds: set[str] = set()
        for before, line in pairwise(["", *lines]):
            inside = line[: -len(cut[0])] if (cut := _ENDS_CUT.search(line)) else line
            if before.endswith("-"):
                inside = inside.partition(" ")[2]  # what it begins with may be half a word
            self._words.update(word.lower() for word in _LETTERS.findall(inside))
            for compound in _COMPOUND.findall(inside):
                parts = compound.lower().split("-")
                self._compounds.update(map("-".join, pairwise(parts)))
        self._lines = lines

    def joint(self, before: str, after: str) -> str:
        """What stands between a line that ends with a hyphen and the next: "-" or nothing.

        "The fisher-", "men came" -> ""; "a well-", "known man" -> "-"
        """
        parts = _parts(before, after)
        if parts is None:
            return "-"
        left, right = parts
        if f"{left}-{right}" in self._compounds:
            return "-"
        if left + right in self._words:
            return ""
        whole = self.is_word(left + right)
        if self._stands_alone(left) and self._stands_alone(right):
            # Both ways make sense; a text that divides no other word does not divide this one.
            usual = USUAL * min(english()[left], english()[right])
            return "" if whole and (self._divides or english()[left + right] > usual) else "-"
        chained = "-" in before[:-1].split()[-1] or after.split()[0].strip("-").count("-") > 0
        return "-" if chained and not whole else ""

    def _stands_alone(self, word: str) -> bool:
        return english()[word] > RARE or (word in self._words and word in english())

    @cached_property
    def _divides(self) -> bool:
        """Whether the document divides words at the ends of lines: one is likely no compound."""
        for before, after in pairwise(self._lines):
            if before.endswith("-") and (parts := _parts(before, after)):
                left, right = parts
                rarer = min(english()[left], english()[right])
                if self.is_word(left + right) and english()[left + right] > rarer:
                    return True
        return False

    def is_word(self, word: str) -> bool:
        """Whether the document or the list has a word, which is in lower case."""
        return word in self._words or word in english()


def _parts(before: str, after: str) -> tuple[str, str] | None:
    """The letters on both sides of a hyphen that may divide a word, in lower case."""
    left, right = _ENDS_CUT.search(before), _LETTERS.match(after)
    if not left or not right or not right[0][0].islower():
        return None  # "2019-" "2020" and "Anglo-" "Saxon"
    if min(len(left[0]) - 1, len(right[0])) < LEAST_PART:
        return None
    return left[0][:-1].lower(), right[0].lower()
