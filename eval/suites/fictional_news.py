"""The suite `fictional-news`: invented news, each question asked of its whole article."""

from eval.data import QuestionSet, read_public
from eval.run import Options
from eval.scoring import EVIDENCE, EXACT, REFUSAL, RETRIEVAL
from eval.suites.suite import questions_suite


def _read(options: Options, split: str) -> QuestionSet:
    return read_public(options.folder("fictional-news"), split, needs_all=("multi",))


SUITE = questions_suite(
    "fictional-news",
    "Invented news, each question asked of its whole article; gold are sentences and exact "
    "answers, follow-ups come with their history.",
    _read,
    (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
    notes=("Where an answer has several parts, answer hit is the share of them.",),
)
