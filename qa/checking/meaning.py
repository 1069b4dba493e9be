"""What small words change: would and did, at least and at most, before and after."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.checking.numbers import in_figures
from qa.parsing.parser import Parse, bundled_parser
from qa.text.words import words

MODALS = frozenset("will would may might could should shall must can ought 'll ’ll".split())
_CONDITIONS = frozenset(("if", "unless", "whether"))
_LIGHT = frozenset("be have do get make take say tell give go come".split())  # say little alone
# Who has, manages or begins to do something does it.
_DOING = frozenset("have manage begin start continue help need proceed happen".split())
_OPEN_ENDED = frozenset(("xcomp", "acl", "ccomp", "advcl", "conj"))  # roles of `to sign`
DENIAL = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|cannot|yet to)\b|n[’']t\b|"
    r"\b(?:den(?:y|ies|ied)|refus|declin|fail)",
    re.I,
)
_FLOOR = "at least|more than|over|no (?:fewer|less) than|not less than|just over|above"
_CEILING = (
    "at most|up to|less than|fewer than|under|nearly|almost|no more than|not more than|below"
    "|as (?:many|much) as|just under|close to|a maximum of"
)
_BOUND = re.compile(
    rf"\b(?:(?P<floor>{_FLOOR})|{_CEILING})\s+(?:[$€£]\s*)?(?P<number>\d[\d,]*(?:\.\d+)?)", re.I
)
_PAIRS = (
    "before/after rise/fall rose/fell increase/decrease first/last earlier/later higher/lower"
    " above/below win/lose won/lost with/without including/excluding accept/reject confirm/deny"
    " include/exclude more/less bigger/smaller longer/shorter arrive/leave ahead/behind gain/loss"
    " buy/sell bought/sold borrow/lend latest/earliest most/least admit/deny support/oppose"
    " lift/impose north/south east/west northern/southern eastern/western allow/forbid"
    " faster/slower"
)
_OPPOSITE: Mapping[str, str] = {
    a: b
    for one, other in (pair.split("/") for pair in _PAIRS.split())
    for a, b in ((one, other), (other, one))
}


@dataclass(frozen=True)
class _Verb:
    lemma: str
    is_planned: bool  # or wanted, possible, a condition
    is_done: bool


def planned_told_as_done(claim: str, sentences: Sequence[str]) -> str | None:
    """`The assembly has elected a council.` beside `It would elect a council.`; None where not.

    Silent where the parse leaves room. Raises `WeightsError`.
    """
    if DENIAL.search(claim):
        return None
    told = [verb for parse in bundled_parser().parse(sentences) for verb in _verbs(parse)]
    for verb in _verbs(bundled_parser().parse([claim])[0]):
        if verb.is_done and not verb.is_planned and verb.lemma not in _LIGHT:
            same = [other for other in told if other.lemma == verb.lemma]
            if same and all(other.is_planned for other in same):
                return f"it tells “{verb.lemma}” as done, which the cited sentences do not"
    return None


def bound_turned(claim: str, sentences: Sequence[str]) -> str | None:
    """`At most 17 died.` beside `At least 17 died.`"""
    told: dict[str, set[str]] = {}
    for number, side in _bounds(" ".join(sentences)):
        told.setdefault(number, set()).add(side)
    for number, side in _bounds(claim):
        if side not in told.get(number, {side}):
            return f"the cited sentences set another bound to “{number}”"
    return None


def opposite_told(claim: str, sentences: Sequence[str]) -> bool:
    """`Prices rose.` beside `Prices fell.`"""
    said, told = words(claim), words(" ".join(sentences))
    for word in said:
        other = _OPPOSITE.get(word)
        if other in told and other not in said and word not in told:
            return True
    return False


def _bounds(text: str) -> Iterator[tuple[str, str]]:
    for match in _BOUND.finditer(in_figures(text)):
        yield match["number"].replace(",", ""), "floor" if match["floor"] else "ceiling"


def _verbs(parse: Parse) -> Iterator[_Verb]:
    for number, word in enumerate(parse.words):
        if not word.tag.startswith("VB") or word.role in ("aux", "auxpass"):
            continue
        below = [parse.words[child] for child in parse.children[number]]
        helping = {w.text.lower() for w in below if w.role in ("aux", "auxpass")}
        conditions = {w.text.lower() for w in below if w.role == "mark"} & _CONDITIONS
        open_ended = "to" in helping and word.head != number and word.role in _OPEN_ENDED
        open_ended &= parse.words[word.head].lemma.lower() not in _DOING
        perfect = any(w.role in ("aux", "auxpass") and w.lemma in ("have", "be") for w in below)
        yield _Verb(
            word.lemma.lower(),
            bool(helping & MODALS or conditions or open_ended),
            word.tag == "VBD" or (word.tag == "VBN" and perfect),
        )
