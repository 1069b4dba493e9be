"""Each measure against numbers worked out by hand, and against scikit-learn and ir-measures."""

import math
import random

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, Success
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from eval.metrics import (
    answer_hit,
    auroc,
    bootstrap_mean,
    bootstrap_statistic,
    citation_f1,
    citation_precision,
    citation_recall,
    exact_match,
    expected_calibration_error,
    f1,
    group_precision,
    group_recall,
    marks_wrong,
    normalize_answer,
    opening_verdict,
    quantile,
    recall_at_k,
    reciprocal_rank,
    share,
    token_f1,
)


def check(measure, *cases):
    """Each case is the arguments and the value."""
    for *arguments, value in cases:
        assert measure(*arguments) == (value if value is None else pytest.approx(value)), arguments


def undefined(value):
    with np.errstate(divide="ignore", invalid="ignore"):
        return math.isnan(value())


# Citations


def test_citation_precision_is_the_share_of_the_cited_that_is_gold():
    check(
        citation_precision,
        ({1, 2, 3, 4}, {1, 9}, 0.25),  # 1 of the 4 cited
        ({"a"}, {"a", "b"}, 1.0),
        ({"a"}, set(), 0.0),  # cited though nothing is gold
        (set(), {"a"}, None),
    )


def test_citation_recall_asks_for_any_or_for_all():
    gold = {"a", "b", "c"}
    check(
        citation_recall,
        ({"a", "x"}, gold, "any", 1.0),  # one of the three will do
        ({"a", "x"}, gold, "all", 1 / 3),  # one of the three
        ({"a", "b", "c", "x"}, gold, "all", 1.0),
        ({"x"}, gold, "any", 0.0),
        (set(), gold, "all", 0.0),
    )


def test_citation_f1_joins_precision_and_recall():
    check(
        citation_f1,
        ({1, 7, 8, 9}, {1, 2}, "all", 1 / 3),  # precision 1/4, recall 1/2: 2 * 1/8 / (3/4)
        ({1, 7, 8, 9}, {1, 2}, "any", 2 / 5),  # precision 1/4, recall 1: 2 * 1/4 / (5/4)
        ({7}, {1}, "any", 0.0),
        (set(), {"a"}, "any", 0.0),  # an abstention where there is an answer
        (set(), {"a", "b"}, "all", 0.0),
    )


def test_citation_f1_averages_over_answerable_questions_alone():
    scores = [
        citation_f1({"a"}, {"a"}, "any"),  # 1
        citation_f1(set(), {"a"}, "any"),  # abstained: 0
        citation_f1({"x"}, set(), "any"),  # unanswerable: not counted
    ]
    assert bootstrap_mean(scores)[::3] == (0.5, 2)


# Answers


def test_normalisation_is_squads():
    for text, normalised in [
        ("The  46th\tRegiment!", "46th regiment"),
        ("north-western", "northwestern"),  # the script drops the hyphen, not the word break
        ("7,000", "7000"),
        ("UN\u2019s", "un\u2019s"),  # its punctuation is ASCII
        ("a, an, the", ""),
        ("", ""),
    ]:
        assert normalize_answer(text) == normalised


def test_exact_match_takes_the_best_gold_answer():
    check(
        exact_match,
        ("the HTS", ["Hayat Tahrir al-Sham", "HTS."], 1.0),
        ("HTS fighters", ["HTS"], 0.0),
        ("", [], 1.0),  # without gold only an empty prediction is right
        ("Idlib", [], 0.0),
    )


def test_token_f1_takes_the_best_gold_answer():
    check(
        token_f1,
        # The second: 2 words shared of 2 and 3: 4/5. The first: 1 of 2 and 1: 2/3.
        ("nearly 7,000", ["7,000", "nearly 7,000 families"], 0.8),
        ("Idlib", ["Aleppo"], 0.0),
        ("war war", ["war peace"], 0.5),  # a repeated word counts once per occurrence
        ("", [], 1.0),
        ("Idlib", [], 0.0),
        ("", ["Idlib"], 0.0),
        ("the", ["a", "the"], 1.0),  # no gold is left of articles alone
    )


