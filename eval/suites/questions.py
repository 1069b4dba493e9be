"""The suites that ask the questions of a set: the article's or your own, and the public ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from langchain_core.embeddings import Embeddings

from eval import scoring
from eval.baselines import PRODUCT
from eval.metrics import Table
from eval.report import SuiteResult
from eval.run import Options
from eval.scoring import Judged, as_asked, ask_and_judge, details, differences, row, rows
from eval.suites import Suite
from qa.errors import UsageError
from qa.settings import shipped_corpus
from sets.questions import QuestionSet, read_own, read_public

OWN_QUESTIONS = Path(__file__).parents[1] / "questions.jsonl"
GROUPS = {  # of measures, as `suites.yaml` names them
    "evidence": scoring.EVIDENCE,
    "exact": scoring.EXACT,
    "refusal": scoring.REFUSAL,
    "retrieval": scoring.RETRIEVAL,
    "squad": scoring.SQUAD,
}
BY_KIND = ("evidence_top1", "citation_f1", "answer_hit", "exact_f1", "refused", *scoring.SQUAD)
RANKED = (
    "Evidence top-1 and marked answer F1 are of the sentence that the reader ranks first and the "
    "answer that it marks there, whether or not it then abstains; for a question that does not "
    "reach the reader, such as small talk, they are 0."
)
NO_EXACT = "The baselines mark no exact answer, so they score 0 there."


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask a set's questions and report the suite's measures."""
    read = read_article(options) if not suite.folders else _read(suite, options)
    questions = read.sample(options.limit)
    measures = [m for group in suite.measures for m in GROUPS.get(group, (group,))]
    every = ask_and_judge(questions, options, embedder, suite.name)
    asked = {name: as_asked(judged) for name, judged in every.items()}
    return SuiteResult(
        options.questions.stem if options.questions else "",
        questions=len(questions.questions),
        tables=_tables(measures, every, asked),
        notes=(RANKED, *((NO_EXACT,) if options.compare else ())),
        **details(questions, asked, PRODUCT),
    )


def read_article(options: Options) -> QuestionSet:
    """The options' questions over their articles, by default the project's own."""
    if options.corpus is not None and options.questions is None:
        raise UsageError("--corpus needs your questions over its articles; name with --questions.")
    corpus = options.corpus or shipped_corpus()
    return read_own(options.questions or OWN_QUESTIONS, corpus, options.split)


def _read(suite: Suite, options: Options) -> QuestionSet:
    """A public set, without questions that are asked of no article."""
    found = read_public(options.folder(suite.name), options.split, **suite.reading)
    asked = [q for q in found.questions if q.articles]
    kept = asked if suite.scored else [replace(q, answers=()) for q in asked]
    return QuestionSet(tuple(kept), found.articles)


def _tables(
    measures: Sequence[str],
    every: Mapping[str, Sequence[Judged]],
    asked: Mapping[str, Sequence[Judged]],
) -> dict[str, Table]:
    tables = {"Measures": {name: row(judged, measures) for name, judged in asked.items()}}
    compared = [m for m in measures if m not in scoring.RETRIEVAL]
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
