"""The amounts of a sentence: numbers with what they count and how far they are bounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qa.parsing.parser import Parse
from qa.text.numerals import Numeral, numerals
from qa.text.words import STOPWORDS, stem, words

Bound = Literal["exact", "floor", "ceiling", "about"]

NEAR = Decimal("0.1")  # of a number: as far as "about" and "nearly" reach
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "floor",
        re.compile(
            r"\b(?:at least|no (?:fewer|less) than|not less than|a minimum of|more than|just over"
            r"|well over|over|above|upwards of|in excess of|exceeding)\s*(?:the\s+|a\s+)?$",
            re.I,
        ),
    ),
    (
        "ceiling",
        re.compile(
            r"\b(?:at most|no more than|not more than|up to|a maximum of|as (?:many|much) as"
            r"|(?:fewer|less) than|(?:just )?under|below)\s*(?:the\s+|a\s+)?$",
            re.I,
        ),
    ),
    (
        "about",
        re.compile(
            r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|an estimated"
            r"|estimated at|reckoned at|in the region of)\s*(?:the\s+|a\s+)?$",
            re.I,
        ),
    ),
)
_OR_MORE = re.compile(r"\s+or more\b|\s+and (?:more|rising|counting)\b|\+", re.I)
_PERCENT = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)(?=\s?%)")
_SYMBOL = re.compile(r"(?:US|A|C|NZ)?([$€£¥])\s*$")
_UNITS = {
    **dict.fromkeys(("%", "percent", "per cent"), "%"),
    **dict.fromkeys(("dollar", "dollars"), "$"),
    **dict.fromkeys(("euro", "euros"), "€"),
    **dict.fromkeys(("pound", "pounds"), "£"),
    **{
        word: unit
        for unit in "crown franc rupee yen second minute hour day week month year metre kilometre"
        " mile foot tonne ton kilogram gram litre degree acre hectare".split()
        for word in (unit, f"{unit}s")
    },
    **dict.fromkeys(("feet",), "foot"),
    **dict.fromkeys(("m", "metres", "meters"), "metre"),
    **dict.fromkeys(("km", "kilometers"), "kilometre"),
}
_UNIT = re.compile(
    r"\s*-?\s*(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![\w])",
    re.I,
)
_PEOPLE = frozenset(
    stem(word)
    for word in "people person persons men man women woman individuals lives life deaths dead human"
    " others more".split()
)
_PERSONS = frozenset(
    stem(word)
    for word in "worker workers civilian soldier passenger resident child pupil patient victim"
    " officer villager migrant refugee protester fighter student player rescuer tourist driver"
    " miner firefighter guest voter runner spectator visitor".split()
)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        2,
    )
}
_FURTHER = re.compile(rf"\b(?:an?|the) ({'|'.join(_ORDINALS)}) (?!of\b)", re.I)  # a fifth man
_LEANING = ("nummod", "quantmod", "compound", "nmod", "amod")


@dataclass(frozen=True)
class Amount:
    """A number, with its bound's words and its unit at `start` to `end`; what it counts, as stems.

    `at least 19 civilians` -> 19, no unit, `{"civilian"}`, `floor`
    """

    start: int
    end: int
    value: Decimal
    unit: str
    counted: frozenset[str]
    bound: Bound = "exact"

    def counts_the_same(self, other: "Amount") -> bool:
        """Whether both count one thing, as far as their words tell."""
        if self.unit != other.unit:
            return False
        if self.unit or self.counted & other.counted:
            return True
        a, b = self.counted, other.counted
        return bool((a & _PEOPLE and b & _PERSONS) or (b & _PEOPLE and a & _PERSONS))

    def allows(self, other: "Amount") -> bool:
        """Whether the other number may be true together with this one."""
        if self.value == other.value:
            return True
        lower, upper = sorted((self, other), key=lambda a: a.value)
        if lower.bound == "floor" or upper.bound == "ceiling":
            return True
        is_near = upper.value - lower.value <= NEAR * upper.value
        return is_near and "about" in (lower.bound, upper.bound)


def amounts(parse: Parse) -> Iterator[Amount]:
    """The amounts of a sentence in their order; years, dates and times of day are none."""
    text = parse.text
    dates = [
        (n.start, n.end)
        for n in parse.names
        if n.label in ("DATE", "TIME") and not _UNIT.search(n.text)
    ]
    found = [*numerals(text)]
    found += [Numeral(*m.span(1), Decimal(m[1])) for m in _PERCENT.finditer(text)]
    for further in _FURTHER.finditer(text):  # so there are as many
        one = Numeral(*further.span(1), Decimal(_ORDINALS[further[1].lower()]))
        yield Amount(*further.span(1), one.value, "", _counted(parse, one), "floor")
    for one in sorted(found, key=lambda n: n.start):
        said = text[one.start : one.end]
        if any(a <= one.start < b for a, b in dates) or _is_year(said, text, one.end):
            continue
        symbol = _SYMBOL.search(text[: one.start])
        unit = _UNIT.match(text, one.end)
        start = symbol.start() if symbol else one.start
        bound, begins = _bound(text, start, one.end)
        yield Amount(
            begins,
            unit.end() if unit else one.end,
            one.value,
            symbol[1] if symbol else _UNITS[unit[1].lower()] if unit else "",
            frozenset() if symbol or unit else _counted(parse, one),
            bound,
        )


def _is_year(said: str, text: str, end: int) -> bool:
    return bool(_YEAR.fullmatch(said)) and not _UNIT.match(text, end)


def _bound(text: str, start: int, end: int) -> tuple[Bound, int]:
    """How far a number is a bound, and where the words begin that say so."""
    for bound, pattern in _BOUNDS:
        if found := pattern.search(text[:start]):
            return bound, found.start()
    return ("floor" if _OR_MORE.match(text, end) else "exact"), start


def _counted(parse: Parse, number: Numeral) -> frozenset[str]:
    """The stems of the noun that a number stands with, and of what stands between them."""
    inside = [i for i, w in enumerate(parse.words) if number.start <= w.start < number.end]
    if not inside:
        return frozenset()
    head = inside[-1]
    while parse.words[head].role in _LEANING and parse.words[head].head != head:
        head = parse.words[head].head
    if head in inside or not parse.words[head].tag.startswith("NN"):
        return frozenset()
    return frozenset(stem(w) for w in words(parse.words[head].text) if w not in STOPWORDS)
