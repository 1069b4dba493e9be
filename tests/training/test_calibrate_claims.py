"""The fit of the check of claims, over cases made by hand."""

import numpy as np
import pytest

from qa.checking.signs import SIGNS
from training.calibrate_claims import LEAK, Case, fitted, threshold


def case(number, supported, model, **signs):
    own = {"constant": 1.0, "model": model, "new words": 0.3, "sentences": 1.0}
    found = own | dict.fromkeys(SIGNS, 0.0) | signs
    return Case(f"a{number % 20}", f"p{number}", supported, found)


@pytest.fixture
def cases():
    """True claims have the higher logit; false ones a denial left out, and more names by chance."""
    rng = np.random.default_rng(0)
    found = []
    for number in range(200):
        denial = float(rng.random() < 0.5)
        found.append(case(number, True, rng.normal(1, 1), order=float(rng.random() < 0.8)))
        found.append(case(number, False, rng.normal(-1, 1), denial=denial))
    return found


def test_signs_count_against_a_claim_and_never_for_it(cases, capsys):
    weights = fitted(cases, cases)["weights"]
    assert weights["model"] > 0 > weights["denial"]
    assert weights["order"] == 0  # it is found with true claims here
    assert all(weights[name] <= 0 for name in SIGNS)
    assert "model and signs: AUROC" in capsys.readouterr().out


def test_so_many_false_claims_reach_the_threshold_as_may_be_shown(cases):
    found = fitted(cases, cases)
    least = np.log(found["shown"] / (1 - found["shown"]))
    names = list(found["weights"])
    false = [c for c in cases if not c.supported]
    scores = [sum(found["weights"][n] * c.features[n] for n in names) for c in false]
    assert np.mean(np.array(scores) >= least) == pytest.approx(LEAK, abs=0.03)


def test_what_a_guard_stops_leaves_room_for_others(cases):
    guarded = [
        Case(c.article, c.pair, c.supported, c.features, c.supported or number % 4 == 0)
        for number, c in enumerate(cases, 1)
    ]
    assert fitted(guarded, guarded)["shown"] < fitted(cases, cases)["shown"]


def test_the_threshold_lies_just_above_the_next_false_score():
    assert threshold(np.array([0.1, 0.9, 0.5]), 1) == pytest.approx(0.5, abs=1e-5)
    assert threshold(np.array([0.1, 0.9, 0.5]), 1) > 0.5
