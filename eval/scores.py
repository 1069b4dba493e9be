"""Outcomes -> measures with their intervals: of all questions, by kind, by form, differences."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval import metrics
from eval.asking import AS_ASKED, Outcome
from eval.data import Place, Question, QuestionSet
from eval.metrics import Interval, Ranked, Values, bootstrap_mean, bootstrap_statistic
from qa.article import Article

Row = dict[str, Interval]  # measure -> value
Table = dict[str, Row]  # row label -> its figures
_UNMARKED = "\ufffd"  # predicted where an answer marks no exact one: no gold answer, not empty

LABELS = {
    "evidence_top1": "evidence top-1",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "citation_f1": "citation F1",
    "answer_hit": "answer hit",
    "exact_match": "exact answer EM",
    "exact_f1": "exact answer F1",
    "marked_f1": "marked answer F1",
    "refused": "refused",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
    "refusal_f1": "refusal F1",
    "auroc": "AUROC of confidence",
    "calibration_error": "calibration error",
    "recall@1": "passage recall@1",
    "recall@5": "passage recall@5",
    "recall@10": "passage recall@10",
    "mrr@10": "passage MRR@10",
    "squad_em": "SQuAD EM",
    "squad_f1": "SQuAD F1",
    "squad_best_f1": "SQuAD F1, best threshold",
}
EVIDENCE = ("evidence_top1", "citation_precision", "citation_recall", "citation_f1")
EXACT = ("answer_hit", "exact_match", "exact_f1", "marked_f1")
REFUSAL = ("refusal_precision", "refusal_recall", "refusal_f1", "auroc", "calibration_error")
RETRIEVAL = ("recall@1", "recall@5", "mrr@10")
SQUAD = ("squad_em", "squad_f1", "squad_best_f1")
FIRST = "first sentence"  # of a written answer: seconds that are part of those of its stages
QUANTILES = {"median": 0.5, "95th percentile": 0.95}
CUTS = (1, 5, 10)  # passages; recall at each, MRR at the last

# Of a whole set of questions: the columns they are computed from, and the function.
_OF_SETS: dict[str, tuple[tuple[str, ...], Callable[..., float | None]]] = {
    "refusal_precision": (("refused", "answerable"), metrics.refusal_precision),
    "refusal_recall": (("refused", "answerable"), metrics.refusal_recall),
    "refusal_f1": (("refused", "answerable"), metrics.refusal_f1),
    "auroc": (("confidence", "answerable"), metrics.auroc),
    "calibration_error": (("confidence", "answerable"), metrics.expected_calibration_error),
    "squad_best_f1": (("span_f1", "absent", "answerable"), lambda *columns: _best_f1(*columns)),
}


@dataclass(frozen=True)
class Judged:
    """A question, what a configuration made of it, and its values: None where undefined."""

    question: Question
    outcome: Outcome
    values: dict[str, float | None]


def judge(questions: QuestionSet, outcomes: Sequence[Outcome]) -> list[Judged]:
    """Each outcome beside its question, with its values."""
    by_id = {q.id: q for q in questions.questions}
    return [
        Judged(by_id[o.question], o, _values(by_id[o.question], o, questions)) for o in outcomes
    ]


def as_asked(judged: Sequence[Judged]) -> list[Judged]:
    """Without the other forms of follow-ups, which are told beside them."""
    return [j for j in judged if j.outcome.form == AS_ASKED]


def row(judged: Sequence[Judged], names: Sequence[str]) -> Row:
    """These measures with their intervals; those that the questions leave undefined are absent."""
    found = {name: _measure(judged, name) for name in names}
    return {name: interval for name, interval in found.items() if interval is not None}


def differences(run: Sequence[Judged], baseline: Sequence[Judged], names: Sequence[str]) -> Row:
    """Run minus baseline, question by question, of the measures that questions have."""
    found = {
        name: metrics.paired_difference(_column(run, name), _column(baseline, name))
        for name in names
        if name not in _OF_SETS
    }
    return {name: interval for name, interval in found.items() if interval is not None}


def seconds(judged: Sequence[Judged]) -> Table:
    """Median and 95th percentile of the seconds by stage and in all."""
    stages = list(dict.fromkeys(s for j in judged for s in j.outcome.seconds))
    columns = {
        s: [j.outcome.seconds.get(s, 0.0) for j in judged if s != FIRST or s in j.outcome.seconds]
        for s in stages
    }
    columns["all"] = [
        sum(s for stage, s in j.outcome.seconds.items() if stage != FIRST) for j in judged
    ]
    found = {
        stage: {name: bootstrap_statistic(at_quantile(q), column) for name, q in QUANTILES.items()}
        for stage, column in columns.items()
    }
    return {s: {n: i for n, i in figures.items() if i} for s, figures in found.items()}


def at_quantile(quantile: float) -> Callable[[Values], float]:
    """The quantile by nearest rank."""
    return lambda values: float(np.sort(values)[math.ceil(quantile * len(values)) - 1])


def ranking(ranked: Ranked[Place], question: Question) -> dict[str, float | None]:
    """Recall at `CUTS` and the reciprocal rank within the last of them."""
    values: dict[str, float | None] = {
        f"recall@{k}": metrics.recall_at_k(ranked, question.gold, k, question.needs) for k in CUTS
    }
    values["mrr@10"] = metrics.reciprocal_rank(ranked, question.gold, CUTS[-1])
    return values


def held(articles: Sequence[Article]) -> Callable[[Place], frozenset[Place]]:
    """A function from a passage's place to the places of its sentences."""
    sentences = {a.id: [(a.id, s.start, s.end) for s in a.sentences] for a in articles}

    def of(passage: Place) -> frozenset[Place]:
        name, start, end = passage
        return frozenset(s for s in sentences[name] if start <= s[1] and s[2] <= end)

    return of


