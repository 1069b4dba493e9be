"""What is compared: the product's reader and three simple ones, to show what it adds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import bm25s
import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from scipy.special import expit

from qa.reading.reader import BundledReader, Evidence, Reader, Reading
from qa.reading.two_stages import TwoStageReader
from qa.search.candidate import Candidate
from qa.search.retriever import RRF_K
from qa.settings import MEMORY, Settings
from qa.text.words import stems

Floats = NDArray[np.float64]
PRODUCT = "bundled"  # the reader that `qa` uses
FIRST_STAGE = "first stage"  # its small model alone
WRITTEN = "written"  # that reader with a language model that writes the answers
WHOLE_ARTICLE = 50  # passages: the whole of a news article, so no baseline loses by the retrieval
COSINE, BM25 = 0, 1  # columns of a baseline's scores
# Columns; a constant and a weight a column, and a threshold, by `training.calibrate_baselines`.
BASELINES = {
    "similarity": ((COSINE,), (-1.242, 3.818), 0.47),  # the usual tutorial chain
    "bm25": ((BM25,), (0.289, 0.043), 0.57),
    "fused": ((COSINE, BM25), (-1.454, 5.86, -2.642), 0.425),
}
_KEPT = 2000  # passages whose sentence vectors are kept, as in qa.reading.reader


class BaselineReader:
    """Cites the one sentence that ranks highest, by one score or by two fused.

    `columns` are the scores used, COSINE or BM25; two are fused by rank, as the retriever's.
    `weights` give the confidence: a constant, then one for the best value of each column.
    """

    def __init__(
        self, embedder: Embeddings, columns: Sequence[int], weights: Sequence[float]
    ) -> None:
        self._embedder = embedder
        self._columns = columns
        self._weights = np.array(weights)
        self._vectors = lru_cache(_KEPT)(self._embed)

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """Rank every sentence of the candidates."""
        found = [(c.article, s) for c in candidates for s in c.sentences]
        if not found:
            return Reading((), 0.0)
        scores = self.scores(" ".join([*before[:1], question]), candidates)
        # Reciprocal rank fusion of the columns; equal scores share the better rank.
        ranks = 1 + (scores[None, :, :] > scores[:, None, :]).sum(axis=1)
        order = np.argsort(-(1 / (RRF_K + ranks)).sum(axis=1), kind="stable")
        # A score of 0 keeps all but the best sentence from being cited beside it.
        evidence = tuple(
            Evidence(found[i][0], found[i][1], float(place == 0)) for place, i in enumerate(order)
        )
        confidence = expit(self._weights[0] + scores.max(axis=0) @ self._weights[1:])
        return Reading(evidence, float(confidence))

    def scores(self, question: str, candidates: Sequence[Candidate]) -> Floats:
        """One row a sentence, one column a score."""
        columns = {COSINE: self._cosine, BM25: _bm25}
        return np.column_stack([columns[c](question, candidates) for c in self._columns])

    def _cosine(self, question: str, candidates: Sequence[Candidate]) -> Floats:
        vectors = np.vstack([self._vectors(c) for c in candidates])
        similarity: Floats = vectors @ np.array(self._embedder.embed_query(question))
        return similarity

    def _embed(self, candidate: Candidate) -> Floats:
        return np.array(self._embedder.embed_documents(_texts(candidate)))


@dataclass(frozen=True)
class Configuration:
    """A reader with its settings; the user's apply where `threshold` or `top_k` is None."""

    name: str
    reader: Callable[[Embeddings], Reader]
    threshold: float | None = None
    top_k: int | None = None
    model: str = ""
    model_url: str = ""

    def settings(self) -> Settings:
        """The user's settings with these over them and an empty index in memory.

        No language model writes, unless it is what is compared.
        """
        own = {"threshold": self.threshold, "top_k": self.top_k}
        given = {name: value for name, value in own.items() if value is not None}
        return Settings(
            chroma=MEMORY, corpus=None, model=self.model, model_url=self.model_url, **given
        )


def _baseline(name: str) -> Configuration:
    columns, weights, threshold = BASELINES[name]
    return Configuration(
        name,
        lambda embedder: BaselineReader(embedder, columns, weights),
        threshold,
        WHOLE_ARTICLE,
    )


CONFIGURATIONS = {name: _baseline(name) for name in BASELINES} | {
    FIRST_STAGE: Configuration(FIRST_STAGE, lambda _embedder: BundledReader()),
    PRODUCT: Configuration(PRODUCT, lambda _embedder: bundled_reader()),
}


def bundled_reader(first: BundledReader | None = None) -> Reader:
    """The reader of `qa` under the user's settings, with or without the second stage."""
    first = first or BundledReader()
    settings = Settings(model_url="")  # which a suite may know the model of otherwise
    return TwoStageReader(first) if settings.second_stage else first


def _texts(candidate: Candidate) -> list[str]:
    return [candidate.article.text[s.start : s.end] for s in candidate.sentences]


def _bm25(question: str, candidates: Sequence[Candidate]) -> Floats:
    corpus = [stems(text) for candidate in candidates for text in _texts(candidate)]
    query = stems(question)
    if not query or not any(corpus):  # bm25s raises over no words at all
        return np.zeros(len(corpus))
    index = bm25s.BM25()
    index.index(corpus, show_progress=False)
    # By the question's words: the bare sum grows with the question, and as confidence it misleads.
    return np.array(index.get_scores(query), dtype=float) / len(query)
