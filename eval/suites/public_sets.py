"""The suites that ask the questions of a public set, each of its own article or passage."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eval.data import QuestionSet, read_public
from eval.run import Options
from eval.scoring import EVIDENCE, EXACT, REFUSAL, RETRIEVAL, SQUAD
from eval.suites.suite import Suite, questions_suite


def _suite(
    name: str,
    about: str,
    measures: Sequence[str],
    notes: Sequence[str],
    *,
    scored: bool = True,
    **reading: Any,
) -> Suite:
    """A suite of the set in the folder `name`, read as `reading` says.

    Accepted answers are left out unless they are to be `scored`, and so is a question that is
    asked of no article.
    """

    def read(options: Options, split: str) -> QuestionSet:
        found = read_public(options.folder(name), split, **reading)
        kept = (q if scored else replace(q, answers=()) for q in found.questions if q.articles)
        return QuestionSet(tuple(kept), found.articles)

    return questions_suite(name, about, read, measures, notes=notes, folders=(name,))


PUBLIC_SETS = (
    _suite(
        "squad2",
        "SQuAD 2.0's development set, each question asked of its own paragraph as the official "
        "measure has it; exact answers by evaluate-v2.0.py's definitions.",
        (*SQUAD, *EVIDENCE, *EXACT, *REFUSAL),
        (
            "The prediction is the exact answer that an answer marks: none after a refusal, and a "
            "wrong one where an answer marks none, so that it never counts as a refusal.",
            "Gold evidence is each sentence that holds a gold answer.",
        ),
        paragraphs=True,
    ),
    _suite(
        "fictional-news",
        "Invented news, each question asked of its whole article; gold are sentences and exact "
        "answers, follow-ups come with their history.",
        (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
        ("Where an answer has several parts, answer hit is the share of them.",),
        needs_all=("multi",),
    ),
    _suite(
        "clapnq",
        "ClapNQ's development set: questions that people typed into a search engine, each asked of "
        "its passage of Wikipedia; gold are whole sentences, often several.",
        (*EVIDENCE, *REFUSAL),
        ("Its answers are written references: without a judge model they are not scored.",),
        scored=False,
        needs_all=("answerable",),
    ),
    _suite(
        "onestopqa",
        "OneStopQA: real news at three reading levels, each question asked of its paragraph; gold "
        "are the sentences that its evidence span touches, any of which will do.",
        (*EVIDENCE, "refused"),
        (
            "Its options are not in the article's words: without a judge model none is scored.",
            "All its questions can be answered, so each refusal is wrong.",
        ),
        scored=False,
    ),
    _suite(
        "mtrag-un",
        "MT-RAG-UN: turns of conversations, each asked of the passages that were retrieved for it, "
        "labelled by whether they hold the answer, fully or in part.",
        REFUSAL,
        (
            "It marks no evidence and its references are written: without a judge model its "
            "answers are not scored.",
            "Turns for which nothing was retrieved are left out, as refusing those is easy. Every "
            "turn of its class unanswerable is one; what is left to refuse are unclear ones.",
        ),
        scored=False,
    ),
)
