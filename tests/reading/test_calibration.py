import math

import numpy as np
import pytest

from qa.reading.calibration import (
    MEMBER,
    MOST,
    member_features,
    probability,
    verdicts,
)


def test_a_sentence_s_membership_is_read_from_its_logit_its_score_and_the_answer_s():
    rows = member_features(np.array([2.0, -1.0, -np.inf]), np.array([0.5, 0.5, 0.5]), 0.5)
    assert dict(zip(MEMBER, rows[0].tolist(), strict=True)) == pytest.approx(
        {"constant": 1, "member": 2, "behind": 0, "evidence": 0, "answerable": 0}
    )
    assert rows[1].tolist() == pytest.approx([1, -1, -3, 0, 0])
    assert rows[2].tolist() == pytest.approx([1, -MOST, -MOST - 2, 0, 0])


def test_a_verdict_s_probabilities_add_up_and_a_small_scale_makes_them_alike():
    yes, no, unclear = verdicts(np.array([2.0, 1.0, 0.0]), 1.0)
    assert (yes / no, no / unclear) == pytest.approx((math.e, math.e))
    assert yes + no + unclear == pytest.approx(1)
    assert verdicts(np.array([2.0, 1.0, 0.0]), 0.0) == pytest.approx((1 / 3,) * 3)


def test_a_probability_is_logistic_in_the_features():
    found = probability(np.array([[1.0, 2.0], [1.0, -2.0]]), {"constant": 0.0, "one": 1.0})
    assert found.tolist() == pytest.approx([1 / (1 + math.exp(-2)), 1 / (1 + math.exp(2))])
