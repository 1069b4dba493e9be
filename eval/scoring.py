"""Scores outcomes: tables of measures with intervals, their differences, and misses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from eval import metrics
from eval.metrics import Interval, Ranked, Row, Table, bootstrap_mean, bootstrap_statistic, defined
from eval.report import Miss
from eval.run import AS_ASKED, Options, Outcome, ask
from qa.article import Article
from sets.questions import GoldQuestion, Place, QuestionSet

_UNMARKED = "\ufffd"  # predicted where an answer marks no exact one: no gold answer, not empty
EVIDENCE = ("evidence_top1", "citation_precision", "citation_recall", "citation_f1")
EXACT = ("answer_hit", "exact_match", "exact_f1", "marked_f1")
REFUSAL = ("refusal_precision", "refusal_recall", "refusal_f1", "auroc", "calibration_error")
RETRIEVAL = ("recall@1", "recall@5", "mrr@10")
SQUAD = ("squad_em", "squad_f1")
FIRST = "first sentence"  # of a written answer: seconds that are part of those of its stages
QUANTILES = {"median": 0.5, "95th percentile": 0.95}
CUTS = (1, 5, 10)  # passages; recall at each, MRR at the last

# Of a whole set of questions: the function, and the columns it is computed from.
_OF_SETS: dict[str, tuple[Callable[..., Any], *tuple[str, ...]]] = {
    "refusal_precision": (metrics.share, "refused", "unanswerable"),
    "refusal_recall": (metrics.share, "unanswerable", "refused"),
    "refusal_f1": (metrics.f1, "refused", "unanswerable"),
    "auroc": (metrics.auroc, "confidence", "answerable"),
    "calibration_error": (metrics.expected_calibration_error, "confidence", "answerable"),
}


@dataclass(frozen=True)
class Judged:
    """A question, a configuration's outcome, and its values: None where undefined."""

    question: GoldQuestion
    outcome: Outcome
    values: dict[str, float | None]


def judge(questions: QuestionSet, outcomes: Sequence[Outcome]) -> list[Judged]:
    """Each outcome beside its question, with its values."""
    by_id = {q.id: q for q in questions.questions}
    return [
        Judged(by_id[o.question], o, _values(by_id[o.question], o, questions)) for o in outcomes
    ]


def as_asked(judged: Sequence[Judged]) -> list[Judged]:
    """Without the other forms of follow-ups, which have a table of their own."""
    return [j for j in judged if j.outcome.form == AS_ASKED]


def row(judged: Sequence[Judged], names: Sequence[str]) -> Row:
    """These measures with their intervals; those that the questions leave undefined are absent."""
    return defined({name: _measure(judged, name) for name in names})


def rows(judged: Sequence[Judged], key: Callable[[Judged], str], names: Sequence[str]) -> Table:
    """A row for each group of questions with the same key."""
    groups: dict[str, list[Judged]] = {}
    for j in judged:
        groups.setdefault(key(j), []).append(j)
    return {label: row(group, names) for label, group in groups.items()}


def differences(run: Sequence[Judged], baseline: Sequence[Judged], names: Sequence[str]) -> Row:
    """Run minus baseline, question by question, of the measures that questions have."""
    return defined(
        {
            name: metrics.paired_difference(_column(run, name), _column(baseline, name))
            for name in names
            if name not in _OF_SETS
        }
    )


def seconds(judged: Sequence[Judged]) -> Table:
    """Median and 95th percentile of the seconds by stage and in all."""
    timed = [j.outcome.answer.timings for j in judged]
    columns = {
        stage: [s.get(stage, 0.0) for s in timed if stage != FIRST or stage in s]
        for stage in dict.fromkeys(chain.from_iterable(timed))
    }
    columns["all"] = [sum(t for stage, t in s.items() if stage != FIRST) for s in timed]
    return {stage: quantiles(column) for stage, column in columns.items()}


def quantiles(column: Sequence[float]) -> Row:
    """Median and 95th percentile by nearest rank."""
    return defined(
        {name: bootstrap_statistic(metrics.quantile(q), column) for name, q in QUANTILES.items()}
    )


def ranking(ranked: Ranked, question: GoldQuestion) -> dict[str, float | None]:
    """Recall at `CUTS` and the reciprocal rank within the last of them."""
    values: dict[str, float | None] = {
        f"recall@{k}": metrics.recall_at_k(ranked, question.gold, k, question.needs) for k in CUTS
    }
    return values | {"mrr@10": metrics.reciprocal_rank(ranked, question.gold, CUTS[-1])}


def held(articles: Sequence[Article]) -> Callable[[Place], frozenset[Place]]:
    """A function from a passage's place to the places of its sentences."""
    sentences = {a.id: [(a.id, s.start, s.end) for s in a.sentences] for a in articles}

    def of(passage: Place) -> frozenset[Place]:
        name, start, end = passage
        return frozenset(s for s in sentences[name] if start <= s[1] and s[2] <= end)

    return of


