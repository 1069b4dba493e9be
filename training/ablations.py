"""What each part of the fusion gains: `python -m training.ablations --data DIR`.

On the held-out train questions that the fusion is fitted on, in two halves by article order, each
judged by what the other half fits.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from qa.reading.calibration import EVIDENCE, QUESTION, probability
from qa.reading.onnx_model import WEIGHTS, Model
from training.calibrate import WEIGHT, Case, fit_evidence, question_rows, read_cases
from training.fitting import Floats, fit

WITHOUT = {
    "everything": (),
    "without the evidence logit": ("evidence", "behind"),
    "without the span logit": ("span",),
    "without shared words": ("overlap", "around"),
    "without the search's score": ("search",),
    "the evidence logit alone": ("span", "behind", "overlap", "around", "search"),
}
WITHOUT_ASKED = {
    "everything": (),
    "without the answerable logit": ("answerable",),
    "without the evidence's probability": ("evidence",),
    "without the span logit": ("span",),
    "without names": ("names missing",),
    "without the cosine": ("similarity",),
    "the answerable logit alone": tuple(n for n in QUESTION[1:] if n != "answerable"),
}


def main() -> None:
    """Read the held-out questions once, then fit and judge each ablation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    cases = read_cases(parser.parse_args().data, Model(WEIGHTS))
    print("| evidence top-1 |", " | ".join(WEIGHT), "|")
    for label, dropped in WITHOUT.items():
        kept = [i for i, name in enumerate(EVIDENCE) if name not in dropped]
        scores = _evidence(cases, kept)
        right = [(c, c.gold[s.argmax()]) for c, s in zip(cases, scores, strict=True) if c.found]
        shown = [f"{np.mean([hit for c, hit in right if c.set == name]):.3f}" for name in WEIGHT]
        print("|", label, "|", " | ".join(shown), "|")
    scores = _evidence(cases, range(len(EVIDENCE)))
    rows = question_rows(cases, scores)
    labels = np.array([c.answerable for c in cases])
    print("| refusal AUROC |", " | ".join(WEIGHT), "|")
    for label, dropped in WITHOUT_ASKED.items():
        kept = [i for i, name in enumerate(QUESTION) if name not in dropped]
        confidence = np.empty(len(cases))
        for mine, others in _halves(len(cases)):
            weights = np.array([WEIGHT[cases[i].set] for i in others])
            found = fit(rows[others][:, kept], labels[others], weights)
            confidence[mine] = rows[mine][:, kept] @ found
        shown = []
        for name in WEIGHT:
            of = np.array([c.set == name for c in cases])
            shown.append(f"{roc_auc_score(labels[of], confidence[of]):.3f}")
        print("|", label, "|", " | ".join(shown), "|")


def _evidence(cases: Sequence[Case], kept: Sequence[int]) -> list[Floats]:
    """Each case's sentence scores by these columns, fitted on the other half."""
    scores: dict[int, Floats] = {}
    for mine, others in _halves(len(cases)):
        found = fit_evidence([cases[i] for i in others], kept)
        named = {EVIDENCE[i]: value for i, value in zip(kept, found, strict=True)}
        for i in mine:
            scores[i] = probability(cases[i].signals.features[:, kept], named)
    return [scores[i] for i in range(len(cases))]


def _halves(count: int) -> list[tuple[list[int], list[int]]]:
    # In runs of 50, so that an article's questions mostly stay together and each set is in both.
    even = [i for i in range(count) if i // 50 % 2 == 0]
    odd = [i for i in range(count) if i // 50 % 2]
    return [(even, odd), (odd, even)]


if __name__ == "__main__":
    main()
