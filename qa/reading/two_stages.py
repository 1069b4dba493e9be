"""The reader in two stages: the small model reads all, the larger one what that leaves open."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.reading.calibration import MOST, Floats, as_logit, probability, verdicts
from qa.reading.onnx_model import ANSWERABLE, SHORT, UNCLEAR, YES, Model, bundled
from qa.reading.reader import DECIMALS, BundledReader, Evidence, Reading, Signals
from qa.search.candidate import Candidate

ROOM = 384  # word pieces of the passages that the second stage reads
SURE = 0.85  # probability of an answer from which a short one needs no second stage
HOPELESS = 0.1  # probability of an answer up to which the second stage has never found one
SECOND_EVIDENCE = ("constant", "first", "unread", "evidence", "span", "behind")
SECOND_QUESTION = ("constant", "first", "answerable", "evidence", "span")
SECOND_MEMBER = ("constant", "first", "unread", "member", "behind", "evidence")


class TwoStageReader:
    """The bundled reader. The card of its models is `qa/weights/MODEL_CARD.md`.

    The second stage reads the passages in which the first found most, unless that is sure. What
    the first said of a sentence still counts then.
    """

    def __init__(
        self, first: BundledReader | None = None, second: BundledReader | None = None
    ) -> None:
        self._first = first or BundledReader()
        self._second = second or BundledReader(bundled("second"))

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """Score every sentence of the candidates. Raises `WeightsError`."""
        found = self._first.read(question, candidates, before)
        if not found.evidence or is_sure(found):
            return found
        signals = self._second.note(question, self.nearest(found, candidates), before)
        return second_reading(found, signals, self._second.model) if signals else found

    def nearest(self, found: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The passages of the best sentences, best first, with at most `ROOM` word pieces.

        The best one always: where it is longer, it is read in several windows.
        """
        scores = {_place(e): e.score for e in found.evidence}
        ranked = sorted(
            (c for c in candidates if c.sentences),
            key=lambda c: -max(scores[c.article.id, s.start] for s in c.sentences),
        )
        texts = [c.article.text[c.passage.start : c.passage.end] for c in ranked]
        sizes = [len(tokens.ids) for tokens in self._second.model.tokenizer.tokens(texts)]
        fitting = int(np.searchsorted(np.cumsum(sizes), ROOM, side="right"))
        return ranked[: max(1, fitting)]


def is_sure(found: Reading) -> bool:
    """Whether the first stage leaves nothing open: a short answer beyond doubt, or none at all."""
    told = found.short >= 0 and found.answerable >= SURE and found.evidence[0].score >= SURE
    return told or found.answerable <= HOPELESS


def second_reading(found: Reading, signals: Signals, model: Model) -> Reading:
    """What both stages say together, from the first one's reading and the second one's signals."""
    fitted = model.fitted
    scores = probability(evidence_rows(found, signals), fitted["evidence"])
    asked = question_row(found, signals, scores)
    answerable = round(float(probability(asked, fitted["answerable"])[0]), DECIMALS)
    members = probability(member_rows(found, signals, scores), fitted["member"])
    again = {(a.id, s.start): f for (a, s), f in zip(signals.places, signals.best, strict=True)}
    read = []
    for e, score, member in zip(found.evidence, scores.tolist(), members.tolist(), strict=True):
        seen = replace(e, score=score, member=member)
        if f := again.get(_place(e)):
            seen = replace(seen, exact=f.exact, span=f.span, sure=f.sure, rival=f.rival)
        read.append(seen)
    return Reading(
        tuple(sorted(read, key=lambda e: (-e.score, *_place(e)))),
        answerable,
        verdicts(signals.whole[YES : UNCLEAR + 1], fitted["verdict"]),
        float(signals.whole[SHORT]),
        "second",
    )


def evidence_rows(found: Reading, signals: Signals) -> Floats:
    """A row for each sentence of the reading, columns as in `SECOND_EVIDENCE`."""
    evidence, span = _said(found, signals, "evidence"), _said(found, signals, "span")
    return _rows([e.score for e in found.evidence], evidence, span, evidence - np.nanmax(evidence))


def member_rows(found: Reading, signals: Signals, scores: Floats) -> Floats:
    """A row for each sentence, columns as in `SECOND_MEMBER`; `scores` are its probabilities."""
    member = _said(found, signals, "member")
    behind = member - np.nanmax(member)
    return _rows([e.member for e in found.evidence], member, behind, as_logit(scores))


def question_row(found: Reading, signals: Signals, scores: Floats) -> Floats:
    """One row, columns as in `SECOND_QUESTION`."""
    answerable = float(np.clip(signals.whole[ANSWERABLE], -MOST, MOST))
    span = float(np.nanmax(_said(found, signals, "span")))
    return np.array([[1.0, as_logit(found.answerable), answerable, as_logit(scores.max()), span]])


def _said(found: Reading, signals: Signals, name: str) -> Floats:
    """What the second stage says of each sentence of a reading; NaN of those it did not read."""
    said = {
        (article.id, sentence.start): getattr(finding, name)
        for (article, sentence), finding in zip(signals.places, signals.best, strict=True)
    }
    logits = np.array([said.get(_place(e), np.nan) for e in found.evidence])
    clipped: Floats = np.clip(logits, -MOST, MOST)
    return clipped


def _rows(first: Sequence[float], *second: Floats) -> Floats:
    unread = np.isnan(second[0])
    columns = [as_logit(np.array(first)), unread, *(np.where(unread, 0, s) for s in second)]
    return np.column_stack([np.ones(len(first)), *columns])


def _place(evidence: Evidence) -> tuple[str, int]:
    return evidence.article.id, evidence.sentence.start
