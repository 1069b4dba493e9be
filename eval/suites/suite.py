"""What a suite is, and what those share that ask the questions of a set."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.embeddings import Embeddings

from eval.report import SuiteResult
from eval.run import Options, ask
from eval.scoring import Judged, judge, misses, seconds, why_missed
from sets.questions import QuestionSet


@dataclass(frozen=True)
class Suite:
    """A name on the command line, what it asks and tells, its split by default, what it reads.

    `measure` finds its tables; it is given the options with the split that counts. It raises
    `UsageError` for bad options and `DataError` for bad data.
    """

    name: str
    about: str
    notes: Sequence[str]
    measure: Callable[[Options, Embeddings], SuiteResult]
    split: str = "test"
    folders: Sequence[str] = ()

    def run(self, options: Options, embedder: Embeddings) -> SuiteResult:
        """What it found, under its name."""
        split = options.split or self.split
        found = self.measure(replace(options, split=split), embedder)
        notes = (*self.notes, *found.notes)
        name = found.name or self.name
        return replace(found, name=name, about=self.about, split=split, notes=notes)


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
