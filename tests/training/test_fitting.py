import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.fitting import FALSE_REFUSALS, choose_threshold, fit

X = np.array([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0])
ROWS = np.column_stack([np.ones(len(X)), X, np.zeros(len(X))])


@pytest.mark.parametrize("sign", [1, -1])
def test_the_direction_of_a_separable_set_is_found(sign):
    constant, slope, nothing = fit(ROWS, sign * X > 0)
    assert sign * slope > 1
    assert abs(constant) < 0.01 and abs(nothing) < 0.01
    assert ((ROWS @ [constant, slope, nothing] > 0) == (sign * X > 0)).all()


def test_the_constant_is_the_first_feature():
    constant, _, _ = fit(ROWS, X > -1.2)
    assert constant > 0.5


def test_a_row_s_weight_counts_as_so_many_rows():
    labels = np.array([0, 1, 0, 0, 1, 0, 1, 1], dtype=bool)
    times = np.array([1, 3, 1, 2, 1, 5, 1, 1])
    repeated = fit(np.repeat(ROWS, times, axis=0), np.repeat(labels, times))
    assert fit(ROWS, labels, times.astype(float)) == pytest.approx(repeated, abs=1e-3)


@pytest.mark.parametrize("heavier", [True, False])
def test_the_heavier_of_two_that_contradict_each_other_wins(heavier):
    rows = np.ones((2, 1))
    weights = np.array([3.0, 1.0] if heavier else [1.0, 3.0])
    assert (fit(rows, np.array([True, False]), weights)[0] > 0) == heavier


# Ten answerable ones, of which one may be refused, and four that are not.
ANSWERABLE = [0.302, *[0.602] * 9]
UNANSWERABLE = [0.102, 0.202, 0.502, 0.702]
CONFIDENCE = np.array(ANSWERABLE + UNANSWERABLE)
LABELS = np.array([True] * 10 + [False] * 4)


def test_the_threshold_has_the_best_f1():
    # Up to 0.200 one of four is refused, F1 2/5; up to 0.300 two, 4/6; then one wrongly, 4/7; up
    # to 0.600 three and one wrongly, 6/8; after that all.
    assert choose_threshold(CONFIDENCE, LABELS) == pytest.approx(0.6)


def test_no_threshold_refuses_more_answerable_ones_than_allowed():
    weights = np.where(np.arange(14) == 0, 2.0, 1.0)  # 2 of 11: the one may not be refused
    assert choose_threshold(CONFIDENCE, LABELS, weights) == pytest.approx(0.3)


def test_an_unanswerable_one_s_weight_counts():
    # The one at 0.202 counts tenfold: up to 0.300 11 of 13, F1 22/24; up to 0.600 12 and one
    # wrongly, 24/26.
    weights = np.ones(14)
    weights[11] = 10
    assert choose_threshold(CONFIDENCE, LABELS, weights) == pytest.approx(0.6)
    weights[12] = 0  # then 11 of 12, F1 22/23; or with one wrongly 22/24
    assert choose_threshold(CONFIDENCE, LABELS, weights) == pytest.approx(0.3)


def test_where_refusing_helps_nothing_the_threshold_refuses_no_answerable_one():
    confidence = np.array([0.2, 0.3, 0.4, 0.9])
    answerable = np.array([True, True, True, False])
    assert not (confidence < choose_threshold(confidence, answerable)).any()


cases = st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=2, max_size=40).filter(
    lambda rows: len({label for _, label in rows}) == 2
)


@given(cases)
def test_the_threshold_is_the_best_of_all_that_are_allowed(rows):
    confidence = np.array([value / 100 for value, _ in rows])
    answerable = np.array([label for _, label in rows])

    def f1(threshold):
        refused = confidence < threshold
        right = (refused & ~answerable).sum()
        return 2 * right / (refused.sum() + (~answerable).sum())

    def allowed(threshold):
        return np.mean(confidence[answerable] < threshold) <= FALSE_REFUSALS

    chosen = choose_threshold(confidence, answerable)
    assert allowed(chosen)
    assert f1(chosen) == max(f1(t) for t in np.linspace(0, 1, 201) if allowed(t))
