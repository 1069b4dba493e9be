"""The numbers of a text by their values, whether in digits or in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num

SCALES = {
    "thousand": 3,
    "million": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
}  # powers of ten
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_WORD = (
    rf"(?:{_ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)"
)
_NUMERAL = re.compile(
    r"(?<![\w.,-])(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?:(?:\s+|-)(?P<scale>thousand|million|billion"
    r"|trillion)|(?P<letter>m|bn|tn))?(?![\w%-]|[.,]\d)"
    rf"|\b(?P<words>(?:a\s+(?=hundred|thousand|million))?{_WORD}(?:(?:\s+and\s+|\s+|-){_WORD})*)\b",
    re.I,
)


@dataclass(frozen=True)
class Numeral:
    """Characters `start` to `end` of a text, and the number that they say."""

    start: int
    end: int
    value: Decimal


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text in order; "one" alone seldom counts anything and is left out.

    `1.2 million crowns for two hundred` -> `1200000`, `200`
    """
    for match in _NUMERAL.finditer(text):
        if match["digits"]:
            scale = (match["scale"] or match["letter"] or "").lower()
            digits = Decimal(match["digits"].replace(",", ""))
            yield Numeral(*match.span(), digits * 10 ** SCALES.get(scale, 0))
        elif match["words"].lower() != "one":
            said = re.sub(r"^a\s+", "one ", match["words"].lower())
            try:
                yield Numeral(*match.span(), Decimal(text2num(said, "en")))
            except ValueError:  # words that make no one number, as "two six"
                continue
