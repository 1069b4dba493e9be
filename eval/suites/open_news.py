"""The suite `open`: questions as readers type them, each asked of its whole article."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from pydantic import BaseModel

from eval.baselines import PRODUCT
from eval.data import GoldQuestion, Place, QuestionSet, Span, read_lines, read_public, sentences_at
from eval.metrics import Row, Table, auroc, bootstrap_statistic, defined, means
from eval.open_measures import RIGHT, Gold, Shown, Verdict, values, why_wrong
from eval.report import SuiteResult
from eval.run import Options
from eval.scoring import Judged, as_asked, row, seconds
from eval.suites.suite import Suite, ask_and_judge, details
from qa.article import Article

OPEN = "open"
FOLDER = "open-news"
NEAREST = (1, 2, 3)  # sentences that the baselines cite
QUIZ = ("evidence_top1", "citation_f1", "answer_hit", "marked_f1", "refusal_f1", "auroc")
ABOUT = (
    "Open questions over invented news, each asked of its whole article: who or what is X, what "
    "did X say, what happened, is it so; gold are groups of sentences, of each of which a full "
    "answer shows one."
)
NOTES = (
    "Group recall is the share of the groups of which a sentence is cited, precision the share of "
    "the cited sentences that are in a group or that a good answer may show. An answer is right "
    "with a group recall of .75 or more, a precision of .5 or more, the short answer in its text "
    "where there is one, and nothing wrong marked. That is over what the article tells; with the "
    "questions that it does not, of which a refusal is right, it is right or rightly refused.",
    "False mark: of blunt questions, what is marked shares no word with the answer. Verdict: of "
    "yes/no questions, the answer opens with the right word, or with neither where it is unclear; "
    "a refusal is never right there.",
    "The nearest sentences are those with the highest cosine to the question by the embedder, a "
    "follow-up's with the question before it. They refuse nothing and mark nothing.",
    "The quiz, over the new articles, is scored as the suite fictional-news is.",
)
_OPEN_ID = re.compile(r"-[ob]\d+$")  # of the first and the second writer; the quiz has bare numbers


class _Line(BaseModel):
    """The fields of a line beside those of every public question."""

    id: str
    groups: list[list[Span]] = []
    may: list[Span] = []
    verdict: Verdict | None = None


@dataclass(frozen=True)
class _Asked:
    """An open question, its full answer, and what was shown."""

    question: GoldQuestion
    gold: Gold[Place]
    shown: Shown[Place]
    confidence: float | None = None

    @property
    def values(self) -> dict[str, float | None]:
        return values(self.question.kind, self.gold, self.shown)


def open_news(options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask the open questions and the quiz. Raises `UsageError`, `DataError` for bad data."""
    folder = options.folder(FOLDER)
    questions = read_public(folder, options.split or SUITE.split, needs_all=("multi",)).sample(
        options.limit
    )
    gold = read_gold(folder, questions)
    every = ask_and_judge(questions, options.configurations(), embedder, options, OPEN)
    judged = {name: as_asked(found) for name, found in every.items()}
    opened = {name: [j for j in js if j.question.id in gold] for name, js in judged.items()}
    quiz = {name: [j for j in js if j.question.id not in gold] for name, js in judged.items()}
    runs = {name: [_of_product(j, gold) for j in js] for name, js in opened.items()}
    runs |= _nearest(questions, gold, embedder)
    kinds = list(dict.fromkeys(a.question.kind for a in runs[PRODUCT]))
    tables: dict[str, Table] = {
        "Open questions": {name: _row(run) for name, run in runs.items()},
        "Quiz": {name: row(js, QUIZ) for name, js in quiz.items()},
        f"By kind: {RIGHT}": {kind: _right(runs, kind) for kind in kinds},
    }
    for name in opened:
        tables[f"By kind: {name}"] = {
            kind: _row([a for a in runs[name] if a.question.kind == kind]) for kind in kinds
        }
    why = {a.question.id: why_wrong(a.gold, a.shown) for a in runs[PRODUCT]}
    return SUITE.result(
        options,
        len(questions.questions),
        {title: table for title, table in tables.items() if any(table.values())},
        NOTES,
        **details(questions, opened, PRODUCT, lambda j: why[j.question.id])
        | {"seconds": {name: seconds(js) for name, js in judged.items()}},
    )


def read_gold(folder: Path, questions: QuestionSet) -> dict[str, Gold[Place]]:
    """By id the full answer of each open question among these; the quiz's are left out."""
    path = folder / "questions.jsonl.gz"
    lines = {line.id: line for line in read_lines(path, _Line)}
    found = {}
    for question in questions.questions:
        if _OPEN_ID.search(question.id):
            line, article = lines[question.id], questions.articles[question.articles[0]]
            where = f"{path.name}: question {question.id!r}"
            groups = tuple(sentences_at(article, group, where) for group in line.groups)
            may = sentences_at(article, line.may, where)
            found[question.id] = Gold(groups, may, question.answers, line.verdict)
    return found


def nearest(question: GoldQuestion, article: Article, embedder: Embeddings) -> list[Place]:
    """The article's sentences by their cosine to the question, the nearest first."""
    before = [turn["content"] for turn in question.history if turn["role"] == "user"]
    asked = np.array(embedder.embed_query(" ".join([*before[-1:], question.question])))
    texts = [article.text[s.start : s.end] for s in article.sentences]
    order = np.argsort(-(np.array(embedder.embed_documents(texts)) @ asked), kind="stable")
    return [(article.id, s.start, s.end) for s in (article.sentences[i] for i in order)]


def _nearest(
    questions: QuestionSet, gold: Mapping[str, Gold[Place]], embedder: Embeddings
) -> dict[str, list[_Asked]]:
    runs: dict[str, list[_Asked]] = {f"nearest {count}": [] for count in NEAREST}
    for question in questions.questions:
        if question.id in gold:
            article = questions.articles[question.articles[0]]
            ranked = nearest(question, article, embedder)
            for count, run in zip(NEAREST, runs.values(), strict=True):
                text = " ".join(article.text[start:end] for _, start, end in ranked[:count])
                shown = Shown(text, frozenset(ranked[:count]))
                run.append(_Asked(question, gold[question.id], shown))
    return runs


def _of_product(judged: Judged, gold: Mapping[str, Gold[Place]]) -> _Asked:
    made = judged.outcome.answer
    shown = Shown(made.plain_text, judged.outcome.cited, made.exact, made.abstained)
    return _Asked(judged.question, gold[judged.question.id], shown, made.confidence)


def _row(run: Sequence[_Asked]) -> Row:
    """The mean of each measure, and of confidence how well it tells what the article says."""
    columns: dict[str, list[float | None]] = {}
    for asked in run:
        for name, value in asked.values.items():
            columns.setdefault(name, []).append(value)
    found = means(columns)
    confident = [(a.confidence, bool(a.gold.groups)) for a in run if a.confidence is not None]
    area = bootstrap_statistic(auroc, *zip(*confident, strict=True)) if confident else None
    return found | defined({"auroc": area})


def _right(runs: Mapping[str, Sequence[_Asked]], kind: str) -> Row:
    return means(
        {
            name: [a.values[RIGHT] for a in run if a.question.kind == kind]
            for name, run in runs.items()
        }
    )


SUITE = Suite(OPEN, ABOUT, open_news, folders=(FOLDER,))
