"""The suite `onestopqa`: real news at three reading levels, each question of its paragraph."""

from eval.data import QuestionSet, read_public
from eval.run import Options
from eval.scoring import EVIDENCE
from eval.suites.suite import questions_suite, without_answers


def _read(options: Options, split: str) -> QuestionSet:
    # An option is written in other words than the article's.
    return without_answers(read_public(options.folder("onestopqa"), split))


SUITE = questions_suite(
    "onestopqa",
    "OneStopQA: real news at three reading levels, each question asked of its paragraph; gold "
    "are the sentences that its evidence span touches, any of which will do.",
    _read,
    (*EVIDENCE, "refused"),
    notes=(
        "Its options are not in the article's words: without a judge model none is scored.",
        "All its questions can be answered, so each refusal is wrong.",
    ),
)
