"""Calibrate the verifier: from its logit to a probability, and how sure it must be."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.data import QuestionSet, read_lines, read_public
from eval.fitting import Flags, Floats, fit
from eval.perturb import Claim, twins
from qa.article import Article
from qa.checking.grounding import ungrounded
from qa.checking.verifier import Verifier
from qa.reading.onnx_model import Model
from training.claims import kept
from training.sets import held_out

MADE = 300  # claims made of the held-out answers of each set
BETA = 0.5  # of the F measure: a false sentence that is shown weighs more than a true one dropped


class _Twin(Claim):
    """A claim of `news_twins`."""

    article: str
    pair: str | None = None


def fitted_claims(data: Path, model: Model) -> dict[str, Any]:
    """The logistic model's coefficients and the threshold, from claims that it did not learn from.

    The threshold has the best F0.5 of what passes it and the rules of `qa.checking.grounding`.
    """
    claims = list(_claims(data))
    verifier = Verifier(model)
    sentences = [_sentences(claim.evidence) for claim in claims]
    logits = np.array(
        [verifier.logit(c.claim, s) for c, s in zip(claims, sentences, strict=True)], dtype=float
    )
    grounded = np.array(
        [ungrounded(c.claim, s) is None for c, s in zip(claims, sentences, strict=True)]
    )
    labels = np.array([claim.supported for claim in claims])
    rows = np.column_stack([np.ones(len(logits)), logits])
    coefficients = fit(rows, labels)
    threshold = choose_verified(1 / (1 + np.exp(-rows @ coefficients)), grounded, labels)
    auroc = roc_auc_score(labels, logits)
    print(f"claims: {len(claims)}, AUROC {auroc:.3f}, threshold {threshold}")
    constant, supported = (round(float(value), 4) for value in coefficients)
    return {"supported": {"constant": constant, "supported": supported}, "verified": threshold}


def choose_verified(probability: Floats, grounded: Flags, supported: Flags) -> float:
    """The threshold with the best F0.5 of passing it and being grounded."""
    best = (0.0, 0.0)
    for threshold in np.linspace(0, 1, 101):
        passed = grounded & (probability >= threshold)
        right = (passed & supported).sum()
        f = (1 + BETA**2) * right / (passed.sum() + BETA**2 * supported.sum())
        best = max(best, (float(f), round(float(threshold), 2)))
    return best[1]


def _claims(data: Path) -> Iterator[Claim]:
    for claim in read_lines(data / "claims" / "claims.jsonl.gz", Claim):
        if claim.split == "train" and kept(claim.set, claim.id) and claim.evidence.strip():
            yield claim
    for name in ("squad2", "fictional-news"):
        found = read_public(data / name, "train", paragraphs=True)
        asked = (q for q in found.questions if held_out(name, q.articles[0].rsplit(":", 1)[0]))
        made = list(twins(QuestionSet(tuple(asked), found.articles), name))
        yield from Random(0).sample(made, min(MADE, len(made)))
    for twin in read_lines(data / "open-news" / "claims.jsonl.gz", _Twin):
        if twin.split == "train" and twin.pair and held_out("open-news", twin.article):
            yield twin


def _sentences(evidence: str) -> list[str]:
    article = Article.from_text(evidence, title="-")
    return [evidence[s.start : s.end] for s in article.sentences]
