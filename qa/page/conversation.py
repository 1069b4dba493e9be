"""One question and what was said to it: as history for the assistant, as Markdown to keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.answer import Answer
from qa.markdown import escape_markdown


@dataclass(frozen=True)
class Exchange:
    """A question as it was typed, and its answer; until there is one, its draft and a notice.

    The question is empty where a notice stands alone: the question that it refuses was not sent.
    """

    question: str
    answer: Answer | None = None
    draft: str = ""  # Markdown, as an answer's text
    notice: str = ""  # plain text
    pending: bool = False  # an answer is on its way
    rated: bool = False  # the visitor has said what they think of it


Talk = tuple[Exchange, ...]  # a visitor's conversation, oldest first


def history(talk: Iterable[Exchange]) -> list[Mapping[str, object]]:
    """The answered exchanges as the assistant takes them: plain strings, as they were typed."""
    turns: list[Mapping[str, object]] = []
    for exchange in talk:
        if answer := exchange.answer:
            citations = answer.to_dict()["citations"]
            turns.append({"role": "user", "content": exchange.question})
            turns.append({"role": "assistant", "content": answer.text, "citations": citations})
    return turns


def to_markdown(talk: Iterable[Exchange]) -> str:
    """The answered exchanges, each under its question, their quotes as footnotes.

    Footnotes are numbered through, so that each `[^n]` has one meaning in the whole text.
    """
    parts: list[str] = []
    used = 0
    for exchange in talk:
        if answer := exchange.answer:
            parts += [f"## {escape_markdown(exchange.question)}", answer.to_markdown(used)]
            used += len(answer.citations)
    return "\n\n".join(parts) + "\n" if parts else ""
