"""Fit the check of written claims: from the model's logit and the signs to a probability.

`python -m training.calibrate_claims --data DIR` writes the weights and the threshold to the
manifest's section `second.claims`, and prints how well they do by cross-validation. The signs are
weighed against each other over train pairs; then the model, which has learnt from most of these,
is joined to them over the pairs of held-out articles alone.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from qa.article import Article
from qa.checking.signs import SIGNS, signs
from qa.checking.verifier import GUARDS, Verifier
from qa.reading.onnx_model import WEIGHTS, Model
from sets.claims import Twin, read_claims
from sets.questions import DataError, read_articles, sentences_at
from training.calibrate import rounded, write_manifest
from training.fitting import Flags, Floats, fit
from training.sets import held_out

LEAK = 0.15  # of the held-out false claims that may be shown
ARTICLES = 100  # of train pairs for the signs: parsing them takes a minute or two
FOLDS = 8
_OWN = ("constant", "model", "new words", "sentences")


@dataclass(frozen=True)
class Case:
    """A claim with its features, and whether the guards let it pass."""

    article: str
    pair: str | None
    supported: bool
    features: dict[str, float]
    unguarded: bool = True


def calibrate_claims(data: Path, folder: Path) -> None:
    """Fit the check of claims of a folder of weights; write its manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["second"]["claims"] = fitted_claims(data, Model(folder, "second"))
    write_manifest(folder, manifest)


def fitted_claims(data: Path, model: Model) -> dict[str, Any]:
    """The weights by feature, and the probability from which a claim is shown."""
    learnt, kept = read_cases(data, model)
    return fitted(learnt, kept)


def read_cases(data: Path, model: Model) -> tuple[list[Case], list[Case]]:
    """Train claims with their signs alone, and the held-out ones with all features."""
    folder = data / "open-news"
    articles = {article.id: article for article in read_articles(folder)}
    twins = read_claims(folder / "claims.jsonl.gz", Twin, "train")
    kept = [c for c in twins if held_out("open-news", c.article)]
    others = sorted({c.article for c in twins} - {c.article for c in kept})[:ARTICLES]
    learnt = [c for c in twins if c.article in others and c.pair]
    if not kept or not learnt:
        raise DataError(f"{folder} has no train claims, or none of held-out articles.")
    verifier = Verifier(model)
    return (
        list(_told("signs", (_signs(c, _cited(c, articles)) for c in learnt), len(learnt))),
        list(_told("claims", (_case(c, articles, verifier) for c in kept), len(kept))),
    )


def fitted(learnt: Sequence[Case], kept: Sequence[Case]) -> dict[str, Any]:
    """The weights and the threshold; prints what cross-validation over articles makes of them."""
    by_sign = _fitted_signs(learnt)
    rows = np.array([_row(case, by_sign) for case in kept])
    labels = np.array([case.supported for case in kept])
    groups = [case.article for case in kept]
    scores = np.zeros(len(kept))
    for train, test in GroupKFold(FOLDS).split(rows, labels, groups):
        scores[test] = rows[test] @ fit(rows[train], labels[train])
    unguarded = np.array([case.unguarded for case in kept])
    least = threshold(scores[unguarded & ~labels], round(LEAK * (~labels).sum()))
    print(f"{len(learnt)} claims for the signs, {len(kept)} held out; cross-validated:")
    for name, found in (("model", rows[:, 1]), ("model and signs", scores)):
        print(f"  {name}: {_measures(kept, found)}")
    shown = unguarded & (scores >= least)
    print(f"  shown: {shown[labels].mean():.3f} of the true, {shown[~labels].mean():.3f} of the")
    print(f"  false; by the guards alone {unguarded[labels].mean():.3f}", end="")
    print(f" and {unguarded[~labels].mean():.3f}")
    *own, signs_weight = fit(rows, labels)
    weights = [*own, *(signs_weight * by_sign)]
    shown_from = 1 / (1 + np.exp(-least))
    return {
        "weights": rounded((*_OWN, *SIGNS), np.array(weights)),
        "shown": round(float(shown_from), 3),
    }


def threshold(scores: Floats, leak: int) -> float:
    """The score that so many of these claims, all false, reach at most."""
    ordered = np.sort(scores)[::-1]
    if leak < len(ordered):
        return float(ordered[leak]) + 1e-6
    return float(ordered[-1]) if len(ordered) else 0.0


def _fitted_signs(learnt: Sequence[Case]) -> Floats:
    """A weight a sign, none above 0: what speaks against a claim must not speak for it."""
    kept = list(SIGNS)
    while kept:
        rows = np.array([[case.features[name] for name in kept] for case in learnt])
        labels = np.array([case.supported for case in learnt])
        found = LogisticRegression(C=1.0, max_iter=2000).fit(rows, labels).coef_[0]
        if found.max() <= 0:
            by_name = dict(zip(kept, found, strict=True))
            return np.array([by_name.get(name, 0.0) for name in SIGNS])
        kept = [name for name, weight in zip(kept, found, strict=True) if weight <= 0]
    return np.zeros(len(SIGNS))


def _row(case: Case, by_sign: Floats) -> list[float]:
    told = float(np.array([case.features[name] for name in SIGNS]) @ by_sign)
    return [*(case.features[name] for name in _OWN), told]


def _measures(cases: Sequence[Case], scores: Floats) -> str:
    labels: Flags = np.array([case.supported for case in cases])
    pairs: dict[str, dict[bool, float]] = {}
    for case, score in zip(cases, scores, strict=True):
        if case.pair:
            pairs.setdefault(case.pair, {})[case.supported] = float(score)
    won = [np.sign(both[True] - both[False]) / 2 + 0.5 for both in pairs.values() if len(both) == 2]
    recall = [np.mean(scores[labels] >= np.quantile(scores[~labels], 1 - a)) for a in (0.12, 0.15)]
    return (
        f"AUROC {roc_auc_score(labels, scores):.3f}, pair accuracy {np.mean(won):.3f}, "
        f"recall {recall[0]:.3f} at leak .12, {recall[1]:.3f} at .15"
    )


def _case(claim: Twin, articles: dict[str, Article], verifier: Verifier) -> Case:
    cited, article = _cited(claim, articles), articles[claim.article]
    known = [article.title, article.text]
    unguarded = not any(guard(claim.claim, cited, known) for guard in GUARDS.values())
    found = verifier.features(claim.claim, cited)
    return Case(claim.article, claim.pair, claim.supported, found, unguarded)


def _signs(claim: Twin, cited: list[str]) -> Case:
    return Case(claim.article, claim.pair, claim.supported, signs(claim.claim, cited))


def _cited(claim: Twin, articles: dict[str, Article]) -> list[str]:
    article = articles[claim.article]
    places = sorted(sentences_at(article, claim.spans, f"claim {claim.id!r}"))
    return [article.text[start:end] for _, start, end in places]


def _told(what: str, cases: Iterator[Case], count: int) -> Iterator[Case]:
    for number, case in enumerate(cases, 1):
        print(f"\r{what}: {number} of {count}", end="", file=sys.stderr, flush=True)
        yield case
    print(file=sys.stderr)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the folder of the models")
    args = parser.parse_args()
    calibrate_claims(args.data, args.weights)


if __name__ == "__main__":
    main()
