"""The suite `squad2`: SQuAD 2.0, each question asked of its own paragraph."""

from eval.data import QuestionSet, read_public
from eval.run import Options
from eval.scoring import EVIDENCE, EXACT, REFUSAL, SQUAD
from eval.suites.suite import questions_suite


def _read(options: Options, split: str) -> QuestionSet:
    return read_public(options.folder("squad2"), split, paragraphs=True)


SUITE = questions_suite(
    "squad2",
    "SQuAD 2.0's development set, each question asked of its own paragraph as the official "
    "measure has it; exact answers by evaluate-v2.0.py's definitions.",
    _read,
    (*SQUAD, *EVIDENCE, *EXACT, *REFUSAL),
    notes=(
        "The prediction is the exact answer that an answer marks: none after a refusal, and a "
        "wrong one where an answer marks none, so that it never counts as a refusal.",
        "The best threshold is fitted to these very questions, as the official script does; "
        "the other figures are at the configuration's fixed threshold.",
        "Gold evidence is each sentence that holds a gold answer.",
    ),
)
