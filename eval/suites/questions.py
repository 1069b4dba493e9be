"""The suites that ask the questions of a set: the article's or your own, and the public ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from eval.baselines import PRODUCT
from eval.metrics import Table
from eval.report import SuiteResult
from eval.run import Options
from eval.scoring import (
    EVIDENCE,
    EXACT,
    REFUSAL,
    RETRIEVAL,
    SQUAD,
    Judged,
    as_asked,
    differences,
    row,
    rows,
)
from eval.suites.suite import Suite, ask_and_judge, details
from qa.errors import UsageError
from qa.settings import shipped_corpus
from sets.questions import ALL, QuestionSet, read_own, read_public

ARTICLE = "article"
OWN_QUESTIONS = Path(__file__).parents[1] / "questions.jsonl"
RANKED = (
    "Evidence top-1 and marked answer F1 are of the sentence that the reader ranks first and the "
    "answer that it marks there, whether or not it then abstains; for a question that does not "
    "reach the reader, such as small talk, they are 0."
)
NO_EXACT = "The baselines mark no exact answer, so they score 0 there."
BY_KIND = ("evidence_top1", "citation_f1", "answer_hit", "exact_f1", "refused", *SQUAD)
Read = Callable[[Options], QuestionSet]


def read_article(options: Options) -> QuestionSet:
    """The options' questions over their articles, by default the project's own."""
    if options.corpus is not None and options.questions is None:
        raise UsageError("--corpus needs your questions over its articles; name with --questions.")
    corpus = options.corpus or shipped_corpus()
    return read_own(options.questions or OWN_QUESTIONS, corpus, options.split or ALL)


def _suite(
    name: str,
    about: str,
    measures: Sequence[str],
    *notes: str,
    read: Read,
    split: str = "test",
    folders: Sequence[str] = (),
) -> Suite:
    def measure(options: Options, embedder: Embeddings) -> SuiteResult:
        questions = read(options).sample(options.limit)
        every = ask_and_judge(questions, options, embedder, name)
        asked = {name: as_asked(judged) for name, judged in every.items()}
        return SuiteResult(
            options.questions.stem if options.questions else "",
            questions=len(questions.questions),
            tables=_tables(measures, every, asked),
            notes=(RANKED, *((NO_EXACT,) if options.compare else ())),
            **details(questions, asked, PRODUCT),
        )

    return Suite(name, about, notes, measure, split, folders)


def _public(
    name: str,
    about: str,
    measures: Sequence[str],
    *notes: str,
    scored: bool = True,
    **reading: Any,
) -> Suite:
    """A suite of the set in the folder `name`, read as `reading` says.

    Accepted answers are left out unless they are to be `scored`, and so is a question that is
    asked of no article.
    """

    def read(options: Options) -> QuestionSet:
        found = read_public(options.folder(name), options.split, **reading)
        kept = (q if scored else replace(q, answers=()) for q in found.questions if q.articles)
        return QuestionSet(tuple(kept), found.articles)

    return _suite(name, about, measures, *notes, read=read, folders=(name,))


def _tables(
    measures: Sequence[str],
    every: Mapping[str, Sequence[Judged]],
    asked: Mapping[str, Sequence[Judged]],
) -> dict[str, Table]:
    tables = {"Measures": {name: row(judged, measures) for name, judged in asked.items()}}
    compared = [m for m in measures if m not in RETRIEVAL]
    tables[f"Difference of {PRODUCT} to each other, by question"] = {
        name: differences(asked[PRODUCT], judged, compared)
        for name, judged in asked.items()
        if name != PRODUCT
    }
    known = tuple(dict.fromkeys((*measures, "refused")))
    shown = [m for m in BY_KIND if m in known]
    for name, judged in asked.items():
        by_split = rows(judged, lambda j: j.question.split, known)
        by_kind = rows(judged, lambda j: j.question.kind, shown)
        tables[f"By split: {name}"] = by_split if len(by_split) > 1 else {}
        tables[f"By kind: {name}"] = by_kind if len(by_kind) > 1 else {}
    for name, judged in every.items():
        follow_ups = [j for j in judged if j.question.history]
        tables[f"Follow-ups: {name}"] = rows(follow_ups, _form, shown)
    return {title: table for title, table in tables.items() if table}


def _form(judged: Judged) -> str:
    answerable = "answerable" if judged.question.answerable else "not answerable"
    return f"{answerable}, {judged.outcome.form}"


SUITES = (
    _suite(
        ARTICLE,
        "Questions written by hand over the shipped article, or your own over your own; gold "
        "are sentences and accepted answers.",
        (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
        "Where an answer has several parts, answer hit is the share of them in the answer.",
        read=read_article,
        split=ALL,
    ),
    _public(
        "squad2",
        "SQuAD 2.0's development set, each question asked of its own paragraph as the official "
        "measure has it; exact answers by evaluate-v2.0.py's definitions.",
        (*SQUAD, *EVIDENCE, *EXACT, *REFUSAL),
        "The prediction is the exact answer that an answer marks: none after a refusal, and a "
        "wrong one where an answer marks none, so that it never counts as a refusal.",
        "Gold evidence is each sentence that holds a gold answer.",
        paragraphs=True,
    ),
    _public(
        "fictional-news",
        "Invented news, each question asked of its whole article; gold are sentences and exact "
        "answers, follow-ups come with their history.",
        (*EVIDENCE, *EXACT, *REFUSAL, *RETRIEVAL),
        "Where an answer has several parts, answer hit is the share of them.",
        needs_all=("multi",),
    ),
    _public(
        "clapnq",
        "ClapNQ's development set: questions that people typed into a search engine, each asked of "
        "its passage of Wikipedia; gold are whole sentences, often several.",
        (*EVIDENCE, *REFUSAL),
        "Its answers are written references: without a judge model they are not scored.",
        scored=False,
        needs_all=("answerable",),
    ),
    _public(
        "onestopqa",
        "OneStopQA: real news at three reading levels, each question asked of its paragraph; gold "
        "are the sentences that its evidence span touches, any of which will do.",
        (*EVIDENCE, "refused"),
        "Its options are not in the article's words: without a judge model none is scored.",
        "All its questions can be answered, so each refusal is wrong.",
        scored=False,
    ),
    _public(
        "mtrag-un",
        "MT-RAG-UN: turns of conversations, each asked of the passages that were retrieved for it, "
        "labelled by whether they hold the answer, fully or in part.",
        REFUSAL,
        "It marks no evidence and its references are written: without a judge model its answers "
        "are not scored.",
        "Turns for which nothing was retrieved are left out, as refusing those is easy. Every "
        "turn of its class unanswerable is one; what is left to refuse are unclear ones.",
        scored=False,
    ),
)
