"""Reads question sets from files, your own and the public ones; bad input ends here."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from qa.article import Article
from qa.errors import QAError, SourceError, UsageError
from qa.sources import read_corpus

ALL = "all"  # every split
Needs = Literal["any", "all"]  # one gold sentence suffices, or all are needed together
Place = tuple[str, int, int]  # article id, first character, character after the last
Span = tuple[int, int]
Line = TypeVar("Line", bound=BaseModel)
L = TypeVar("L", bound="_Line")


class DataError(QAError):
    """A question set that cannot be read, or that contradicts its articles."""


@dataclass(frozen=True)
class GoldQuestion:
    """A question, the articles it is asked of, and its known answer.

    `gold` are the article sentences that hold the evidence, as the product divides the article.
    """

    id: str
    split: str
    kind: str
    question: str
    articles: tuple[str, ...]
    answerable: bool
    history: tuple[Mapping[str, str], ...] = ()
    standalone: str | None = None
    answers: tuple[str, ...] = ()
    gold: frozenset[Place] = frozenset()
    needs: Needs = "any"


@dataclass(frozen=True)
class QuestionSet:
    """Questions and, by id, the articles that they are asked of."""

    questions: tuple[GoldQuestion, ...]
    articles: Mapping[str, Article] = field(repr=False)

    def sample(self, limit: int | None) -> "QuestionSet":
        """At most `limit` of the questions, always the same ones, whatever their order."""
        drawn = sorted(self.questions, key=lambda q: hashlib.sha256(q.id.encode()).digest())
        kept = {q.id for q in drawn[:limit]}
        return QuestionSet(tuple(q for q in self.questions if q.id in kept), self.articles)


class _Message(BaseModel):
    role: Literal["user", "assistant"]
    content: str


class _Line(BaseModel):
    """What the lines of every set have."""

    id: str
    question: str
    split: str = ALL
    article: str | None = None
    history: list[_Message] = []
    answers: list[str] = []
    standalone: str | None = None

    def gold_question(self, articles: Sequence[str], **more: Any) -> GoldQuestion:
        return GoldQuestion(
            id=self.id,
            split=self.split,
            question=self.question,
            articles=tuple(articles),
            history=tuple(message.model_dump() for message in self.history),
            standalone=self.standalone,
            answers=tuple(self.answers),
            **more,
        )


class _Own(_Line):
    """A line of your own set: gold are sentences as text; none says that there is no answer."""

    gold: list[str]
    answerable: bool | None = None
    needs: Needs = "any"
    kind: str = "question"


class _Public(_Line):
    """A line of a public set, whose gold are spans of characters."""

    split: str
    answerable: bool
    articles: list[str] = []
    scope: Span | None = None
    spans: list[Span] = []
    evidence: list[Span] = []
    kind: str | None = None
    answerability: str | None = None


class _PublicArticle(BaseModel):
    id: str
    title: str
    text: str
    published: str | None = None


def read_own(questions: Path, corpus: Path, split: str = ALL) -> QuestionSet:
    """Your own questions over a folder of articles (`corpus/README.md` says how one is written).

    A question is asked of its `article`, or of all of them if it names none. Raises `DataError`
    for a line that is no question and for gold text that its articles do not hold.
    """
    if not corpus.is_dir():
        raise DataError(f"The folder of articles {corpus} does not exist; name one with --corpus.")
    articles = {a.id: a for a in read_corpus(corpus)}
    kept = []
    for line, where in _of_split(questions, _Own, split):
        asked = tuple(articles) if line.article is None else (line.article,)
        if line.article is not None and line.article not in articles:
            raise DataError(f"{where} names the article {line.article!r}, which the corpus lacks.")
        answerable = bool(line.gold or line.answers) if line.answerable is None else line.answerable
        if line.gold and not answerable:
            raise DataError(f"{where} has gold sentences though it is marked as not answerable.")
        gold: set[Place] = set()
        for text in line.gold:
            holders = [name for name in asked if text.strip() and text in articles[name].text]
            if not holders:
                raise DataError(f"{where} has gold that is not in its article: {text[:80]!r}.")
            article = articles[holders[0]]
            start = article.text.index(text)
            gold |= sentences_at(article, [(start, start + len(text))], where)
        more = {"kind": line.kind, "answerable": answerable, "needs": line.needs}
        kept.append(line.gold_question(asked, gold=frozenset(gold), **more))
    return QuestionSet(tuple(kept), articles)


def read_public(
    folder: Path, split: str, *, paragraphs: bool = False, needs_all: Sequence[str] = ()
) -> QuestionSet:
    """A public set: `articles.jsonl.gz` and `questions.jsonl.gz` in a folder.

    With `paragraphs` a question's scope becomes its article. `needs_all` are the kinds whose gold
    sentences are needed together. Raises `DataError` as `read_own` does.
    """
    texts = {line.id: line for line in _lines(folder / "articles.jsonl.gz", _PublicArticle)}
    articles: dict[str, Article] = {}
    kept = []
    for line, where in _of_split(folder / "questions.jsonl.gz", _Public, split):
        asked = line.articles if line.article is None else [line.article]
        scope = line.scope if paragraphs and line.article is not None else None
        names = [name if scope is None else f"{name}:{scope[0]}" for name in asked]
        for source, name in zip(asked, names, strict=True):
            if source not in texts:
                raise DataError(
                    f"{where} names the article {source!r}, which the set does not hold."
                )
            if name not in articles:
                articles[name] = _article(texts[source], name, where, scope)
        first = scope[0] if scope else 0
        spans = [(start - first, end - first) for start, end in line.evidence or line.spans]
        gold = sentences_at(articles[names[0]], spans, where) if spans and names else frozenset()
        answerable = "answerable" if line.answerable else "not answerable"
        kind = line.kind or (line.answerability or answerable).lower()
        kept.append(
            line.gold_question(
                names,
                kind=kind,
                answerable=line.answerable,
                gold=gold if line.answerable else frozenset(),
                needs="all" if kind in needs_all else "any",
            )
        )
    return QuestionSet(tuple(kept), articles)


def read_articles(folder: Path) -> list[Article]:
    """All articles of a public set, whole, whether they are asked of or not."""
    lines = _lines(folder / "articles.jsonl.gz", _PublicArticle)
    return [_article(line, line.id, folder.name) for line in lines]


def read_lines(path: Path, model: type[Line]) -> list[Line]:
    """The lines of a JSON Lines file, gzipped if its name ends in `.gz`, as this model.

    Raises `DataError` that names the file, and for a malformed line its number.
    """
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    lines, number = [], 0
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, text in enumerate(file, start=1):  # noqa: B007 - errors name it
                if text.strip():
                    lines.append(model.model_validate_json(text))
    except ValidationError as error:
        first = error.errors()[0]
        reason = ": ".join(filter(None, [".".join(map(str, first["loc"])), first["msg"]]))
        raise DataError(f"The file {path} has a malformed line {number} ({reason}).") from None
    except FileNotFoundError:
        raise DataError(f"The file {path} does not exist.") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise DataError(
            f"The file {path} is damaged or half-written after line {number}; fetch it again."
        ) from None
    except UnicodeDecodeError:
        raise DataError(f"The file {path} is not UTF-8 text after line {number}.") from None
    except OSError as error:
        raise DataError(f"The file {path} cannot be read ({error.strerror}).") from None
    return lines


def sentences_at(article: Article, spans: Sequence[Span], where: str) -> frozenset[Place]:
    """The article's sentences that these spans touch. Raises `DataError`, naming `where`."""
    for start, end in spans:
        if not 0 <= start < end <= len(article.text) or not article.text[start:end].strip():
            raise DataError(
                f"{where} has gold at characters {start} to {end}, "
                f"which are not text of its article of {len(article.text)} characters."
            )
    return frozenset(
        (article.id, s.start, s.end)
        for s in article.sentences
        if any(s.start < end and start < s.end for start, end in spans)
    )


