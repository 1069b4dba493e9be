"""Means, tables and bootstrap intervals, against what can be worked out by hand."""

import pytest

from eval.metrics import (
    Interval,
    auroc,
    bootstrap_mean,
    bootstrap_statistic,
    f1,
    paired_difference,
    table,
)


def test_intervals_of_means():
    for values, interval in [
        ([0.25] * 7, Interval(0.25, 0.25, 0.25, 7)),  # equal values: a point
        # A resample of {0, 1} is all 0 or all 1 a quarter of the time each: far more than 2.5%
        ([0.0, 1.0], Interval(0.5, 0.0, 1.0, 2)),
        ([None, 1.0, None, 1.0], Interval(1.0, 1.0, 1.0, 2)),  # undefined values are left out
        ([0.5], Interval(0.5, 0.5, 0.5, 1)),
        ([None], None),
        ([], None),
    ]:
        assert bootstrap_mean(values) == interval


def test_a_table_has_a_row_for_each_label_and_leaves_out_what_is_undefined():
    found = [("a", {"right": 1}), ("b", {"right": None}), ("a", {"right": 1, "f1": 0.5})]
    assert table(found) == {
        "a": {"right": Interval(1, 1, 1, 2), "f1": Interval(0.5, 0.5, 0.5, 1)},
        "b": {},
    }


def test_interval_is_that_of_the_normal_approximation_for_many_values():
    # 400 values, half 1: the mean's standard error is sqrt(0.25 / 400) = 0.025; 1.96 of it is 0.049
    interval = bootstrap_mean([0.0, 1.0] * 200)
    assert interval == bootstrap_mean([0.0, 1.0] * 200)  # the same each time
    assert interval.low == pytest.approx(0.451, abs=0.005)
    assert interval.high == pytest.approx(0.549, abs=0.005)


def test_interval_of_a_statistic_draws_the_columns_together():
    # Any resample of equal columns is equal: if columns were drawn apart, this would not stay 0
    column = [0.0, 0.3, 0.6, 1.0]
    apart = bootstrap_statistic(lambda a, b, axis: abs(a - b).max(axis), column, column)
    assert apart == Interval(0.0, 0.0, 0.0, 4)


def test_interval_of_auroc_and_of_refusal_f1_hold_their_value():
    confidence = [0.9, 0.8, 0.7, 0.4, 0.6, 0.3, 0.2, 0.1]
    answerable = [True, True, True, True, False, False, False, False]
    area = bootstrap_statistic(auroc, confidence, answerable)
    # All but the pair 0.4 and 0.6: 15 of 16
    assert (area.value, area.n) == (0.9375, 8)
    assert area.low < area.value <= area.high <= 1.0
    refused, unanswerable = [c < 0.5 for c in confidence], [not a for a in answerable]
    refusal = bootstrap_statistic(f1, refused, unanswerable)
    assert refusal.value == 0.75  # 2 * 3 / (4 + 4)
    assert refusal.low < 0.75 < refusal.high


def test_resamples_of_one_class_are_left_out_and_only_such_have_no_interval():
    # Half the resamples of two questions hold one class, and no AUROC
    assert bootstrap_statistic(auroc, [0.9, 0.1], [True, False]) == Interval(1.0, 1.0, 1.0, 2)
    assert bootstrap_statistic(auroc, [0.9, 0.1], [True, True]) is None
    assert bootstrap_statistic(auroc, [], []) is None


def test_unequal_columns_are_refused():
    with pytest.raises(ValueError, match=r"Columns of \[2, 1\] values"):
        bootstrap_statistic(auroc, [0.9, 0.1], [True])
    with pytest.raises(ValueError, match="shorter"):
        paired_difference([1.0, 0.5], [1.0])


def test_difference_is_run_minus_baseline_by_question():
    for run, baseline, interval in [
        ([0.75, 0.5, 1.0], [0.5, 0.25, 0.75], Interval(0.25, 0.25, 0.25, 3)),
        ([0.0, 0.5], [1.0, 1.5], Interval(-1.0, -1.0, -1.0, 2)),
        # Each run alone spreads over 0..1; question by question they are the same
        ([0.0, 1.0] * 10, [0.0, 1.0] * 10, Interval(0.0, 0.0, 0.0, 20)),
        # Questions that either run leaves undefined are left out
        ([1.0, None, 0.5], [0.5, 0.5, None], Interval(0.5, 0.5, 0.5, 1)),
        ([], [], None),
    ]:
        assert paired_difference(run, baseline) == interval


def test_difference_that_points_both_ways_includes_0():
    value, low, high, _ = paired_difference([1.0, 0.0] * 20, [0.0, 1.0] * 20)
    assert low < value == 0.0 < high
