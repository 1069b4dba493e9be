"""A date as pages write it -> ISO 8601."""

import re
from datetime import UTC, date, datetime

_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?Z?(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({_MONTH})\.?,?[\s-]+(\d{{4}})(?!\d)", re.I
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")


def iso_date(text: str, language: str = "") -> str:
    """The first date in a text, as the place that wrote it counts days; empty where there is none.

    `4 February 2024, 19:00 CET` -> `2024-02-04`. A date such as 3/4/2024, which countries read
    differently, needs a page in American English, or stays as it is written.
    """
    text = " ".join(text[:200].split())
    if found := _ISO.search(text) or _COMPACT.search(text):
        return _date(*map(int, found.groups()))
    if found := _DAY_FIRST.search(text):
        return _date(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if found := _MONTH_FIRST.search(text):
        return _date(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    if found := _NUMBERS.search(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first > 12 or first == second:
            return _date(year, second, first)
        if second > 12 or language.lower().replace("_", "-") == "en-us":
            return _date(year, first, second)
        return found[0]
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
    return ""


def _date(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1400 < year < 2200 else ""
    except ValueError:
        return ""
