"""The suite `open`: questions as readers type them, each asked of its whole article."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from pydantic import BaseModel

from eval.baselines import PRODUCT
from eval.metrics import (
    Table,
    Verdict,
    answer_hit,
    auroc,
    bootstrap_statistic,
    defined,
    group_precision,
    group_recall,
    marks_wrong,
    opening_verdict,
    table,
)
from eval.report import SuiteResult
from eval.run import Options
from eval.scoring import Judged, as_asked, ask_and_judge, details, row, seconds
from eval.suites import Suite
from qa.article import Article
from sets.questions import (
    GoldQuestion,
    Place,
    QuestionSet,
    Span,
    read_lines,
    read_public,
    sentences_at,
)

FOLDER = "open-news"
NEAREST = (1, 2, 3)  # sentences that the baselines cite
QUIZ = ("evidence_top1", "citation_f1", "answer_hit", "marked_f1", "refusal_f1", "auroc")
ENOUGH = 0.75  # group recall from which an answer is complete
ON_POINT = 0.5  # precision from which an answer keeps to the point
RIGHT = "right or rightly refused"  # over all questions; "right" over what the article tells
_OPEN_ID = re.compile(r"-[ob]\d+$")  # of the first and the second writer; the quiz has bare numbers


class _Line(BaseModel):
    """The fields of a line beside those of every public question."""

    id: str
    groups: list[list[Span]] = []
    may: list[Span] = []
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Gold:
    """What a full answer shows; no groups: the article does not say.

    `answers` are accepted short answers, `verdict` is that of a yes/no question.
    """

    groups: tuple[frozenset[Place], ...] = ()
    may: frozenset[Place] = frozenset()
    answers: tuple[str, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Shown:
    """A question's full answer, and what a reader sees: plain text, what it cites and marks."""

    kind: str
    gold: Gold
    text: str
    cited: frozenset[Place] = frozenset()
    marked: str | None = None
    refused: bool = False
    confidence: float | None = None

    @property
    def precision(self) -> float | None:
        """The share of what is cited that a good answer may show."""
        return group_precision(self.cited, self.gold.groups, self.gold.may)

    def why_wrong(self) -> str | None:
        """The first thing that keeps it from being right; `None` where it is right.

        Where the article does not say, a refusal alone is right.
        """
        gold = self.gold
        if not gold.groups:
            return None if self.refused else "answered, though the article does not say"
        if self.refused:
            return "refused, though the article says"
        if (group_recall(self.cited, gold.groups) or 0.0) < ENOUGH:
            return "shows too little"
        if (self.precision or 0.0) < ON_POINT:
            return "shows too much off the point"
        if answer_hit(self.text, gold.answers) == 0:
            return "the short answer is not in the text"
        wrong = gold.answers and marks_wrong(self.marked, gold.answers)
        return "marks a wrong answer" if wrong else None

    @cached_property
    def values(self) -> dict[str, float | None]:
        """Every measure."""
        gold, told, right = self.gold, bool(self.gold.groups), self.why_wrong() is None
        # A refusal opens with neither word, but it is no answer, so not right on an unclear one.
        verdict = not self.refused and opening_verdict(self.text) == gold.verdict
        return {
            "right": right if told else None,
            RIGHT: right,
            "group recall": group_recall(self.cited, gold.groups),
            "precision": self.precision if told else None,
            "false mark": marks_wrong(self.marked, gold.answers) if self.kind == "blunt" else None,
            "verdict": verdict if gold.verdict else None,
            "false refusals": self.refused if told else None,
            "refusal recall": None if told else self.refused,
        }


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask the open questions and the quiz."""
    folder = options.folder(FOLDER)
    questions = read_public(folder, options.split, needs_all=("multi",)).sample(options.limit)
    gold = read_gold(folder, questions)
    every = ask_and_judge(questions, options, embedder, suite.name)
    judged = {name: as_asked(found) for name, found in every.items()}
    opened = {name: [j for j in js if j.question.id in gold] for name, js in judged.items()}
    quiz = {name: [j for j in js if j.question.id not in gold] for name, js in judged.items()}
    runs = {name: [_of_product(j, gold) for j in js] for name, js in opened.items()}
    for count in NEAREST:
        runs[f"nearest {count}"] = list(_nearest(count, questions, gold, embedder))
    tables: dict[str, Table] = {
        "Open questions": {n: r for name, run in runs.items() for n, r in _rows(run, name).items()},
        "Quiz": {name: row(js, QUIZ) for name, js in quiz.items()},
        f"By kind: {RIGHT}": table(
            (shown.kind, {name: shown.values[RIGHT]}) for name, run in runs.items() for shown in run
        ),
    }
    for name in opened:
        tables[f"By kind: {name}"] = _rows(runs[name], lambda shown: shown.kind)
    told = details(questions, opened, PRODUCT, lambda j: _of_product(j, gold).why_wrong())
    told["seconds"] = {name: seconds(js) for name, js in judged.items()}
    tables = {title: table for title, table in tables.items() if any(table.values())}
    return SuiteResult(questions=len(questions.questions), tables=tables, **told)


def read_gold(folder: Path, questions: QuestionSet) -> dict[str, Gold]:
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
    count: int, questions: QuestionSet, gold: Mapping[str, Gold], embedder: Embeddings
) -> Iterator[Shown]:
    for question in questions.questions:
        if question.id in gold:
            article = questions.articles[question.articles[0]]
            cited = nearest(question, article, embedder)[:count]
            text = " ".join(article.text[start:end] for _, start, end in cited)
            yield Shown(question.kind, gold[question.id], text, frozenset(cited))


def _of_product(judged: Judged, gold: Mapping[str, Gold]) -> Shown:
    asked, answer, cited = judged.question, judged.outcome.answer, judged.outcome.cited
    return Shown(
        asked.kind,
        gold[asked.id],
        answer.plain_text,
        cited,
        answer.exact,
        answer.abstained,
        answer.confidence,
    )


def _rows(run: Sequence[Shown], label: Callable[[Shown], str] | str) -> Table:
    """The mean of each measure, and of confidence how well it tells what the article says."""
    labelled = [(label if isinstance(label, str) else label(shown), shown) for shown in run]
    found = table((name, shown.values) for name, shown in labelled)
    for name, measured in found.items():
        confident = [
            (shown.confidence, bool(shown.gold.groups))
            for own, shown in labelled
            if own == name and shown.confidence is not None
        ]
        if confident:
            area = bootstrap_statistic(auroc, *zip(*confident, strict=True))
            measured |= defined({"auroc": area})
    return found
