"""What the model and the search say of a question -> calibrated probabilities.

Small logistic models over the features below; their coefficients are in the weights' manifest and
are fitted by `training.calibrate` on questions that the model was not trained on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.text.words import names, numbers, stems

EVIDENCE = ("constant", "evidence", "span", "behind", "overlap", "around", "search")
QUESTION = ("constant", "answerable", "evidence", "span", "names missing", "similarity")
MEMBER = ("constant", "member", "behind", "evidence", "answerable")
MOST = 12.0  # a logit's largest size; beyond it nothing more is known
Floats = NDArray[np.float64]


def evidence_features(
    question: str,
    texts: Sequence[str],
    evidence: Sequence[float],
    spans: Sequence[float],
    search: Sequence[float],
) -> Floats:
    """One row a sentence, columns as in `EVIDENCE`.

    `texts` are the sentences in the order of their articles; `evidence` and `spans` the model's
    logits; `search` the fused score of the passage that each was found in.
    """
    asked = set(stems(question))
    own = [set(stems(text)) for text in texts]
    around = [
        own[i] | (own[i - 1] if i else set()) | (own[i + 1] if i + 1 < len(own) else set())
        for i in range(len(own))
    ]
    logits = np.clip(np.array(evidence, dtype=float), -MOST, MOST)
    found = np.array(search, dtype=float)
    return np.column_stack(
        [
            np.ones(len(texts)),
            logits,
            np.clip(np.array(spans, dtype=float), -MOST, MOST),
            logits - logits.max(),
            [_share(asked, words) for words in own],
            [_share(asked, words) for words in around],
            found / (found.max() or 1.0),
        ]
    )


def question_features(
    question: str,
    texts: Sequence[str],
    features: Floats,
    scores: Floats,
    answerable: float,
    similarity: float,
) -> Floats:
    """One row, columns as in `QUESTION`.

    `features` and `scores` are the sentences' features and probabilities, `answerable` the
    model's highest logit of a window, `similarity` the highest cosine of a passage to the question.
    """
    wanted = names(question) | numbers(question)
    seen = {word for text in texts for word in stems(text)}
    return np.array(
        [
            [
                1.0,
                float(np.clip(answerable, -MOST, MOST)),
                as_logit(scores.max()),
                features[:, EVIDENCE.index("span")].max(),
                1 - _share(wanted, seen) if wanted else 0.0,
                similarity,
            ]
        ]
    )


def member_features(members: Floats, scores: Floats, answerable: float) -> Floats:
    """One row a sentence, columns as in `MEMBER`: does it belong to a full answer?

    `members` are the model's logits, `scores` the sentences' probabilities as evidence,
    `answerable` the probability that there is an answer.
    """
    logits = np.clip(members, -MOST, MOST)
    ones = np.ones(len(logits))
    return np.column_stack(
        [ones, logits, logits - logits.max(), as_logit(scores), ones * as_logit(answerable)]
    )


def verdicts(logits: Floats, scale: float) -> tuple[float, float, float]:
    """The probabilities of yes, no and unclear from their logits [3]."""
    odds = np.exp(scale * (logits - logits.max()))
    yes, no, unclear = (odds / odds.sum()).tolist()
    return yes, no, unclear


def probability(features: Floats, coefficients: Mapping[str, float]) -> Floats:
    """The logistic model's probability of each row; `coefficients` are by the feature's name."""
    found: Floats = 1 / (1 + np.exp(-(features @ np.array(list(coefficients.values())))))
    return found


def _share(wanted: set[str], words: set[str]) -> float:
    return len(wanted & words) / len(wanted) if wanted else 0.0


def as_logit(probability: Floats | float) -> Any:
    """The logarithm of the odds of each probability, within bounds."""
    return np.clip(np.log(probability + 1e-9) - np.log(1 - probability + 1e-9), -MOST, MOST)
