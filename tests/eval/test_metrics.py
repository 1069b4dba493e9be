"""Each measure against numbers worked out by hand; ranking measures also against ir-measures."""

import doctest
import random

import ir_measures
import pytest
from ir_measures import RR, R, Success

from eval import metrics
from eval.metrics import (
    Bin,
    Interval,
    answer_hit,
    auroc,
    best_threshold,
    bootstrap_mean,
    bootstrap_statistic,
    calibration_bins,
    citation_f1,
    citation_precision,
    citation_recall,
    exact_match,
    expected_calibration_error,
    normalize_answer,
    paired_difference,
    recall_at_k,
    reciprocal_rank,
    refusal_f1,
    refusal_precision,
    refusal_recall,
    token_f1,
)


def test_docstring_examples_hold():
    failed, tried = doctest.testmod(metrics)
    assert (failed, tried > 18) == (0, True)


# Citations


def test_citation_precision_is_the_share_of_the_cited_that_is_gold():
    assert citation_precision({1, 2, 3, 4}, {1, 9}) == 0.25  # 1 of the 4 cited
    assert citation_precision({"a"}, {"a", "b"}) == 1.0
    assert citation_precision({"a"}, set()) == 0.0  # cited though nothing is gold


def test_citation_precision_is_undefined_when_nothing_is_cited():
    assert citation_precision(set(), {"a"}) is None


@pytest.mark.parametrize(
    ("cited", "needs", "recall"),
    [
        ({"a", "x"}, "any", 1.0),  # one of the three will do
        ({"a", "x"}, "all", 1 / 3),  # one of the three
        ({"a", "b", "c", "x"}, "all", 1.0),
        ({"x"}, "any", 0.0),
        (set(), "all", 0.0),
    ],
)
def test_citation_recall_asks_for_any_or_for_all(cited, needs, recall):
    assert citation_recall(cited, {"a", "b", "c"}, needs) == recall


def test_citation_f1_joins_precision_and_recall():
    # precision 1/4, recall 1/2: 2 * 1/8 / (3/4) = 1/3
    assert citation_f1({1, 7, 8, 9}, {1, 2}, "all") == pytest.approx(1 / 3)
    # precision 1/4, recall 1: 2 * 1/4 / (5/4) = 2/5
    assert citation_f1({1, 7, 8, 9}, {1, 2}, "any") == pytest.approx(2 / 5)
    assert citation_f1({7}, {1}, "any") == 0.0


def test_an_abstention_scores_0_where_there_is_an_answer():
    assert citation_f1(set(), {"a"}, "any") == 0.0
    assert citation_f1(set(), {"a", "b"}, "all") == 0.0


def test_citation_f1_averages_over_answerable_questions_alone():
    scores = [
        citation_f1({"a"}, {"a"}, "any"),  # 1
        citation_f1(set(), {"a"}, "any"),  # abstained: 0
        citation_f1({"x"}, set(), "any"),  # unanswerable: not counted
    ]
    interval = bootstrap_mean(scores)
    assert interval is not None
    assert (interval.value, interval.n) == (0.5, 2)


# Answers


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("The  46th\tRegiment!", "46th regiment"),
        ("north-western", "northwestern"),  # the script drops the hyphen, not the word break
        ("7,000", "7000"),
        ("UN\u2019s", "un\u2019s"),  # its punctuation is ASCII
        ("a, an, the", ""),
        ("", ""),
    ],
)
def test_normalisation_is_squads(text, normalised):
    assert normalize_answer(text) == normalised


def test_exact_match_takes_the_best_gold_answer():
    assert exact_match("the HTS", ["Hayat Tahrir al-Sham", "HTS."]) == 1.0
    assert exact_match("HTS fighters", ["HTS"]) == 0.0


def test_token_f1_takes_the_best_gold_answer():
    # "nearly 7,000 families": 2 shared of 2 and 3: 4/5; "7,000": 1 shared of 2 and 1: 2/3
    assert token_f1("nearly 7,000", ["7,000", "nearly 7,000 families"]) == pytest.approx(0.8)
    assert token_f1("Idlib", ["Aleppo"]) == 0.0


def test_token_f1_counts_a_repeated_word_once_per_occurrence():
    # "war war" and "war peace": 1 shared of 2 and 2
    assert token_f1("war war", ["war peace"]) == 0.5


