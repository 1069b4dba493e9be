"""A summary: the lead, then the most central sentences, with variety; LexRank over embeddings."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from langchain_core.embeddings import Embeddings

from qa.answer import Answer
from qa.article import Article, Sentence
from qa.compose.base import Kept, Parts, answered, quoted
from qa.compose.stages import Read
from qa.question.digest import LENGTH, MOST, digest
from qa.reading.reader import Evidence
from qa.statement import Role, Statement

ARTICLES = 12  # of which a summary of several tells what each is about, in a sentence
KEPT = 64  # articles whose summary is kept
_DAMPING = 0.85  # Erkan and Radev 2004, as PageRank
_MAX_SENTENCES = 400  # a longer article is summarised from its first ones, where news says most
_MIN_CHARACTERS = 40  # a heading or a caption is no summary
_LONG = 220  # characters of a sentence that tells much
# Chosen on 90 train articles of open-news, by what `python -m eval summaries` measures.
_TELLING = 2.0  # what such a sentence is worth, beside 1 for the most central one
_VARIETY = 0.6  # of a sentence's worth: what one of the same meaning loses


def compose(read: Read, parts: Parts) -> Answer:
    """Quote the lead and the most central sentences, as many as are wanted."""
    wish = digest(read.understood.scope.question)
    length = wish.length if wish else LENGTH
    evidence = [
        Evidence(article, sentence, 1.0)
        for article, sentences in summarise(read.articles, parts.embedder, length, parts.ranked)
        for sentence in sentences
    ]
    role: Role = "point" if wish and wish.as_points else "evidence"
    statements = [
        replace(s, role=role) if s.role == "evidence" else s for s in quoted(evidence, read=read)
    ]
    if len(read.articles) > ARTICLES:
        more = f"{len(read.articles) - ARTICLES:,} more articles are not summarised here"
        statements.append(Statement(f"{more}; name or choose the ones you want."))
    return answered(read, "answer", statements)


def summarise(
    articles: Sequence[Article],
    embedder: Embeddings,
    length: int = LENGTH,
    kept: Kept | None = None,
) -> list[tuple[Article, list[Sentence]]]:
    """The sentences of a summary, in the order of the text; of several articles, one of each."""
    length = length if len(articles) == 1 else 1
    return [(a, central(a, embedder, length, kept)) for a in articles[:ARTICLES]]


def central(
    article: Article, embedder: Embeddings, length: int, kept: Kept | None = None
) -> list[Sentence]:
    """The lead and central sentences unlike it, at most `length`, in the order of the text.

    Centrality is continuous LexRank (Erkan and Radev 2004) with embeddings in place of tf-idf.
    What was ranked is `kept` by the article's revision.
    """
    kept = OrderedDict() if kept is None else kept
    ranked = kept.pop(article.revision, None) or _ranked(article, embedder)
    kept[article.revision] = ranked
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return sorted(ranked[:length], key=lambda s: s.start)


def _ranked(article: Article, embedder: Embeddings) -> tuple[Sentence, ...]:
    """The sentences of the longest summary, the first of them those of a shorter one."""
    told = article.without_corrections.sentences
    sentences = [s for s in told if s.end - s.start >= _MIN_CHARACTERS]
    sentences = (sentences or list(told))[:_MAX_SENTENCES]
    vectors = np.array(embedder.embed_documents([article.text[s.start : s.end] for s in sentences]))
    similarity = np.clip(vectors @ vectors.T, 0, None)
    rank = _stationary(similarity)
    rank = (rank - rank.min()) / (np.ptp(rank) or 1)  # from 0 to 1, as the similarities are
    rank += _TELLING * np.array([min(s.end - s.start, _LONG) / _LONG for s in sentences])
    lead = next((i for i, s in enumerate(sentences) if _is_whole(article, s)), 0)
    chosen = [lead]  # news opens with what it is about
    while len(chosen) < min(MOST, len(sentences)):
        # as maximal marginal relevance (Carbonell and Goldstein 1998)
        worth = rank * (1 - _VARIETY * np.minimum(similarity[:, chosen].max(axis=1), 1))
        worth[chosen] = -np.inf
        chosen.append(int(worth.argmax()))
    return tuple(sentences[i] for i in chosen)


def _is_whole(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence ends as one; a headline above the text does not."""
    return article.text[sentence.start : sentence.end].rstrip("”\"’')")[-1:] in (".", "!", "?")


def _stationary(similarity: np.ndarray) -> np.ndarray:
    n = len(similarity)
    walk = similarity / similarity.sum(axis=1, keepdims=True)
    rank = np.full(n, 1 / n)
    for _ in range(100):
        rank = (1 - _DAMPING) / n + _DAMPING * (walk.T @ rank)
    return rank
