"""An answer and its proof; to Markdown, to JSON."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from qa.article import Article, Sentence

Kind = Literal["answer", "refusal", "about", "small_talk"]
_MARKS = re.compile(r"(?<!\\)(?:\[\d+\]|\*\*)|^> ?", re.M)  # of an answer's Markdown
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~$&@]|(?<=:)/(?=/)|(?<=www)\.|^\d+(?=[.)])|^[-+=]", re.I)


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
class Found:
    """A passage that was handed to the reader, and its rank in each search, from 1."""

    article_id: str
    start: int
    end: int
    dense_rank: int | None
    lexical_rank: int | None


@dataclass(frozen=True)
class Scored:
    """A sentence with the probability, 0 to 1, that it answers the question."""

    article_id: str
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Dropped:
    """A sentence of a language model that was not shown, as it wrote it, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Trace:
    """How an answer was found: passages and sentences, best first; what was not shown."""

    passages: tuple[Found, ...] = ()
    evidence: tuple[Scored, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the assistant says to a question.

    `text` is Markdown with `[n]` markers; `closest` are the nearest sentences of a refusal, which
    answer nothing; `confidence` is the calibrated probability, 0 to 1, that the articles answer
    the question. `model` is the language model that was asked, and `note` a sentence that says
    why its words are not shown, or not all. `timings` are seconds by stage, and of a written
    answer those to the `first sentence`; they are left out of comparison.
    """

    kind: Kind
    question: str
    standalone_question: str
    text: str
    exact: str | None = None
    citations: tuple[Citation, ...] = ()
    closest: tuple[Citation, ...] = ()
    abstained: bool = False
    confidence: float = 1.0
    mode: Literal["extractive", "written"] = "extractive"
    model: str | None = None
    note: str | None = None
    trace: Trace = Trace()
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)

    def to_dict(self) -> dict[str, object]:
        """All fields as plain values, the form in which every interface returns an answer."""
        return asdict(self)

    def to_json(self) -> str:
        """All fields as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_markdown(self, after: int = 0) -> str:
        """The answer with its quotes as footnotes, numbered on after earlier ones.

        `It is so. [1]` -> `It is so. [^1]` … `[^1]: “It is so.” (Title, source, page 2)`
        """
        if not self.citations:
            return self.text
        text = re.sub(r"(?<!\\)\[(\d+)\]", lambda m: f"[^{int(m[1]) + after}]", self.text)
        notes = [
            f"[^{c.number + after}]: “{escape_markdown(c.quote)}” ({escape_markdown(c.origin)})"
            for c in self.citations
        ]
        return text + "\n\n" + "\n".join(notes)


def escape_markdown(text: str) -> str:
    r"""Text that Markdown shows as it stands, on one line: no markup, no HTML, no bare links.

    `a *b* <i>` -> `a \*b\* &lt;i\>`
    """
    return _MARKUP.sub(lambda match: _escaped(match[0]), " ".join(text.split()))


def plain(markdown: str) -> str:
    r"""An answer's Markdown without its numbers, quotation, bold and escapes.

    `> It is **so\_so**. [1]` -> `It is so_so.`
    """
    bare = html.unescape(_MARKS.sub("", markdown))
    return re.sub(r"\\([^\w\s]|_)", r"\1", bare).strip()


def _escaped(markup: str) -> str:
    if markup == "&":
        return "&amp;"
    if markup == "<":
        return "&lt;"
    return f"\\{markup}" if not markup[0].isdigit() else f"{markup}\\"