def test_answer_hit_looks_for_whole_words_in_one_run():
    check(
        answer_hit,
        ("At least **19** civilians died.", ["at least 19"], 1.0),
        ("The toll is at\nleast 19.", ["at least 19"], 1.0),
        ("At least 190 died.", ["at least 19"], 0.0),
        ("19, at least", ["at least 19"], 0.0),  # the words, but not in one run
        ("", ["at least 19"], 0.0),
        # Quotes and hyphens part words.
        ("He is the UN's special envoy.", ["UN\u2019s special envoy"], 1.0),
        ("al-Assad\u2019s forces", ["al-Assad"], 1.0),
        ("A UK-based monitor", ["UK"], 1.0),
        ("its forces\u2014a marked gain", ["forces, marked"], 1.0),
        ("19", [], None),
        ("the", ["the"], None),  # nothing is left to look for
    )


def test_group_recall_counts_groups_not_sentences():
    a, b, c, d = ({one} for one in "abcd")
    check(
        group_recall,
        (set(), [a], 0.0),
        (a, [a], 1.0),
        (b, [a | b], 1.0),  # any sentence of a group will do
        (a | b, [a | b, c], 0.5),  # two of one group are one group
        (a, [a | b, a | c], 1.0),  # a sentence of two groups counts for both
        ({*"abcx"}, [a, b, c, d], 0.75),
        (a, [], None),
    )


def test_group_precision_is_of_the_sentences_cited():
    check(
        group_precision,
        (set(), [{"a"}], None),
        ({"x"}, [{"a"}], 0.0),
        ({"m"}, [{"a"}], {"m"}, 1.0),  # it may be shown
        ({*"axm"}, [{"a"}], {"m"}, 2 / 3),
        ({*"ab"}, [{*"ab"}, {"b"}], 1.0),  # in two groups, counted once
    )


def test_a_mark_is_wrong_where_it_shares_no_word_with_the_answer():
    check(
        marks_wrong,
        (None, ["at least 19"], False),  # nothing is marked
        ("19", ["at least 19"], False),
        ("190", ["at least 19"], True),
        ("12 August", ["From 1 August"], False),
        ("the sea", ["the army"], True),  # an article is no word
        ("UK-based firms", ["the UK"], False),  # a hyphen parts words
        ("$1,500", ["1500 dollars"], False),  # punctuation is no part of one
        ("Gorin\u2019s men", ["Malk's ship"], True),  # nor is a possessive s a word
        ("Gorin's", ["Pavel Gorin"], False),
        ("Lund", ["Malm\u00f6", "in Lund"], False),  # any accepted answer will do
        ("\u2026", ["19"], True),
    )


def test_a_verdict_is_the_word_that_the_answer_opens_with():
    for verdict, texts in {
        "yes": ["Yes, it is over.", "  **Yes** \u2013 it held."],
        "no": ["No.", "no", "\u201cNo\u201d, he said."],
        "unclear": ["Nobody came.", "Yesterday it rained.", "Norway said no.", "He says yes.", ""],
    }.items():
        assert [opening_verdict(text) for text in texts] == [verdict] * len(texts)


# Refusal and confidence


def test_refusal_counts_abstentions_against_unanswerable_questions():
    refused = [True, True, True, False, False, False]
    unanswerable = [True, True, False, True, False, False]
    # Right refusals 2, refusals 3, unanswerable 3: 2/3, 2/3 and 2 * 2 / (3 + 3)
    check(share, (refused, unanswerable, 2 / 3), (unanswerable, refused, 2 / 3))
    check(f1, (refused, unanswerable, 2 / 3))


def test_refusing_everything_has_full_recall_and_refusing_nothing_none():
    everything, nothing, unanswerable = [True] * 4, [False] * 4, [False, False, False, True]
    check(share, (unanswerable, everything, 1.0), (unanswerable, nothing, 0.0))  # recall
    check(share, (everything, unanswerable, 0.25))  # precision
    check(f1, (everything, unanswerable, 0.4), (nothing, unanswerable, 0.0))  # 2 / (4 + 1)
    assert undefined(lambda: share(nothing, unanswerable))


def test_refusal_without_unanswerable_questions():
    none = [False, False]
    check(share, ([True, False], none, 0.0))
    check(f1, ([True, False], none, 0.0))
    assert undefined(lambda: share(none, [True, False]))
    assert undefined(lambda: f1(none, none))
    assert bootstrap_statistic(f1, [], []) is None


