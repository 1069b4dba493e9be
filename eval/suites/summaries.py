"""The suite `summaries`: does a summary show the sentences that most open questions need?"""

from collections.abc import Callable, Sequence
from itertools import chain

from langchain_core.embeddings import Embeddings

from eval.metrics import table
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites import Suite
from eval.suites.open_news import FOLDER, read_gold
from qa.article import Article, Sentence
from qa.compose.summary import central
from qa.question.digest import LENGTH, LONG, SHORT
from sets.questions import Place, read_public

LENGTHS = (1, SHORT, LENGTH, LONG)
Choice = Callable[[Article, int], Sequence[Place]]


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Summarise each article at some lengths."""
    folder = options.folder(FOLDER)
    questions = read_public(folder, options.split, needs_all=("multi",))
    gold = read_gold(folder, questions)
    needed: dict[str, list[list[frozenset[Place]]]] = {}
    for question in questions.questions:
        if question.id in gold and gold[question.id].groups:
            needed.setdefault(question.articles[0], []).append([*gold[question.id].groups])
    names = sorted(needed)[: options.limit]
    choices: dict[str, Choice] = {
        "summary": lambda article, length: places(article, central(article, embedder, length)),
        "lead": lambda article, length: places(article, article.sentences[:length]),
    }
    found = table(
        (
            f"{label} of {length}",
            {"weight": weight(shown, asked), "questions met": met(shown, asked)},
        )
        for name in track(names, suite.name, len(names))
        for asked in [needed[name]]
        for length in LENGTHS
        for label, choose in choices.items()
        for shown in [choose(questions.articles[name], length)]
    )
    return SuiteResult(questions=sum(map(len, needed.values())), tables={"Summaries": found})


def places(article: Article, sentences: Sequence[Sentence]) -> list[Place]:
    """Where sentences stand."""
    return [(article.id, s.start, s.end) for s in sentences]


def weight(shown: Sequence[Place], asked: Sequence[Sequence[frozenset[Place]]]) -> float:
    """The weight of the sentences shown, over that of the heaviest ones, as many."""
    weights: dict[Place, float] = {}
    for group in chain.from_iterable(asked):
        for place in group:
            weights[place] = weights.get(place, 0.0) + 1 / len(group)
    heaviest = sorted(weights.values(), reverse=True)[: len(shown)]
    return sum(weights.get(place, 0.0) for place in shown) / sum(heaviest)


def met(shown: Sequence[Place], asked: Sequence[Sequence[frozenset[Place]]]) -> float:
    """The share of questions of which a needed sentence is shown."""
    return sum(any(g & set(shown) for g in groups) for groups in asked) / len(asked)