def why_missed(judged: Judged) -> str | None:
    """What is wrong with an outcome, or None."""
    abstained = judged.outcome.answer.abstained
    if not judged.question.answerable:
        return None if abstained else "answered, though the article does not say"
    if abstained:
        return "refused, though the article says"
    recall = judged.values["citation_recall"]
    if recall is not None and recall < 1:
        return "cites a part of the evidence" if recall else "cites none of the evidence"
    return None


def misses(
    questions: QuestionSet,
    judged: Sequence[Judged],
    why_wrong: Callable[[Judged], str | None] = why_missed,
) -> tuple[Miss, ...]:
    """Every question of whose outcome `why_wrong` says what is wrong."""

    def text(place: Place) -> str:
        name, start, end = place
        return questions.articles[name].text[start:end]

    return tuple(
        Miss.of(
            j.outcome.answer,
            id=q.id,
            kind=q.kind,
            why=why,
            question=q.question,
            history=q.history,
            gold=tuple(text(place) for place in sorted(q.gold)),
            answers=q.answers,
        )
        for j in judged
        for q in [j.question]
        if (why := why_wrong(j))
    )


def ask_and_judge(
    questions: QuestionSet, options: Options, embedder: Embeddings, name: str
) -> dict[str, list[Judged]]:
    """By configuration every question in each of its forms, with its outcome and values."""
    outcomes = ask(questions, options.configurations(), embedder, options.finished, name)
    return {name: judge(questions, found) for name, found in outcomes.items()}


def details(
    questions: QuestionSet,
    asked: Mapping[str, Sequence[Judged]],
    missed_by: str,
    why_wrong: Callable[[Judged], str | None] = why_missed,
) -> dict[str, Any]:
    """What a `SuiteResult` shows besides tables: one configuration's misses, seconds, plots."""
    confidences = {
        name: tuple((j.outcome.answer.confidence, j.question.answerable) for j in judged)
        for name, judged in asked.items()
        if len({j.question.answerable for j in judged}) == 2
    }
    return {
        "misses": misses(questions, asked[missed_by], why_wrong),
        "missed_by": missed_by,
        "seconds": {name: seconds(judged) for name, judged in asked.items()},
        "confidences": confidences,
    }


def _values(
    question: GoldQuestion, outcome: Outcome, questions: QuestionSet
) -> dict[str, float | None]:
    answer, cited, gold, needs = outcome.answer, outcome.cited, question.gold, question.needs
    marked = bool(gold) or not question.answerable  # else the set marks no evidence
    passages = held([questions.articles[name] for name in question.articles])
    values: dict[str, float | None] = {
        "evidence_top1": float(outcome.best in gold) if gold else None,
        "citation_precision": metrics.citation_precision(cited, gold) if marked else None,
        "citation_recall": metrics.citation_recall(cited, gold, needs),
        "citation_f1": metrics.citation_f1(cited, gold, needs),
        "answer_hit": _hit(question, outcome),
        "refused": float(answer.abstained),
        "confidence": answer.confidence,
        "answerable": float(question.answerable),
        "unanswerable": float(not question.answerable),
        **ranking([passages(place) for place in outcome.passages], question),
    }
    shown = "" if answer.abstained else answer.exact or _UNMARKED
    answers = question.answers if question.answerable else ()
    if answers or not question.answerable:
        values["squad_em"] = metrics.exact_match(shown, answers)
        values["squad_f1"] = metrics.token_f1(shown, answers)
    if answers:
        values["exact_match"], values["exact_f1"] = values["squad_em"], values["squad_f1"]
        values["marked_f1"] = metrics.token_f1(outcome.span or _UNMARKED, answers)
    return values


def _hit(question: GoldQuestion, outcome: Outcome) -> float | None:
    if not question.answerable:
        return None
    # The answers of a question with several parts are its parts: the share of them that is there.
    groups = [[a] for a in question.answers] if question.needs == "all" else [question.answers]
    text = "" if outcome.answer.abstained else outcome.answer.plain_text
    hits = [metrics.answer_hit(text, group) for group in groups]
    known = [hit for hit in hits if hit is not None]
    return sum(known) / len(known) if known else None


def _measure(judged: Sequence[Judged], name: str) -> Interval | None:
    if name not in _OF_SETS:
        return bootstrap_mean(_column(judged, name))
    function, *columns = _OF_SETS[name]
    found = [[j.values.get(c) for c in columns] for j in judged]
    whole = np.array([values for values in found if None not in values], dtype=float)
    return bootstrap_statistic(function, *whole.T) if len(whole) else None


def _column(judged: Sequence[Judged], name: str) -> list[float | None]:
    return [j.values.get(name) for j in judged]
