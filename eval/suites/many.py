"""The suite `many`: several articles at once, about one event or about things of one name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from itertools import combinations, groupby
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from langchain_core.embeddings import Embeddings
from pydantic import BaseModel

from eval.baselines import PRODUCT
from eval.checkpoint import digest
from eval.metrics import Row, group_precision, group_recall, means, table
from eval.report import Miss, SuiteResult
from eval.run import Options, track
from eval.suites import Suite
from eval.suites.open_news import ON_POINT
from qa.answer import Answer
from qa.article import Article, Sentence
from qa.assistant import Assistant
from qa.checking.verifier import Verifier
from qa.compose.aligned import aligned
from qa.errors import SourceError
from qa.markdown import plain
from qa.settings import MEMORY, Settings
from qa.statement import Citation
from qa.text.dates import readable
from sets.questions import ALL, DataError, Place, read_lines

GROUPS = Path(__file__).parents[1] / "data" / "many.jsonl"
EARLIER = "earlier"  # the role of what an earlier version said
Quote = tuple[str, str]  # the letter of an article, a sentence
Relation = Literal["same", "differs", "only"]


class _Question(BaseModel):
    id: str
    kind: str
    question: str
    before: list[tuple[str, str, str]] = []  # question, and the article and sentence of its answer
    must: list[list[Quote]]
    may: list[Quote] = []
    earlier: list[Quote] = []
    wrong: list[str] = []


class _Line(BaseModel):
    id: str
    split: str
    kind: str
    articles: list[dict[str, Any]]  # as `Article.from_text` takes them
    questions: list[_Question]
    pairs: list[tuple[Relation, Quote] | tuple[Relation, Quote, Quote]]


class Group:
    """The articles of a group, by their letters, what is asked of them, which sentences pair."""

    def __init__(self, line: _Line) -> None:
        self.id, self.kind, self.split = line.id, line.kind, line.split
        try:
            self.articles = {said["id"]: self._article(**said) for said in line.articles}
        except SourceError as error:
            raise DataError(f"The group {self.id!r}: {error}") from None
        self.questions = tuple(self._asked(question) for question in line.questions)
        self.pairs = {self.places(quotes): relation for relation, *quotes in line.pairs}

    def sentence(self, quote: Quote) -> tuple[Article, Sentence]:
        """Where a sentence stands. Raises `DataError` if it is none of its article's."""
        letter, text = quote
        article = self.articles.get(letter)
        for sentence in article.sentences if article else ():
            if article and article.text[sentence.start : sentence.end] == text:
                return article, sentence
        raise DataError(f"The group {self.id!r} has no sentence {text!r} in article {letter!r}.")

    def places(self, quotes: Iterable[Quote]) -> frozenset[Place]:
        """Where sentences stand."""
        return frozenset((a.id, s.start, s.end) for a, s in map(self.sentence, quotes))

    def text(self, place: Place) -> str:
        """The sentence at a place."""
        article, start, end = place
        return self.articles[article.removeprefix(f"{self.id}-")].text[start:end]

    def _article(self, id: str, url: str, **said: Any) -> Article:
        """Its id is of the group, so that all groups can stand in one index."""
        source = urlsplit(url).netloc
        return Article.from_text(**said, url=url, source=source, id=f"{self.id}-{id}")

    def _asked(self, line: _Question) -> "Asked":
        history: list[Mapping[str, object]] = []
        for question, *quote in line.before:
            cited = Citation.of(*self.sentence((quote[0], quote[1])), 1)
            answer = {"role": "assistant", "content": f"> {quote[1]} [1]"}
            history += [{"role": "user", "content": question}]
            history += [answer | {"citations": [asdict(cited)]}]
        return Asked(
            line.id,
            line.kind,
            line.question,
            self,
            history,
            tuple(map(self.places, line.must)),
            self.places(line.may),
            self.places(line.earlier),
            frozenset(self.articles[letter].id for letter in line.wrong),
        )


@dataclass(frozen=True, eq=False)
class Asked:
    """A question to a group of articles, and what its answer cites."""

    id: str
    kind: str
    question: str
    group: Group
    history: Sequence[Mapping[str, object]]  # with the citations of its answers
    must: tuple[frozenset[Place], ...]  # a sentence of each; none where the articles do not say
    may: frozenset[Place]  # what a good answer may cite besides
    earlier: frozenset[Place]  # what an earlier version said, which is told as such
    wrong: frozenset[str]  # articles that are not cited at all: another town's, another paper's


def read_groups(split: str, path: Path = GROUPS) -> list[Group]:
    """The groups of a split. Raises `DataError`."""
    return [Group(line) for line in read_lines(path, _Line) if split in (ALL, line.split)]


