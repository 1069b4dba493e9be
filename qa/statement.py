"""What an answer is made of: statements, the citations that prove them, the short answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.article import Article, Sentence
from qa.text.dates import readable

# direct: says the answer in other words than the article's, as a language model writes it.
# evidence: a sentence of the article, to the letter.
# point: a sentence of the article, to the letter, that stands by itself in a list.
# context: a sentence of the article, to the letter, that stands beside the evidence.
# source: names the article that the statements after it are from, where several are asked.
# earlier: what an earlier version of that article said in place of the sentence before.
# compared: tells in a line how the sentences after it, of several articles, differ.
# same, differs, only: a sentence of an article, to the letter; another article says the same,
#   says otherwise, or says nothing of it.
# detail: tells of the article itself, such as its author.
# notice: the assistant speaks for itself, as in a refusal.
Role = Literal[
    "direct",
    "evidence",
    "point",
    "context",
    "source",
    "earlier",
    "compared",
    "same",
    "differs",
    "only",
    "detail",
    "notice",
]
QUOTING: tuple[Role, ...] = ("evidence", "context", "same", "differs", "only")  # to the letter


@dataclass(frozen=True)
class Citation:
    """A sentence of a source: `article.text[start:end] == quote`.

    `also` are the same sentence in copies of the article, under the same number.
    """

    number: int
    article_id: str
    title: str
    source: str
    start: int
    end: int
    quote: str
    page: int | None = None
    publisher: str | None = None
    published: str | None = None
    also: "tuple[Citation, ...]" = ()

    @property
    def article_origin(self) -> str:
        """Where the article is from: `Title, The Post, 14 March 2025`."""
        day = readable(self.published or "")
        return ", ".join(filter(None, [self.title, self.publisher or self.source, day]))

    @property
    def origin(self) -> str:
        """Where the quote stands: `Title, The Post, 14 March 2025, page 3`; of copies, each."""
        page = f"page {self.page}" if self.page else ""
        own = ", ".join(filter(None, [self.article_origin, page]))
        return "; also ".join([own, *(other.origin for other in self.also)])

    @classmethod
    def of(
        cls,
        article: Article,
        sentence: Sentence,
        number: int,
        copies: Sequence[tuple[Article, Sentence]] = (),
    ) -> "Citation":
        """Cite this sentence of this article, and of copies of it."""
        return cls(
            number,
            article.id,
            article.title,
            article.source,
            sentence.start,
            sentence.end,
            article.text[sentence.start : sentence.end],
            article.page(sentence.start),
            article.publisher,
            article.published,
            tuple(cls.of(*copy, number) for copy in copies),
        )


@dataclass(frozen=True)
class Statement:
    """One sentence shown, as plain text, with the citations that prove it and what it is for.

    `bold` are the parts of the text to stress, as character ranges. Where articles are compared,
    what they say on one `point`, numbered from 1, may stand side by side; 0: no part of one.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    role: Role = "notice"
    bold: tuple[tuple[int, int], ...] = ()
    point: int = 0


@dataclass(frozen=True)
class Exact:
    """The short answer: `article.text[start:end] == text`.

    `probability`, 0 to 1, is that of these words being the answer.
    """

    text: str
    article_id: str
    start: int
    end: int
    probability: float
