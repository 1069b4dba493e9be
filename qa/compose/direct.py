"""The words that answer a question, where they are sure, and the sentences that prove them."""

from collections.abc import Sequence

from qa.answer import Answer
from qa.compose.base import Numbering, Parts, answered, quoted
from qa.compose.choice import choose
from qa.compose.sides import differing, quoted_beside
from qa.compose.stages import Read
from qa.parsing.parser import bundled_parser
from qa.parsing.speakers import claimed_by, phrase
from qa.question.form import Wanted, wanted_form
from qa.reading.reader import Evidence
from qa.statement import Exact, Statement

_SHORT: tuple[Wanted, ...] = ("short", "account", "next")  # what a few words may answer
_FINITE = frozenset(["VBZ", "VBD", "VBP", "MD"])  # a clause is no short answer; it is quoted
_COMMON = frozenset("DT PRP$ NN NNS JJ VBN CD".split())  # tags of what is no name
_PRONOUNS = frozenset("he she it they we i you who which that".split())


def compose(read: Read, parts: Parts) -> Answer:
    """Tell the answer in a line where that is sure; then quote what proves it.

    Where articles answer otherwise, no one answer is told, but how they differ.
    """
    wanted = wanted_form(read.understood.scope.question)
    shown, left = choose(read, wanted)
    point = differing(shown, read)
    direct = read.direct if wanted in _SHORT and point is None else None
    numbering = Numbering(read.understood.scope.copies)
    line = _line(shown, direct, numbering) if direct else None
    direct = direct if line else None
    shown = proof_first(shown, read.reading.evidence[0]) if line else shown
    if point:
        evidence = quoted_beside(shown, point, read, numbering)
    else:
        evidence = quoted(shown, direct, read, numbering)
    return answered(
        read,
        "answer",
        [*([line] if line else []), *evidence, *further_notice(left)],
        direct=direct,
        further=tuple(numbering.cite(e.article, e.sentence) for e in left),
        confidence=read.reading.answerable,
    )


def further_notice(left: Sequence[Evidence]) -> list[Statement]:
    """A line that counts what is not shown: `2 more sentences speak of it.`"""
    if not left:
        return []
    is_one = len(left) == 1
    what = "1 more sentence speaks" if is_one else f"{len(left)} more sentences speak"
    return [Statement(f"{what} of it.")]


def proof_first(shown: Sequence[Evidence], proof: Evidence) -> list[Evidence]:
    """The sentences with the one that proves a line right below it."""
    return [proof, *(e for e in shown if e != proof)]


def _line(shown: list[Evidence], direct: Exact, numbering: Numbering) -> Statement | None:
    """`At least 19 civilians, according to the army`; None for a clause or a pronoun's claim."""
    for e in shown:
        begin, end = direct.start - e.sentence.start, direct.end - e.sentence.start
        if e.article.id != direct.article_id or not 0 <= begin < end <= len(e.text):
            continue
        [parse] = bundled_parser().parse([e.text])
        if any(w.tag in _FINITE for w in parse.words if begin <= w.start < end):
            return None
        first, last = phrase(parse, begin, end)
        words, who = e.text[first:last], claimed_by(parse, begin, end)
        speaker = e.text[slice(*who)] if who else ""
        if speaker.lower() in _PRONOUNS:
            return None
        if who and any(w.start == who[0] and w.tag in _COMMON for w in parse.words):
            speaker = speaker[0].lower() + speaker[1:]
        if words.split()[0].islower():  # not iPhones
            words = words[0].upper() + words[1:]
        line = f"{words}, according to {speaker}" if speaker else words
        return Statement(line, (numbering.cite(e.article, e.sentence),), "direct")
    return None