@dataclass(frozen=True)
class Judged:
    """A question and its answer."""

    asked: Asked
    answer: Answer

    @property
    def told(self) -> frozenset[Place]:
        """What is told as an earlier version's."""
        return _places(c for s in self.answer.statements if s.role == EARLIER for c in s.citations)

    @property
    def cited(self) -> frozenset[Place]:
        """All that is cited."""
        return _places(self.answer.citations)

    @property
    def is_wrong(self) -> bool:
        """Whether an article speaks that must not."""
        return bool((self.cited - self.told) & self.asked.earlier) or any(
            article in self.asked.wrong for article, _, _ in self.cited
        )

    @property
    def precision(self) -> float | None:
        """The share of what is cited that a good answer cites."""
        return group_precision(self.cited, self.asked.must, self.asked.may | self.asked.earlier)

    def why_wrong(self) -> str | None:
        """The first thing that keeps the answer from being right; None where it is right."""
        if not self.asked.must:
            return None if self.answer.abstained else "answered, though no article says"
        if self.answer.abstained:
            return "refused, though an article says"
        if self.is_wrong:
            return "an article speaks that must not"
        if (group_recall(self.cited, self.asked.must) or 0.0) < 1:
            return "an article that should speak does not"
        return "shows too much off the point" if (self.precision or 0.0) < ON_POINT else None

    @property
    def values(self) -> dict[str, float | None]:
        """Every measure."""
        asked, answer, told = self.asked, self.answer, bool(self.asked.must)
        doubled = len({c.quote for c in answer.citations}) < len(answer.citations)
        return {
            "right": self.why_wrong() is None if told else None,
            "wrong article": self.is_wrong if told else None,
            "refused": answer.abstained if told else None,
            "recall": group_recall(self.cited, asked.must),
            "precision": self.precision if told else None,
            "named": self._named(),
            "earlier told": bool(self.told & asked.earlier) if asked.earlier else None,
            "doubled": doubled if self.cited else None,
            "refusal recall": None if told else answer.abstained,
        }

    def _named(self) -> float | None:
        """Of the articles cited, the share that the text names by paper or title, and by day."""
        text = plain(self.answer.text)
        cited = {place[0] for place in self.cited}
        named = [
            (a.publisher or a.title) in text or a.title in text
            for a in self.asked.group.articles.values()
            if a.id in cited
            and any(readable(day) in text for day in (a.published, a.updated) if day)
        ]
        return sum(named) / len(cited) if cited else None


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask each group's questions of its articles."""
    every = [question for group in read_groups(options.split) for question in group.questions]
    drawn = {q.id for q in sorted(every, key=lambda q: digest(q.id))[: options.limit]}
    asked = [question for question in every if question.id in drawn]
    judged = list(track(_judged(asked, embedder), suite.name, len(asked)))
    tables = {
        "Questions": table((PRODUCT, j.values) for j in judged),
        "By kind": table((j.asked.kind, j.values) for j in judged),
        "By kind of group": table((j.asked.group.kind, j.values) for j in judged),
        "Pairs": {PRODUCT: pairs_row(list(dict.fromkeys(q.group for q in asked)), embedder)},
    }
    missed = tuple(_miss(j, why) for j in judged if (why := j.why_wrong()))
    return SuiteResult(questions=len(asked), tables=tables, misses=missed, missed_by=PRODUCT)


def pairs_row(groups: Sequence[Group], embedder: Embeddings) -> Row:
    """How the pairs that are labelled come out where a group's articles are compared two by two."""
    verifier = Verifier()
    found: dict[str, list[float]] = {n: [] for n in ("precision", "recall", "same", "only")}
    for group in groups:
        pairs, alone = _compared(group, embedder, verifier)
        known = frozenset().union(*group.pairs)
        for pair, relation in pairs.items():
            if relation == "differs" and pair & known:
                found["precision"].append(group.pairs.get(pair) == "differs")
        for pair, relation in group.pairs.items():
            name = "recall" if relation == "differs" else relation
            right = pair in alone if relation == "only" else pairs.get(pair) == relation
            found[name].append(right)
    return means(found)


def _compared(
    group: Group, embedder: Embeddings, verifier: Verifier
) -> tuple[dict[frozenset[Place], str], set[frozenset[Place]]]:
    """How sentences stand to each other, and those that stand alone beside every other article."""
    pairs: dict[frozenset[Place], str] = {}
    alone: Counter[frozenset[Place]] = Counter()
    articles = list(group.articles.values())
    for two in combinations(articles, 2):
        for point in aligned(two, embedder, verifier):
            places = frozenset((t.article.id, *astuple(t.sentence)) for t in point.told)
            if point.relation == "only":
                alone[places] += 1
            else:
                pairs[places] = point.relation
    return pairs, {one for one, count in alone.items() if count == len(articles) - 1}


def _judged(asked: Sequence[Asked], embedder: Embeddings) -> Iterator[Judged]:
    for group, questions in groupby(asked, key=lambda q: q.group):
        assistant = Assistant(Settings(chroma=MEMORY, corpus=None), embedder=embedder)
        for article in group.articles.values():
            assistant.add(article)
        for question in questions:
            yield Judged(question, assistant.ask(question.question, question.history))


def _miss(judged: Judged, why: str) -> Miss:
    asked = judged.asked
    return Miss.of(
        judged.answer,
        id=asked.id,
        kind=asked.kind,
        why=why,
        question=asked.question,
        history=asked.history,
        gold=tuple(" | ".join(map(asked.group.text, sorted(places))) for places in asked.must),
        answers=(),
        cited=tuple(f"{c.article_id}: {c.quote}" for c in judged.answer.citations),
    )


def _places(citations: Iterable[Citation]) -> frozenset[Place]:
    return frozenset((c.article_id, c.start, c.end) for c in citations)
