"""Passages for a question: dense and lexical search, fused by rank."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock
from weakref import WeakKeyDictionary

import bm25s
import numpy as np

from qa.article import Article, Passage
from qa.search.candidate import Candidate
from qa.search.index import Index
from qa.text.words import stems

RRF_K = 60  # Cormack, Clarke and Büttcher 2009
POOL = 50  # passages that each of the two searches hands to the fusion
logging.getLogger("bm25s").setLevel(logging.WARNING)  # it logs each index at DEBUG by itself
_stemmed: "WeakKeyDictionary[Article, list[list[str]]]" = WeakKeyDictionary()  # the slow part
_KEPT = 8  # BM25 indexes kept: one for each set of articles lately asked


class LexicalIndex:
    """BM25 over the passages of some articles, titles included (bm25s, its default k1 and b)."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.passages = [p for article in articles for p in article.passages]
        corpus = [passage for article in articles for passage in _stems_of(article)]
        self._bm25 = bm25s.BM25()
        self._empty = not any(corpus)  # bm25s raises over no words at all
        if not self._empty:
            self._bm25.index(corpus, show_progress=False)

    def nearest(self, question: str, k: int) -> list[Passage]:
        """At most k passages that share a word with the question, best first."""
        query = stems(question)
        if self._empty or not query:
            return []
        scores = self._bm25.get_scores(query)
        order = np.argsort(-scores, kind="stable")[:k]
        return [self.passages[i] for i in order if scores[i] > 0]


class Retriever:
    """The `k` passages that dense and BM25 search rank highest, by reciprocal rank fusion."""

    def __init__(self, index: Index, k: int = 8) -> None:
        self._index = index
        self._k = k
        self._lexical: OrderedDict[tuple[str, ...], LexicalIndex] = OrderedDict()
        self._lock = Lock()

    def search(
        self, question: str, articles: Sequence[Article], owner: str | None = None
    ) -> list[Candidate]:
        """The passages of these articles, best first; `owner` sees those that they added, too."""
        by_id = {article.id: article for article in articles}
        lexical = self._lexical_index(articles)
        similarities = self._index.nearest(question, articles, owner, POOL)
        dense_ranks = _ranks(similarities)
        lexical_ranks = _ranks((p.article_id, p.start) for p in lexical.nearest(question, POOL))
        passages = {(p.article_id, p.start): p for p in lexical.passages}
        scores = {
            place: sum(1 / (RRF_K + r[place]) for r in (dense_ranks, lexical_ranks) if place in r)
            for place in passages.keys() & (dense_ranks.keys() | lexical_ranks.keys())
        }
        best = sorted(scores, key=lambda place: (-scores[place], place))[: self._k]
        return [
            Candidate(
                by_id[place[0]],
                passages[place],
                scores[place],
                similarities.get(place, 0.0),
                dense_ranks.get(place),
                lexical_ranks.get(place),
            )
            for place in best
        ]

    def _lexical_index(self, articles: Sequence[Article]) -> LexicalIndex:
        # Over what this question sees alone, so no visitor's article moves another's ranks.
        key = tuple(article.revision for article in articles)
        with self._lock:
            found = self._lexical.pop(key, None) or LexicalIndex(articles)
            self._lexical[key] = found
            if len(self._lexical) > _KEPT:
                self._lexical.popitem(last=False)
            return found


def _stems_of(article: Article) -> list[list[str]]:
    """Of each passage, its title's before its own."""
    found = _stemmed.get(article)
    if found is None:
        title = stems(article.title)
        found = _stemmed[article] = [title + stems(p.text) for p in article.passages]
    return found


def _ranks(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    return {place: rank for rank, place in enumerate(places, 1)}
