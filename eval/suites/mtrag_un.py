"""The suite `mtrag-un`: turns of conversations, each asked of the passages retrieved for it."""

from eval.data import QuestionSet, read_public
from eval.run import Options
from eval.scoring import REFUSAL
from eval.suites.suite import questions_suite, without_answers


def _read(options: Options, split: str) -> QuestionSet:
    found = without_answers(read_public(options.folder("mtrag-un"), split))
    return QuestionSet(tuple(q for q in found.questions if q.articles), found.articles)


SUITE = questions_suite(
    "mtrag-un",
    "MT-RAG-UN: turns of conversations, each asked of the passages that were retrieved for it, "
    "labelled by whether they hold the answer, fully or in part.",
    _read,
    REFUSAL,
    notes=(
        "It marks no evidence and its references are written: without a judge model its answers "
        "are not scored.",
        "Turns for which nothing was retrieved are left out, as refusing those is easy. Every "
        "turn of its class unanswerable is one; what is left to refuse are unclear ones.",
    ),
)
