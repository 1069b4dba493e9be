"""Two questions in one sentence or two, told apart."""

import re

from qa.text.words import STOPWORDS, words

MOST = 3  # questions
_ASKING = r"(?:who|whom|whose|what|when|where|which|why|how)"
_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)"
)
_FIRST_WORD = re.compile(rf"(?:{_ASKING}|{_AUXILIARY})\b", re.I)
_LINK = r"(?:and also|and|also|but|plus|&|then)"
_NEXT = re.compile(  # and when did it open, and where
    rf",?\s+{_LINK}\s+(?:also\s+)?(?=(?:{_ASKING}\s+{_AUXILIARY}\b"
    r"|how (?:many|much|long|old|far|big|large|often|high|soon)\b|(?:which|what|whose) \w+ "
    rf"|who\s+\w+|(?:where|when|why|how)\W*$"
    rf"|{_AUXILIARY}\s+(?:the|it|he|she|they|there|this|that|these|those|his|her|its|their|any"
    r"|anyone|a|an|[A-Z]\w+)\b))"
)
_SENTENCES = re.compile(r"\?+[\s,]+(?=\S)")
_LEADING = re.compile(rf"^{_LINK}\b[\s,]+", re.I)


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question holds, in order; itself, if it is one.

    `Who designed the hall and when did it open?` -> `Who designed the hall?`,
    `when did it open?`
    """
    found: list[str] = []
    for sentence in _SENTENCES.split(question.strip()):
        found += _divided(_LEADING.sub("", sentence) if found else sentence)
    if not 1 < len(found) <= MOST or not all(_FIRST_WORD.match(one) for one in found):
        return (question,)
    return tuple(f"{one.rstrip(' ?.!,')}?" for one in found)


def _divided(sentence: str) -> list[str]:
    pieces = _NEXT.split(sentence)
    first = pieces[0]
    stands = _FIRST_WORD.match(first) and len(first.split()) > 2
    is_nested = len(re.findall(rf"\b{_ASKING}\b", first, re.I)) > 1  # He told who paid and who won
    has_content = any(word not in STOPWORDS for word in words(first))
    if len(pieces) == 1 or not stands or is_nested or not has_content:
        return [sentence]
    return pieces
