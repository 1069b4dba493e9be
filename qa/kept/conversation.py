"""A conversation, and its history for the assistant."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qa.answer import Answer
from qa.statement import Citation, Statement


@dataclass(frozen=True)
class Exchange:
    """A question as it was typed, and its answer; until there is one, a draft and a notice.

    The question is empty if it was rejected: then the notice stands alone, and says why.
    """

    question: str
    answer: Answer | None = None
    draft: tuple[Statement, ...] = ()  # of an answer that is being written
    notice: str = ""  # plain text
    pending: bool = False  # the answer is being worked on
    rated: bool = False  # the visitor has rated the answer
    key: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False)  # wherever it is kept

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the answer cites, or its draft so far, by number."""
        statements = self.answer.statements if self.answer else self.draft
        return tuple(dict.fromkeys(c for s in statements for c in s.citations))

    def stopped(self, sentence: str, model: str | None) -> "Exchange":
        """The same, ended by its visitor: what was written so far is its answer, if anything was.

        `sentence` tells of it.
        """
        if not self.draft:
            return replace(self, pending=False, notice=sentence)
        asked = self.question
        answer = Answer(
            "answer", asked, asked, self.draft, mode="written", model=model, note=sentence
        )
        return replace(self, pending=False, draft=(), notice="", answer=answer)


Conversation = tuple[Exchange, ...]  # oldest first


def history(conversation: Iterable[Exchange]) -> list[Mapping[str, object]]:
    """The answered exchanges as the assistant takes them: turns of plain strings, as typed."""
    turns: list[Mapping[str, object]] = []
    for exchange in conversation:
        if answer := exchange.answer:
            citations = answer.to_dict()["citations"]
            turns.append({"role": "user", "content": exchange.question})
            turns.append({"role": "assistant", "content": answer.text, "citations": citations})
    return turns
