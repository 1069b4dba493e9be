"""Conversations as one document: questions, answers, and each cited sentence as one note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.article import Article
from qa.export.reference import Reference
from qa.kept.conversation import Conversation
from qa.markdown import note_text, to_markdown
from qa.statement import Citation, Statement

_Place = tuple[str, int, int]  # an article's id, and from where to where a sentence is


@dataclass(frozen=True)
class Note:
    """A footnote: where a sentence stands, and the sentence itself unless an answer quotes it."""

    number: int  # in the document, from 1
    quote: str
    origin: str
    url: str = ""

    @property
    def text(self) -> str:
        """The note as plain text."""
        return note_text(self.quote, f"{self.origin}, {self.url}" if self.url else self.origin)


@dataclass(frozen=True)
class Section:
    """A question and its answer, as Markdown whose `[n]` markers are the notes' numbers."""

    question: str
    markdown: str


@dataclass(frozen=True)
class Part:
    """A conversation under its name, with the day it was last held."""

    title: str
    day: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Document:
    """Conversations, the articles that they cite, and the notes, numbered through."""

    parts: tuple[Part, ...]
    articles: tuple[Reference, ...]
    notes: tuple[Note, ...]

    @property
    def title(self) -> str:
        """The name of the conversation, or of them together."""
        return self.parts[0].title if len(self.parts) == 1 else "Conversations"


def document(
    conversations: Iterable[tuple[str, str, Conversation]], articles: Mapping[str, Article]
) -> Document:
    """A document of conversations, each with its name and day; only what was answered is in it.

    `articles` are those that are still there, by id: they tell more than a citation does.
    """
    conversations = list(conversations)
    answers = [e.answer for _, _, exchanges in conversations for e in exchanges if e.answer]
    cited: dict[_Place, Citation] = {}
    for answer in answers:
        for citation in answer.citations:
            cited.setdefault(_place(citation), citation)
    numbers = {place: number for number, place in enumerate(cited, 1)}
    said = [statement for answer in answers for statement in answer.statements]
    in_text = {_place(c) for s in said for c in s.citations if c.quote == s.text}
    notes = tuple(
        Note(
            number,
            "" if place in in_text else citation.quote,
            citation.origin,
            _url(citation, articles),
        )
        for number, (place, citation) in enumerate(cited.items(), 1)
    )
    parts = tuple(
        Part(
            title,
            day,
            tuple(Section(e.question, _body(e.answer, numbers)) for e in exchanges if e.answer),
        )
        for title, day, exchanges in conversations
    )
    return Document(parts, references(cited.values(), articles), notes)


def references(
    citations: Iterable[Citation], articles: Mapping[str, Article]
) -> tuple[Reference, ...]:
    """The articles that are cited, and their copies, each once."""
    found: dict[str, Reference] = {}
    for citation in _with_copies(citations):
        if citation.article_id not in found:
            article = articles.get(citation.article_id)
            found[citation.article_id] = (
                Reference.of(article) if article else Reference.cited(citation)
            )
    return tuple(found.values())


def _with_copies(citations: Iterable[Citation]) -> Iterable[Citation]:
    for citation in citations:
        yield citation
        yield from citation.also


def _body(answer: Answer, numbers: Mapping[_Place, int]) -> str:
    own = {c.number: numbers[_place(c)] for c in answer.citations}
    said = (*answer.statements, *([Statement(answer.note)] if answer.note else []))
    return to_markdown(said, lambda number: f"[{own[number]}]")


def _place(citation: Citation) -> _Place:
    return citation.article_id, citation.start, citation.end


def _url(citation: Citation, articles: Mapping[str, Article]) -> str:
    article = articles.get(citation.article_id)
    return (article.url or "") if article else ""


def titled(conversation: Conversation) -> str:
    """The name that a conversation has by itself: its first answered question, on one line."""
    first: Sequence[str] = [e.question for e in conversation if e.answer]
    return " ".join(first[0].split()) if first else ""