def test_without_gold_only_an_empty_prediction_is_right():
    assert (exact_match("", []), token_f1("", [])) == (1.0, 1.0)
    assert (exact_match("Idlib", []), token_f1("Idlib", [])) == (0.0, 0.0)
    assert token_f1("", ["Idlib"]) == 0.0
    assert token_f1("the", ["a", "the"]) == 1.0  # no gold is left of articles alone


def test_best_threshold_keeps_the_answers_that_pay():
    # Abstain always: 2 of 4. Up to 0.1: 2 + 1 = 3. Up to 0.4: 3 - 1 = 2. Up to 0.6: 2 + 0.5 = 2.5.
    # Up to 0.9, where the prediction is empty: 2.5. Best 3 / 4.
    f1, no_answer = [1.0, 0.0, 0.5, 1.0], [0.1, 0.4, 0.6, 0.9]
    assert best_threshold(f1, no_answer, [True, False, True, False]) == (0.75, 0.1)


def test_best_threshold_abstains_always_when_no_answer_pays():
    assert best_threshold([0.0, 0.0], [0.2, 0.3], [False, True]) == (0.5, 0.0)


def test_best_threshold_walks_through_ties_as_the_script_does():
    # Both at 0.5: after the first 1 + 1 = 2 of 2, though no threshold keeps it and not the second.
    assert best_threshold([1.0, 0.0], [0.5, 0.5], [True, False]) == (1.0, 0.5)


def test_best_threshold_of_no_questions_is_undefined():
    assert best_threshold([], [], []) is None


@pytest.mark.parametrize(
    ("answer", "hit"),
    [
        ("At least **19** civilians died.", 1.0),
        ("The toll is at\nleast 19.", 1.0),
        ("At least 190 died.", 0.0),
        ("19, at least", 0.0),  # the words, but not in one run
        ("", 0.0),
    ],
)
def test_answer_hit_looks_for_whole_words_in_one_run(answer, hit):
    assert answer_hit(answer, ["at least 19"]) == hit


def test_answer_hit_parts_words_at_quotes_and_hyphens():
    assert answer_hit("He is the UN's special envoy.", ["UN\u2019s special envoy"]) == 1.0
    assert answer_hit("al-Assad\u2019s forces", ["al-Assad"]) == 1.0
    assert answer_hit("A UK-based monitor", ["UK"]) == 1.0
    assert answer_hit("its forces\u2014a marked gain", ["forces, marked"]) == 1.0


def test_answer_hit_without_gold_is_undefined():
    assert answer_hit("19", []) is None
    assert answer_hit("the", ["the"]) is None  # nothing is left to look for


# Refusal and confidence


def test_refusal_counts_abstentions_against_unanswerable_questions():
    abstained = [True, True, True, False, False, False]
    answerable = [False, False, True, False, True, True]
    # Right abstentions 2, abstentions 3, unanswerable 3: 2/3, 2/3 and 2 * 2 / (3 + 3)
    assert refusal_precision(abstained, answerable) == pytest.approx(2 / 3)
    assert refusal_recall(abstained, answerable) == pytest.approx(2 / 3)
    assert refusal_f1(abstained, answerable) == pytest.approx(2 / 3)


def test_refusing_everything_has_full_recall_and_refusing_nothing_none():
    answerable = [True, True, True, False]
    assert refusal_recall([True] * 4, answerable) == 1.0
    assert refusal_precision([True] * 4, answerable) == 0.25
    assert refusal_f1([True] * 4, answerable) == 0.4  # 2 * 1 / (4 + 1)
    assert refusal_recall([False] * 4, answerable) == 0.0
    assert refusal_precision([False] * 4, answerable) is None
    assert refusal_f1([False] * 4, answerable) == 0.0


def test_refusal_without_unanswerable_questions():
    assert refusal_recall([True, False], [True, True]) is None
    assert refusal_precision([True, False], [True, True]) == 0.0
    assert refusal_f1([True, False], [True, True]) == 0.0
    assert refusal_f1([False, False], [True, True]) is None
    assert refusal_f1([], []) is None


def test_auroc_is_the_share_of_pairs_in_order():
    # 0.9 beats 0.8 and 0.3, 0.5 beats 0.3 alone: 3 of 4 pairs
    assert auroc([0.9, 0.5, 0.8, 0.3], [True, True, False, False]) == 0.75
    assert auroc([0.1, 0.9], [True, False]) == 0.0


def test_auroc_counts_a_tie_as_a_half():
    assert auroc([0.5] * 5, [True, True, False, False, False]) == 0.5
    # 0.7 beats 0.2 and ties 0.7: 1.5; 0.2 ties 0.2 and loses to 0.7: 0.5; 2 of 4 pairs
    assert auroc([0.7, 0.2, 0.7, 0.2], [True, True, False, False]) == 0.5


