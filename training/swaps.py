"""Claims made false by an exchange within them: their words alone tell nothing."""

import re
from collections.abc import Sequence
from random import Random

_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_DIGITS = re.compile(r"(?<![\w.,$€£])(?!(?:1[5-9]|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?!\w)")
_WORDS = re.compile(r"\b(?:" + "|".join(_NUMBER_WORDS) + r")\b(?!-)")
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*")
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|\w+day)\b"
)
_OPENING = re.compile(r"(?:^|[.!?:”\"’] )$")  # where any word has a capital
_PAIRS = (
    "more than|fewer than, at least|at most, more|fewer, more|less"
    ", rose|fell, risen|fallen, rise|fall, higher|lower, above|below, increased|decreased"
    ", increase|decrease, gained|lost, faster|slower, up from|down from, before|after"
    ", earlier|later, longer|shorter, larger|smaller, largest|smallest, bigger|smaller"
    ", highest|lowest, up to|more than, won|lost, supporters|opponents"
    ", stronger|weaker, better|worse, doubled|halved, grew|shrank"
    ", overestimated|underestimated, majority|minority, first|last, north|south, east|west"
)
_OPPOSITES: dict[str, list[str]] = {}
for _pair in _PAIRS.split(", "):
    _one, _other = _pair.split("|")
    _OPPOSITES.setdefault(_one, []).append(_other)
    _OPPOSITES.setdefault(_other, []).append(_one)
_OPPOSITE = re.compile(
    r"(?<!No )(?<!no )\b(?:"
    + "|".join(sorted(map(re.escape, _OPPOSITES), key=len, reverse=True))
    + r")\b"
)


def swapped(claim: str, rng: Random) -> str | None:
    """The claim with two numbers or two names exchanged, or up for down; None where it has none.

    `800 officers and 1,200 soldiers` -> `1,200 officers and 800 soldiers`.
    """
    numbers = [list(pattern.finditer(claim)) for pattern in (_DIGITS, _WORDS)]
    names = [m for m in _NAME.finditer(claim) if not _DATED.search(m[0]) and _is_name(m, claim)]
    ways = [*(_exchanged(claim, found, rng) for found in (*numbers, names)), _turned(claim, rng)]
    rng.shuffle(ways)
    return next((way for way in ways if way and way != claim), None)


def _is_name(found: re.Match[str], claim: str) -> bool:
    """Whether it is one for certain: the first word of a sentence has a capital in any case."""
    return not _OPENING.search(claim[: found.start()]) or " " in found[0]


def _exchanged(claim: str, found: Sequence[re.Match[str]], rng: Random) -> str | None:
    """Two matches that are not the same, each in the other's place."""
    pairs = [
        (a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a[0].lower() not in b[0].lower() and b[0].lower() not in a[0].lower()
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    if re.match(r"\s*(?:,|,? ?and|,? ?or)\s*$", claim[a.end() : b.start()]):
        return None  # neighbours in a list: exchanged, they say the same
    return claim[: a.start()] + b[0] + claim[a.end() : b.start()] + a[0] + claim[b.end() :]


def _turned(claim: str, rng: Random) -> str | None:
    found = list(_OPPOSITE.finditer(claim))
    if not found:
        return None
    one = rng.choice(found)
    return claim[: one.start()] + rng.choice(_OPPOSITES[one[0]]) + claim[one.end() :]
