"""Do two sentences of different articles say the same, or differ on one thing?"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Literal

from qa.checking.amounts import Amount, amounts
from qa.checking.meaning import opposite_told
from qa.parsing.parser import Parse, bundled_parser
from qa.text.words import STOPWORDS, names, stem, stems, words

Span = tuple[int, int]  # characters of a sentence
Spans = tuple[Span, ...]
Follows = Callable[[str, str], bool]  # whether a claim follows from a sentence

# Chosen on the labelled pairs of the dev groups of eval/data/many.jsonl.
ALIKE = 0.6  # of the words of two sentences are in both: one is the other with changes
NEAR = 0.4  # cosine of two sentences that may speak of one thing
DENIED = 0.55  # cosine from which one denies what the other says
REWORDED = 0.8  # of the words are in both: what differs besides numbers is told, too
OPEN = 0.45  # cosine from which a number that does not say what it counts counts the same
SHARED = 3  # stems, names left out, that a denial has in common with what it denies
WITHIN = 10  # times a number: what is larger is of something else

_DENIAL = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|cannot)\b|n[’']t\b"
    r"|\b(?:den(?:y|ies|ied)|false|untrue|wrong|reject(?:s|ed)?|dismiss(?:es|ed)?|refus(?:es|ed)"
    r"|cancel(?:s|led|ed)?|scrapped|dropped|ruled out)\b",
    re.I,
)


@dataclass(frozen=True)
class Agreement:
    """How two sentences stand to each other; `first` and `second` are the words that differ.

    `amounts` are the numbers that differ, one of each; `fits` tells that both may be true
    together, as `at least 19` and, later, `23`.
    """

    relation: Literal["same", "differs"]
    first: Spans = ()
    second: Spans = ()
    amounts: tuple[Amount, Amount] | None = None

    @property
    def fits(self) -> bool:
        """Whether the bounds of the numbers allow both."""
        return self.amounts is not None and self.amounts[0].allows(self.amounts[1])


def agreement(one: str, other: str, alike: float, follows: Follows) -> Agreement | None:
    """How two sentences stand to each other; None where they speak of different things.

    `alike` is the cosine of their embeddings. They differ only where neither follows from the
    other.
    """
    mine, theirs = words(one), words(other)
    if mine == theirs:
        return Agreement("same")
    first, second = bundled_parser().parse([one, other])
    wording = _share(mine, theirs)
    if wording < ALIKE and alike < NEAR:
        return None
    numbers = _differing(first, second, is_open=alike >= OPEN)
    is_reworded = wording >= ALIKE and _both_change(mine, theirs)
    if numbers or is_reworded:
        marks = _of(numbers) if numbers and wording < REWORDED else _changes(one, other)
        if wording >= ALIKE or _is_on_one_thing(mine, theirs, numbers):
            return Agreement("differs", *marks, numbers)
    if follows(one, other) or follows(other, one):
        return Agreement("same")
    shared = _stems(mine) & _stems(theirs) - names(one) - names(other)
    if len(shared) >= SHARED and _is_denied(one, other) and alike >= DENIED:
        return Agreement("differs")
    return None


def is_reworded(one: str, other: str) -> bool:
    """Whether a sentence is another one with changes."""
    return _share(words(one), words(other)) >= ALIKE


def answers_agree(
    one: str,
    other: str,
    exact: tuple[Span, Span] | None,
    follows: Follows,
    *,
    is_yes_no: bool = False,
) -> Agreement | None:
    """The same of two sentences that answer one question, whose short answers stand at `exact`.

    Of what answers yes or no, one that denies differs from one that does not. None where it is not
    clear, as of two parts of one answer.
    """
    mine, theirs = words(one), words(other)
    if mine == theirs:
        return Agreement("same")
    first, second = bundled_parser().parse([one, other])
    if exact:
        numbers = [
            [n for n in amounts(parse) if n.start < end and start < n.end]
            for parse, (start, end) in zip((first, second), exact, strict=True)
        ]
        for a, b in product(*numbers):
            if a.unit == b.unit and _is_in_reach(a, b):
                if _is_same(a, b):
                    return Agreement("same")
                return Agreement("differs", *_of((a, b)), (a, b))
    if follows(one, other) or follows(other, one):
        return Agreement("same")
    if _share(mine, theirs) >= ALIKE and _both_change(mine, theirs):
        return Agreement("differs", *_changes(one, other), _differing(first, second, is_open=False))
    if is_yes_no:
        is_on_one_thing = len(_stems(mine) & _stems(theirs) - names(one) - names(other)) > 1
        return Agreement("differs") if is_on_one_thing and _is_denied(one, other) else None
    if exact and not any(numbers) and _are_apart(one, other, exact):
        return Agreement("differs", (exact[0],), (exact[1],))
    return None


def _are_apart(one: str, other: str, exact: tuple[Span, Span]) -> bool:
    """Whether no word of either short answer stands in the other's sentence."""
    mine, theirs = (set(stems(t[a:b])) for t, (a, b) in zip((one, other), exact, strict=True))
    return bool(mine and theirs) and not (mine & set(stems(other)) or theirs & set(stems(one)))


