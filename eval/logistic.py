"""The project's first reader, kept to tell what the bundled model gains over simple means."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from eval.expected import expected, find_number_or_date
from qa.article import Article, Sentence
from qa.reading.reader import Evidence, Reading
from qa.search.candidate import Candidate
from qa.text.words import is_number, names, numbers, stems

Matrix = NDArray[np.float64]
_KEPT = 2000  # passages whose sentence vectors are kept, about 12 MB


class LogisticReader:
    """A first reader: similarity and shared words through two small logistic models.

    One scores each sentence, one says from the best sentence whether there is an answer at all. A
    question nearer to no sentence than `ON_TOPIC` (cosine; 99% of the answerable ones are nearer)
    is answerable in the share `OFF_TOPIC` of cases at most.
    Fitted on the train splits of SQuAD 2.0's development set and of invented news by
    `python -m eval.logistic_fit --data DIR`, which prints the coefficients below.
    """

    EVIDENCE = np.array(
        [-1.625, 2.069, 10.841, -0.928, 2.306, -0.356, 0.144, 1.311, 0.18, -0.096, 4.646]
    )
    ANSWERABLE = np.array(
        [-1.852, 0.221, 5.443, -1.019, 0.442, -0.324, -0.118, -1.958, 2.173, -0.659]
    )
    ON_TOPIC, OFF_TOPIC = 0.209, 0.049

    def __init__(self, embedder: Embeddings) -> None:
        self._embedder = embedder
        self._vectors = lru_cache(_KEPT)(self._embed)

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """Score every sentence of the candidates."""
        question = " ".join([*before[:1], question])
        found = [(c.article, s) for c in candidates for s in c.sentences]
        if not found:
            return Reading((), 0.0)
        texts = [article.text[s.start : s.end] for article, s in found]
        titles = [article.title for article, _ in found]
        asked = np.array(self._embedder.embed_query(question))
        vectors = np.vstack([self._vectors(c) for c in candidates])
        features = sentence_features(question, texts, titles, vectors @ asked)
        scores = _logistic(features, self.EVIDENCE)
        row = question_features(question, features, scores, texts)
        answerable = float(_logistic(row, self.ANSWERABLE)[0])
        if features[:, 1].max() < self.ON_TOPIC:
            answerable = min(answerable, self.OFF_TOPIC)
        evidence = [
            Evidence(article, sentence, float(score), _exact(question, article, sentence))
            for (article, sentence), score in zip(found, scores, strict=True)
        ]
        evidence.sort(key=lambda e: (-e.score, e.article.id, e.sentence.start))
        return Reading(tuple(evidence), answerable)

    def _embed(self, candidate: Candidate) -> Matrix:
        # A passage's sentences are a batch of their own: the same vectors whatever else is asked.
        text = candidate.article.text
        return np.array(
            self._embedder.embed_documents([text[s.start : s.end] for s in candidate.sentences])
        )


def sentence_features(
    question: str, texts: Sequence[str], titles: Sequence[str], similarity: Matrix
) -> Matrix:
    """What each sentence has in common with the question: one row a sentence, a constant first.

    `similarity` is the cosine of each sentence to the question.
    """
    asked = list(dict.fromkeys(stems(question)))
    own = [set(stems(text)) for text in texts]
    weight = _idf(asked, own)
    total = sum(weight.values()) or 1.0
    wanted = {w for w in names(question) | numbers(question) if w in weight} or None
    kind = expected(question)
    rows = []
    for i, text in enumerate(texts):
        around = own[i] | set(stems(titles[i]))
        for j in (i - 1, i + 1):
            if 0 <= j < len(texts):
                around |= own[j]
        rows.append(
            [
                1.0,
                similarity[i],
                similarity[i] - similarity.max(),
                sum(weight[w] for w in asked if w in own[i]) / total,
                sum(weight[w] for w in asked if w in around) / total,
                len(wanted & own[i]) / len(wanted) if wanted else 0.5,
                float(wanted is None),
                _has_expected(kind, question, text),
                float(kind is None),
                math.log(len(text)),
            ]
        )
    matrix = np.array(rows)
    overlap = matrix[:, 3:4]
    return np.hstack([matrix, overlap - overlap.max()])


def question_features(
    question: str, features: Matrix, scores: Matrix, texts: Sequence[str]
) -> Matrix:
    """What the best sentence says of whether there is an answer: one row, a constant first."""
    best = int(scores.argmax())
    seen = {w for text in texts for w in stems(text)}
    wanted = names(question) | numbers(question)
    asked = set(stems(question))
    return np.array(
        [
            [
                1.0,
                math.log(scores[best] / (1 - scores[best])),
                features[:, 1].max(),
                features[best, 3],
                features[best, 4],
                features[best, 5],
                features[best, 7],
                len(wanted - seen) / len(wanted) if wanted else 0.0,
                len(asked - seen) / len(asked) if asked else 1.0,
                math.log1p(len(asked)),
            ]
        ]
    )


def _has_expected(kind: str | None, question: str, text: str) -> float:
    if kind is None:
        return 0.5
    asked = set(stems(question))
    if kind == "name":
        return float(bool(names(text) - asked))
    if kind == "number":
        return float(bool(numbers(text) - asked))
    return float(
        find_number_or_date(question, text) is not None
        or any(is_number(w) for w in set(stems(text)) - asked)
    )


def _idf(asked: Sequence[str], sentences: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(w for sentence in sentences for w in sentence)
    return {w: math.log(1 + len(sentences) / (1 + counts[w])) for w in asked}


def _logistic(features: Matrix, coefficients: Matrix) -> Matrix:
    result: Matrix = 1 / (1 + np.exp(-(features @ coefficients)))
    return result


def _exact(question: str, article: Article, sentence: Sentence) -> tuple[int, int] | None:
    found = find_number_or_date(question, article.text[sentence.start : sentence.end])
    return (sentence.start + found[0], sentence.start + found[1]) if found else None
