"""The suite `blunt`: the first thing one wants to know, and whether what is marked is true."""

from collections.abc import Sequence
from pathlib import Path

from langchain_core.embeddings import Embeddings
from pydantic import TypeAdapter, ValidationError

from eval.baselines import PRODUCT
from eval.data import ALL, DataError, QuestionSet, read_own, read_public
from eval.metrics import Row, Table, means
from eval.open_measures import marks_wrong
from eval.report import SuiteResult
from eval.run import Options
from eval.scoring import Judged, as_asked
from eval.suites.open_news import FOLDER
from eval.suites.suite import Suite, ask_and_judge, details
from qa.settings import shipped_corpus

NAME = "blunt"
ABOUT = (
    "Blunt questions over the shipped article, among them some that it does not answer though it "
    "has tempting figures, and with --data those of `open-news`: is what is marked as the answer "
    "true?"
)
NOTES = (
    "A mark is false where it shares no word with any accepted answer, or where there is none. "
    "`python -m eval blunt` fails on a false mark that eval/false_marks.json does not know; "
    "with --publish it knows those of that run.",
)
QUESTIONS = Path(__file__).parents[1] / "blunt.jsonl"
KNOWN = Path(__file__).parents[1] / "false_marks.json"


def blunt(options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask the blunt questions, and count what is marked. Raises `DataError` for bad data."""
    questions = own()
    if options.data:
        public = read_public(options.folder(FOLDER), options.split or SUITE.split)
        asked = tuple(q for q in public.questions if q.kind == NAME)
        every = (*questions.questions, *asked)
        questions = QuestionSet(every, {**questions.articles, **public.articles})
    questions = questions.sample(options.limit)
    found = ask_and_judge(questions, options.configurations(), embedder, options, NAME)
    judged = as_asked(found[PRODUCT])
    shipped = own().articles
    table: Table = {
        "shipped article": _row([j for j in judged if j.question.articles[0] in shipped]),
        FOLDER: _row([j for j in judged if j.question.articles[0] not in shipped]),
    }
    told = details(questions, {PRODUCT: judged}, PRODUCT, why_false)
    return SUITE.result(
        options,
        len(questions.questions),
        {"Marks": {name: row for name, row in table.items() if row}},
        NOTES,
        **told,
    )


def own() -> QuestionSet:
    """The blunt questions over the shipped article."""
    return read_own(QUESTIONS, shipped_corpus(), ALL)


def why_false(judged: Judged) -> str | None:
    """Why what is marked is no answer; None where it is one, or nothing is marked."""
    marked = judged.outcome.answer.exact
    return f"marks “{marked}”" if marks_wrong(marked, judged.question.answers) else None


def known(path: Path = KNOWN) -> frozenset[str]:
    """The questions whose mark is known to be false. Raises `DataError`."""
    try:
        return frozenset(TypeAdapter(list[str]).validate_json(path.read_bytes()))
    except (OSError, ValidationError):
        raise DataError(f"The file {path} does not hold a list of questions' ids.") from None


def new_false_marks(suite: SuiteResult, path: Path = KNOWN) -> list[str]:
    """A sentence for each false mark that was not known."""
    return [
        f"{miss.id} {miss.why}, asked “{miss.question}”."
        for miss in suite.misses
        if miss.id not in known(path)
    ]


def _row(judged: Sequence[Judged]) -> Row:
    columns: dict[str, list[float]] = {
        "marked": [float(j.outcome.answer.exact is not None) for j in judged],
        "false mark": [float(why_false(j) is not None) for j in judged],
        "false of the marked": [
            float(why_false(j) is not None) for j in judged if j.outcome.answer.exact is not None
        ],
    }
    return means(columns)


SUITE = Suite(NAME, ABOUT, blunt)
