"""What kind of thing a question asks for, and where such a thing stands in a sentence."""

import re
from typing import Literal

from qa.text.words import STOPWORDS, stem, words

Expected = Literal["number", "date", "name"]

_ASKS: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|far|big|large|tall|often|fast|high|deep|wide)\b"
            r"|\b(?:what|which) (?:number|percentage|share|proportion|distance|age|price|amount)\b",
            re.I,
        ),
    ),
    (
        "date",
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|day|date|month|time|decade|century|weekday)\b"
            r"|\bhow long ago\b",
            re.I,
        ),
    ),
    ("name", re.compile(r"\bwho(?:m|se)?\b|\bwhere\b|\bname\b|^which\b", re.I)),
)
_AMOUNT = (
    r"\d+(?:[.,]\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|dozens?|hundreds?|thousands?|millions?|billions?|half a million|half"
)
_NEXT_WORD = 2  # characters from the end of a number to the start of the word it counts
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_PLACES: dict[Expected, re.Pattern[str]] = {
    "number": re.compile(
        r"\b(?:(?:at least|at most|more than|less than|fewer than|up to|over|under|nearly|almost"
        r"|about|around|roughly|some|only|within)\s)?[$€£]?\b(?:"
        + _AMOUNT
        + r")\b(?!(?:st|nd|rd|th)\b)"
        r"(?:[-\s](?:and\s)?(?:" + _AMOUNT + r")\b)*"
        r"(?:\s?%|\s(?:percent|per cent|years?|months?|weeks?|days?|hours?|minutes?|seconds?"
        r"|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|tons?|tonnes?|dollars?|euros?|pounds?)\b)?",
        re.I,
    ),
    "date": re.compile(
        rf"\b(?:{_MONTH}\s\d{{1,2}}\b(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?|{_MONTH}\s\d{{4}}"
        r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?"
        rf"|(?:1[0-9]|20)\d\ds?|{_MONTH}"
        r"|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?|midnight|noon|yesterday|today|tomorrow)"
    ),
}


def expected(question: str) -> Expected | None:
    """What the answer must be: `How many died?` -> `"number"`; None where that does not show."""
    for kind, pattern in _ASKS:
        if pattern.search(question):
            return kind
    return None


def find_number_or_date(question: str, sentence: str) -> tuple[int, int] | None:
    """Where the number or date asked for stands in a sentence; None where that is in doubt.

    As characters, `start` to `end`. Of several it is the one that counts a word of the question:
    `How many civilians died?`, `Of 300 dead, 19 civilians.` -> the place of `19`.
    """
    kind = expected(question)
    if kind not in _PLACES:
        return None
    asked = {stem(w) for w in words(question) if w not in STOPWORDS}
    anchors = [
        match.start()
        for match in re.finditer(r"\w+", sentence)
        if {stem(w) for w in words(match[0])} & asked
    ]
    places = []
    for match in _PLACES[kind].finditer(sentence):
        own = {stem(w) for w in words(match[0]) if w not in STOPWORDS}
        if own and not own <= asked:
            places.append(match.span())
    if len(places) > 1:  # the one that counts a word of the question: `19 civilians`
        places = [p for p in places if any(0 < anchor - p[1] <= _NEXT_WORD for anchor in anchors)]
    return places[0] if len(places) == 1 else None
