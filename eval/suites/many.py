"""The suite `many`: several articles at once, about one event or about things of one name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import combinations, groupby

from langchain_core.embeddings import Embeddings

from eval.baselines import PRODUCT
from eval.checkpoint import digest
from eval.data import Place
from eval.many import Asked, Group, read_groups
from eval.metrics import Row, Table, bootstrap_mean, defined
from eval.open_measures import ON_POINT, group_precision, group_recall
from eval.report import Miss, SuiteResult
from eval.run import Options, track
from eval.suites.suite import Suite
from qa.answer import Answer
from qa.assistant import Assistant
from qa.checking.verifier import Verifier
from qa.compose.aligned import aligned
from qa.markdown import plain
from qa.settings import MEMORY, Settings
from qa.statement import Citation
from qa.text.dates import readable

MANY = "many"
EARLIER = "earlier"  # the role of what an earlier version said
ABOUT = (
    "Invented groups of two or three articles: one event in several papers, corrected versions, "
    "copies, and things of one name in different places; gold are sentences by article."
)
NOTES = (
    "An answer is right if it cites a gold sentence of each article that should speak, none of one "
    "that must not, and half of what it cites is gold. A wrong article is of another place, person "
    "or paper than the question names, or an earlier version that is not told as one.",
    "Named is the share of the articles cited whose paper or title, and day, stand in the text of "
    "the answer. Doubled: an answer cites one sentence twice, out of two copies.",
    "Pairs: precision and recall of the differences that are told of two articles compared as a "
    "whole; of those told, the ones with a labelled sentence are judged. Same and only: the shares "
    "of what is labelled so that are found.",
)


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
        speaking = self.cited - self.told
        return bool(speaking & self.asked.earlier) or any(
            article in self.asked.wrong for article, _, _ in self.cited
        )

    def why_wrong(self) -> str | None:
        """The first thing that keeps the answer from being right; None where it is right."""
        asked = self.asked
        if not asked.must:
            return None if self.answer.abstained else "answered, though no article says"
        if self.answer.abstained:
            return "refused, though an article says"
        if self.is_wrong:
            return "an article speaks that must not"
        if (group_recall(self.cited, asked.must) or 0.0) < 1:
            return "an article that should speak does not"
        if (group_precision(self.cited, asked.must, asked.may | asked.earlier) or 0.0) < ON_POINT:
            return "shows too much off the point"
        return None

    @property
    def values(self) -> dict[str, float | None]:
        """Every measure."""
        asked, answer, cited = self.asked, self.answer, self.cited
        is_told = bool(asked.must)
        return {
            "right": float(self.why_wrong() is None) if is_told else None,
            "wrong article": float(self.is_wrong) if is_told else None,
            "refused": float(answer.abstained) if is_told else None,
            "recall": group_recall(cited, asked.must),
            "precision": group_precision(cited, asked.must, asked.may | asked.earlier)
            if is_told
            else None,
            "named": _named(self),
            "earlier told": float(bool(self.told & asked.earlier)) if asked.earlier else None,
            "doubled": float(len({c.quote for c in answer.citations}) < len(answer.citations))
            if cited
            else None,
            "refusal recall": None if is_told else float(answer.abstained),
        }


def many(options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask each group's questions of its articles. Raises `DataError` for bad data."""
    groups = read_groups(options.split or SUITE.split)
    every = [question for group in groups for question in group.questions]
    drawn = {q.id for q in sorted(every, key=lambda q: digest(q.id))[: options.limit]}
    asked = [question for question in every if question.id in drawn]
    judged = list(track(_judged(asked, embedder), MANY, len(asked)))
    tables: dict[str, Table] = {
        "Questions": {PRODUCT: _row(judged)},
        "By kind": _rows(judged, lambda j: j.asked.kind),
        "By kind of group": _rows(judged, lambda j: j.asked.group.kind),
        "Pairs": {PRODUCT: pairs_row(list(dict.fromkeys(q.group for q in asked)), embedder)},
    }
    return replace(
        SUITE.result(options, len(asked), tables, NOTES),
        misses=tuple(_miss(j, why) for j in judged if (why := j.why_wrong())),
        missed_by=PRODUCT,
    )


def pairs_row(groups: Sequence[Group], embedder: Embeddings) -> Row:
    """How the pairs that are labelled come out where a group's articles are compared two by two."""
    verifier = Verifier()
    found: dict[str, list[float | None]] = {
        name: [] for name in ("precision", "recall", "same", "only")
    }
    for group in groups:
        pairs, alone = _compared(group, embedder, verifier)
        gold = {frozenset(map(group.place, quotes)): relation for relation, *quotes in group.pairs}
        known = frozenset().union(*gold)
        for pair, relation in pairs.items():
            if relation == "differs" and pair & known:
                found["precision"].append(float(gold.get(pair) == "differs"))
        for pair, relation in gold.items():
            if relation == "only":
                found["only"].append(float(pair in alone))
            else:
                name = "recall" if relation == "differs" else "same"
                found[name].append(float(pairs.get(pair) == relation))
    return defined({name: bootstrap_mean(values) for name, values in found.items()})


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
            answer = assistant.ask(question.question, list(question.history))
            yield Judged(question, answer)


def _row(judged: Sequence[Judged]) -> Row:
    every = [j.values for j in judged]
    return defined({name: bootstrap_mean([v[name] for v in every]) for name in every[0]})


def _rows(judged: Sequence[Judged], key: Callable[[Judged], str]) -> Table:
    keys = dict.fromkeys(map(key, judged))
    return {name: _row([j for j in judged if key(j) == name]) for name in keys}


def _miss(judged: Judged, why: str) -> Miss:
    asked, answer = judged.asked, judged.answer
    return Miss(
        asked.id,
        asked.kind,
        why,
        asked.question,
        tuple(f"{turn['role']}: {turn['content']}" for turn in asked.history),
        tuple(" | ".join(map(asked.group.text, sorted(places))) for places in asked.must),
        (),
        answer.plain_text,
        tuple(f"{c.article_id}: {c.quote}" for c in answer.citations),
        answer.confidence,
    )


def _places(citations: Iterable[Citation]) -> frozenset[Place]:
    return frozenset((c.article_id, c.start, c.end) for c in citations)


def _named(judged: Judged) -> float | None:
    """Of the articles cited, the share that the text names by paper or title, and by day."""
    text = plain(judged.answer.text)
    cited = {place[0] for place in judged.cited}
    named = [
        (a.publisher or a.title) in text or a.title in text
        for a in judged.asked.group.articles.values()
        if a.id in cited and any(readable(day) in text for day in (a.published, a.updated) if day)
    ]
    return sum(named) / len(cited) if cited else None


SUITE = Suite(MANY, ABOUT, many)
