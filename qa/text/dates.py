"""Days: as they are said, and as words say them."""

import re
from datetime import date, datetime, timedelta

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = rf"(?P<month>{'|'.join(m[:3] + f'(?:{m[3:]})?' for m in _MONTHS)})\.?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
DAY = (  # words that name a day, as a part of a pattern
    r"(?:\d{4}-\d\d-\d\d|yesterday|today|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?(?:,? \d{4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?"
    r"(?:,? \d{4})?)"
)
_DAY_FIRST = re.compile(rf"(?:the )?{_ORDINAL} (?:of )?{_MONTH}{_YEAR}", re.I)
_MONTH_FIRST = re.compile(rf"{_MONTH} {_ORDINAL}{_YEAR}", re.I)


def readable(written: str) -> str:
    """A date as it is said: `2025-03-14` -> `14 March 2025`; anything else as it is."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    day = f"{at.day} {at:%B %Y}"
    return day if len(written) <= len("2025-03-14") else f"{day}, {at:%H:%M} {at:%Z}".rstrip()


def day_of(written: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None for anything else."""
    try:
        return datetime.fromisoformat(written or "").date()
    except ValueError:
        return None


def spoken_day(words: str, latest: date) -> date | None:
    """The day that words matching `DAY` name, the last such one up to `latest`.

    `Monday`, Thursday 4 May 2023 -> 1 May 2023; `3 Feb`, the same -> 3 February 2023
    """
    said = words.strip().lower()
    if said in ("today", "yesterday"):
        return latest - timedelta(days=said == "yesterday")
    if (weekday := said.removeprefix("last ")) in _WEEKDAYS:
        return latest - timedelta(days=(latest.weekday() - _WEEKDAYS.index(weekday)) % 7)
    found = _DAY_FIRST.fullmatch(said) or _MONTH_FIRST.fullmatch(said)
    if found is None:
        return day_of(said)
    month = next(n for n, m in enumerate(_MONTHS, 1) if m[:3] == found["month"][:3].lower())
    years = [int(found["year"])] if found["year"] else [latest.year, latest.year - 1]
    for year in years:
        try:
            day = date(year, month, int(found["day"]))
        except ValueError:  # 30 February
            return None
        if day <= latest or found["year"]:
            return day
    return None
