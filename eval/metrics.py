"""Every measure of the evaluation, as pure functions over plain values.

A sentence is any hashable value that names it: a `(start, end)` span or its text. A measure that
its input leaves undefined (no gold, one class only) is `None`; the bootstraps leave those out and
report the `n` they counted, so a mean of `citation_f1` is one over answerable questions.
Precision, recall and F1 are those of sets: Manning, Raghavan & Schütze 2008, section 8.3.
"""

import re
import string
from collections import Counter
from collections.abc import Callable, Hashable, Sequence, Set
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

S = TypeVar("S", bound=Hashable)  # a sentence
Needs = Literal["any", "all"]  # one gold sentence suffices, or all are needed together
Ranked = Sequence[Set[S]]  # passages, the best first, each the sentences it holds
Scores = Sequence[float | None]  # one a question
Values = Sequence[float] | NDArray[np.float64]
Flags = Sequence[bool] | NDArray[np.bool_]
Measure = Callable[..., float | None]  # of one column or more

RESAMPLES = 2_000  # Efron & Tibshirani 1993, ch. 13: percentile intervals need 1,000 or more
SEED = 2024  # any number, but always the same: a report can be made again
PERCENTILES = (2.5, 97.5)  # a 95% interval
ECE_BINS = 10  # equal width: [0, 0.1), [0.1, 0.2), … [0.9, 1]
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_WORD_BREAKS = str.maketrans(dict.fromkeys("-/'\u2018\u2019\u201c\u201d\u2013\u2014\u2026", " "))


class Interval(NamedTuple):
    """A value with its 95% bootstrap interval and the number of questions behind it."""

    value: float
    low: float
    high: float
    n: int


class Bin(NamedTuple):
    """One bin of a calibration plot: its questions, their mean confidence, the share right."""

    n: int
    confidence: float
    accuracy: float


def citation_precision(cited: Set[S], gold: Set[S]) -> float | None:
    """Share of the cited sentences that are gold evidence; `None` when nothing is cited.

    >>> citation_precision({(0, 9), (10, 19)}, {(10, 19), (20, 29)})
    0.5
    """
    return len(cited & gold) / len(cited) if cited else None


def citation_recall(cited: Set[S], gold: Set[S], needs: Needs) -> float | None:
    """Share of the gold cited, or with `needs="any"` whether one is; `None` without gold.

    >>> citation_recall({"a"}, {"a", "b"}, "all"), citation_recall({"a"}, {"a", "b"}, "any")
    (0.5, 1.0)
    """
    if not gold:
        return None
    found = len(cited & gold)
    return float(found > 0) if needs == "any" else found / len(gold)


def citation_f1(cited: Set[S], gold: Set[S], needs: Needs) -> float | None:
    """Harmonic mean of citation precision and recall; 0 for an abstention, `None` without gold.

    >>> citation_f1({"a", "x"}, {"a", "b"}, "any")  # precision 1/2, recall 1
    0.6666666666666666
    """
    precision, recall = citation_precision(cited, gold), citation_recall(cited, gold, needs)
    if recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision else 0.0


