"""The most central sentences of an article: LexRank over sentence embeddings, with variety."""

from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from qa.answer import Answer
from qa.article import Article, Sentence
from qa.compose.base import Parts, answered, quoted
from qa.compose.stages import Read
from qa.reading.reader import Evidence

LENGTH = 4  # sentences of a summary
MOST = 12  # articles of which a summary of several tells what each is about, in a sentence
_DAMPING = 0.85  # Erkan and Radev 2004, as PageRank
_MAX_SENTENCES = 400  # a longer article is summarised from its first ones, where news says most
_MIN_CHARACTERS = 40  # a heading or a caption is no summary


def compose(read: Read, parts: Parts) -> Answer:
    """Quote the most central sentences."""
    evidence = [
        Evidence(article, sentence, 1.0)
        for article, sentences in summarise(read.articles, parts.embedder)
        for sentence in sentences
    ]
    return answered(read, "answer", quoted(evidence, read=read))


def summarise(
    articles: Sequence[Article], embedder: Embeddings
) -> list[tuple[Article, list[Sentence]]]:
    """The most central sentences, in the order of the text; of several articles, one of each."""
    length = LENGTH if len(articles) == 1 else 1
    return [(a, central(a, embedder, length)) for a in articles[:MOST]]


def central(article: Article, embedder: Embeddings, length: int) -> list[Sentence]:
    """At most `length` sentences, central and unlike each other, in the order of the text.

    Centrality is continuous LexRank (Erkan and Radev 2004) with embeddings in place of tf-idf.
    """
    told = article.without_corrections.sentences
    sentences = [s for s in told if s.end - s.start >= _MIN_CHARACTERS]
    sentences = (sentences or list(told))[:_MAX_SENTENCES]
    vectors = np.array(embedder.embed_documents([article.text[s.start : s.end] for s in sentences]))
    similarity = np.clip(vectors @ vectors.T, 0, None)
    rank = _stationary(similarity)
    rank = (rank - rank.min()) / (np.ptp(rank) or 1)  # from 0 to 1, as the similarities are
    chosen: list[int] = []
    while len(chosen) < min(length, len(sentences)):
        worth = rank.copy()
        if chosen:  # as maximal marginal relevance (Carbonell and Goldstein 1998), without a weight
            worth = rank * (1 - np.minimum(similarity[:, chosen].max(axis=1), 1))
            worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
    return [sentences[i] for i in sorted(chosen)]


def _stationary(similarity: np.ndarray) -> np.ndarray:
    n = len(similarity)
    walk = similarity / similarity.sum(axis=1, keepdims=True)
    rank = np.full(n, 1 / n)
    for _ in range(100):
        rank = (1 - _DAMPING) / n + _DAMPING * (walk.T @ rank)
    return rank
