"""What a suite is, and the kind that most are: questions of a set, asked and scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.embeddings import Embeddings

from eval.baselines import PRODUCT
from eval.data import QuestionSet
from eval.metrics import Table
from eval.report import SuiteResult
from eval.run import Options, ask
from eval.scoring import (
    RETRIEVAL,
    Judged,
    as_asked,
    calibration,
    differences,
    judge,
    misses,
    refusal_curves,
    row,
    rows,
    seconds,
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
        self, options: Options, questions: int, tables: Mapping[str, Table], notes: Sequence[str]
    ) -> SuiteResult:
        """What it found, under its name."""
        split = options.split or self.split
        return SuiteResult(self.name, self.about, split, questions, tables, tuple(notes))


def questions_suite(
    name: str,
    about: str,
    read: Callable[[Options, str], QuestionSet],
    measures: Sequence[str],
    *,
    split: str = "test",
    notes: Sequence[str] = (),
    folders: Sequence[str] | None = None,
) -> Suite:
    """A suite that asks the questions which `read` gives and reports these measures."""

    def run(options: Options, embedder: Embeddings) -> SuiteResult:
        chosen = options.split or split
        questions = read(options, chosen).sample(options.limit)
        compared = options.configurations()
        outcomes = ask(questions, compared, embedder, options.finished, name)
        every = {c.name: judge(questions, outcomes[c.name]) for c in compared}
        asked = {name: as_asked(judged) for name, judged in every.items()}
        thresholds = {c.name: c.settings().threshold for c in compared}
        plots = [refusal_curves(asked, thresholds), calibration(asked)]
        return replace(
            suite.result(
                options,
                len(questions.questions),
                _tables(measures, every, asked),
                (*notes, RANKED, *((NO_EXACT,) if options.compare else ())),
            ),
            name=options.questions.stem if options.questions else name,
            plots=tuple(plot for plot in plots if plot.curves),
            misses=misses(questions, asked[PRODUCT]),
            missed_by=PRODUCT,
            seconds={name: seconds(judged) for name, judged in asked.items()},
        )

    suite = Suite(name, about, run, split, (name,) if folders is None else folders)
    return suite


def without_answers(found: QuestionSet) -> QuestionSet:
    """The set without its accepted answers, for sets whose references are not strings to find."""
    return QuestionSet(tuple(replace(q, answers=()) for q in found.questions), found.articles)


def _tables(
    measures: Sequence[str], every: dict[str, list[Judged]], asked: dict[str, list[Judged]]
) -> dict[str, Table]:
    tables = {"Measures": {name: row(judged, measures) for name, judged in asked.items()}}
    compared = [m for m in measures if m not in RETRIEVAL]
    others = [name for name in asked if name != PRODUCT]
    if others:
        tables[f"Difference of {PRODUCT} to each other, by question"] = {
            name: differences(asked[PRODUCT], asked[name], compared) for name in others
        }
    known = tuple(dict.fromkeys((*measures, "refused")))
    shown = [m for m in BY_KIND if m in known]
    for name, judged in asked.items():
        tables[f"By split: {name}"] = rows(judged, lambda j: j.question.split, known)
        tables[f"By kind: {name}"] = rows(judged, lambda j: j.question.kind, shown)
    for name, judged in every.items():
        follow_ups = [j for j in judged if j.question.history]
        tables[f"Follow-ups: {name}"] = rows(
            follow_ups, lambda j: f"{_answerable(j)}, {j.outcome.form}", shown
        )
    return {title: table for title, table in tables.items() if _says_more(title, table)}


def _says_more(title: str, table: Table) -> bool:
    return bool(table) and not (title.startswith("By ") and len(table) == 1)


def _answerable(judged: Judged) -> str:
    return "answerable" if judged.question.answerable else "not answerable"