def normalize_answer(text: str) -> str:
    """Lower case, without ASCII punctuation, articles and superfluous white space.

    `normalize_answer` of SQuAD's evaluate-v2.0.py (Rajpurkar et al. 2018).
    >>> normalize_answer("The  UN's  (special) envoy")
    'uns special envoy'
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split())


def exact_match(prediction: str, gold: Sequence[str]) -> float:
    """1 when the prediction is one of the gold answers, normalised; without gold, when it is empty.

    `compute_exact` of evaluate-v2.0.py; an abstention's prediction is `""`.
    >>> exact_match("the 46th Regiment.", ["46th", "46th regiment"]), exact_match("", [])
    (1.0, 1.0)
    """
    return float(normalize_answer(prediction) in map(normalize_answer, _answers(gold)))


def token_f1(prediction: str, gold: Sequence[str]) -> float:
    """F1 of the prediction's words against the best fitting gold answer's.

    `compute_f1` of evaluate-v2.0.py; without gold 1 for an empty prediction, else 0.
    >>> token_f1("over 180 combatant fatalities", ["over 180"])  # precision 2/4, recall 2/2
    0.6666666666666666
    """
    return max(_token_f1(prediction, answer) for answer in _answers(gold))


def best_threshold(f1: Values, no_answer: Values, answerable: Flags) -> tuple[float, float] | None:
    """Highest mean F1 that abstaining above a no-answer probability gives, and that threshold.

    `find_best_thresh` of evaluate-v2.0.py on a scale of 0 to 1, `None` for no questions; `f1` is
    `token_f1` before abstaining. Like the script it passes equal probabilities one by one, so the
    figure may be one that no threshold gives.
    >>> best_threshold([0.8, 0.0, 0.4], [0.1, 0.7, 0.4], [True, False, True])  # 2.2 / 3, at 0.4
    (0.7333333333333334, 0.4)
    """
    total = best = float(sum(not has for has in answerable))  # abstain always
    threshold = 0.0
    questions = zip(no_answer, f1, answerable, strict=True)
    for absent, score, has in sorted(questions, key=lambda question: question[0]):
        total += score if has else score - 1  # an empty prediction keeps its 1
        if total > best:
            best, threshold = total, float(absent)
    return (float(best) / len(f1), threshold) if len(f1) else None


def answer_hit(answer: str, gold: Sequence[str]) -> float | None:
    """1 when a gold answer's words stand in the answer in one run, else 0; `None` without gold.

    SQuAD's normalisation, but quotes and hyphens part words: "UK" is in "UK-based", "19" not in
    "190". Pass the answer without its `[n]` markers. Containment: Mallen et al. 2023, "accuracy".
    >>> answer_hit("It lost **at least 19** civilian lives.", ["19"]), answer_hit("190", ["19"])
    (1.0, 0.0)
    """
    wanted = [run for run in map(_words, gold) if run.strip()]
    return float(any(run in _words(answer) for run in wanted)) if wanted else None


def refusal_precision(abstained: Flags, answerable: Flags) -> float | None:
    """Share of the abstentions that were right; `None` when there was none.

    >>> refusal_precision([True, True, False], [False, True, True])
    0.5
    """
    right, abstentions, _ = _refusals(abstained, answerable)
    return right / abstentions if abstentions else None


def refusal_recall(abstained: Flags, answerable: Flags) -> float | None:
    """Share of the unanswerable questions abstained from; `None` when all are answerable.

    >>> refusal_recall([True, True, False], [False, True, False])
    0.5
    """
    right, _, unanswerable = _refusals(abstained, answerable)
    return right / unanswerable if unanswerable else None


def refusal_f1(abstained: Flags, answerable: Flags) -> float | None:
    """F1 of abstaining from unanswerable questions; `None` with neither of the two.

    >>> refusal_f1([True, True, False, False], [False, True, False, False])  # 2 * 1 / (2 + 3)
    0.4
    """
    right, abstentions, unanswerable = _refusals(abstained, answerable)
    return 2 * right / (abstentions + unanswerable) if abstentions + unanswerable else None


def auroc(confidence: Values, answerable: Flags) -> float | None:
    """Chance that an answerable question has more confidence than another; `None` for one class.

    Rank sum with ties at their mean rank, so a tie counts 1/2 (Mann & Whitney 1947).
    >>> auroc([0.9, 0.4, 0.4, 0.1], [True, True, False, False])  # 3.5 of 4 pairs
    0.875
    """
    positive = np.asarray(answerable, dtype=bool)
    values = np.asarray(confidence, dtype=float)
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    n, rest = int(positive.sum()), int((~positive).sum())
    if not n or not rest:
        return None
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place[positive]]
    return float((ranks.sum() - n * (n + 1) / 2) / (n * rest))


def calibration_bins(confidence: Values, right: Flags) -> list[Bin]:
    """Mean confidence and accuracy in `ECE_BINS` equal bins over 0..1, without the empty ones.

    A value on an edge belongs to the bin above, 1 to the last. Guo et al. 2017, section 2.
    >>> calibration_bins([0.25, 0.25, 1.0], [True, False, True])
    [Bin(n=2, confidence=0.25, accuracy=0.5), Bin(n=1, confidence=1.0, accuracy=1.0)]
    """
    values, hits = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    place = np.digitize(values, np.arange(1, ECE_BINS) / ECE_BINS)
    members = [place == i for i in np.unique(place)]
    return [Bin(int(m.sum()), float(values[m].mean()), float(hits[m].mean())) for m in members]


def expected_calibration_error(confidence: Values, right: Flags) -> float | None:
    """Distance of confidence from accuracy by bin, weighted by size; `None` for no questions.

    Guo et al. 2017, equation 3, over `calibration_bins`.
    >>> expected_calibration_error([0.25, 0.25, 1.0], [True, False, True])  # 2/3 * 0.25 + 1/3 * 0
    0.16666666666666666
    """
    gaps = [b.n * abs(b.accuracy - b.confidence) for b in calibration_bins(confidence, right)]
    return sum(gaps) / len(confidence) if gaps else None


def recall_at_k(ranked: Ranked[S], gold: Set[S], k: int, needs: Needs = "all") -> float | None:
    """Share of the gold sentences that the first k passages hold; `None` without gold.

    With `needs="any"` whether one is there (success@k). Manning et al. 2008, section 8.4.
    >>> recall_at_k([{"a", "b"}, {"c"}, {"d"}], {"b", "d"}, k=2)
    0.5
    """
    return citation_recall({sentence for held in ranked[:k] for sentence in held}, gold, needs)


def reciprocal_rank(ranked: Ranked[S], gold: Set[S], k: int | None = None) -> float | None:
    """1 / rank of the first passage with a gold sentence, 0 if no such is among the first k.

    `None` without gold. Its mean over questions is MRR@k. Voorhees 1999, TREC-8.
    >>> reciprocal_rank([{"a", "b"}, {"c"}, {"d"}], {"c", "d"})
    0.5
    """
    ranks = (1 / rank for rank, held in enumerate(ranked[:k], start=1) if held & gold)
    return next(ranks, 0.0) if gold else None


def bootstrap_mean(values: Scores, seed: int = SEED) -> Interval | None:
    """Mean over the questions where a value is defined, with its 95% interval.

    Percentile bootstrap, Efron & Tibshirani 1993, section 13.3; `None` when no value is defined.
    >>> bootstrap_mean([0.5, 0.5, None])
    Interval(value=0.5, low=0.5, high=0.5, n=2)
    """
    defined = np.array([value for value in values if value is not None], dtype=float)
    n = len(defined)
    if not n:
        return None
    draws = np.random.default_rng(seed).integers(n, size=(RESAMPLES, n))
    low, high = np.percentile(defined[draws].mean(axis=1), PERCENTILES)
    return Interval(float(defined.mean()), float(low), float(high), n)


def bootstrap_statistic(measure: Measure, *columns: Values, seed: int = SEED) -> Interval | None:
    """Any measure with its 95% interval; columns hold one value a question, drawn together.

    Percentile bootstrap, Efron & Tibshirani 1993, section 13.3, over the resamples that define
    the measure; `None` when the questions do not. Raises ValueError for unequal columns.
    >>> bootstrap_statistic(auroc, [0.9, 0.8, 0.1, 0.2], [True, True, False, False])
    Interval(value=1.0, low=1.0, high=1.0, n=4)
    """
    arrays = [np.asarray(column) for column in columns]
    n, *others = lengths = [len(array) for array in arrays]
    if any(other != n for other in others):
        raise ValueError(f"Columns of {lengths} values: give each one value per question.")
    value = measure(*arrays) if n else None
    if value is None:
        return None
    rng = np.random.default_rng(seed)
    draws = (rng.integers(n, size=n) for _ in range(RESAMPLES))
    drawn = [measure(*(array[draw] for array in arrays)) for draw in draws]
    low, high = np.percentile([d for d in drawn if d is not None], PERCENTILES)
    return Interval(value, float(low), float(high), n)


def paired_difference(run: Scores, baseline: Scores, seed: int = SEED) -> Interval | None:
    """Mean of run minus baseline over the questions that both define, with its 95% interval.

    Paired bootstrap, Koehn 2004; an interval without 0 says that the runs differ.
    >>> paired_difference([1.0, 0.5, None], [0.5, 0.0, 1.0])
    Interval(value=0.5, low=0.5, high=0.5, n=2)
    """
    pairs = zip(run, baseline, strict=True)
    return bootstrap_mean([a - b for a, b in pairs if a is not None and b is not None], seed)


def _answers(gold: Sequence[str]) -> list[str]:
    return [answer for answer in gold if normalize_answer(answer)] or [""]


def _token_f1(prediction: str, answer: str) -> float:
    predicted, wanted = normalize_answer(prediction).split(), normalize_answer(answer).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    shared = (Counter(predicted) & Counter(wanted)).total()
    return 2 * shared / (len(predicted) + len(wanted))


def _words(text: str) -> str:
    return f" {normalize_answer(text.translate(_WORD_BREAKS))} "


def _refusals(abstained: Flags, answerable: Flags) -> tuple[int, int, int]:
    refused, absent = np.asarray(abstained, dtype=bool), ~np.asarray(answerable, dtype=bool)
    return int((refused & absent).sum()), int(refused.sum()), int(absent.sum())
