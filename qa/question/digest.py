"""A wish for the whole article in short: a summary of some length, key facts, a timeline, names."""

import re
from dataclasses import dataclass
from typing import Literal

from qa.question.article_facts import IT
from qa.text.words import words

Kind = Literal["summary", "key_facts", "timeline", "people"]
LENGTH = 4  # sentences of a summary
SHORT, LONG, MOST = 2, 8, 12

_NUMBERS = {
    w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_THEM = rf"(?:{IT}|all|everything|(?:all of )?(?:them|these|those)(?: all)?|each(?: of them)?)"
_UNIT = r"(?:sentences?|lines?|bullets?|points?|bullet points?|key points?|takeaways?)"
_COUNT = re.compile(
    rf"\b(\d+|{'|'.join(_NUMBERS)}|a single) (?:(?:short|quick|key|main) )*{_UNIT}\b"
)
_AS_POINTS = re.compile(r"\b(?:bullets?|points?|takeaways?|list)\b")
_SHORTER = re.compile(r"\b(?:short|shorter|brief|briefly|quick|quickly|tl ?dr|gist|in short)\b")
_LONGER = re.compile(r"\b(?:long|longer|detailed|full|in detail|at length|more detail)\b")
_OF = rf"(?: (?:of|from|in|for|about|on|per) {_THEM}| here| there| article)?"
_ASKING = (
    r"(?:(?:can|could|would|will) you )?(?:please )?(?:i (?:want|need|would like) )?"
    r"(?:(?:give|tell|show|list|write|make|get)(?: me| us)? )?(?:all )?(?:(?:a|an|the|some) )?"
    r"(?:(?:short|shorter|brief|quick|long|longer|detailed|full) )?"
)
_LENGTH = (
    rf"(?: (?:in|as|with|into) (?:[\w-]+ ){{0,3}}(?:{_UNIT}|words?|paragraphs?|short|brief|detail"
    r"|full|length|english|terms)|,? (?:please|briefly|for me))*"
)
_COUNTED = rf"(?:(?:\d+|{'|'.join(_NUMBERS)}) )"
_PATTERNS: dict[Kind, str] = {
    "timeline": (
        rf"(?:timeline|chronology|time line|order of events|sequence of events|dates){_OF}"
        rf"|(?:what (?:is|are|was|were) (?:the )?)(?:timeline|chronology|(?:order|sequence) of "
        rf"events|(?:key |important |main )?dates){_OF}|(?:key|important|main) dates{_OF}"
        r"|what happened when|when did what happen|(?:put|tell) (?:it|this|the events) in order"
    ),
    "people": (
        rf"(?:who (?:are|is) )?(?:the )?(?:people|persons|names|players|who)(?: and (?:the )?"
        rf"(?:places|organi[sz]ations))?(?: (?:are |is )?(?:named|mentioned|involved|appear))?{_OF}"
        rf"|who(?: all)? (?:is|are) (?:named|mentioned|in {IT}|in it){_OF}"
        rf"|(?:who|what|which) (?:people|places|names|organi[sz]ations|companies|firms|countries"
        rf"|cities|towns|groups|parties|teams|clubs)"
        rf"(?: and places)?(?: (?:are|is) (?:named|mentioned|in it))?{_OF}|places{_OF}"
    ),
    "key_facts": (
        rf"(?:what (?:are|is) (?:the )?)?(?:key|main|important|most important|basic) "
        rf"(?:facts|figures|numbers|facts and figures|statistics){_OF}"
        rf"|facts(?: and figures)?{_OF}|(?:numbers|figures|statistics){_OF}"
    ),
    "summary": (
        rf"(?:summar(?:y|ies|ise|ize)|sum up|recap|shorten)(?: (?:of|for))?(?: {_THEM})?(?: up)?"
        rf"|(?:line )?(?:summary|overview|gist){_OF}|tl ?dr{_OF}"
        rf"|(?:one|single) (?:line|sentence) (?:summar(?:y|ies)|overview){_OF}"
        rf"|(?:(?:in|as) )?(?:{_COUNTED}?{_UNIT}|(?:an? )?(?:sentence|line)){_OF}"
        rf"|(?:what (?:are|is) )?(?:the )?{_COUNTED}?(?:key|main|central|most important)"
        rf" (?:points?|takeaways?|ideas?|topics?|message){_OF}"
        rf"|what (?:is|are) (?:{_THEM}|they|each one)(?: (?:all|both|each))? about"
        rf"|what (?:does|do) {IT} say|what happened"
        rf"|what is the (?:topic|subject|main topic)(?: of {IT})?"
    ),
}
_WISHES = {
    kind: re.compile(rf"{_ASKING}(?:{pattern}){_LENGTH}") for kind, pattern in _PATTERNS.items()
}


@dataclass(frozen=True)
class Digest:
    """What is wanted of the whole article, in how many sentences at most, and whether as a list."""

    kind: Kind
    length: int = LENGTH
    as_points: bool = False


def digest(question: str) -> Digest | None:
    """The digest that is asked for; a whole utterance must fit, so no question is swallowed.

    `Three bullets, please` -> `Digest("summary", 3, True)`, `Timeline` -> `Digest("timeline", 12)`
    """
    said = " ".join(words(re.sub(r"\b(what|who)['’]s\b", r"\1 is", question, flags=re.I)))
    kind = next((kind for kind, wish in _WISHES.items() if wish.fullmatch(said)), None)
    if kind is None:
        return None
    length = _length(said, LENGTH if kind == "summary" else MOST)
    return Digest(kind, length, kind == "summary" and _AS_POINTS.search(said) is not None)


def _length(said: str, usual: int) -> int:
    if found := _COUNT.search(said):
        count = found[1]
        return max(1, min(MOST, _NUMBERS.get(count) or (1 if " " in count else int(count))))
    if _SHORTER.search(said):
        return SHORT
    return LONG if _LONGER.search(said) else usual
