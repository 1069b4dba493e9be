"""What an answer is made of: statements, the citations that prove them, the short answer."""

from dataclasses import dataclass
from typing import Literal

from qa.article import Article, Sentence

# direct: says the answer in other words than the article's, as a language model writes it.
# evidence: a sentence of the article, to the letter.
# context: a sentence of the article, to the letter, that stands beside the evidence.
# detail: tells of the article itself, such as its author.
# notice: the assistant speaks for itself, as in a refusal.
Role = Literal["direct", "evidence", "context", "detail", "notice"]


@dataclass(frozen=True)
class Citation:
    """A sentence of a source: `article.text[start:end] == quote`."""

    number: int
    article_id: str
    title: str
    source: str
    start: int
    end: int
    quote: str
    page: int | None = None

    @property
    def origin(self) -> str:
        """Where the quote stands: `Title, source, page 3`."""
        page = f"page {self.page}" if self.page else ""
        return ", ".join(filter(None, [self.title, self.source, page]))

    @classmethod
    def of(cls, article: Article, sentence: Sentence, number: int) -> "Citation":
        """Cite this sentence of this article."""
        return cls(
            number,
            article.id,
            article.title,
            article.source,
            sentence.start,
            sentence.end,
            article.text[sentence.start : sentence.end],
            article.page(sentence.start),
        )


@dataclass(frozen=True)
class Statement:
    """One sentence shown, as plain text, with the citations that prove it and what it is for.

    `bold` are the parts of the text to stress, as character ranges.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    role: Role = "notice"
    bold: tuple[tuple[int, int], ...] = ()


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
