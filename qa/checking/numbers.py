"""The numbers of a text, and which of a claim's follow from what is told: `half`, `18 months`."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from typing import Literal

from text_to_num import alpha2digit

from qa.text.numerals import SCALES

Nearness = Literal["exact", "about", "nearly", "over", "under"]
SMALL = 3  # counts up to here are told in other ways too: `twice`, `both`, by naming them
_SCALE = "thousand|million|billion|trillion"
_UNIT = "minute|hour|day|week|month|year"
_SCALED = re.compile(rf"(\d[\d,]*(?:\.\d+)?)(?:[ -](?P<word>{_SCALE})|(?P<letter>m|bn|tn))\b")
_SHARED = re.compile(  # from 1.8 to 2.3 million
    rf"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?= ?(?:to|and|or|-|–) ?[$€£]?\d[\d,]*(?:\.\d+)? ({_SCALE})\b)"
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # U.S.
_NO_COUNT = re.compile(  # "one" where it counts nothing
    r"\b(?:no|any|every|some|each|this|that|which|another)[ -]one\b"
    r"|\bone(?= of\b| another\b|['’]s)",
    re.I,
)
_VAGUE = re.compile(  # how many, they do not say
    rf"\b(?:(?:hundred|{_SCALE})s|(?:several|few|many) (?:hundred|{_SCALE}|dozen))\b", re.I
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNTS = "a one two three four five six seven eight nine".split()
_COUNT = "|".join(_COUNTS[1:])
_JOINED = re.compile(  # ten-year, but not twenty-one
    rf"\b((?:{_TENS})-(?:{_COUNT})|{_COUNT}|ten|eleven|twelve|[a-z]+teen|{_TENS})-"
    rf"(?!(?:{_COUNT}|half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b)",
    re.I,
)
_HALF_A = re.compile(rf"\bhalf an? ({_SCALE})\b", re.I)
_AND_HALF = re.compile(rf"\b(?:(?P<count>\d+|{_COUNT})|an? (?P<unit>{_UNIT})) and a half\b", re.I)
_A_TIME = re.compile(rf"\ban? (?=(?:{_UNIT})\b)", re.I)
_NEAR = (
    r"(?P<near>\b(?:(?P<nearly>nearly|almost|close to|just short of)|(?P<under>under|less than"
    r"|fewer than|below|up to|at most|no more than|not more than)"
    r"|(?P<about>about|around|roughly|some|approximately|an estimated)"
    r"|more than|over|above|at least|upwards of)\s+(?:[$€£]\s?)?)?"
)
_PARTS = "half third quarter fifth sixth seventh eighth ninth tenth".split()
_PART = re.compile(
    rf"{_NEAR}\b(?:(?P<count>an?|{_COUNT})[ -])?"
    rf"(?P<part>(?:{'|'.join(_PARTS)})s?|halves)\b(?! (?:an|past|to)\b)"
    r"(?P<of>(?= (?:of|as|more|less|fewer|larger|smaller)\b|[,.;]))?",
    re.I,
)
_ONE_IN = re.compile(  # but not 3 in 2019
    r"\b(?P<some>[1-9]|10) (?:in|out of)(?: every)? (?P<all>(?!(?:19|20)\d\d\b)\d[\d,]*)(?![.\d])"
)
_NUMBER = re.compile(
    rf"{_NEAR}(?<![^\W\d_])(?P<figure>\d+(?:[.,]\d+)*)(?P<share>\s?%|\s+per\s?cent\b)?"
    rf"(?:[ -](?P<unit>{_UNIT})s?\b)?",
    re.I,
)
_WORTH = {  # words that are numbers beside what else they are
    "twice": 2, "both": 2, "double": 2, "doubled": 2, "doubles": 2, "pair": 2, "couple": 2,
    "half": 2, "triple": 3, "trebled": 3, "tripled": 3, "decade": 10, "dozen": 12, "century": 100,
}  # fmt: skip
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730.5, "year": 8766}
# How far what is told may be from a number that is called so, as a share of the number.
_OFF = {"about": (-0.08, 0.08), "nearly": (-0.12, 0.0), "over": (0.0, 0.3), "under": (-0.3, 0.0)}
_YEARS = range(1900, 2040)  # 30 years after 1991 is some year that the sentence need not give
_MOST = 40  # numbers told; of more, nearly any number would follow
_LEAST = 4  # a smaller difference or sum is there by chance


@dataclass(frozen=True)
class Amount:
    """A number of a text; a share is in hundredths; `unit` is that of a time."""

    value: float
    text: str
    is_share: bool = False
    near: Nearness = "exact"
    unit: str | None = None


def in_figures(text: str) -> str:
    """The text with its numbers in digits: `two of 1.5 million` -> `2 of 1500000`."""
    plain = _VAGUE.sub(" ", _DOTTED.sub(lambda initials: initials[0].replace(".", ""), text))
    scaled = _SCALED.sub(_in_digits, _SHARED.sub(r"\1 \2", _NO_COUNT.sub(" ", plain)))
    return str(alpha2digit(scaled, "en", 0))


def amounts(text: str) -> list[Amount]:
    """The numbers of a text, shares among them.

    `Nearly two thirds of 90 towns` -> `66.7, a share`, `90`
    """
    halves = _HALF_A.sub(r"0.5 \1", _AND_HALF.sub(_and_half, _JOINED.sub(r"\1 ", text)))
    parts = [part for part in _PART.finditer(halves) if _is_share(part)]
    plain = _A_TIME.sub("1 ", _PART.sub(lambda p: " " if _is_share(p) else p[0], halves))
    figures = in_figures(plain)
    return [
        *map(_share, parts),
        *(
            Amount(100 * int(m["some"]) / int(m["all"].replace(",", "")), m[0], True, "about")
            for m in _ONE_IN.finditer(figures)
        ),
        *map(_amount, _NUMBER.finditer(_ONE_IN.sub(" ", figures))),
    ]


def unfounded(claim: str, sentences: Sequence[str]) -> Iterator[Amount]:
    """The numbers of the claim that neither stand in the sentences nor follow from theirs.

    Differences, sums, shares, multiples and other units of time follow from one or two numbers.
    """
    told = [a for sentence in sentences for a in amounts(sentence)]
    words = {w for sentence in sentences for w in re.findall(r"\w+", sentence.lower())}
    worth = {float(value) for word, value in _WORTH.items() if word in words}
    figures = {a.value for a in told if not a.is_share} | worth | set(_in_other_units(told))
    shares = {a.value for a in told if a.is_share}
    plain, parts = set[float](), set[float]()
    if len(figures) + len(shares) <= _MOST:
        plain, parts = set(_plain(figures, shares)), set(_shares(figures, shares))
    years = {value for value in figures if value in _YEARS}
    for amount in amounts(claim):
        known = figures | shares
        if amount.value not in _YEARS:
            known = known | (parts if amount.is_share else plain)
        ago = amount.unit == "year" and any(y + amount.value in _YEARS for y in years)
        if not ago and not any(_fits(amount, value) for value in known):
            yield amount


def _fits(amount: Amount, told: float) -> bool:
    if amount.value == told:
        return True
    if amount.near == "exact":  # to the precision that it is given with
        decimals = len(amount.text.rpartition(".")[2]) if "." in amount.text else 0
        return amount.value >= _LEAST and round(told, decimals) == amount.value
    low, high = _OFF[amount.near]
    return bool(amount.value) and low <= told / amount.value - 1 <= high


def _plain(figures: Set[float], shares: Set[float]) -> Iterator[float]:
    for a, b in permutations(figures, 2):
        yield a + b
        yield a * b
        if a > b:
            yield a - b
            if b:
                yield a / b
    yield from (100 - share for share in shares)
    for a in figures:
        for share in shares:
            yield a * share / 100
            yield a * (1 - share / 100)
    for a, b in permutations(shares, 2):
        yield a - b
        yield a / b if b else a


def _shares(figures: Set[float], shares: Set[float]) -> Iterator[float]:
    for a, b in permutations(figures, 2):
        if 0 < a < b:
            yield 100 * a / b
            yield 100 - 100 * a / b
            yield 100 * b / a - 100
    for a in shares:
        yield 100 - a
        yield from (a * b / 100 for b in shares)
        for b in figures | shares:
            yield a - b
            yield a + b


def _in_other_units(told: Sequence[Amount]) -> Iterator[float]:
    for amount in told:
        if amount.unit:
            hours = amount.value * _HOURS[amount.unit]
            yield from (round(hours / length, 2) for length in _HOURS.values())


def _is_share(part: re.Match[str]) -> bool:
    """Whether it is a part, as `a third of` and `two thirds` are, and no ordinal."""
    word, count = part["part"].lower(), (part["count"] or "").lower()
    if word.startswith(("half", "halves", "quarter")):
        return True
    return bool(count and part["of"] is not None) or (word.endswith("s") and count in _COUNTS[2:])


def _share(part: re.Match[str]) -> Amount:
    count = (part["count"] or "a").lower().removesuffix("n")
    name = part["part"].lower().removesuffix("s").replace("halve", "half")
    size = _PARTS.index(name) + 2
    times = max(1, _COUNTS.index(count) if count in _COUNTS else 1)
    near = _near(part)
    return Amount(100 * times / size, part[0].strip(), True, "about" if near == "exact" else near)


def _amount(match: re.Match[str]) -> Amount:
    figure = match["figure"].replace(",", "")
    value = float(figure) if figure.count(".") < 2 else 0.0
    unit = match["unit"].lower() if match["unit"] else None
    return Amount(value, figure, bool(match["share"]), _near(match), unit)


def _near(match: re.Match[str]) -> Nearness:
    if not match["near"]:
        return "exact"
    kinds: tuple[Nearness, ...] = ("nearly", "under", "about")
    return next((kind for kind in kinds if match[kind]), "over")


def _and_half(match: re.Match[str]) -> str:
    if match["unit"]:
        return f"1.5 {match['unit']}"
    count = match["count"].lower()
    return f"{_COUNTS.index(count) if count in _COUNTS else count}.5"


def _in_digits(scaled: re.Match[str]) -> str:
    factor = Decimal(10) ** SCALES[scaled["word"] or scaled["letter"]]
    return f"{Decimal(scaled[1].replace(',', '')) * factor:.0f}"
