"""One question and what was said to it: as messages of the chat, as history for the assistant."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Answer, Citation, escape_markdown
from qa.ui.pane import anchor

Message = dict[str, object]  # {"role": "user" | "assistant", "content": str}

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


@dataclass(frozen=True)
class Exchange:
    """A question as it was typed, and its answer; until there is one, its draft or a notice.

    The question is empty where a notice stands alone: the question that it refuses was not sent.
    """

    question: str
    answer: Answer | None = None
    draft: str = ""  # Markdown, as an answer's text
    notice: str = ""  # plain text


def messages(exchanges: Iterable[Exchange]) -> list[Message]:
    """The chat's messages as Markdown; nothing that was typed or read in them is markup."""
    shown: list[Message] = []
    for exchange in exchanges:
        if exchange.question:
            shown.append({"role": "user", "content": escape_markdown(exchange.question)})
        shown.append({"role": "assistant", "content": _reply(exchange)})
    return shown


def history(exchanges: Iterable[Exchange]) -> list[Mapping[str, object]]:
    """The answered exchanges as the assistant takes them: plain strings, as they were typed."""
    turns: list[Mapping[str, object]] = []
    for exchange in exchanges:
        if answer := exchange.answer:
            citations = answer.to_dict()["citations"]
            turns.append({"role": "user", "content": exchange.question})
            turns.append({"role": "assistant", "content": answer.text, "citations": citations})
    return turns


def linked(text: str, citations: Sequence[Citation]) -> str:
    """Markdown whose markers lead to the sentences they cite.

    `It is so. [1]` -> `It is so. [\\[1\\]](#s-… "Show …")`
    """
    by_number = {c.number: c for c in citations}

    def link(marker: re.Match[str]) -> str:
        cited = by_number.get(int(marker[1]))
        title = "Show this sentence in the article"
        return f'[\\[{marker[1]}\\]](#{anchor(cited)} "{title}")' if cited else marker[0]

    return _MARKER.sub(link, text)


def _reply(exchange: Exchange) -> str:
    answer = exchange.answer
    if answer is None:
        if exchange.draft:
            return _styled("answer", exchange.draft)
        return _styled("notice", escape_markdown(exchange.notice))
    text = linked(answer.text, answer.citations)
    if answer.closest:
        nearest = [f"- [{escape_markdown(c.quote)}](#{anchor(c)})" for c in answer.closest]
        label = "*Closest in the article, but no answer:*"
        text = "\n\n".join([text, label, "\n".join(nearest)])
    return _styled(answer.kind.replace("_", "-"), text)


def _styled(kind: str, markdown: str) -> str:
    # The empty lines make what is inside Markdown again.
    return f'<div class="qa-{kind}">\n\n{markdown}\n\n</div>'
