"""The suites of questions: what each asks, of what, and which measures it reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from langchain_core.embeddings import Embeddings

from eval.asking import ask
from eval.baselines import CONFIGURATIONS, PRODUCT, Configuration
from eval.data import ALL, QuestionSet, read_own, read_public
from eval.result import SuiteResult
from eval.scores import (
    EVIDENCE,
    EXACT,
    REFUSAL,
    RETRIEVAL,
    SQUAD,
    Judged,
    Table,
    as_asked,
    differences,
    judge,
    row,
    seconds,
)
from eval.shown import calibration, misses, refusal_curves
from qa.errors import UsageError
from qa.settings import shipped_corpus

OWN_QUESTIONS = Path(__file__).parent / "questions.jsonl"
RANKED = (
    "Evidence top-1 and marked answer F1 are of the sentence that the reader puts first and the "
    "answer that it marks there, whether or not it then abstains; of a question without a reader, "
    "as small talk, they are 0."
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
class Options:
    """What the command line says; paths that are not given are None."""

    data: Path | None = None
    split: str | None = None
    limit: int | None = None
    compare: bool = False
    out: Path = Path("build/eval")
    questions: Path | None = None
    corpus: Path | None = None
    model: str = ""

    @property
    def own(self) -> bool:
        """Whether the questions are the user's own."""
        return self.questions is not None or self.corpus is not None

    def folder(self, name: str) -> Path:
        """The folder of a public set. Raises `UsageError` where there is none."""
        if self.data is None:
            raise UsageError(f"The suite {name} reads a public set; name its folder with --data.")
        if not (self.data / name).is_dir():
            raise UsageError(f"The folder {self.data} of --data has no folder {name}.")
        return self.data / name

    def configurations(self) -> list[Configuration]:
        """The product's reader, or all that are compared."""
        return list(CONFIGURATIONS.values()) if self.compare else [CONFIGURATIONS[PRODUCT]]


@dataclass(frozen=True)
class Suite:
    """Questions asked of a configuration; `split` is used where the command names none."""

    about: str
    read: Callable[[Options, str], QuestionSet]
    measures: tuple[str, ...]
    split: str = "test"
    notes: tuple[str, ...] = ()


def _own(options: Options, split: str) -> QuestionSet:
    if options.corpus is not None and options.questions is None:
        raise UsageError("--corpus needs your questions over its articles; name with --questions.")
    return read_own(options.questions or OWN_QUESTIONS, options.corpus or shipped_corpus(), split)


def _squad2(options: Options, split: str) -> QuestionSet:
    return read_public(options.folder("squad2"), split, paragraphs=True)


def _fictional_news(options: Options, split: str) -> QuestionSet:
    return read_public(options.folder("fictional-news"), split, needs_all=("multi",))


def _clapnq(options: Options, split: str) -> QuestionSet:
    found = read_public(options.folder("clapnq"), split, needs_all=("answerable",))
    # A written reference is no answer string.
    return QuestionSet(tuple(replace(q, answers=()) for q in found.questions), found.articles)


def _onestopqa(options: Options, split: str) -> QuestionSet:
    found = read_public(options.folder("onestopqa"), split)
    # An option is written in other words than the article's.
    return QuestionSet(tuple(replace(q, answers=()) for q in found.questions), found.articles)


def _mtrag_un(options: Options, split: str) -> QuestionSet:
    found = read_public(options.folder("mtrag-un"), split)
    questions = (replace(q, answers=()) for q in found.questions if q.articles)
    return QuestionSet(tuple(questions), found.articles)