def test_auroc_is_the_share_of_pairs_in_order():
    check(
        auroc,
        # 0.9 beats 0.8 and 0.3, 0.5 beats 0.3 alone: 3 of 4 pairs
        ([0.9, 0.5, 0.8, 0.3], [True, True, False, False], 0.75),
        ([0.1, 0.9], [True, False], 0.0),
        ([0.5] * 5, [True, True, False, False, False], 0.5),  # a tie counts as a half
        # 0.7 beats 0.2 and ties 0.7: 1.5; 0.2 ties 0.2 and loses to 0.7: 0.5; 2 of 4 pairs
        ([0.7, 0.2, 0.7, 0.2], [True, True, False, False], 0.5),
    )
    for one_class in (True, False):
        assert undefined(lambda one_class=one_class: auroc([0.1, 0.2], [one_class, one_class]))


def test_measures_of_sets_agree_with_scikit_learn():
    rng = np.random.default_rng(0)
    for _ in range(20):
        confidence = rng.integers(20, size=50) / 20  # with ties
        answerable, refused = rng.random(50) > 0.4, confidence < 0.5
        check(auroc, (confidence, answerable, roc_auc_score(answerable, confidence)))
        check(share, (refused, ~answerable, precision_score(~answerable, refused)))
        check(share, (~answerable, refused, recall_score(~answerable, refused)))
        check(f1, (refused, ~answerable, f1_score(~answerable, refused)))


def test_measures_of_sets_are_the_same_along_an_axis():
    rng = np.random.default_rng(1)
    values, flags = rng.random((9, 30)), rng.random((9, 30)) > 0.5
    for measure, columns in [
        (share, (values > 0.5, flags)),
        (share, (flags, values > 0.5)),
        (f1, (values > 0.5, flags)),
        (auroc, (values, flags)),
        (expected_calibration_error, (values, flags)),
        (quantile(0.95), (values,)),
    ]:
        one_by_one = [measure(*row) for row in zip(*columns, strict=True)]
        assert measure(*columns, axis=-1) == pytest.approx(one_by_one)


def test_a_quantile_is_by_nearest_rank():
    check(quantile(0.5), ([3.0, 1.0, 2.0, 4.0], 2.0), ([5.0], 5.0))
    check(quantile(0.95), (list(range(1, 21)), 19), (list(range(1, 22)), 20))


def test_calibration_error_weighs_each_bin_by_its_size():
    check(
        expected_calibration_error,
        # [0.7, 0.8): 4 values of 0.75, 2 right, gap 0.25; [0.1, 0.2): 1 value of 0.15, wrong, gap
        # 0.15. 4/5 * 0.25 + 1/5 * 0.15 = 0.23
        ([0.75, 0.75, 0.75, 0.75, 0.15], [True, True, False, False, False], 0.23),
        ([1.0, 0.0], [True, False], 0.0),
        ([1.0, 0.0], [False, True], 1.0),
        ([0.3, 0.29], [True, False], (0.7 + 0.29) / 2),  # two bins: 0.3 is in [0.3, 0.4)
        ([0.9, 1.0], [True, False], 0.45),  # the last bin takes 1 too: mean 0.95, half right
    )
    assert bootstrap_statistic(expected_calibration_error, [], []) is None


# Retrieval


def test_recall_at_k_counts_each_gold_sentence_once():
    ranked = [{"a", "b"}, {"b", "c"}, {"d"}]  # passages may overlap
    check(
        recall_at_k,
        (ranked, {"b", "d"}, 1, 0.5),
        (ranked, {"b", "d"}, 2, 0.5),
        (ranked, {"b", "d"}, 3, 1.0),
        (ranked, {"b", "d"}, 10, 1.0),  # more than there are
        (ranked, {"b", "d"}, 1, "any", 1.0),
        (ranked, {"d", "e"}, 2, "any", 0.0),
        ([], {"a"}, 5, 0.0),
        (ranked, set(), 5, None),
    )


def test_reciprocal_rank_is_that_of_the_first_passage_with_gold():
    ranked = [{"a"}, {"b"}, {"c", "d"}, {"e"}]
    check(
        reciprocal_rank,
        (ranked, {"d", "e"}, 1 / 3),
        (ranked, {"d", "e"}, 2, 0.0),
        (ranked, {"z"}, 0.0),
        ([], {"a"}, 0.0),
        (ranked, set(), None),
    )


def random_rankings(seed):
    """Fifty questions: passages of one sentence each in ranked order, and 1 to 4 gold sentences."""
    rng = random.Random(seed)
    sentences = [f"s{i}" for i in range(30)]
    for number in range(50):
        yield f"q{number}", rng.sample(sentences, 20), set(rng.sample(sentences, rng.randint(1, 4)))


def test_ranking_measures_agree_with_ir_measures():
    for k in (1, 5, 10):
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
