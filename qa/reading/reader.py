"""The reader: question + sentences -> evidence scores, exact span, is it answerable."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.article import Article, Sentence
from qa.reading.calibration import (
    evidence_features,
    member_features,
    probability,
    question_features,
    verdicts,
)
from qa.reading.onnx_model import ANSWERABLE, SHORT, UNCLEAR, YES, Model, Stage, bundled
from qa.reading.windows import NOTHING, Finding, Part, filled, findings, parts_of, window_of
from qa.search.candidate import Candidate

Floats = NDArray[np.float64]
DECIMALS = 4  # of the confidence; two processes were seen to differ in the eighth


@dataclass(frozen=True)
class Evidence:
    """A sentence with the probability, 0 to 1, that it answers the question.

    `member` is the probability that a full answer shows it. `exact` is its best span, in
    characters of the article's text, and `span` the logit that this is the answer over no answer
    at all; `sure` is the logarithm of the span's probability among all, and `rival` the logit of
    the best span beside it.
    """

    article: Article
    sentence: Sentence
    score: float
    exact: tuple[int, int] | None = None
    member: float = 0.0
    span: float = -np.inf
    sure: float = -np.inf
    rival: float = -np.inf

    @property
    def text(self) -> str:
        """The sentence to the letter."""
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True)
class Reading:
    """Every candidate sentence, best first, and the probability that there is an answer.

    `verdict` are the probabilities of yes, no and unclear, should it be a yes/no question; `short`
    is the logit that a few words answer it; `stage` is the reader's last that was asked.
    """

    evidence: tuple[Evidence, ...]
    answerable: float
    verdict: tuple[float, float, float] = (0.0, 0.0, 1.0)
    short: float = 0.0
    stage: Stage = "first"


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
class Signals:
    """What is known of the candidates' sentences before it is fused; one row a sentence."""

    places: tuple[tuple[Article, Sentence], ...]
    best: tuple[Finding, ...]
    features: Floats
    members: Floats  # logits
    whole: Floats  # of the window with the highest logit that it answers
    similarity: float  # the highest cosine of a passage

    @property
    def texts(self) -> list[str]:
        """The sentences to the letter."""
        return [article.text[s.start : s.end] for article, s in self.places]


class BundledReader:
    """The small model that comes with the project, fused with what the search knows.

    Its card is `qa/weights/MODEL_CARD.md`. A question's passages are read together and with no
    other question's; those that follow each other in an article stand in one window.
    """

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or bundled()

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """Score every sentence of the candidates. Raises `WeightsError`."""
        signals = self.note(question, candidates, before)
        return self.reading(question, signals) if signals else Reading((), 0.0)

    def reading(self, question: str, signals: Signals) -> Reading:
        """What these signals come to."""
        fitted = self.model.fitted
        scores = probability(signals.features, fitted["evidence"])
        row = question_row(question, signals, scores)
        answerable = round(float(probability(row, fitted["answerable"])[0]), DECIMALS)
        members = probability(member_rows(signals, scores, answerable), fitted["member"])
        order = sorted(
            range(len(scores)),
            key=lambda i: (-scores[i], signals.places[i][0].id, signals.places[i][1].start),
        )
        return Reading(
            tuple(
                Evidence(
                    *signals.places[i],
                    float(scores[i]),
                    signals.best[i].exact,
                    float(members[i]),
                    signals.best[i].span,
                    signals.best[i].sure,
                    signals.best[i].rival,
                )
                for i in order
            ),
            answerable,
            verdicts(signals.whole[YES : UNCLEAR + 1], fitted["verdict"]),
            float(signals.whole[SHORT]),
        )

    def note(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Signals | None:
        """What the model and the search say of each sentence; None if there is no sentence."""
        scores = {
            (c.article.id, s.start): (c.article, s, c.score)
            for c in candidates
            for s in c.sentences
        }
        places = sorted(scores)
        if not places:
            return None
        asked = "\n".join([*before, question])
        shown = [
            (head, parts)
            for run in _runs(candidates)
            for head in [self.model.tokenizer.head(asked, run[0].title)]
            for parts in self._filled(head, *run)
        ]
        windows = [window_of(self.model.tokenizer, head, parts) for head, parts in shown]
        said = self.model.read(windows)
        found: dict[tuple[str, int], list[Finding]] = {place: [] for place in places}
        for window, (_, parts), one in zip(windows, shown, said, strict=True):
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
        return Signals(
            tuple(scores[place][:2] for place in places),
            tuple(best),
            features,
            np.array([f.member for f in best]),
            max((one.whole.astype(float) for one in said), key=lambda whole: whole[ANSWERABLE]),
            max(c.similarity for c in candidates),
        )

    def _filled(
        self, head: Sequence[int], article: Article, first: int, last: int
    ) -> list[list[Part]]:
        """Sentences `first` to `last` as windows, the first with the sentence before it."""
        start = max(0, first - 1)
        sentences = article.sentences[start:last]
        texts = [article.text[s.start : s.end] for s in sentences]
        parts = [
            parts_of(article, s, tokens)
            for s, tokens in zip(sentences, self.model.tokenizer.tokens(texts), strict=True)
        ]
        before = parts[0][-1] if first > start else None
        return filled(head, before, list(chain.from_iterable(parts[first - start :])))


def question_row(question: str, signals: Signals, scores: Floats) -> Floats:
    """One row of `qa.reading.calibration.QUESTION`; `scores` are the sentences' probabilities."""
    return question_features(
        question,
        signals.texts,
        signals.features,
        scores,
        float(signals.whole[ANSWERABLE]),
        signals.similarity,
    )


def member_rows(signals: Signals, scores: Floats, answerable: float) -> Floats:
    """Rows of `qa.reading.calibration.MEMBER`; `answerable` is the probability of an answer."""
    return member_features(signals.members, scores, answerable)


def _runs(candidates: Sequence[Candidate]) -> Iterator[tuple[Article, int, int]]:
    """Sentences that follow each other in an article, `first` to before `last`, by number."""
    passages = sorted(
        {(c.article.id, c.passage.start): c for c in candidates if c.sentences}.items(),
        key=lambda item: item[0],
    )
    run: tuple[Article, int, int] | None = None
    for _, candidate in passages:
        article = candidate.article
        first = bisect_left(article.sentences, candidate.passage.start, key=lambda s: s.start)
        last = first + len(candidate.sentences)
        if run and run[0] == article and run[2] == first:
            run = (article, run[1], last)
            continue
        if run:
            yield run
        run = (article, first, last)
    if run:
        yield run
