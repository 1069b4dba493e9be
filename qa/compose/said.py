"""What somebody said: all of their statements, with who reports them."""

from qa.answer import Answer
from qa.compose.account import quoting
from qa.compose.base import Parts
from qa.compose.choice import MOST, choose, in_order
from qa.compose.stages import Read
from qa.parsing.parser import bundled_parser
from qa.parsing.speakers import speakers
from qa.reading.reader import Evidence
from qa.text.words import stems

_LEAST = 0.05  # of the probability of belonging that a statement of the one asked about has
_PRONOUNS = frozenset("he she they it".split())


def compose(read: Read, parts: Parts) -> Answer:
    """Quote what the reader finds, and what else the one who is asked about is told to say."""
    shown, left = choose(read, "said")
    best = read.reading.evidence[0]
    spoken = statements_of(read.sense.standalone, read.reading.evidence)
    here = [e for e in spoken if e.article.id == best.article.id and e.member >= _LEAST]
    more = [e for e in here if e not in shown]
    more.sort(key=lambda e: -e.member)
    shown = in_order([*shown, *more[: max(0, MOST - len(shown))]], best)
    rest = [e for e in {id(e): e for e in [*left, *more]}.values() if e not in shown]
    left = in_order(rest, best)
    return quoting(read, shown, left)


def statements_of(question: str, evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """The sentences whose speaker the question names; also by a pronoun, next after such a one.

    `What did Kay say?`: `The mayor, Ada Kay, said no.`, `She warned of a flood.`
    """
    asked = set(stems(question))
    ordered = sorted(evidence, key=lambda e: (e.article.id, e.sentence.start))
    found: list[Evidence] = []
    was_theirs = False
    for e, parse in zip(ordered, bundled_parser().parse([e.text for e in ordered]), strict=True):
        who = [parse.text[a:b] for a, b in speakers(parse)]
        is_named = any(asked & set(stems(w)) for w in who)
        is_theirs = is_named or (was_theirs and any(w.lower() in _PRONOUNS for w in who))
        if is_theirs:
            found.append(e)
        was_theirs = is_theirs or (was_theirs and not who)
    return found
