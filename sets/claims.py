"""Claims: as they stand in files, and made from questions, true and false.

What makes one draws from the generator it is given, so the same seed makes the same text.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TypeVar

from pydantic import BaseModel

from qa.errors import UsageError
from sets.questions import ALL, GoldQuestion, QuestionSet, Span, read_lines

_NAME = re.compile(r"(?<=[^.!?:”\"]\s)[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d[\d,]*(?:\.\d+)?\b")
_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety)\b"
)
_SMALL = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split()
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|should|did|does|do)\b(?!['’])"
)
_LATER = {("closed", "open"), ("left", "arrived")}  # each has a better opposite
_OPPOSITES = {
    one: other
    for pair in (
        "first last|before after|north south|east west|northern southern|eastern western"
        "|largest smallest|biggest smallest|highest lowest|most least|more fewer|oldest youngest"
        "|increase decrease|increased decreased|rise fall|rose fell|won lost|accepted rejected"
        "|allowed forbidden|opened closed|open closed|early late|earlier later|above below"
        "|male female|men women|man woman|public private|young old|rich poor|left right"
        "|began ended|begin end|started stopped|start stop|gained lost|best worst|upper lower"
        "|inside outside|supported opposed|support oppose|success failure|always never"
        "|maximum minimum|major minor|higher lower|longer shorter|stronger weaker|arrived left"
        "|bought sold|included excluded|true false|legal illegal|possible impossible|agreed refused"
        "|positive negative|strength weakness|minority majority|winter summer|day night"
        "|morning evening|son daughter|brother sister|father mother|husband wife|king queen"
    ).split("|")
    for words in [pair.split()]
    for one, other in (words, words[::-1])
    if (one, other) not in _LATER
}
_OPPOSITE = re.compile(r"\b(?:" + "|".join(_OPPOSITES) + r")\b")
_AUXILIARY = r"(?:is|are|was|were|has|have|had|will|can|could|would|did|do|does)"
_SUBJECT = re.compile(  # the answer is what does it: a verb follows at once
    rf"^(?:Who|What|Which (?!{_AUXILIARY}\b)[a-z]+)\s"
    rf"(?P<rest>(?!(?:did|do|does|kind|type|else)\b)(?:{_AUXILIARY}\s(?!\w+ (?:to|for|by)\?*$)"
    rf"|(?:[a-z]+ed|[a-z]+s)\s(?!{_AUXILIARY}\b)).+?)\?*$"
)
_OBJECT = re.compile(r"\b(?:to|for|by|of|with|from|in|on|at|as|about)\?*$")  # the answer follows it
_COUNT = re.compile(
    r"^How many (?P<rest>(?P<noun>(?!did|do|does|is|are)\w+) "
    r"(?!did|do|does|are there|were there).+?)\?*$"
)


C = TypeVar("C", bound="Claim")


class Claim(BaseModel):
    """A line of the claims file."""

    id: str
    set: str
    split: str
    claim: str
    evidence: str
    supported: bool


class Twin(Claim):
    """One of a pair in nearly the same words, one true and one false; the quiz's have no pair."""

    article: str
    spans: list[Span]
    pair: str | None = None
    sort: str | None = None


def read_claims(path: Path, model: type[C], split: str) -> list[C]:
    """The claims of a split. Raises `UsageError` where there are none, `DataError`."""
    kept = [c for c in read_lines(path, model) if split in (ALL, c.split)]
    if not kept:
        raise UsageError(f"{path} has no claim of the split {split!r}.")
    return kept


def statement(question: str, answer: str) -> str | None:
    """A question and its answer as a claim, where a simple rule can make one.

    `Who brokered the truce?`, `Oman` -> `Oman brokered the truce.`
    """
    found = _COUNT.match(question)
    if found:
        noun = found["noun"].lower()
        rest = found["rest"].split(" ", 1)[1] if noun in answer.lower() else found["rest"]
        return f"{answer} {rest}."
    found = None if _OBJECT.search(question) else _SUBJECT.match(question)
    return f"{answer[:1].upper()}{answer[1:]} {found['rest']}." if found else None


def twisted(text: str, source: str, rng: Random) -> str | None:
    """The text made false: another number or name of `source`, an opposite, or a negation.

    None where nothing can be changed.
    """
    ways = [_other_number, _other_name, _opposite, _negated]
    rng.shuffle(ways)
    if rng.random() < 0.5:  # negation is always possible and would outnumber the others
        ways.sort(key=lambda way: way is _negated)
    for way in ways:
        changed = way(text, source, rng)
        if changed is not None and changed != text:
            return changed
    return None


def twins(questions: QuestionSet, name: str) -> list[Claim]:
    """The claims that a set's answers make, always the same ones."""
    return [claim for q in questions.questions for claim in _twins(q, questions, name)]


def _twins(question: GoldQuestion, questions: QuestionSet, name: str) -> Iterator[Claim]:
    if len(question.gold) != 1 or not question.answers:
        return
    true = statement(question.standalone or question.question, question.answers[0])
    if true is None:
        return
    ((article_id, start, end),) = question.gold
    article, rng = questions.articles[article_id], Random(question.id)
    gold = article.text[start:end]
    false = twisted(true, article.text, rng)
    sentences = (article.text[s.start : s.end] for s in article.sentences)
    others = [text for text in sentences if text != gold]
    made = [(true, gold, True)]
    if false:
        made.append((false, gold, False))
    if others:
        made.append((true, rng.choice(others), False))
    for number, (claim, evidence, supported) in enumerate(made):
        yield Claim(
            id=f"{question.id}-{number}",
            set=name,
            split=question.split,
            claim=claim,
            evidence=evidence,
            supported=supported,
        )


def _other_number(text: str, source: str, rng: Random) -> str | None:
    found = list(_NUMBER.finditer(text))
    if found:
        match = rng.choice(found)
        others = [n for n in _NUMBER.findall(source) if n not in text]
        if others and rng.random() < 0.6:
            return _replaced(text, match, rng.choice(others))
        return _replaced(text, match, _moved(match[0], rng))
    words = list(_NUMBER_WORD.finditer(text))
    if not words:
        return None
    match = rng.choice(words)
    return _replaced(text, match, rng.choice([w for w in _SMALL if w != match[0]]))


def _moved(number: str, rng: Random) -> str:
    """Another number of as many digits: `1990` -> `1970`."""
    places = [i for i, c in enumerate(number) if c.isdigit()]
    at = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != number[at]])
    return number[:at] + digit + number[at + 1 :]


def _other_name(text: str, source: str, rng: Random) -> str | None:
    found = list(_NAME.finditer(text))
    others = [n for n in dict.fromkeys(_NAME.findall(source)) if n.lower() not in text.lower()]
    if not found or not others:
        return None
    return _replaced(text, rng.choice(found), rng.choice(others))


def _opposite(text: str, source: str, rng: Random) -> str | None:
    found = list(_OPPOSITE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return _replaced(text, match, _OPPOSITES[match[0]])


def _negated(text: str, source: str, rng: Random) -> str | None:
    match = _VERB.search(text)
    if match is None:
        return None
    verb = match[0]
    negation = {"can": "cannot", "will": "won't"}.get(verb, f"{verb}n't")
    return _replaced(text, match, rng.choice([negation, f"{verb} not", f"{verb} never"]))


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]
