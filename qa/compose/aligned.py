"""The sentences of several articles on one thing, set beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np
from langchain_core.embeddings import Embeddings

from qa.article import Article, Sentence
from qa.checking.agreement import Agreement, Spans, agreement, is_reworded
from qa.checking.verifier import Verifier
from qa.collection.profile import LEAD, profile
from qa.parsing.parser import bundled_parser

Relation = Literal["same", "differs", "only"]
Floats = np.ndarray[tuple[int, int], np.dtype[np.float64]]

MOST = 60  # sentences of an article that are compared
TOLD = 0.5  # cosine from which another article may say the same
EVENT = 0.5  # cosine of sentences of two leads, from which they may tell of one event
SHORT = 12  # characters of a sentence that says little


@dataclass(frozen=True)
class Told:
    """A sentence of an article; `marks` are the words that differ from another's."""

    article: Article
    sentence: Sentence
    marks: Spans = ()

    @property
    def text(self) -> str:
        """The sentence to the letter."""
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True)
class Point:
    """What articles say of one thing, a sentence of each; `fits`: all of it may be true."""

    relation: Relation
    told: tuple[Told, ...]
    fits: bool = False


@dataclass(frozen=True)
class _Pair:
    first: int
    second: int
    found: Agreement
    alike: float


def aligned(articles: Sequence[Article], embedder: Embeddings, verifier: Verifier) -> list[Point]:
    """What the articles say alike, otherwise and alone, in the order of their texts.

    Raises `WeightsError`.
    """
    told = [
        Told(a, s)
        for a in articles
        for s in a.without_corrections.sentences[:MOST]
        if s.end - s.start >= SHORT
    ]
    vectors = np.array(embedder.embed_documents([t.text for t in told]))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    alike = vectors @ vectors.T
    pairs = list(_pairs(told, alike, verifier))
    groups = _grouped(told, pairs)
    points = [_point(told, group, pairs) for group in groups]
    known = {n for group in groups for n in group}
    points += [
        Point("only", (told[n],))
        for n in range(len(told))
        if n not in known and not _is_elsewhere(n, told, alike, verifier)
    ]
    return points


def _pairs(told: Sequence[Told], alike: Floats, verifier: Verifier) -> Iterator[_Pair]:
    """How the sentences stand to each other that are nearest to each other."""
    places: dict[str, list[int]] = {}
    for n, one in enumerate(told):
        places.setdefault(one.article.id, []).append(n)

    def follows(claim: str, sentence: str) -> bool:
        return verifier.objection(claim, [sentence]) is None

    for mine, theirs in combinations(places.values(), 2):
        block = alike[np.ix_(mine, theirs)]
        if not _is_one_event([told[n] for n in mine], [told[n] for n in theirs], block):
            continue
        for i, j in zip(*np.nonzero(block), strict=True):
            cosine = block[i, j]
            is_best = cosine >= block[i].max(), cosine >= block[:, j].max()
            if not any(is_best):
                continue
            first, second = mine[i], theirs[j]
            found = agreement(told[first].text, told[second].text, float(cosine), follows)
            if found and (all(is_best) or found.amounts or found.relation == "same"):
                yield _Pair(first, second, found, float(cosine))


def _is_one_event(one: Sequence[Told], other: Sequence[Told], alike: Floats) -> bool:
    """Whether two articles name the same, or, where not both name a place, begin alike.

    Two without a name in common that have sentences in nearly the same words are a form, filled in
    for two towns, and would differ in all that it says of them.
    """
    mine, theirs = profile(one[0].article), profile(other[0].article)
    if mine.headline & theirs.names or theirs.headline & mine.names:
        return True
    if alike[:LEAD, :LEAD].max() < EVENT or all(_has_place(o[0].article) for o in (one, other)):
        return False
    nearest = zip(one, alike.argmax(axis=1), strict=True)
    return not any(is_reworded(told.text, other[n].text) for told, n in nearest)


def _has_place(article: Article) -> bool:
    """Whether the title or the lead names a place."""
    lead = [article.text[s.start : s.end] for s in article.sentences[:LEAD]]
    parses = bundled_parser().parse([article.title, *lead])
    return any(name.label in ("GPE", "LOC", "FAC") for parse in parses for name in parse.names)


def _grouped(told: Sequence[Told], pairs: Sequence[_Pair]) -> list[tuple[int, ...]]:
    """Sentences joined by pairs, the nearest first, one of each article."""
    group_of: dict[int, list[int]] = {}
    for pair in sorted(pairs, key=lambda p: -p.alike):
        a = group_of.get(pair.first, [pair.first])
        b = group_of.get(pair.second, [pair.second])
        joined = sorted({*a, *b})
        if len({told[n].article.id for n in joined}) == len(joined):
            group_of |= dict.fromkeys(joined, joined)
    return sorted({tuple(group) for group in group_of.values()})


def _point(told: Sequence[Told], group: Sequence[int], pairs: Sequence[_Pair]) -> Point:
    inside = [p for p in pairs if {p.first, p.second} <= set(group)]
    differing = [p for p in inside if p.found.relation == "differs"]
    if not differing:
        return Point("same", tuple(told[n] for n in group))
    marks: dict[int, Spans] = {}
    for pair in differing:
        marks[pair.first] = marks.get(pair.first) or pair.found.first
        marks[pair.second] = marks.get(pair.second) or pair.found.second
    return Point(
        "differs",
        tuple(replace(told[n], marks=marks.get(n, ())) for n in group),
        all(p.found.fits for p in differing),
    )


def _is_elsewhere(n: int, told: Sequence[Told], alike: Floats, verifier: Verifier) -> bool:
    """Whether another article says it, too, in a sentence or in several together."""
    near: dict[str, list[int]] = {}
    for other in np.argsort(-alike[n]):
        one = told[other]
        if one.article.id != told[n].article.id and alike[n, other] >= TOLD:
            near.setdefault(one.article.id, []).append(int(other))
    return any(
        verifier.supported(told[n].text, [told[o].text for o in others[:3]]) >= verifier.threshold
        for others in near.values()
    )
