"""Sentences of passages -> windows for the model, and what it says of them by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from qa.article import Article, Sentence
from qa.reading.onnx_model import END, MEMBER, POOL, START, VALUE, Logits
from qa.reading.tokenizer import MAX_WINDOW, Tokens, Window, WordPieceTokenizer

PIECE = 192  # word pieces of a sentence that are read at once; a longer one is read in parts
BESIDE = 64  # word pieces of one part that the next repeats
CONTEXT = 48  # word pieces of the sentence before a window's own that are read with them
SLACK = 48  # word pieces that a window may hold over its share, so that sentences fit
LONGEST_ANSWER = 48  # word pieces
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """A sentence, or word pieces `first` to `last` of a long one."""

    article: Article
    sentence: Sentence
    tokens: Tokens
    first: int
    last: int


@dataclass(frozen=True)
class Finding:
    """What the model says of a sentence: logits, and its best span in characters of the article.

    `evidence`: that the sentence answers; `member`: that it belongs to a full answer; `span`: that
    its best span does answer, over no answer at all; `rival`: the same of the best span that does
    not overlap that one; `sure`: the logarithm of the span's probability among all of the window.
    """

    evidence: float
    member: float
    span: float
    sure: float
    exact: tuple[int, int] | None
    rival: float = -np.inf


NOTHING = Finding(-np.inf, -np.inf, -np.inf, -np.inf, None)  # of a sentence of spaces alone


def parts_of(article: Article, sentence: Sentence, tokens: Tokens) -> list[Part]:
    """The sentence whole, or in overlapping parts of at most `PIECE` word pieces."""
    count = len(tokens.ids)
    firsts = range(0, max(1, count - BESIDE), PIECE - BESIDE)
    return [Part(article, sentence, tokens, i, min(i + PIECE, count)) for i in firsts]


def window_of(tokenizer: WordPieceTokenizer, head: Sequence[int], parts: Sequence[Part]) -> Window:
    """The model's input for some parts in a row."""
    return tokenizer.window(head, [p.tokens.ids[p.first : p.last] for p in parts])


def filled(head: Sequence[int], before: Part | None, parts: Sequence[Part]) -> list[list[Part]]:
    """Parts that follow each other as few windows of like size, each after the end of the last.

    `before` is the sentence before the first part.
    """
    room = MAX_WINDOW - len(head) - 1 - CONTEXT
    total = sum(p.last - p.first for p in parts)
    windows = max(1, ceil(total / room))  # at the least
    share = min(room, ceil(total / windows) + SLACK)
    rows: list[list[Part]] = []
    size = room + 1
    for part in parts:
        length = part.last - part.first
        if size + length > share:
            context = [_end(before)] if before else []
            rows.append(context)
            size = 0
        rows[-1].append(part)
        size += length
        before = part
    return rows


def _end(part: Part) -> Part:
    return replace(part, first=max(part.first, part.last - CONTEXT))


def findings(window: Window, parts: Sequence[Part], said: Logits) -> list[Finding | None]:
    """What the model says of each part; None for one of which the window holds nothing."""
    pieces = said.pieces.astype(float)
    null = pieces[0, START] + pieces[0, END]
    inside = (window.sentence >= 0) | (np.arange(len(pieces)) == 0)
    total = sum(np.logaddexp.reduce(pieces[inside, column]) for column in (START, END))
    found: list[Finding | None] = []
    for number, part in enumerate(parts):
        rows = np.flatnonzero(window.sentence == number)
        if len(rows) == 0:
            found.append(None)
            continue
        mine = pieces[rows]
        weight = np.exp(mine[:, POOL] - mine[:, POOL].max())
        evidence, member = (weight @ mine[:, [VALUE, MEMBER]] / weight.sum()).tolist()
        start, end, score, rival = _best_spans(mine[:, START], mine[:, END])
        offset = part.sentence.start
        places = part.tokens.places[part.first : part.last]
        exact = (offset + places[start][0], offset + places[end][1])
        logits = [float(logit) for logit in (score - null, score - total, rival - null)]
        found.append(Finding(evidence, member, logits[0], logits[1], exact, logits[2]))
    return found


def _best_spans(start: Floats, end: Floats) -> tuple[int, int, float, float]:
    """First and last piece of the best span, its score, and that of the best one beside it."""
    scores = start[:, None] + end[None, :]
    allowed = np.triu(np.ones_like(scores, dtype=bool)) & ~np.triu(
        np.ones_like(scores, dtype=bool), LONGEST_ANSWER
    )
    scores = np.where(allowed, scores, -np.inf)
    first, last = divmod(int(scores.argmax()), len(end))
    beside = np.concatenate([scores[:first, :first].ravel(), scores[last + 1 :].ravel()])
    return first, last, float(scores[first, last]), float(beside.max(initial=-np.inf))
