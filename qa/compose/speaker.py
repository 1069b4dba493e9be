"""Who said what a sentence tells, as far as the sentence or those beside it name the speaker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from qa.article import Article, Sentence
from qa.compose.base import Numbering
from qa.parsing.parser import Parse, bundled_parser
from qa.reading.reader import Evidence
from qa.statement import Role, Statement

_SAYING = frozenset(
    "blame praise criticize criticise condemn dismiss say tell add claim state report announce"
    " argue warn insist explain declare deny confirm admit"
    " note suggest estimate believe think write call describe characterize characterise assert"
    " maintain accuse promise vow ask demand reveal stress acknowledge complain predict put recall"
    " testify conclude concede reply express urge allege hint conjecture comment remark"
    " agree".split()
)
_PEOPLE = frozenset("PERSON ORG NORP GPE".split())  # who may speak
_BACK = 3  # sentences, among which the one stands that a pronoun points to
_QUOTED = re.compile('["“”«»]')
Place = tuple[str, int]
Spans = tuple[tuple[int, int], ...]  # characters of a sentence


@dataclass(frozen=True)
class _Shown:
    article: Article
    sentence: Sentence
    role: Role
    bold: Spans = ()


def speakers(shown: Sequence[Evidence]) -> list[Statement]:
    """The sentences with their speakers in bold; empty where none is named.

    Where a pronoun speaks, the sentence that names whom it points to is shown, too.
    """
    told: dict[Place, _Shown] = {}
    for evidence in shown:
        for one in _told(evidence.article, evidence.sentence):
            place = one.article.id, one.sentence.start
            if place not in told or one.role == "evidence":
                told[place] = one
    if not any(one.bold for one in told.values()):
        return []
    numbering = Numbering()
    return [
        Statement(
            _text(one.article, one.sentence),
            (numbering.cite(one.article, one.sentence),),
            one.role,
            one.bold,
        )
        for _, one in sorted(told.items())
    ]


def speaker(parse: Parse) -> tuple[int, Spans]:
    """The word that is the speaker, as a sentence tells, and where the name stands; -1 and none.

    `“We pay,” said Ada Kay of the board.` -> the number of `Kay`, and where `Ada Kay` stands
    """
    for number, word in enumerate(parse.words):
        found: Iterator[int] = iter(())
        if word.tag.startswith("VB") and word.lemma in _SAYING:
            agents = (j for i in parse.having(number, "agent") for j in parse.having(i, "pobj"))
            found = chain(parse.having(number, "nsubj"), agents)
        elif word.text.lower() == "according":
            found = (j for i in parse.having(number, "prep") for j in parse.having(i, "pobj"))
        for who in found:
            if parse.words[who].tag not in ("WDT", "WP"):
                whole = parse.subtree(who, without=("relcl", "acl", "appos", "punct", "prep"))
                return who, (parse.span(whole),)
    return -1, ()


def _told(article: Article, sentence: Sentence) -> Iterator[_Shown]:
    at = article.sentences.index(sentence)
    own = bundled_parser().parse([_text(article, sentence)])[0]
    who, bold = speaker(own)
    yield _Shown(article, sentence, "evidence", bold)
    if who < 0 and _QUOTED.search(_text(article, sentence)):  # the words may go on
        for beside in (at + 1, at - 1):
            if 0 <= beside < len(article.sentences):
                other = article.sentences[beside]
                parsed = bundled_parser().parse([_text(article, other)])[0]
                who, bold = speaker(parsed)
                if who >= 0:
                    yield _Shown(article, other, "context", bold)
                    at, own = beside, parsed
                    break
    if who >= 0 and own.words[who].tag == "PRP":
        yield from _pointed_to(article, at)


def _pointed_to(article: Article, at: int) -> Iterator[_Shown]:
    """The nearest sentence before the one numbered `at` that names somebody, and the name."""
    for before in reversed(article.sentences[max(0, at - _BACK) : at]):
        parse = bundled_parser().parse([_text(article, before)])[0]
        names = [(n.start, n.end) for n in parse.names if n.label in _PEOPLE]
        subjects = [w.start for w in parse.words if w.role in ("nsubj", "nsubjpass")]
        if names:
            subject = [n for n in names if any(n[0] <= start < n[1] for start in subjects)]
            yield _Shown(article, before, "context", tuple((subject or names)[:1]))
            return


def _text(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.start : sentence.end]
