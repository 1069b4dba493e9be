"""The dates of a sentence, resolved against the day of publication where that is known."""

import calendar
import re
from datetime import date, timedelta

from qa.parsing.parser import Parse

Day = tuple[int, int, int]  # year, month, day; 0 where it is not told
_MONTHS = {name.lower()[:3]: n for n, name in enumerate(calendar.month_name) if name}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_DATE = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?\b{_MONTH}"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?\b(?!:))?(?:,? (?P<year>(?:1[5-9]|20)\d\d))?\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_WEEKDAY = re.compile(rf"\b(next |last |this )?({'|'.join(_DAYS)})\b", re.I)
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "this morning": 0, "tomorrow": 1}
_UNITS = re.compile(r"\b(last|this|next) (year|month|week)\b", re.I)
_COMING = frozenset({"will", "'ll", "’ll", "shall"})


def dated(parse: Parse, published: str | None) -> list[tuple[Day, str]]:
    """Each date that a sentence tells, with how it is said; in the order of the text.

    `on Friday`, published on 2024-02-07 (a Wednesday) -> `(2024, 2, 2)`, `2 February 2024`
    """
    today = _day(published)
    comes = any(w.text.lower() in _COMING for w in parse.words)
    found = [
        day
        for name in parse.names
        if name.label in ("DATE", "TIME")
        for day in [_resolved(name.text, today, comes)]
        if day
    ]
    return [(day, _said(day)) for day in dict.fromkeys(found)]


def _resolved(text: str, today: date | None, comes: bool) -> Day | None:
    if (found := _DATE.search(text)) and (found["before"] or found["after"] or found["year"]):
        month = _MONTHS[found["month"].lower()[:3]]
        day = int(found["before"] or found["after"] or 0)
        year = int(found["year"] or 0) or (_year_of(month, day, today, comes) if today else 0)
        return (year, month, day) if year and day <= 31 else None
    if found and today:
        month = _MONTHS[found["month"].lower()[:3]]
        return _year_of(month, 0, today, comes), month, 0
    if year_found := _YEAR.search(text):
        return int(year_found[0]), 0, 0
    return _near(text.lower(), today, comes) if today else None


def _near(text: str, today: date, comes: bool) -> Day | None:
    """A day told by its distance from that of publication."""
    for word, days in _NEAR.items():
        if word in text:
            return _of(today + timedelta(days))
    if found := _WEEKDAY.search(text):
        ahead = (_DAYS[found[2].lower()] - today.weekday()) % 7
        coming = comes if not found[1] or found[1] == "this " else found[1] == "next "
        return _of(today + timedelta(ahead if coming else ahead - 7 if ahead else 0))
    if found := _UNITS.search(text):
        step = {"last": -1, "this": 0, "next": 1}[found[1].lower()]
        if found[2].lower() == "year":
            return today.year + step, 0, 0
        if found[2].lower() == "month":
            months = today.year * 12 + today.month - 1 + step
            return months // 12, months % 12 + 1, 0
    return None


def _year_of(month: int, day: int, today: date, comes: bool) -> int:
    """The year of a date without one: the nearest in the past, or ahead where it is to come."""
    this, that = (today.month, today.day), (month, day or (1 if not comes else 31))
    if comes:
        return today.year + (that < this)
    return today.year - (that > this)


def _of(day: date) -> Day:
    return day.year, day.month, day.day


def _said(day: Day) -> str:
    month = calendar.month_name[day[1]] if day[1] else ""
    return " ".join(filter(None, [str(day[2] or ""), month, str(day[0])]))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
