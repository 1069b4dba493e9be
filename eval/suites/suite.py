"""What a suite is, and the kind that most are: questions of a set, asked and scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.embeddings import Embeddings

from eval.baselines import PRODUCT, Configuration
from eval.data import QuestionSet
from eval.metrics import Table
from eval.report import SuiteResult
from eval.run import Options, ask
from eval.scoring import (
    RETRIEVAL,
    Judged,
    as_asked,
    differences,
    judge,
    misses,
    row,
    rows,
    seconds,
    why_missed,
)

RANKED = (
    "Evidence top-1 and marked answer F1 are of the sentence that the reader ranks first and the "
    "answer that it marks there, whether or not it then abstains; for a question that does not "
    "reach the reader, such as small talk, they are 0."
)
NO_EXACT = "The baselines mark no exact answer, so they score 0 there."
BY_KIND = (
    "evidence_top1",
    "citation_f1",
    "answer_hit",
    "exact_f1",
    "refused",
    "squad_em",
    "squad_f1",
)


@dataclass(frozen=True)
class Suite:
    """A name on the command line; what it asks; its split by default; the folders it reads.

    `run` raises `UsageError` for bad options and `DataError` for bad data.
    """

    name: str
    about: str
    run: Callable[[Options, Embeddings], SuiteResult]
    split: str = "test"
    folders: Sequence[str] = ()

    def result(
        self,
        options: Options,
        questions: int,
        tables: Mapping[str, Table],
        notes: Sequence[str],
        **more: Any,
    ) -> SuiteResult:
        """What it found, under its name; `more` are other fields of `SuiteResult`."""
        split = options.split or self.split
        return SuiteResult(self.name, self.about, split, questions, tables, tuple(notes), **more)


def questions_suite(
    name: str,
    about: str,
    read: Callable[[Options, str], QuestionSet],
    measures: Sequence[str],
    *,
    split: str = "test",
    notes: Sequence[str] = (),
    folders: Sequence[str] = (),
) -> Suite:
    """A suite that asks the questions which `read` gives and reports these measures."""

    def run(options: Options, embedder: Embeddings) -> SuiteResult:
        questions = read(options, options.split or split).sample(options.limit)
        every = ask_and_judge(questions, options.configurations(), embedder, options, name)
        asked = {name: as_asked(judged) for name, judged in every.items()}
        result = suite.result(
            options,
            len(questions.questions),
            _tables(measures, every, asked),
            (*notes, RANKED, *((NO_EXACT,) if options.compare else ())),
            **details(questions, asked, PRODUCT),
        )
        return replace(result, name=options.questions.stem) if options.questions else result

    suite = Suite(name, about, run, split, folders)
    return suite


def ask_and_judge(
    questions: QuestionSet,
    compared: Sequence[Configuration],
    embedder: Embeddings,
    options: Options,
    name: str,
) -> dict[str, list[Judged]]:
    """By configuration every question in each of its forms, with its outcome and values."""
    outcomes = ask(questions, compared, embedder, options.finished, name)
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


def _tables(
    measures: Sequence[str],
    every: Mapping[str, Sequence[Judged]],
    asked: Mapping[str, Sequence[Judged]],
) -> dict[str, Table]:
    tables = {"Measures": {name: row(judged, measures) for name, judged in asked.items()}}
    compared = [m for m in measures if m not in RETRIEVAL]
    tables[f"Difference of {PRODUCT} to each other, by question"] = {
        name: differences(asked[PRODUCT], judged, compared)
        for name, judged in asked.items()
        if name != PRODUCT
    }
    known = tuple(dict.fromkeys((*measures, "refused")))
    shown = [m for m in BY_KIND if m in known]
    for name, judged in asked.items():
        by_split = rows(judged, lambda j: j.question.split, known)
        by_kind = rows(judged, lambda j: j.question.kind, shown)
        tables[f"By split: {name}"] = by_split if len(by_split) > 1 else {}
        tables[f"By kind: {name}"] = by_kind if len(by_kind) > 1 else {}
    for name, judged in every.items():
        follow_ups = [j for j in judged if j.question.history]
        tables[f"Follow-ups: {name}"] = rows(follow_ups, _form, shown)
    return {title: table for title, table in tables.items() if table}


def _form(judged: Judged) -> str:
    answerable = "answerable" if judged.question.answerable else "not answerable"
    return f"{answerable}, {judged.outcome.form}"
