"""Groups of articles over one event or one name, with questions and their gold by article."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel

from eval.data import ALL, DataError, Place, read_lines
from qa.article import Article, Sentence
from qa.errors import SourceError
from qa.statement import Citation

GROUPS = Path(__file__).parent / "data" / "many.jsonl"
Quote = tuple[str, str]  # article, sentence
Relation = Literal["same", "differs", "only"]


class _Source(BaseModel):
    id: str
    title: str
    text: str
    publisher: str
    published: str
    url: str
    author: str | None = None
    updated: str | None = None


class _Line(BaseModel):
    id: str
    kind: str
    question: str
    before: list[tuple[str, str, str]] = []  # question, and the article and sentence of its answer
    must: list[list[Quote]]
    may: list[Quote] = []
    earlier: list[Quote] = []
    wrong: list[str] = []


class _Group(BaseModel):
    id: str
    split: str
    kind: str
    articles: list[_Source]
    questions: list[_Line]
    pairs: list[tuple[Relation, Quote] | tuple[Relation, Quote, Quote]]


class Group:
    """The articles of a group, each of them known by its letter, and what is asked of them."""

    def __init__(self, line: _Group) -> None:
        self.id, self.kind, self.split = line.id, line.kind, line.split
        self.questions = tuple(Asked(self, question) for question in line.questions)
        self._sources = {source.id: source for source in line.articles}
        self.pairs = tuple(line.pairs)

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """By letter; ids are of the group, so that all groups can stand in one index."""
        try:
            return {
                letter: Article.from_text(
                    **s.model_dump(exclude={"id"}),
                    id=f"{self.id}-{letter}",
                    source=urlsplit(s.url).netloc,
                )
                for letter, s in self._sources.items()
            }
        except SourceError as error:
            raise DataError(f"The group {self.id!r}: {error}") from None

    def sentence(self, quote: Quote) -> tuple[Article, Sentence]:
        """Where a sentence stands. Raises `DataError` if it is none of its article's."""
        letter, text = quote
        article = self.articles.get(letter)
        for sentence in article.sentences if article else ():
            if article and article.text[sentence.start : sentence.end] == text:
                return article, sentence
        raise DataError(f"The group {self.id!r} has no sentence {text!r} in article {letter!r}.")

    def text(self, place: Place) -> str:
        """The sentence at a place."""
        article, start, end = place
        return self.articles[article.removeprefix(f"{self.id}-")].text[start:end]

    def place(self, quote: Quote) -> Place:
        """The same as a place."""
        article, sentence = self.sentence(quote)
        return article.id, sentence.start, sentence.end


class Asked:
    """A question to a group of articles, and what its answer cites.

    `must` are groups of sentences, of each of which one is cited; `earlier` those of an earlier
    version that are told as such; `wrong` the ids of articles that are not cited at all.
    """

    def __init__(self, group: Group, line: _Line) -> None:
        self.group, self._line = group, line
        self.id, self.kind, self.question = line.id, line.kind, line.question

    @property
    def history(self) -> Iterator[Mapping[str, object]]:
        """The turns before, with the citations of their answers."""
        for question, letter, text in self._line.before:
            yield {"role": "user", "content": question}
            cited = Citation.of(*self.group.sentence((letter, text)), 1)
            yield {"role": "assistant", "content": f"> {text} [1]", "citations": [asdict(cited)]}

    @cached_property
    def must(self) -> tuple[frozenset[Place], ...]:
        """A sentence of each is cited; none where the articles do not say."""
        return tuple(self._places(quotes) for quotes in self._line.must)

    @cached_property
    def may(self) -> frozenset[Place]:
        """Sentences that a good answer may cite besides."""
        return self._places(self._line.may)

    @cached_property
    def earlier(self) -> frozenset[Place]:
        """What the earlier version said."""
        return self._places(self._line.earlier)

    @cached_property
    def wrong(self) -> frozenset[str]:
        """Ids of articles that an answer must not cite: another town's, another paper's."""
        return frozenset(self.group.articles[letter].id for letter in self._line.wrong)

    def _places(self, quotes: Sequence[Quote]) -> frozenset[Place]:
        return frozenset(map(self.group.place, quotes))


def read_groups(split: str, path: Path = GROUPS) -> list[Group]:
    """The groups of a split. Raises `DataError`."""
    groups = [Group(line) for line in read_lines(path, _Group)]
    return [group for group in groups if split in (ALL, group.split)]
