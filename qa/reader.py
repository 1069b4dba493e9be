"""The reader: question + sentences -> evidence scores, exact span, is it answerable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.article import Article, Passage, Sentence
from qa.encoding import Tokens
from qa.fusion import evidence_features, probability, question_features
from qa.model import Model
from qa.spans import (
    CONTEXT,
    NOTHING,
    PIECE,
    Finding,
    Part,
    answerable,
    findings,
    parts_of,
    window_of,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A retrieved passage, the article it is from and the score by which it was retrieved."""

    article: Article
    passage: Passage
    score: float = 0.0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The whole sentences of the passage."""
        return tuple(
            s
            for s in self.article.sentences
            if self.passage.start <= s.start and s.end <= self.passage.end
        )


@dataclass(frozen=True)
class Evidence:
    """A sentence with the probability, 0 to 1, that it answers the question.

    `exact` is the short answer's place in characters of the article's text, where one is found.
    """

    article: Article
    sentence: Sentence
    score: float
    exact: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The sentence to the letter."""
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True)
class Reading:
    """Every candidate sentence, best first, and the probability that there is an answer."""

    evidence: tuple[Evidence, ...]
    answerable: float


class Reader(Protocol):
    """What finds the evidence for a question among retrieved passages."""

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """Score every sentence of the candidates; the same input gives the same reading.

        `before` is what was said before the question: the last question and its answer.
        """
        ...


@dataclass(frozen=True)
class Noted:
    """What is known of the candidates' sentences before it is fused; one row a sentence."""

    places: tuple[tuple[Article, Sentence], ...]
    exact: tuple[tuple[int, int] | None, ...]
    features: Floats
    answerable: float  # the highest logit of a window

    @property
    def texts(self) -> list[str]:
        """The sentences to the letter."""
        return [article.text[s.start : s.end] for article, s in self.places]


class BundledReader:
    """The small model that comes with the project, fused with what the search knows.

    Its card is `qa/weights/MODEL_CARD.md`. A question's passages are read together and with no
    other question's, each with the sentence before it.
    """

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or Model()

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """Score every sentence of the candidates. Raises `WeightsError`."""
        noted = self.note(question, candidates, before)
        if noted is None:
            return Reading((), 0.0)
        fitted = self._model.manifest
        scores = probability(noted.features, fitted["evidence"])
        row = question_features(question, noted.texts, noted.features, scores, noted.answerable)
        order = sorted(
            range(len(scores)),
            key=lambda i: (-scores[i], noted.places[i][0].id, noted.places[i][1].start),
        )
        return Reading(
            tuple(Evidence(*noted.places[i], float(scores[i]), noted.exact[i]) for i in order),
            float(probability(row, fitted["answerable"])[0]),
        )

    def note(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Noted | None:
        """What the model and the search say of each sentence; None if there is no sentence."""
        scores = {
            (c.article.id, s.start): (c.article, s, c.score)
            for c in candidates
            for s in c.sentences
        }
        places = sorted(scores)
        if not places:
            return None
        encoding = self._model.encoding
        asked = encoding.question("\n".join([*before, question]))
        shown = list(self._shown(candidates))
        windows = [window_of(encoding, asked, parts) for parts in shown]
        said = self._model.read(windows)
        found: dict[tuple[str, int], list[Finding]] = {place: [] for place in places}
        for window, parts, one in zip(windows, shown, said, strict=True):
            for part, finding in zip(parts, findings(window, parts, one), strict=True):
                place = part.article.id, part.sentence.start
                if finding is not None and place in found:
                    found[place].append(finding)
        best = [max(found[place] or [NOTHING], key=lambda f: f.evidence) for place in places]
        features = evidence_features(
            question,
            [scores[p][0].text[scores[p][1].start : scores[p][1].end] for p in places],
            [f.evidence for f in best],
            [max([f.span for f in found[place]] or [NOTHING.span]) for place in places],
            [scores[place][2] for place in places],
        )
        return Noted(
            tuple(scores[place][:2] for place in places),
            tuple(f.exact for f in best),
            features,
            max(answerable(one) for one in said),
        )

    def _shown(self, candidates: Sequence[Candidate]) -> Iterable[list[Part]]:
        """What is read together: the sentence before a passage and the passage's, or as fit."""
        for candidate in candidates:
            article, sentences = candidate.article, candidate.sentences
            at = article.sentences.index(sentences[0]) if sentences else 0
            before = article.sentences[max(0, at - 1) : at]
            texts = [article.text[s.start : s.end] for s in (*before, *sentences)]
            tokens = self._model.encoding.tokens(texts)
            context = [
                _end(article, s, t) for s, t in zip(before, tokens[: len(before)], strict=True)
            ]
            pairs = zip(sentences, tokens[len(before) :], strict=True)
            parts = chain.from_iterable(parts_of(article, s, t) for s, t in pairs)
            yield from _filled(context, parts)


def _end(article: Article, sentence: Sentence, tokens: Tokens) -> Part:
    count = len(tokens.ids)
    return Part(article, sentence, tokens, max(0, count - CONTEXT), count)


def _filled(context: Sequence[Part], parts: Iterable[Part]) -> Iterable[list[Part]]:
    row, room = list(context), PIECE
    for part in parts:
        size = part.last - part.first
        if size > room and len(row) > len(context):
            yield row
            row, room = list(context), PIECE
        row.append(part)
        room -= size
    if len(row) > len(context):
        yield row
