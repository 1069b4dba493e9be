"""What somebody said: all of their statements, with who reports them, and nobody else's."""

import re
from collections.abc import Sequence

from qa.answer import Answer
from qa.compose.account import quoting
from qa.compose.base import Parts
from qa.compose.choice import MOST, choose, in_order
from qa.compose.stages import Read
from qa.parsing.parser import Parse, bundled_parser
from qa.parsing.speakers import speakers, subject
from qa.reading.reader import Evidence
from qa.text.words import stems, words

Place = tuple[str, int]
_LEAST = 0.05  # of the probability of belonging that a statement of the one asked about has
_NEXT = 3  # characters between a sentence and the next one
_PRONOUNS = frozenset("he she they it we i".split())
_ASKING = frozenset(stems("say said tell told think thought want claim argue article"))
_OPEN = re.compile('["“”]')
_MANY = ("NNS", "NNPS", "WP")
_PEOPLE = frozenset("people everyone everybody they anyone anybody it".split())


def compose(read: Read, parts: Parts) -> Answer:
    """Quote what the reader finds, and what else the one who is asked about is told to say."""
    shown, left = choose(read, "said")
    best = read.reading.evidence[0]
    theirs, others = told_apart(read.sense.standalone, best, read.reading.evidence)
    shown = [e for e in shown if e not in others]
    left = [e for e in left if e not in others]
    here = [e for e in theirs if e.article.id == best.article.id and e.member >= _LEAST]
    more = [e for e in here if e not in shown]
    more.sort(key=lambda e: -e.member)
    shown = in_order([*shown, *more[: max(0, MOST - len(shown))]], best)
    rest = [e for e in {id(e): e for e in [*left, *more]}.values() if e not in shown]
    return quoting(read, shown, in_order(rest, best))


def told_apart(
    question: str, best: Evidence, evidence: Sequence[Evidence]
) -> tuple[list[Evidence], list[Evidence]]:
    """What the one who is asked about says, and what others say.

    There are no others where many are asked about, or where nothing tells that the one who is
    speaks, or does something, in any sentence.

    That is whom the question names; where it names no speaker, as with `the defence`, it is the
    speaker of the best sentence.

    `What did Kay say?`: `The mayor, Ada Kay, said no.`, `She warned of a flood.`
    """
    said = _speakers(sorted(evidence, key=_place))
    [parse] = bundled_parser().parse([question])
    asked = _named(parse, subject(parse)) - _ASKING or set(stems(question)) - _ASKING
    is_general = _is_general(parse, subject(parse))
    does = bool(asked) and any(asked <= about for about in _subjects(evidence))
    if not is_general and not does and not any(asked & who for who in said.values()):
        asked = said.get(_place(best), set())
    theirs = [e for e in evidence if said.get(_place(e), set()) & asked]
    others = [e for e in evidence if said.get(_place(e)) and e not in theirs]
    is_known = bool(theirs) or does
    return theirs, others if is_known and not is_general and best not in others else []


def _speakers(ordered: Sequence[Evidence]) -> dict[Place, set[str]]:
    """The stems of who speaks in each sentence, where that is told.

    A pronoun, and words that go on in quotation marks, belong to whoever was named last in the
    sentences just before.
    """
    found: dict[Place, set[str]] = {}
    last: set[str] = set()
    end = "", 0
    for e, parse in zip(ordered, bundled_parser().parse([e.text for e in ordered]), strict=True):
        if end[0] != e.article.id or e.sentence.start - end[1] > _NEXT:
            last = set()
        end = e.article.id, e.sentence.end
        who = [parse.text[a:b] for a, b in speakers(parse, whole=True)]
        named = [w for w in who if w.lower() not in _PRONOUNS]
        if named:  # the union; its leader
            is_of_last = words(named[0])[:1] in (["its"], ["their"])
            last = set(stems(" ".join(named))) | (last if is_of_last else set())
        if who or len(_OPEN.findall(e.text)) % 2:
            found[_place(e)] = last
        elif acting := _acting(parse):
            last = acting
    return found


def _subjects(evidence: Sequence[Evidence]) -> list[set[str]]:
    """The stems of what each sentence is about."""
    return [_named(p, subject(p)) for p in bundled_parser().parse([e.text for e in evidence])]


def _acting(parse: Parse) -> set[str]:
    """The stems of the name that a sentence is about, to which a pronoun may point."""
    about = subject(parse)
    whole = [] if about is None else parse.subtree(about)
    is_name = any(parse.words[i].tag.startswith("NNP") for i in whole)
    return _named(parse, about) if is_name else set()


def _named(parse: Parse, head: int | None) -> set[str]:
    """The stems of a word with what describes it."""
    whole = [] if head is None else parse.subtree(head)
    return set(stems(" ".join(parse.words[i].text for i in whole)))


def _is_general(parse: Parse, head: int | None) -> bool:
    """Whether many are asked about: residents, people, who."""
    word = None if head is None else parse.words[head]
    return word is None or word.tag in _MANY or word.text.lower() in _PEOPLE


def _place(evidence: Evidence) -> Place:
    return evidence.article.id, evidence.sentence.start
