"""An answer and how it was found, as data; `qa.markdown` renders it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal

from qa.markdown import to_markdown, with_footnotes
from qa.statement import Citation, Exact, Statement

Kind = Literal["answer", "refusal", "about", "talk", "small_talk"]


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


# What may object to a sentence of a language model: the rules of numbers, names and quoted words,
# the bundled verifier, and the language model itself, asked once more.
Checked = Literal["rules", "verifier", "judge"]


@dataclass(frozen=True)
class Dropped:
    """A sentence of a language model that was not shown, as it wrote it, why, and who objected."""

    text: str
    reason: str
    by: Checked = "rules"


@dataclass(frozen=True)
class Trace:
    """How an answer was found: passages and sentences, best first; what was not shown.

    `judged` tells of the language model's judgement of its own sentences, where it was asked.
    """

    passages: tuple[Found, ...] = ()
    evidence: tuple[Scored, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    judged: str | None = None


class Growing(str):
    """The text of an answer so far, as Markdown, and the `statements` that it is made of."""

    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> "Growing":
        """The text of these statements."""
        made_of = tuple(statements)
        text = cls(to_markdown(made_of))
        text.statements = made_of
        return text


@dataclass(frozen=True)
class Answer:
    """What the assistant says to a question.

    It is made of `statements`; `text`, `exact` and `citations` are read from them. `direct` is the
    short answer, where it is right nine times in ten; `closest` are the nearest sentences of a
    refusal, which answer nothing, and `further` the sentences that belong to the answer too but are
    not shown; `confidence` is the calibrated probability, 0 to 1, that the articles answer the
    question; `suggestions` are further questions. `model` is the language model that was asked, and
    `note` a sentence that says why its words are not shown, or not all. `timings` are seconds by
    stage, and for a written answer those to the `first sentence`; they are left out of comparison.
    """

    kind: Kind
    question: str
    standalone_question: str
    statements: tuple[Statement, ...] = ()
    direct: Exact | None = None
    closest: tuple[Citation, ...] = ()
    further: tuple[Citation, ...] = ()
    abstained: bool = False
    confidence: float = 1.0
    mode: Literal["extractive", "written"] = "extractive"
    model: str | None = None
    note: str | None = None
    suggestions: tuple[str, ...] = ()
    trace: Trace = Trace()
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)

    @cached_property
    def text(self) -> str:
        """The statements as Markdown with `[n]` markers."""
        return to_markdown(self.statements)

    @cached_property
    def plain_text(self) -> str:
        """The statements without markup and markers."""
        return " ".join(" ".join(s.text.split()) for s in self.statements)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """What the statements cite, each once, in the order of their numbers: 1 to n."""
        return tuple(dict.fromkeys(c for s in self.statements for c in s.citations))

    @property
    def exact(self) -> str | None:
        """The words of the short answer, if there is one."""
        return self.direct.text if self.direct else None

    @property
    def turns(self) -> tuple[dict[str, object], dict[str, object]]:
        """The question and this answer as two turns of a history."""
        citations = [asdict(c) for c in self.citations]
        return (
            {"role": "user", "content": self.question},
            {"role": "assistant", "content": self.text, "citations": citations},
        )

    def to_dict(self) -> dict[str, object]:
        """All fields as plain values, the form in which every interface returns an answer."""
        citations = tuple(asdict(c) for c in self.citations)
        return asdict(self) | {"text": self.text, "exact": self.exact, "citations": citations}

    def to_json(self) -> str:
        """All fields as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_markdown(self) -> str:
        """The answer with its sources as footnotes."""
        return with_footnotes(self.statements)
