"""Where a sentence stands in its article, in words, and what stands beside it."""

import re
from collections.abc import Sequence

from qa.article import Article, Sentence
from qa.compose.base import Numbering
from qa.reading.reader import Evidence
from qa.statement import Statement

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


def in_context(evidence: Sequence[Evidence]) -> list[Statement]:
    """The sentences to the letter, each with the one before and the one after it."""
    numbering = Numbering()
    meant = {(e.article.id, e.sentence.start) for e in evidence}
    beside = {
        (e.article.id, s.start): (e.article, s)
        for e in evidence
        for s in neighbours(e.article, e.sentence)
    }
    order = list(dict.fromkeys(e.article.id for e in evidence))
    return [
        Statement(
            article.text[sentence.start : sentence.end],
            (numbering.cite(article, sentence),),
            "evidence" if place in meant else "context",
        )
        for place, (article, sentence) in sorted(
            beside.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def neighbours(article: Article, sentence: Sentence) -> Sequence[Sentence]:
    """The sentence with those beside it."""
    at = article.sentences.index(sentence)
    return article.sentences[max(0, at - 1) : at + 2]


def place(evidence: Sequence[Evidence]) -> str:
    """Where sentences stand: `paragraph 2 and paragraph 5 of 7 of “Harbour”`."""
    articles = {e.article.id: e.article for e in evidence}
    return ", and ".join(
        f"{_paragraphs(article, [e for e in evidence if e.article.id == article.id])}"
        f" of “{' '.join(article.title.split())}”"
        for article in articles.values()
    )


def _paragraphs(article: Article, evidence: Sequence[Evidence]) -> str:
    starts = [m.end() for m in _BREAK.finditer(article.text.rstrip())]
    numbers = dict.fromkeys(1 + sum(s <= e.sentence.start for s in starts) for e in evidence)
    pages = dict.fromkeys(filter(None, (article.page(e.sentence.start) for e in evidence)))
    where = _listed("paragraph", list(numbers)) + f" of {len(starts) + 1}"
    return f"{_listed('page', list(pages))}, {where}," if pages else where


def _listed(noun: str, numbers: Sequence[int]) -> str:
    """`paragraph 2`, `paragraphs 2, 3 and 5`"""
    *first, last = map(str, numbers)
    return f"{noun}s {', '.join(first)} and {last}" if first else f"{noun} {last}"
