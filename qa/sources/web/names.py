"""Bylines and datelines: who wrote an article, and where."""

import re
from collections.abc import Sequence

MAX_AUTHORS = 8
MAX_NAME_WORDS = 6
MAX_DATELINE = 120  # characters
_BY = re.compile(
    r"(?i:(?:[a-z]+\s+(?:and\s+[a-z]+\s+)?){0,2}(?:by|von|par|por|di|door|av)\b:?)"
    r"\s+(?P<names>[^\W\d_a-z].+)"
)
_PART = re.compile(r"\s*(?:,|;|&|\||\band\b|\bwith\b|/)\s*", re.I)
_CUT = re.compile(
    r"\s*(?:\||•|·|—|–|\bin [A-Z]|\bfor\b|\bat\b|\bof\b(?! )|\bfrom\b"
    r"|\bpublished\b|\bupdated\b|\bposted\b|\bon\b"
    r"|\d{1,2}[:.]\d\d|\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]|\b(?:19|20)\d\d\b|<|\().*",
    re.S,
)
_ROLE = re.compile(
    r"(?i)\b(?:correspondent|editor|reporter|writer|staff|columnist|journalist|contributor|producer"
    r"|analyst|chief|desk|team|bureau|agencies|agency|news|senior|political|science|business|sports?"
    r"|health|environment|special|photograph\w*|specialist|fellow|professor|managing|deputy)\b"
)
_NOBODY = re.compile(
    r"(?i)(?:admin(?:istrator)?|editor|staff|user|author|guest|root|webmaster|anonymous"
    r"|unknown|by|none|null|undefined|n/?a|https?|https?://.*|www\..*|@.*|.*@.*|\d+|.*\.(?:com|org|net)(?:/.*)?)"
)
# The names of agencies, as they stand in datelines.
_AGENCY = (
    r"(?:CNN(?: Business)?|Reuters|REUTERS|AP|The Associated Press|Associated Press|AFP|UPI"
    r"|PA(?: Media)?|dpa|DPA|ANI|PTI|IANS|Xinhua|Bloomberg|BBC|Kyodo(?: News)?|Yonhap|EFE|ANSA"
    r"|TASS|Anadolu|AA|NPR|RNS|KHN|CBS|NBC|ABC|WAFA|Tribune)"
)
_WORD = r"[A-Z][\w.'’]*"
_PLACE = rf"{_WORD}(?:[ -](?:{_WORD}|de|la|of|the|am|an|der|upon|sur|al)){{0,4}}"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,4}"
_DAY = r"(?:, ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)"
_REGION = rf"(?:, ?(?:{_PLACE}))?"
_DASH = r"\s*(?:—|–|--|-)\s+(?=\S)"
_DATELINES = [
    re.compile(rf"(?:\({_AGENCY}\)|{_AGENCY}){_DASH}"),
    # HONG KONG, 4 March (Reuters) - ; PARIS, France — ; BERLIN —
    re.compile(rf"(?P<place>{_CAPITALS}){_REGION}{_DAY}?(?: ?\([^()]{{2,40}}\))?{_DASH}(?![a-z])"),
    # Hong Kong CNN — ; Marlow Bay (Gazette) — ; Skerrin, 4 March —
    re.compile(rf"(?P<place>{_PLACE}){_REGION}{_DAY}? ?\((?:{_AGENCY}|{_PLACE})\){_DASH}"),
    re.compile(rf"(?P<place>{_PLACE}){_REGION}{_DAY}?,? {_AGENCY}{_DASH}"),
    re.compile(rf"(?P<place>{_PLACE}){_REGION}{_DAY}{_DASH}(?![a-z])"),
]


def byline(line: str) -> str:
    """The names in a line such as `By Ada Kay and Bo Lind, science editor`; empty: it is none."""
    found = _BY.fullmatch(line.strip()) if len(line) <= 200 else None
    return found["names"] if found else ""


def authors_of(said: Sequence[str], publisher: str = "") -> list[str]:
    """The names of people in what a page gives for its authors, each once, roles left out."""
    found: dict[str, str] = {}
    for one in said:
        one = byline(one) or one
        one = _CUT.sub("", " ".join(one.split()))
        if _NOBODY.fullmatch(one):
            continue
        for part in _PART.split(one):
            name = part.strip(" .,:;-–—|")
            if not name or len(name.split()) > MAX_NAME_WORDS or _NOBODY.fullmatch(name):
                continue
            if found and _ROLE.search(name):
                continue
            if name.isupper() and len(name) > 4:
                name = name.title()
            found.setdefault(name.lower(), name)
    names = list(found.values())[:MAX_AUTHORS]
    people = [name for name in names if name.lower() != publisher.lower()]
    return people or names


def split_dateline(text: str) -> tuple[str, str]:
    """A dateline's place, and the text after the dateline.

    `Hong Kong CNN — The harbour closed.` -> `("Hong Kong", "The harbour closed.")`
    """
    for dateline in _DATELINES:
        if found := dateline.match(text[:MAX_DATELINE]):
            place = found.groupdict().get("place") or ""
            return (place.title() if place.isupper() and len(place) > 3 else place), text[
                found.end() :
            ]
    return "", text
