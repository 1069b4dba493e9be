"""Signs that a claim says something else than its sentences: each weighs in the score of support.

None decides alone, for words and the parse leave room. Each is 0 where there is none of it. The
weights are fitted on train claims (`training.calibrate_claims`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qa.checking.binding import loose
from qa.checking.grounding import untold_names
from qa.checking.meaning import DENIAL, MODALS, opposite_told
from qa.checking.numbers import in_figures, unfounded
from qa.parsing.parser import Parse, bundled_parser
from qa.parsing.speakers import speakers
from qa.text.words import STOPWORDS, stem, stems, words

_NEAR = 6  # words around a number among which what it counts is looked for
_COUNTED = re.compile(r"(?<![\w.,-])(\d+(?:,\d{3})*(?:\.\d+)?)\s+([^\W\d_]{3,})")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_ANYBODY = {  # what another word may count: 19 civilians are 19 people, $2 are 2 dollars
    stem(word)
    for word in "people persons men women humans individuals lives deaths times others more percent"
    " per total different dollars euros pounds".split()
}
_UP = (
    "rise rose risen grow grew grown increase climb more higher gain widen extend raise surge jump"
    " double expand improve above exceed longer larger bigger greater faster up over add win won"
    " strengthen soar stronger better ahead earlier most"
)
_DOWN = (
    "fall fell fallen shrink shrank shrunk decrease drop fewer less lower lose lost narrow shorten"
    " cut slump halve contract worsen below under shorter smaller slower down reduce decline weaken"
    " plunge weaker worse behind later least dip slip slid"
)
_WAY = {stem(w): 1 for w in _UP.split()} | {stem(w): -1 for w in _DOWN.split()}
_ALL = frozenset(
    "all every everyone everybody everything none nobody never always only both whole entire any"
    " neither no".split()
)
_PART = frozenset("some several most many few part half quarter third majority minority".split())
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|caused?|as a result|thanks to|so that|led to|after|since"
    r"|in order to|therefore)\b",
    re.I,
)


class Sign(NamedTuple):
    """How much of it a claim has beside its sentences, from 0, and how it is told."""

    measure: Callable[[str, Sequence[str]], float]
    reason: str


def signs(claim: str, sentences: Sequence[str]) -> dict[str, float]:
    """Each sign by its name. Raises `WeightsError`."""
    return {name: sign.measure(claim, sentences) for name, sign in SIGNS.items()}


def _number(claim: str, sentences: Sequence[str]) -> float:
    return float(any(True for _ in unfounded(claim, sentences)))


def _name(claim: str, sentences: Sequence[str]) -> float:
    return float(min(len(untold_names(claim, sentences)), 3))


def _counted(claim: str, sentences: Sequence[str]) -> float:
    around = words(in_figures(" ".join(sentences)))
    for number, after in _COUNTED.findall(in_figures(claim)):
        figure, counted = number.replace(",", ""), (words(after) or [""])[0]
        plain = _YEAR.fullmatch(figure) or counted.endswith("ed") or counted in STOPWORDS
        places = [i for i, word in enumerate(around) if word == figure]
        if places and not plain and stem(counted) not in _ANYBODY:
            near = {stem(w) for i in places for w in around[max(0, i - _NEAR) : i + _NEAR + 1]}
            if stem(counted) not in near:
                return 1.0
    return 0.0


def _opposite(claim: str, sentences: Sequence[str]) -> float:
    return float(opposite_told(claim, sentences))


def _way(claim: str, sentences: Sequence[str]) -> float:
    own, told = _ways(claim), _ways(" ".join(sentences))
    return float(bool(own and told) and not own & told)


def _ways(text: str) -> set[int]:
    return {_WAY[s] for word in words(text) if (s := stem(word)) in _WAY}


def _denial(claim: str, sentences: Sequence[str]) -> float:
    return float(not DENIAL.search(claim) and bool(DENIAL.search(" ".join(sentences))))


def _modal(claim: str, sentences: Sequence[str]) -> float:
    return float(_lacks(claim, sentences, MODALS))


def _part(claim: str, sentences: Sequence[str]) -> float:
    return float(_lacks(claim, sentences, _PART))


def _lacks(claim: str, sentences: Sequence[str], some: frozenset[str]) -> bool:
    """Whether the sentences have some of these words and the claim has none."""
    return not set(words(claim)) & some and bool(set(words(" ".join(sentences))) & some)


def _all(claim: str, sentences: Sequence[str]) -> float:
    return float(bool(set(words(claim)) & _ALL) and not set(words(" ".join(sentences))) & _ALL)


def _cause(claim: str, sentences: Sequence[str]) -> float:
    return float(bool(_CAUSE.search(claim)) and not _CAUSE.search(" ".join(sentences)))


def _speaker(claim: str, sentences: Sequence[str]) -> float:
    told = {s for parse in _parsed(sentences) for who in _speakers(parse) for s in who}
    who = list(_speakers(_parsed([claim])[0]))
    return float(bool(told) and any(one and not one & told for one in who))


def _no_speaker(claim: str, sentences: Sequence[str]) -> float:
    told = any(True for parse in _parsed(sentences) for _ in _speakers(parse))
    return float(told and not list(_speakers(_parsed([claim])[0])))


def _speakers(parse: Parse) -> Iterator[set[str]]:
    return (set(stems(parse.text[start:end])) for start, end in speakers(parse))


def _subject(claim: str, sentences: Sequence[str]) -> float:
    told: dict[str, set[str]] = {}
    for parse in _parsed(sentences):
        for verb, who in _subjects(parse):
            told.setdefault(verb, set()).add(who)
    own = _subjects(_parsed([claim])[0])
    return float(any(verb in told and who not in told[verb] for verb, who in own))


def _subjects(parse: Parse) -> Iterator[tuple[str, str]]:
    """Each verb with the stem of the one who does it."""
    for number, word in enumerate(parse.words):
        if word.tag.startswith("VB"):
            doers = list(parse.having(number, "nsubj"))
            for by in parse.having(number, "agent"):
                doers += parse.having(by, "pobj")
            for doer in doers:
                yield word.lemma.lower(), stem(parse.words[doer].text.lower())


def _order(claim: str, sentences: Sequence[str]) -> float:
    """The share of the pairs of words told in both that stand the other way round."""
    first: dict[str, int] = {}
    for place, word in enumerate(stems(" ".join(sentences))):
        first.setdefault(word, place)
    told = [first[word] for word in dict.fromkeys(stems(claim)) if word in first]
    pairs = [one > other for i, one in enumerate(told) for other in told[i + 1 :]]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _parsed(texts: Sequence[str]) -> list[Parse]:
    return bundled_parser().parse(texts)


SIGNS: Mapping[str, Sign] = {
    "number": Sign(_number, "it has a number that the cited sentences do not give"),
    "name": Sign(_name, "it names somebody or something that the cited sentences do not"),
    "counted": Sign(_counted, "the cited sentences count something else with its number"),
    "opposite": Sign(_opposite, "it says the opposite of a word of the cited sentences"),
    "way": Sign(_way, "it goes up where the cited sentences go down, or down where they go up"),
    "denial": Sign(_denial, "it leaves out that something is denied"),
    "modal": Sign(_modal, "it tells as a fact what may or will be"),
    "all": Sign(_all, "it says it of all or none, which the cited sentences do not"),
    "part": Sign(_part, "it leaves out that it holds for a part"),
    "cause": Sign(_cause, "it gives a cause or time that the cited sentences do not"),
    "speaker": Sign(_speaker, "somebody else says it in the cited sentences"),
    "no speaker": Sign(_no_speaker, "it leaves out who says it"),
    "subject": Sign(_subject, "somebody else does it in the cited sentences"),
    "tied": Sign(loose, "the cited sentences say it of another name or number"),
    "order": Sign(_order, "it puts the words of the cited sentences in another order"),
}