def _lines(path: Path, model: type[Line]) -> list[Line]:
    """The lines of a file, each with an id of its own."""
    lines = read_lines(path, model)
    seen: set[str] = set()
    for line in lines:
        name = str(getattr(line, "id", ""))
        if name in seen:
            raise DataError(f"The file {path} has the id {name!r} twice; ids must be unique.")
        seen.add(name)
    return lines


def _of_split(path: Path, model: type[L], split: str) -> Iterator[tuple[L, str]]:
    """The questions of a split, each with the words that name it in an error."""
    lines = _lines(path, model)
    splits = sorted({line.split for line in lines})
    if not splits:
        raise DataError(f"The file {path} holds no question.")
    if split not in (ALL, *splits):
        raise UsageError(
            f"{path} has no question of the split {split!r}; it has {', '.join(splits)}."
        )
    return (
        (line, f"{path.name}: question {line.id!r}") for line in lines if split in (ALL, line.split)
    )


def _article(line: _PublicArticle, name: str, where: str, scope: Span | None = None) -> Article:
    text = line.text if scope is None else line.text[slice(*scope)]
    title = line.title.strip() or "Untitled"  # MT-RAG-UN's passages have none
    try:
        return Article.from_text(text, title=title, published=line.published, id=name)
    except SourceError as error:
        raise DataError(f"{where}: {error}") from None
