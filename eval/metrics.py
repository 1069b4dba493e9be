"""Every measure, as pure functions over plain values, and its bootstrap interval.

A sentence is any hashable value that names it. A measure of one question is `None` where the
question does not define it (no gold). A measure of a set of questions takes arrays, resamples along
`axis`, and is NaN where undefined (one class only).
Precision, recall and F1 are those of sets: Manning, Raghavan & Schütze 2008, section 8.3. Plain
ratios are ours because scikit-learn takes milliseconds a call and a bootstrap makes 2,000.
"""

import re
import string
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy.stats import DegenerateDataWarning, bootstrap, rankdata

from sets.questions import Needs

Verdict = Literal["yes", "no", "unclear"]
Sentences = Set[Any]
Ranked = Sequence[Sentences]  # passages, the best first, each the sentences it holds
Scores = Sequence[float | None]  # one a question
Column = Any  # numbers or flags, one a question; or an array whose `axis` runs over the questions

RESAMPLES = 2_000  # Efron & Tibshirani 1993, ch. 13: percentile intervals need 1,000 or more
BATCH = 100  # resamples in memory at a time
SEED = 2024  # any number, but always the same: a report can be made again
PERCENTILES = (2.5, 97.5)  # a 95% interval
EDGES = np.arange(11) / 10  # of the bins of confidence: [0, 0.1), [0.1, 0.2), … [0.9, 1]
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_BREAKS = "-/‘’“”–—…"  # part words
_POSSESSIVE = re.compile(r"['’]s\b")
_OPENING = re.compile(r"\W*(yes|no)\b", re.I)


class Interval(NamedTuple):
    """A value with its 95% bootstrap interval and the number of questions behind it."""

    value: float
    low: float
    high: float
    n: int


Row = dict[str, Interval]  # measure -> value
Table = dict[str, Row]  # row label -> its figures


def citation_precision(cited: Sentences, gold: Sentences) -> float | None:
    """Share of the cited sentences that are gold evidence; `None` when nothing is cited."""
    return len(cited & gold) / len(cited) if cited else None


def citation_recall(cited: Sentences, gold: Sentences, needs: Needs) -> float | None:
    """Share of the gold cited, or with `needs="any"` whether one is; `None` without gold."""
    if not gold:
        return None
    found = len(cited & gold)
    return float(found > 0) if needs == "any" else found / len(gold)


def citation_f1(cited: Sentences, gold: Sentences, needs: Needs) -> float | None:
    """Harmonic mean of citation precision and recall; 0 for an abstention, `None` without gold."""
    precision, recall = citation_precision(cited, gold), citation_recall(cited, gold, needs)
    return None if recall is None else harmonic_mean(precision or 0.0, recall)


def group_recall(cited: Sentences, groups: Sequence[Sentences]) -> float | None:
    """Share of the groups of which at least one sentence is cited; `None` without groups."""
    return sum(bool(cited & group) for group in groups) / len(groups) if groups else None


def group_precision(
    cited: Sentences, groups: Sequence[Sentences], may: Sentences = frozenset()
) -> float | None:
    """Share of the cited sentences that a group holds or that a good answer may show."""
    return citation_precision(cited, frozenset(may).union(*groups))


def harmonic_mean(precision: float, recall: float) -> float:
    """F1 of the two; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def normalize_answer(text: str) -> str:
    """Lower case, without ASCII punctuation, articles and superfluous white space.

    `normalize_answer` of SQuAD's evaluate-v2.0.py (Rajpurkar et al. 2018).
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split())


def exact_match(prediction: str, gold: Sequence[str]) -> float:
    """1 when the prediction is one of the gold answers, normalised; without gold, when it is empty.

    `compute_exact` of evaluate-v2.0.py; an abstention's prediction is `""`.
    """
    return float(normalize_answer(prediction) in map(normalize_answer, _answers(gold)))


def token_f1(prediction: str, gold: Sequence[str]) -> float:
    """F1 of the prediction's words against the best fitting gold answer's.

    `compute_f1` of evaluate-v2.0.py; without gold 1 for an empty prediction, else 0.
    """
    return max(_token_f1(prediction, answer) for answer in _answers(gold))


def answer_hit(answer: str, gold: Sequence[str]) -> float | None:
    """1 when a gold answer's words appear in the answer in one run, else 0; `None` without gold.

    SQuAD's normalisation, but quotes and hyphens part words: "UK" is in "UK-based", "19" not in
    "190". Pass the answer without its `[n]` markers. Containment: Mallen et al. 2023, "accuracy".
    """
    wanted = [run for run in map(_words, gold) if run.strip()]
    return float(any(run in _words(answer) for run in wanted)) if wanted else None


def marks_wrong(marked: str | None, answers: Sequence[str]) -> bool:
    """Whether what is marked as the answer shares no word with any accepted answer."""
    if marked is None:
        return False
    told, *accepted = (
        set(_words(_POSSESSIVE.sub("", text), _BREAKS).split()) for text in (marked, *answers)
    )
    return not any(told & words for words in accepted)


def opening_verdict(text: str) -> Verdict:
    """The verdict that an answer opens with; `"unclear"` where it opens with neither yes nor no."""
    opening = _OPENING.match(text)
    if opening is None:
        return "unclear"
    return "yes" if opening[1].lower() == "yes" else "no"


def recall_at_k(ranked: Ranked, gold: Sentences, k: int, needs: Needs = "all") -> float | None:
    """Share of the gold sentences that the first k passages hold; `None` without gold.

    With `needs="any"` whether one is there (success@k). Manning et al. 2008, section 8.4.
    """
    return citation_recall({sentence for held in ranked[:k] for sentence in held}, gold, needs)