def test_auroc_of_one_class_is_undefined():
    assert auroc([0.1, 0.2], [True, True]) is None
    assert auroc([0.1, 0.2], [False, False]) is None
    assert auroc([], []) is None


def test_bins_take_their_lower_edge_and_the_last_takes_1():
    # 0.3 is in [0.3, 0.4) and 0.29 is not; 0.9 and 1.0 share the last bin, mean 0.95
    assert calibration_bins([0.3, 0.29, 0.9, 1.0], [True, False, True, False]) == [
        Bin(1, 0.29, 0.0),
        Bin(1, 0.3, 1.0),
        Bin(2, 0.95, 0.5),
    ]


def test_calibration_error_weighs_each_bin_by_its_size():
    # [0.7, 0.8): 4 values of 0.75, 2 right, gap 0.25; [0.1, 0.2): 1 value of 0.15, wrong, gap 0.15
    # 4/5 * 0.25 + 1/5 * 0.15 = 0.23
    confidence = [0.75, 0.75, 0.75, 0.75, 0.15]
    right = [True, True, False, False, False]
    assert expected_calibration_error(confidence, right) == pytest.approx(0.23)


def test_calibration_error_of_the_certain_and_right_is_0():
    assert expected_calibration_error([1.0, 0.0], [True, False]) == 0.0
    assert expected_calibration_error([1.0, 0.0], [False, True]) == 1.0
    assert expected_calibration_error([], []) is None


# Retrieval


def test_recall_at_k_counts_each_gold_sentence_once():
    ranked = [{"a", "b"}, {"b", "c"}, {"d"}]  # passages may overlap
    assert recall_at_k(ranked, {"b", "d"}, 1) == 0.5
    assert recall_at_k(ranked, {"b", "d"}, 2) == 0.5
    assert recall_at_k(ranked, {"b", "d"}, 3) == 1.0
    assert recall_at_k(ranked, {"b", "d"}, 10) == 1.0  # more than there are
    assert recall_at_k(ranked, {"b", "d"}, 1, "any") == 1.0
    assert recall_at_k(ranked, {"d", "e"}, 2, "any") == 0.0
    assert recall_at_k([], {"a"}, 5) == 0.0
    assert recall_at_k(ranked, set(), 5) is None