def _differing(first: Parse, second: Parse, *, is_open: bool) -> tuple[Amount, Amount] | None:
    """Two numbers of one thing that are not the same; None where any two of it are.

    Where `is_open`, a number that does not tell what it counts may count the same as any.
    """
    found: tuple[Amount, Amount] | None = None
    for mine in amounts(first):
        for theirs in amounts(second):
            is_untold = not (mine.unit or theirs.unit) and not (mine.counted and theirs.counted)
            if not (mine.counts_the_same(theirs) or (is_open and is_untold)):
                continue
            if mine.value == theirs.value or (
                "about" in (mine.bound, theirs.bound) and mine.allows(theirs)
            ):
                return None
            if _is_in_reach(mine, theirs):
                found = found or (mine, theirs)
    return found


def _is_in_reach(mine: Amount, theirs: Amount) -> bool:
    return max(mine.value, theirs.value) <= WITHIN * min(mine.value, theirs.value)


def _is_same(mine: Amount, theirs: Amount) -> bool:
    """Whether two amounts are the same number, or one is about as much as the other."""
    is_rough = "about" in (mine.bound, theirs.bound)
    return mine.value == theirs.value or (is_rough and mine.allows(theirs))


def _is_on_one_thing(
    mine: Sequence[str], theirs: Sequence[str], numbers: tuple[Amount, Amount] | None
) -> bool:
    """Whether two sentences share more words than what their numbers count."""
    counted = {s for n in numbers or () for s in (*n.counted, stem(n.unit))}
    return bool(_stems(mine) & _stems(theirs) - counted)


def _both_change(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether each has words that the other has not; what one only adds is no difference."""
    return bool(_content(mine) - _content(theirs)) and bool(_content(theirs) - _content(mine))


def _is_denied(one: str, other: str) -> bool:
    """Whether one of them alone denies something, or says the opposite of a word."""
    return bool(_DENIAL.search(one)) != bool(_DENIAL.search(other)) or bool(
        opposite_told(one, [other])
    )


def _changes(one: str, other: str) -> tuple[Spans, Spans]:
    """The words of each that do not stand in the other, in its order."""
    mine, theirs = ([*re.finditer(r"\w+(?:[.,]\d+)*", text)] for text in (one, other))
    same = SequenceMatcher(
        a=[m[0].casefold() for m in mine], b=[m[0].casefold() for m in theirs], autojunk=False
    )
    first: list[Span] = []
    second: list[Span] = []
    for tag, a, b, c, d in same.get_opcodes():
        if tag != "equal":
            first += _between(mine, a, b)
            second += _between(theirs, c, d)
    return tuple(first), tuple(second)


def _between(found: Sequence[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    if start < end:
        yield found[start].start(), found[end - 1].end()


def _of(numbers: tuple[Amount, Amount] | None) -> tuple[Spans, Spans]:
    if numbers is None:
        return (), ()
    mine, theirs = numbers
    return ((mine.start, mine.end),), ((theirs.start, theirs.end),)


def _share(mine: Sequence[str], theirs: Sequence[str]) -> float:
    a, b = _content(mine), _content(theirs)
    return 2 * len(a & b) / max(1, len(a) + len(b))


def _content(said: Sequence[str]) -> set[str]:
    return set(said) - STOPWORDS


def _stems(said: Sequence[str]) -> set[str]:
    return {stem(w) for w in said if w not in STOPWORDS}
