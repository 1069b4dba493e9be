"""What a text says about itself in its first lines: author, place, dates; it stays in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from qa.article import Article

FIRST_LINES = 8  # with text, within which a byline stands
MAX_LINE = 160  # characters; a longer line is no byline
MAX_REST = 60  # characters beside names and dates: a role, a paper, a place
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|\.)?,? )"
_TIME = (
    r"(?:,? ?(?:at |T)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4}|Z"
    r"|[+-]\d\d:?\d\d)\b)?)"
)
_DATE = re.compile(
    rf"{_WEEKDAY}?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}),? (?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})"
    rf"|(?P<iso>\d{{4}}-\d\d-\d\d)){_TIME}?",
    re.I,
)
_UPDATED = re.compile(r"\b(?:updated|modified|revised|amended)(?: on| at)?:? *$", re.I)
_LABEL = re.compile(  # what may stand beside dates on a line of their own
    r"\b(?:first|last|originally|published|posted|updated|modified|revised|amended|issued|date|on"
    r"|at|\d+ min(?:ute)?s? read|reading time)\b:?",
    re.I,
)
_NAME = (  # of a person: at least two words, or with particles between
    r"(?:[^\W\d_a-z][\w’'.-]*\.?)(?: (?:de|da|del|della|der|den|di|dos|du|van|von|la|le|el|al|bin"
    r"|ibn|ten|ter|zu|y)){0,2}(?: [^\W\d_a-z][\w’'.-]*){1,4}"
)
_NAMES = rf"{_NAME}(?:(?:, {_NAME})*,? (?:and|&|AND) {_NAME})?"
_BY = re.compile(
    r"(?:(?i:(?:written |words |story |reported |report )?by:?|authors?:|reporters?:|writers?:)) "
    rf"(?P<names>{_NAMES})"
    r"(?P<rest>$|(?=\s*[,|·•/(–—-]|\s\s"
    rf"|\s+(?i:in|for|on|at|{_WEEKDAY}|{_MONTH} \d|\d)).*$)"
)
_REPORTING = re.compile(  # an agency's last paragraph
    rf"\(?Reporting by (?P<names>{_NAMES})(?: in [^;.)]{{1,60}})?[;.)]"
)
_NO_NAME = re.compile(rf"(?i:{_WEEKDAY}|{_MONTH} \d|{_MONTH}$|\bthe\b)")
_FOR = re.compile(rf"^ for (?:the )?(?P<publisher>{_NAME})")
_IN = re.compile(rf"^ in (?P<place>{_NAME.replace('{1,4}', '{0,3}')})")
_UPPER = r"[^\W\d_a-z]"
_PLACE = rf"{_UPPER}(?:{_UPPER}|[.’'-])+(?: {_UPPER}(?:{_UPPER}|[.’'-])*){{0,3}}"  # in capitals
_MIXED = rf"{_UPPER}[\w.’'-]+(?: {_UPPER}[\w.’'-]+){{0,3}}"
_REGION = rf"(?:, (?!(?i:{_MONTH}) ?\d)(?:(?:{_UPPER}\.){{2,3}}|{_UPPER}[\w.]+(?: {_UPPER}\w+)?))?"
_DAY = rf"(?:,? (?:{_DATE.pattern}|\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}))"
_AGENCY = r"(?: ?\((?P<agency>[A-Z][\w &.]{1,30})\)| /[\w ]{2,30}/)"
_DASH = r" ?(?:—|–|--|-) ?(?=[“\"‘'(]?[^\W_a-z])"
_DATELINES = tuple(
    re.compile(rf"(?P<place>{place}{_REGION})(?i:(?P<date>{day})){_AGENCY}{agency}{_DASH}")
    for place, day, agency in (
        (_PLACE, f"{_DAY}?", "?"),
        (_MIXED, _DAY, "?"),
        (_MIXED, f"{_DAY}?", ""),
    )
)
_NO_PLACE = frozenset(
    "ANALYSIS BREAKING CORRECTION EXCLUSIVE EU EXPLAINER FACTBOX NASA NATO NEW NOTE OPEC OPINION"
    " UN UPDATE UPDATED WATCH WHO WHY".split()
)
_SMALL = frozenset("and de da del der den di dos du la le of on sur the upon van von".split())


@dataclass(frozen=True)
class Byline:
    """What the text says; empty where it says nothing, dates in ISO 8601."""

    author: str = ""
    publisher: str = ""
    place: str = ""
    published: str = ""
    updated: str = ""


def with_byline(article: Article) -> Article:
    """The article with what its text says about itself, for each field that is not known yet."""
    said = read_byline(article.text)
    return replace(
        article,
        author=article.author or said.author or None,
        publisher=article.publisher or said.publisher or None,
        place=article.place or said.place or None,
        published=article.published or said.published or None,
        updated=article.updated or said.updated or None,
    )


def read_byline(text: str) -> Byline:
    """The byline, the dateline and the dates of a text's first lines.

    `By Ada Kay, 14 March 2025` -> `Byline(author="Ada Kay", published="2025-03-14")`; a date
    without a year is none, as it would have to be guessed.
    """
    lines = list(_first_lines(text))
    said = next(filter(None, map(_by, lines)), Byline())
    author, place = said.author, said.place
    dates: dict[str, str] = {}
    for line in filter(is_byline, lines):
        dates = _dates(line) | dates
    if found := next(filter(None, map(_dateline, lines)), None):
        place = place or _capitalised(found["place"])
        dates = _dates(found["date"] or "") | dates
    last = text.rstrip().rpartition("\n")[2][: 2 * MAX_LINE]
    if not author and (reporting := _REPORTING.match(last)):
        author = _capitalised(reporting["names"])
    return Byline(
        author, said.publisher, place, dates.get("published", ""), dates.get("updated", "")
    )


def dateline(text: str) -> str:
    """The dateline of a text's beginning as it stands there, without its dash: `OSLO, 4 Feb`."""
    found = next(filter(None, map(_dateline, _first_lines(text))), None)
    return found[0].rstrip(" -–—") if found else ""


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the text, or when, and nothing else."""
    return _by(line) is not None or is_dates(line)


def is_dates(line: str) -> bool:
    """Whether a line holds dates, with words like "updated" beside them, and nothing else."""
    rest, found = _DATE.subn(" ", line[: MAX_LINE + 1])
    return found > 0 and len(line) <= MAX_LINE and not re.search(r"\w", _LABEL.sub(" ", rest))


def _first_lines(text: str) -> Iterator[str]:
    for line in islice(re.finditer(r"\S.*", text), FIRST_LINES):
        yield line[0][: MAX_LINE + 1].strip(" *_#\t")


def _by(line: str) -> Byline | None:
    if len(line) > MAX_LINE or not (found := _BY.fullmatch(line)):
        return None
    rest = _LABEL.sub("", _DATE.sub("", found["rest"]))
    if _NO_NAME.search(found["names"]) or len(rest) > MAX_REST or re.search(r"[.!?:;] \w", rest):
        return None
    place, paper = _IN.match(found["rest"]), _FOR.match(found["rest"])
    return Byline(
        _capitalised(found["names"]),
        paper["publisher"] if paper else "",
        _capitalised(place["place"]) if place else "",
    )


def _dateline(line: str) -> re.Match[str] | None:
    for pattern in _DATELINES:
        found = pattern.match(line)
        if found and found["place"].split()[0] not in _NO_PLACE:
            return found
    return None


def _dates(line: str) -> dict[str, str]:
    """The first date of each kind, by the field's name."""
    dates: dict[str, str] = {}
    for found in _DATE.finditer(line):
        kind = "updated" if _UPDATED.search(line[: found.start()]) else "published"
        if iso := _iso(found):
            dates.setdefault(kind, iso)
    return dates


def _iso(found: re.Match[str]) -> str:
    part = found.groupdict()
    try:
        if part["iso"]:
            return date.fromisoformat(part["iso"]).isoformat()
        month = (part["month"] or part["month2"]).lower()[:3]
        year, day = part["year"] or part["year2"], part["day"] or part["day2"]
        return date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()
    except ValueError:  # as 31 February
        return ""


def _capitalised(names: str) -> str:
    """Names in capitals as they are written elsewhere: `MARLOW BAY` -> `Marlow Bay`."""
    parts = re.split(r"(, | and | & )", names.strip(" ,"))
    return "".join(_in_lower(part) if part.isupper() else part for part in parts)


def _in_lower(name: str) -> str:
    words = [re.sub(r"[^\W_]+", _capital, word) for word in name.split(" ")]
    return " ".join(w.lower() if n and w.lower() in _SMALL else w for n, w in enumerate(words))


def _capital(word: re.Match[str]) -> str:
    found, before = word[0], word.string[: word.start()]
    if found.startswith("MC") and len(found) > 3:
        return f"Mc{found[2:].capitalize()}"
    return "s" if found == "S" and before.endswith(("'", "’")) else found.capitalize()