def test_reciprocal_rank_is_that_of_the_first_passage_with_gold():
    ranked = [{"a"}, {"b"}, {"c", "d"}, {"e"}]
    assert reciprocal_rank(ranked, {"d", "e"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(ranked, {"d", "e"}, k=2) == 0.0
    assert reciprocal_rank(ranked, {"z"}) == 0.0
    assert reciprocal_rank([], {"a"}) == 0.0
    assert reciprocal_rank(ranked, set()) is None


def random_rankings(seed):
    """Fifty questions: passages of one sentence each in ranked order, and 1 to 4 gold sentences."""
    rng = random.Random(seed)
    sentences = [f"s{i}" for i in range(30)]
    for number in range(50):
        yield f"q{number}", rng.sample(sentences, 20), set(rng.sample(sentences, rng.randint(1, 4)))


@pytest.mark.parametrize("k", [1, 5, 10])
def test_ranking_measures_agree_with_ir_measures(k):
    ours, qrels, run = {}, {}, {}
    for question, ranked, gold in random_rankings(seed=k):
        passages = [{sentence} for sentence in ranked]
        ours[question, R @ k] = recall_at_k(passages, gold, k)
        ours[question, Success @ k] = recall_at_k(passages, gold, k, "any")
        ours[question, RR @ k] = reciprocal_rank(passages, gold, k)
        qrels[question] = dict.fromkeys(gold, 1)
        run[question] = {sentence: -float(rank) for rank, sentence in enumerate(ranked)}
    theirs = ir_measures.iter_calc([R @ k, Success @ k, RR @ k], qrels, run)
    assert {(m.query_id, m.measure): m.value for m in theirs} == pytest.approx(ours)


def test_reciprocal_rank_of_longer_passages_agrees_with_ir_measures():
    for question, sentences, gold in random_rankings(seed=0):
        passages = [set(sentences[i : i + 4]) for i in range(0, 20, 4)]
        qrels = {question: {str(i): int(bool(held & gold)) for i, held in enumerate(passages)}}
        run = {question: {str(i): -float(i) for i in range(5)}}
        assert reciprocal_rank(passages, gold) == pytest.approx(
            ir_measures.calc_aggregate([RR], qrels, run)[RR]
        )


# Means and intervals


def test_interval_of_equal_values_is_a_point():
    assert bootstrap_mean([0.25] * 7) == Interval(0.25, 0.25, 0.25, 7)


def test_interval_of_two_values_spans_both():
    # A resample of {0, 1} is all 0 or all 1 a quarter of the time each: far more than 2.5%
    assert bootstrap_mean([0.0, 1.0]) == Interval(0.5, 0.0, 1.0, 2)


def test_interval_is_that_of_the_normal_approximation_for_many_values():
    # 400 values, half 1: the mean's standard error is sqrt(0.25 / 400) = 0.025; 1.96 of it is 0.049
    interval = bootstrap_mean([0.0, 1.0] * 200)
    assert interval is not None
    assert interval.low == pytest.approx(0.451, abs=0.005)
    assert interval.high == pytest.approx(0.549, abs=0.005)


def test_interval_is_the_same_for_the_same_seed():
    values = [0.1, 0.4, 0.5, 0.9, 0.95]
    assert bootstrap_mean(values) == bootstrap_mean(values)
    assert bootstrap_mean(values, seed=1) == bootstrap_mean(values, seed=1)


def test_interval_leaves_undefined_values_out():
    assert bootstrap_mean([None, 1.0, None, 1.0]) == Interval(1.0, 1.0, 1.0, 2)
    assert bootstrap_mean([None]) is None
    assert bootstrap_mean([]) is None


def test_interval_of_a_statistic_draws_the_columns_together():
    # Any resample of equal columns is equal: if columns were drawn apart, this would not stay 0
    column = [0.0, 0.3, 0.6, 1.0]
    apart = bootstrap_statistic(lambda a, b: float(abs(a - b).max()), column, column)
    assert apart == Interval(0.0, 0.0, 0.0, 4)


def test_interval_of_auroc_and_of_refusal_f1_hold_their_value():
    confidence = [0.9, 0.8, 0.7, 0.4, 0.6, 0.3, 0.2, 0.1]
    answerable = [True, True, True, True, False, False, False, False]
    area = bootstrap_statistic(auroc, confidence, answerable)
    assert area is not None
    # All but the pair 0.4 and 0.6: 15 of 16
    assert (area.value, area.n) == (0.9375, 8)
    assert area.low < area.value <= area.high <= 1.0
    refusal = bootstrap_statistic(refusal_f1, [c < 0.5 for c in confidence], answerable)
    assert refusal is not None
    assert refusal.value == 0.75  # 2 * 3 / (4 + 4)
    assert refusal.low < 0.75 < refusal.high


def test_resamples_of_one_class_are_left_out():
    # Half the resamples of two questions hold one class, and no AUROC
    assert bootstrap_statistic(auroc, [0.9, 0.1], [True, False]) == Interval(1.0, 1.0, 1.0, 2)


def test_interval_of_an_undefined_statistic_is_undefined():
    assert bootstrap_statistic(auroc, [0.9, 0.1], [True, True]) is None
    assert bootstrap_statistic(auroc, [], []) is None


def test_unequal_columns_are_refused():
    with pytest.raises(ValueError, match=r"Columns of \[2, 1\] values"):
        bootstrap_statistic(auroc, [0.9, 0.1], [True])


def test_difference_is_run_minus_baseline():
    assert paired_difference([0.75, 0.5, 1.0], [0.5, 0.25, 0.75]) == Interval(0.25, 0.25, 0.25, 3)
    assert paired_difference([0.0, 0.5], [1.0, 1.5]) == Interval(-1.0, -1.0, -1.0, 2)


def test_difference_is_paired_by_question():
    # Each run alone spreads over 0..1; question by question they are the same
    run = [0.0, 1.0] * 10
    assert paired_difference(run, run) == Interval(0.0, 0.0, 0.0, 20)


def test_difference_that_points_both_ways_includes_0():
    difference = paired_difference([1.0, 0.0] * 20, [0.0, 1.0] * 20)
    assert difference is not None
    assert difference.value == 0.0
    assert difference.low < 0.0 < difference.high


def test_difference_leaves_out_questions_that_either_run_leaves_undefined():
    assert paired_difference([1.0, None, 0.5], [0.5, 0.5, None]) == Interval(0.5, 0.5, 0.5, 1)
    assert paired_difference([], []) is None


def test_difference_of_runs_over_unequal_questions_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        paired_difference([1.0, 0.5], [1.0])
