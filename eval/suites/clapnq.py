"""The suite `clapnq`: questions typed into a search engine, each asked of its passage."""

from eval.data import QuestionSet, read_public
from eval.run import Options
from eval.scoring import EVIDENCE, REFUSAL
from eval.suites.suite import questions_suite, without_answers


def _read(options: Options, split: str) -> QuestionSet:
    found = read_public(options.folder("clapnq"), split, needs_all=("answerable",))
    return without_answers(found)  # a written reference is no answer string


SUITE = questions_suite(
    "clapnq",
    "ClapNQ's development set: questions that people typed into a search engine, each asked of "
    "its passage of Wikipedia; gold are whole sentences, often several.",
    _read,
    (*EVIDENCE, *REFUSAL),
    notes=("Its answers are written references: without a judge model they are not scored.",),
)
