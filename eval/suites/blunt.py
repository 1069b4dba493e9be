"""The suite `blunt`: the first thing one wants to know, and whether what is marked is true."""

from pathlib import Path

from langchain_core.embeddings import Embeddings

from eval.baselines import PRODUCT
from eval.metrics import marks_wrong, table
from eval.report import SuiteResult
from eval.run import Options
from eval.scoring import Judged, as_asked, ask_and_judge, details
from eval.suites import Suite
from eval.suites.open_news import FOLDER
from qa.settings import shipped_corpus
from sets.questions import ALL, QuestionSet, read_own, read_public

NAME = "blunt"
QUESTIONS = Path(__file__).parents[1] / "blunt.jsonl"


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask the blunt questions, and count what is marked."""
    own = questions = read_own(QUESTIONS, shipped_corpus(), ALL)
    if options.data:
        public = read_public(options.folder(FOLDER), options.split)
        asked = (q for q in public.questions if q.kind == NAME)
        every = {**own.articles, **public.articles}
        questions = QuestionSet((*own.questions, *asked), every)
    questions = questions.sample(options.limit)
    judged = as_asked(ask_and_judge(questions, options, embedder, NAME)[PRODUCT])

    def place(judged: Judged) -> str:
        return "shipped article" if judged.question.articles[0] in own.articles else FOLDER

    return SuiteResult(
        questions=len(questions.questions),
        tables={"Marks": table((place(j), _values(j)) for j in judged)},
        **details(questions, {PRODUCT: judged}, PRODUCT, why_false),
    )


def why_false(judged: Judged) -> str | None:
    """Why what is marked is no answer; None where it is one, or nothing is marked."""
    marked = judged.outcome.answer.exact
    return f"marks “{marked}”" if marks_wrong(marked, judged.question.answers) else None


def _values(judged: Judged) -> dict[str, float | None]:
    marked, false = judged.outcome.answer.exact is not None, why_false(judged) is not None
    told = false if marked else None
    return {"marked": marked, "false mark": false, "false of the marked": told}
