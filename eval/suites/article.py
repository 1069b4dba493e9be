"""The suite `article`: questions written by hand over the shipped article, or your own."""

from pathlib import Path

from eval.data import ALL, QuestionSet, read_own
from eval.run import Options
from eval.scoring import EVIDENCE, EXACT, REFUSAL, RETRIEVAL
from eval.suites.suite import questions_suite
from qa.errors import UsageError
from qa.settings import shipped_corpus

OWN_QUESTIONS = Path(__file__).parents[1] / "questions.jsonl"


def read(options: Options, split: str) -> QuestionSet:
    """The options' questions over their articles, by default the project's own."""
    if options.corpus is not None and options.questions is None:
        raise UsageError("--corpus needs your questions over its articles; name with --questions.")
    return read_own(options.questions or OWN_QUESTIONS, options.corpus or shipped_corpus(), split)


SUITE = questions_suite(
    "article",
    "Questions written by hand over the shipped article, or your own over your own; gold "
    "are sentences and accepted answers.",
    read,
    (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
    split=ALL,
    notes=("Where an answer has several parts, answer hit is the share of them in the answer.",),
    folders=(),
)
