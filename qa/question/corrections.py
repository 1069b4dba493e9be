"""Whether a question asks what an article got wrong."""

import re

from qa.question.article_facts import IT
from qa.text.words import words

_ARTICLE = r"(?:article|story|stories|report|piece|page|text|version|headline|newspaper|paper)"
_EARLIER = r"(?:earlier|previous|original|first|older|old|initial|prior)"
_BEFORE = r"(?:originally|initially|previously|earlier|before|at first)"
_SAY = r"(?:say|said|state|stated|report|reported|claim|claimed|write|wrote|call|called|give|gave)"
_WRONG = r"(?:errors?|mistakes?|wrong|inaccura\w+|amended|changed|revised)"
_ASKS = re.compile(
    r"\b(?:corrections?|corrected|clarifications?|clarified|retract\w*|errat(?:um|a)|editors? note"
    rf"|mis(?:report|stat|spell|identif)\w*|{_EARLIER} (?:version|edition|headline|text)"
    rf"|{_BEFORE} {_SAY}|{_SAY} {_BEFORE})\b"
    rf"|\b{_WRONG}\b.*\b{_ARTICLE}\b|\b{_ARTICLE}\b.*\b{_WRONG}\b"
    rf"|(?:was|were|is|are) there (?:an? |any )?{_WRONG}"
)
_ASKS_FOR_NOTES = re.compile(
    rf"(?:what|which \w+) (?:was|were|is|has been|have been) (?:corrected|wrong|amended|clarified)"
    rf"(?: (?:in|about|by) {IT})?"
    rf"|(?:was|were|is|are) there (?:an? |any )?(?:corrections?|errors?|mistakes?|clarifications?)"
    rf"(?: (?:in|to|of) {IT})?"
    rf"|what (?:is|was|are|were) the (?:corrections?|errors?|mistakes?)(?: (?:in|to|of) {IT})?"
    rf"|(?:has|was|is) {IT} (?:been )?(?:corrected|amended|clarified)"
    rf"|what did (?:{IT}|the {_EARLIER} (?:version|edition)(?: of {IT})?) (?:{_BEFORE} )?say"
    rf"(?: {_BEFORE})?"
    rf"|what (?:does|did) the (?:corrections?|editors? note) say"
    rf"|(?:did|does) {IT} (?:have|contain|make) (?:an? |any )?(?:corrections?|errors?|mistakes?)"
)


def asks_about_corrections(question: str) -> bool:
    """Whether a question is about what was corrected, or what the article said before.

    `How many did the earlier version name?` -> `True`, `What went wrong?` -> `False`
    """
    return _ASKS.search(" ".join(words(question))) is not None


def asks_for_notes(question: str) -> bool:
    """Whether the correction notes themselves are the answer: `Was there an error?` -> `True`."""
    said = " ".join(words(question))
    return _ASKS.search(said) is not None and _ASKS_FOR_NOTES.fullmatch(said) is not None