def _values(
    question: Question, outcome: Outcome, questions: QuestionSet
) -> dict[str, float | None]:
    cited, gold, needs = set(outcome.cited), question.gold, question.needs
    marked = bool(gold) or not question.answerable  # else the set marks no evidence
    passages = held([questions.articles[name] for name in question.articles])
    values: dict[str, float | None] = {
        "evidence_top1": float(outcome.best in gold) if gold else None,
        "citation_precision": metrics.citation_precision(cited, gold) if marked else None,
        "citation_recall": metrics.citation_recall(cited, gold, needs),
        "citation_f1": metrics.citation_f1(cited, gold, needs),
        "answer_hit": _hit(question, outcome),
        "refused": float(outcome.abstained),
        "confidence": outcome.confidence,
        "absent": 1 - outcome.confidence,
        "answerable": float(question.answerable),
        **ranking([passages(place) for place in outcome.passages], question),
    }
    shown = "" if outcome.abstained else outcome.exact or _UNMARKED
    answers = question.answers if question.answerable else ()
    if answers or not question.answerable:
        values["squad_em"] = metrics.exact_match(shown, answers)
        values["squad_f1"] = metrics.token_f1(shown, answers)
        values["span_f1"] = metrics.token_f1(outcome.span or _UNMARKED, answers)
    if answers:
        values["exact_match"], values["exact_f1"] = values["squad_em"], values["squad_f1"]
        values["marked_f1"] = values["span_f1"]
    return values


def _hit(question: Question, outcome: Outcome) -> float | None:
    if not question.answerable or not question.answers:
        return None
    if outcome.abstained:
        return 0.0
    # The answers of a question with several parts are its parts: the share of them that is there.
    groups = [[a] for a in question.answers] if question.needs == "all" else [question.answers]
    hits = [metrics.answer_hit(outcome.said, group) for group in groups]
    defined = [hit for hit in hits if hit is not None]
    return sum(defined) / len(defined) if defined else None


def _measure(judged: Sequence[Judged], name: str) -> Interval | None:
    if name not in _OF_SETS:
        return bootstrap_mean(_column(judged, name))
    columns, function = _OF_SETS[name]
    rows = [[j.values.get(c) for c in columns] for j in judged]
    whole = np.array([r for r in rows if None not in r], dtype=float)
    return bootstrap_statistic(function, *whole.T) if len(whole) else None


def _column(judged: Sequence[Judged], name: str) -> list[float | None]:
    return [j.values.get(name) for j in judged]


def _best_f1(span_f1: Any, absent: Any, answerable: Any) -> float | None:
    found = metrics.best_threshold(span_f1, absent, answerable)
    return found[0] if found else None
