"""Fitting: a logistic model's coefficients, and the threshold below which to abstain."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

FALSE_REFUSALS = 0.10  # the share of answerable questions that the threshold may refuse
L2 = 1.0
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def fit(features: Floats, labels: Flags, weights: Floats | None = None) -> Floats:
    """Logistic regression with the constant as first feature; `weights` are the rows'."""
    model = LogisticRegression(C=L2, max_iter=2000, fit_intercept=False)
    coefficients: Floats = model.fit(features, labels, weights).coef_[0]
    return coefficients


def choose_threshold(confidence: Floats, answerable: Flags, weights: Floats | None = None) -> float:
    """The threshold with the best F1 of refusal at `FALSE_REFUSALS` or fewer."""
    weight = np.ones(len(confidence)) if weights is None else weights
    best = (0.0, 0.0)
    for threshold in np.linspace(0, 1, 201):
        refused = confidence < threshold
        if weight[refused & answerable].sum() / weight[answerable].sum() > FALSE_REFUSALS:
            break
        right = weight[refused & ~answerable].sum()
        f1 = 2 * right / (weight[refused].sum() + weight[~answerable].sum())
        best = max(best, (float(f1), float(threshold)))
    return best[1]
