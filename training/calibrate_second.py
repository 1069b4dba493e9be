"""Calibrate the second stage: what it says, with what the first one found, -> probabilities.

On the held-out questions and claims that the first stage is calibrated on. The threshold is then
chosen anew, for both stages together.

`python -m training.calibrate_second --data DIR` writes the figures to the weights' manifest.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qa.reading.calibration import probability
from qa.reading.onnx_model import WEIGHTS, Model
from qa.reading.reader import BundledReader, Reading, Signals
from qa.reading.two_stages import (
    SECOND_EVIDENCE,
    SECOND_MEMBER,
    SECOND_QUESTION,
    TwoStageReader,
    evidence_rows,
    is_sure,
    member_rows,
    question_row,
)
from training.calibrate import (
    NEWS,
    WEIGHT,
    Case,
    fitted_verdicts,
    hashes,
    read_cases,
    report,
    rounded,
    write_manifest,
)
from training.calibrate_claims import fitted_claims
from training.calibrate_mark import fitted_mark
from training.calibrate_mark import read_cases as read_mark_cases
from training.fitting import Flags, Floats, choose_threshold, fit


@dataclass(frozen=True)
class Again:
    """A case with what the first stage made of it, and the second one's signals."""

    case: Case
    found: Reading
    signals: Signals

    def labels(self, of: Flags) -> Flags:
        """These labels of the case in the order of the reading's sentences."""
        by_place = {
            (article.id, sentence.start): bool(label)
            for (article, sentence), label in zip(self.case.signals.places, of, strict=True)
        }
        return np.array([by_place[e.article.id, e.sentence.start] for e in self.found.evidence])


def calibrate_second(data: Path, folder: Path) -> None:
    """Fit the second stage of a folder on the held-out questions and claims; write its manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["sha256"] = hashes(folder)
    write_manifest(folder, manifest)
    first, second = BundledReader(Model(folder)), Model(folder, "second")
    cases = read_again(read_cases(data, first.model), first, BundledReader(second))
    found = fitted_second(cases)
    manifest |= {"threshold": found.pop("threshold"), "second": found}
    found["claims"] = fitted_claims(data, second)
    write_manifest(folder, manifest)
    reader = TwoStageReader(first, BundledReader(Model(folder, "second")))
    marks = [c for c in read_mark_cases(data, reader) if c.reading.stage == "second"]
    found["mark"] = fitted_mark(marks, manifest["threshold"])
    write_manifest(folder, manifest)


def read_again(cases: Sequence[Case], first: BundledReader, second: BundledReader) -> list[Again]:
    """What both stages make of each case; a second or two each."""
    reader, again = TwoStageReader(first, second), []
    for number, case in enumerate(cases):
        print(f"\rread again: {number + 1} of {len(cases)}", end="", file=sys.stderr, flush=True)
        found = first.reading(case.question, case.signals)
        near = reader.nearest(found, case.candidates)
        signals = second.note(case.question, near, case.before)
        if signals:
            again.append(Again(case, found, signals))
    print(file=sys.stderr)
    return again


def fitted_second(again: Sequence[Again]) -> dict[str, Any]:
    """The coefficients by feature, and the threshold of both stages; prints how well they do."""
    told = [a for a in again if a.case.found]
    weights = np.concatenate([np.full(len(a.found.evidence), WEIGHT[a.case.set]) for a in told])
    evidence = rounded(
        SECOND_EVIDENCE,
        fit(
            np.vstack([evidence_rows(a.found, a.signals) for a in told]),
            np.concatenate([a.labels(a.case.gold) for a in told]),
            weights,
        ),
    )
    scores = [probability(evidence_rows(a.found, a.signals), evidence) for a in again]
    asked = np.vstack(
        [question_row(a.found, a.signals, s) for a, s in zip(again, scores, strict=True)]
    )
    labels = np.array([a.case.answerable for a in again])
    weights = np.array([WEIGHT[a.case.set] for a in again])
    question = rounded(SECOND_QUESTION, fit(asked, labels, weights))
    confidence = probability(asked, question)
    sure = np.array([is_sure(a.found) for a in again])
    confidence[sure] = [a.found.answerable for a in again if is_sure(a.found)]
    news = np.array([a.case.set in NEWS for a in again])
    threshold = choose_threshold(confidence[news], labels[news])
    print(f"{sure.mean():.3f} of the questions need no second stage")
    _report(again, scores, confidence, threshold)
    return {
        "threshold": round(threshold, 3),
        "evidence": evidence,
        "answerable": question,
        "member": _fitted_members(again, scores),
        "verdict": fitted_verdicts([(a.signals, a.case.verdict) for a in again]),
    }


def _report(
    again: Sequence[Again], scores: Sequence[Floats], confidence: Floats, threshold: float
) -> None:
    places = [
        {(e.article.id, e.sentence.start): s for e, s in zip(a.found.evidence, own, strict=True)}
        for a, own in zip(again, scores, strict=True)
    ]
    in_order = [
        np.array([place[article.id, sentence.start] for article, sentence in a.case.signals.places])
        for a, place in zip(again, places, strict=True)
    ]
    report([a.case for a in again], in_order, confidence, threshold)


def _fitted_members(again: Sequence[Again], scores: Sequence[Floats]) -> dict[str, float]:
    mine = [i for i, a in enumerate(again) if a.case.set in NEWS and a.case.found]
    rows = np.vstack([member_rows(again[i].found, again[i].signals, scores[i]) for i in mine])
    labels = np.concatenate(
        [again[i].labels(again[i].case.gold | again[i].case.shown) for i in mine]
    )
    found = rounded(SECOND_MEMBER, fit(rows, labels))
    shown = probability(rows, found) >= 0.5
    print(
        f"members: precision {np.mean(labels[shown]):.3f}, recall {np.mean(shown[labels]):.3f} "
        "of the sentences from one half"
    )
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the folder of the models")
    args = parser.parse_args()
    calibrate_second(args.data, args.weights)


if __name__ == "__main__":
    main()