SUITES = {
    "article": Suite(
        "Questions written by hand over the shipped article, or one's own over one's own; gold "
        "are sentences and accepted answers.",
        _own,
        (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
        ALL,
        ("Where an answer has several parts, answer hit is the share of them in the answer.",),
    ),
    "squad2": Suite(
        "SQuAD 2.0's development set, each question asked of its own paragraph as the official "
        "measure has it; exact answers by evaluate-v2.0.py's definitions.",
        _squad2,
        (*SQUAD, *EVIDENCE, *EXACT, *REFUSAL),
        notes=(
            "The prediction is the exact answer that an answer marks: none after a refusal, and a "
            "wrong one where an answer marks none, so that it never counts as a refusal.",
            "The best threshold is fitted to these very questions, as the official script does; "
            "the other figures are at the configuration's fixed threshold.",
            "Gold evidence is each sentence that holds a gold answer.",
        ),
    ),
    "fictional-news": Suite(
        "Invented news, each question asked of its whole article; gold are sentences and exact "
        "answers, follow-ups come with their history.",
        _fictional_news,
        (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
        notes=("Where an answer has several parts, answer hit is the share of them.",),
    ),
    "clapnq": Suite(
        "ClapNQ's development set: questions of people to a search engine, each asked of its "
        "passage of Wikipedia; gold are whole sentences, often several.",
        _clapnq,
        (*EVIDENCE, *REFUSAL),
        notes=("Its answers are written references: without a judge model they are not scored.",),
    ),
    "onestopqa": Suite(
        "OneStopQA: real news at three reading levels, each question asked of its paragraph; gold "
        "are the sentences that its evidence span touches, any of which will do.",
        _onestopqa,
        (*EVIDENCE, "refused"),
        notes=(
            "Its options are not in the article's words: without a judge model none is scored.",
            "All its questions can be answered, so each refusal is wrong.",
        ),
    ),
    "mtrag-un": Suite(
        "MT-RAG-UN: turns of conversations, each asked of the passages that were retrieved for "
        "it; known is whether they hold the answer, fully or in part.",
        _mtrag_un,
        REFUSAL,
        notes=(
            "It marks no evidence and its references are written: without a judge model its "
            "answers are not scored.",
            "Turns for which nothing was retrieved are left out, for refusing those is no feat. "
            "Every turn of its class unanswerable is one; what is left to refuse is unclear ones.",
        ),
    ),
}


def run_suite(name: str, options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask a suite's questions and measure the answers.

    Raises `UsageError` for bad options, `DataError` for bad data.
    """
    suite = SUITES[name]
    split = options.split or suite.split
    questions = suite.read(options, split).sample(options.limit)
    compared = options.configurations()
    outcomes = ask(questions, compared, embedder, options.out / "finished", name)
    every = {c.name: judge(questions, outcomes[c.name]) for c in compared}
    asked = {name: as_asked(judged) for name, judged in every.items()}
    thresholds = {c.name: c.settings().threshold for c in compared}
    plots = [refusal_curves(asked, thresholds), calibration(asked)]
    return SuiteResult(
        options.questions.stem if options.questions else name,
        suite.about,
        split,
        len(questions.questions),
        _tables(suite, every, asked),
        (*suite.notes, RANKED, *((NO_EXACT,) if options.compare else ())),
        tuple(plot for plot in plots if plot.curves),
        misses(questions, asked[PRODUCT]),
        PRODUCT,
        {name: seconds(judged) for name, judged in asked.items()},
    )


def _tables(
    suite: Suite, every: dict[str, list[Judged]], asked: dict[str, list[Judged]]
) -> dict[str, Table]:
    tables = {"Measures": {name: row(judged, suite.measures) for name, judged in asked.items()}}
    compared = [m for m in suite.measures if m not in RETRIEVAL]
    others = [name for name in asked if name != PRODUCT]
    if others:
        tables[f"Difference of {PRODUCT} to each other, by question"] = {
            name: differences(asked[PRODUCT], asked[name], compared) for name in others
        }
    known = tuple(dict.fromkeys((*suite.measures, "refused")))
    shown = [m for m in BY_KIND if m in known]
    for name, judged in asked.items():
        tables[f"By split: {name}"] = _by(judged, lambda j: j.question.split, known)
        tables[f"By kind: {name}"] = _by(judged, lambda j: j.question.kind, shown)
    for name, judged in every.items():
        follow_ups = [j for j in judged if j.question.history]
        tables[f"Follow-ups: {name}"] = _by(
            follow_ups, lambda j: f"{_answerable(j)}, {j.outcome.form}", shown
        )
    return {title: table for title, table in tables.items() if _says_more(title, table)}


def _by(judged: Sequence[Judged], key: Callable[[Judged], str], names: Sequence[str]) -> Table:
    groups: dict[str, list[Judged]] = {}
    for j in judged:
        groups.setdefault(key(j), []).append(j)
    return {label: row(group, names) for label, group in groups.items()}


def _says_more(title: str, table: Table) -> bool:
    return bool(table) and not (title.startswith("By ") and len(table) == 1)


def _answerable(judged: Judged) -> str:
    return "answerable" if judged.question.answerable else "not answerable"