def reciprocal_rank(ranked: Ranked, gold: Sentences, k: int | None = None) -> float | None:
    """1 / rank of the first passage with a gold sentence, 0 if no such is among the first k.

    `None` without gold. Its mean over questions is MRR@k. Voorhees 1999, TREC-8.
    """
    ranks = (1 / rank for rank, held in enumerate(ranked[:k], start=1) if held & gold)
    return next(ranks, 0.0) if gold else None


def share(of: Column, that: Column, axis: int = -1) -> Any:
    """Of the questions flagged first, the share flagged second; NaN where none is flagged first.

    Precision of refusal is the share of the refused that have no answer, recall the reverse.
    """
    flagged = np.asarray(of, dtype=bool)
    return (flagged & np.asarray(that, dtype=bool)).sum(axis) / flagged.sum(axis)


def f1(one: Column, other: Column, axis: int = -1) -> Any:
    """Harmonic mean of the two shares of two flags, as of refused and unanswerable; or NaN."""
    a, b = np.asarray(one, dtype=bool), np.asarray(other, dtype=bool)
    return 2 * (a & b).sum(axis) / (a.sum(axis) + b.sum(axis))


def auroc(confidence: Column, answerable: Column, axis: int = -1) -> Any:
    """Chance that an answerable question has more confidence than another; NaN for one class.

    Rank sum with ties at their mean rank, so a tie counts 1/2 (Mann & Whitney 1947).
    """
    positive = np.asarray(answerable, dtype=bool)
    n, rest = positive.sum(axis), (~positive).sum(axis)
    ranks = (rankdata(confidence, axis=axis) * positive).sum(axis)
    return (ranks - n * (n + 1) / 2) / (n * rest)


def expected_calibration_error(confidence: Column, right: Column, axis: int = -1) -> Any:
    """Distance of mean confidence from accuracy by bin, weighted by size.

    Guo et al. 2017, equation 3; a value on an edge belongs to the bin above, 1 to the last.
    """
    gaps = np.asarray(confidence, dtype=float) - np.asarray(right, dtype=float)
    bins = np.digitize(confidence, EDGES[1:-1])
    by_bin = [np.where(bins == b, gaps, 0).sum(axis) for b in range(len(EDGES) - 1)]
    return np.abs(by_bin).sum(axis=0) / gaps.shape[axis]


def quantile(at: float) -> Callable[..., Any]:
    """The measure that is this quantile of one column, by nearest rank."""
    return lambda values, axis=-1: np.quantile(values, at, axis=axis, method="inverted_cdf")


def bootstrap_statistic(measure: Callable[..., Any], *columns: Column) -> Interval | None:
    """A measure of a set of questions with its 95% interval; `None` where undefined.

    Percentile bootstrap, Efron & Tibshirani 1993, section 13.3: questions are drawn with all their
    columns, and resamples that leave the measure undefined are left out. Raises ValueError for
    unequal columns.
    """
    arrays = [np.asarray(column, dtype=float) for column in columns]
    n, *others = lengths = [len(array) for array in arrays]
    if any(other != n for other in others):
        raise ValueError(f"Columns of {lengths} values: give each one value per question.")
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)  # equal values: a point, and right
        value = float(measure(*arrays, axis=-1)) if n else np.nan
        if np.isnan(value):
            return None
        if n == 1:  # every resample is the question itself
            return Interval(value, value, value, n)
        drawn = bootstrap(
            arrays,
            measure,
            n_resamples=RESAMPLES,
            batch=BATCH,
            vectorized=True,
            paired=True,
            method="percentile",
            rng=SEED,
        ).bootstrap_distribution
    low, high = np.nanpercentile(drawn, PERCENTILES)
    return Interval(value, float(low), float(high), n)


def bootstrap_mean(values: Scores) -> Interval | None:
    """Mean over the questions where a value is defined; `None` when none is."""
    return bootstrap_statistic(np.mean, [value for value in values if value is not None])


def paired_difference(run: Scores, baseline: Scores) -> Interval | None:
    """Mean of run minus baseline over the questions that both define, with its 95% interval.

    Paired bootstrap, Koehn 2004; an interval without 0 says that the runs differ.
    """
    pairs = zip(run, baseline, strict=True)
    return bootstrap_mean([a - b for a, b in pairs if a is not None and b is not None])


def defined(found: Mapping[str, Interval | None]) -> Row:
    """The measures that have a value."""
    return {name: interval for name, interval in found.items() if interval is not None}


def means(columns: Mapping[str, Scores]) -> Row:
    """The mean of each column that has a value."""
    return defined({name: bootstrap_mean(values) for name, values in columns.items()})


def table(found: Iterable[tuple[str, Mapping[str, float | None]]]) -> Table:
    """A row for each label, with the mean of each measure; both in the order they come first in."""
    columns: dict[str, dict[str, list[float | None]]] = {}
    for label, values in found:
        row = columns.setdefault(label, {})
        for name, value in values.items():
            row.setdefault(name, []).append(value)
    return {label: means(row) for label, row in columns.items()}


def _answers(gold: Sequence[str]) -> list[str]:
    return [answer for answer in gold if normalize_answer(answer)] or [""]


def _token_f1(prediction: str, answer: str) -> float:
    predicted, wanted = normalize_answer(prediction).split(), normalize_answer(answer).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    shared = (Counter(predicted) & Counter(wanted)).total()
    return 2 * shared / (len(predicted) + len(wanted))


def _words(text: str, breaks: str = f"'{_BREAKS}") -> str:
    return f" {normalize_answer(text.translate(dict.fromkeys(map(ord, breaks), ' ')))} "
