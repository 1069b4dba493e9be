"""A text -> its sentences, as a reader divides it."""

import re
from collections.abc import Iterator

from qa.text import abbreviations as ab
from qa.text.units import units

MAX_SENTENCE = 2_000  # characters; a longer one is a list or a table, and too slow to read whole
_BEFORE = 60  # characters before a mark that are looked at
_AFTER = 120  # and after it
_CLOSING = "\"'”’»)\\]*_"
_OPENING = "\"'“‘«(\\[*_¿¡"
_MARK = re.compile(  # where a sentence may end
    rf"(?<![.!?…؟])(?P<mark>[.!?…؟]+)(?P<closing>[{_CLOSING}]*)(?:\[[^\[\]\n]{{1,30}}\])*\s+"
    r"|(?<=[a-z]{2})(?P<glued>[.!?])[”’\"']?(?=[A-Z][a-z]*\s)"
    r"|(?P<wide>[。！？]+[」』”’]*)\s*"
)
_QUOTES = "\"'“”‘’«» \n\t"
_VOWELS = frozenset("aeiouy")
_NEXT = re.compile(
    rf"(?P<opening>[{_OPENING}$€£]*)(?P<dots>(?:…|\.\.\.)\s?)?(?P<word>(?:\w[\w’'&-]*)?)"
)
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,2})*")
_NAME = r"(?:[^\W\d_a-z][\w.’'-]*)"
_SAID = rf"(?:{'|'.join(sorted(ab.SAID))})\b(?!(?<=answered|.replied)[,:] [{_OPENING}])"
_SPEAKER = re.compile(  # `Ada Kay of the harbour union said`
    rf"(?:{_NAME} ){{1,4}}(?:(?<=[’']s )[a-z]+,? (?:{_NAME},? ){{1,3}})?"
    rf"(?:(?<=[\w] )of (?:the )?(?:[\w’'-]+ ){{1,4}}?)?{_SAID}"
    rf"|(?:{_NAME} ){{0,3}}{_NAME}, [^.!?,“”\"]{{1,60}}, {_SAID}"
)
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # `iPhone` may begin a sentence


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text are, in order, without the white space around them.

    A unit of its own (a paragraph, a heading, an item, a row) is divided at its marks; what is
    longer than `MAX_SENTENCE` is cut at white space.
    """
    for start, end in units(text):
        for first, last in _divided(text[start:end]):
            yield from _cut(text, start + first, start + last)


def _divided(unit: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _MARK.finditer(unit):
        if found.end() < len(unit) and _ends(unit, start, found):
            yield start, found.start() + len(found[0].rstrip())
            start = found.end()
    yield start, len(unit)


def _ends(unit: str, start: int, found: re.Match[str]) -> bool:
    """Whether the sentence that begins at `start` ends at this mark."""
    if found["wide"]:
        return True
    after = unit[found.end() : found.end() + _AFTER]
    following = _NEXT.match(after)
    assert following is not None  # each part of it may be empty
    word = following["word"]
    if found["glued"]:
        return len(word) > 1 and word.lower() in ab.STARTERS
    if following["dots"]:  # `He paused. “… but no money.”`
        return bool(following["opening"])
    if not word:  # a dash or another symbol, or a closing quotation mark that stands alone
        return bool(after.strip(_QUOTES)) and after[0] not in "–—-/&+,;:=|)§"
    if word[0].islower() and not _BRAND.match(word):
        return False
    mark, closing = found["mark"], found["closing"]
    before = unit[max(start, found.start() - _BEFORE) : found.start()].split()
    if not before:
        return bool(closing) or mark != "."
    begins = _begins(following, after, ab.STARTERS)
    if "!" in mark or "?" in mark:
        if any(c in closing for c in "\"'”’»"):
            return begins or not _SPEAKER.match(after)
        return begins or before[-1].lower().lstrip(_QUOTES) + mark not in ab.NAMES_WITH_MARKS
    if mark != ".":  # `I … I don’t know`
        return before[-1].lstrip(_QUOTES).lower() != word.lower()
    if _ENUMERATOR.fullmatch(unit, start, found.start()):
        return False
    if closing in (")", "]"):
        return _is_whole(unit, start, found.start())
    return bool(closing) or _full_stop(before, following, after, begins)


def _begins(following: re.Match[str], after: str, starters: frozenset[str]) -> bool:
    """Whether what follows begins with one of these words, which is no initial as in `A. Kay`."""
    return (
        following["word"].lower() in starters
        and after[following.end() : following.end() + 1] != "."
    )


def _is_whole(unit: str, start: int, end: int) -> bool:
    """Whether the bracket that closes here holds a whole sentence: `It is. (It was.) It`."""
    opening = max(unit.rfind("(", start, end), unit.rfind("[", start, end))
    return opening == -1 or not unit[start:opening].strip()


def _full_stop(before: list[str], following: re.Match[str], after: str, begins: bool) -> bool:
    """Whether a full stop after these words ends a sentence, given what follows it."""
    last = before[-1].lstrip(_OPENING)
    previous = before[-2] if len(before) > 1 else ""
    plain, next_word = last.lower(), following["word"].lower()
    unit = plain.lstrip("0123456789.,")  # `9am`, `30km`
    is_number, opens_bracket = next_word[0].isdigit(), "(" in following["opening"]
    has_number = previous[-1:].isdigit() or any(map(str.isdigit, last))
    if plain in ab.LEADING and not last.isupper():
        return False
    if unit in ab.HOURS and (has_number or "." in unit):
        return next_word not in ab.AFTER_HOUR
    if last[:1].isupper() and plain in ab.DATES:
        return not is_number and next_word not in ab.DATES
    if unit in ab.UNITS and has_number:
        return not is_number
    if plain in ab.ERAS or ((plain in ab.NUMBERED or last == "Art") and is_number):
        return not is_number
    if plain in ab.STATES:
        return begins or not (opens_bracket or next_word in ab.DATES)
    if plain == "al":  # `Orr et al. (2012)`
        return not opens_bracket
    if last[:1].isupper() and plain in ab.TITLES:
        return _begins(following, after, ab.PRONOUNS)
    if plain in ab.COMPANIES or plain in ab.BODIES:
        return begins
    if last == "I":  # the pronoun, or a number as in `World War I`
        return begins or previous[:1].islower()
    if len(last) == 1 and previous.lower() in ab.LETTERED:
        return True
    if len(last) == 1 and last.islower():  # `b. 1970`
        return not is_number
    if _INITIALS.fullmatch(last):
        is_unit = last.islower() and has_number  # `4 p.c.`
        return begins or is_unit or (previous == "the" and next_word in ab.PEOPLE)
    return begins or has_number or plain in ab.STREETS or not _looks_short(last)


def _looks_short(word: str) -> bool:
    """Whether a word looks like an abbreviation: no vowel, as `Msgr`; `BBC` is a name."""
    if not word.isalpha() or not word[1:].islower():
        return False
    return len(word) < 6 and not _VOWELS.intersection(word.lower())


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        spaces = [text.rfind(space, start + 1, start + MAX_SENTENCE) for space in " \t\n"]
        cut = max(spaces) if max(spaces) > start else start + MAX_SENTENCE
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, end
