"""The conversation as HTML; whatever was typed, read or written in it is text."""

from collections.abc import Mapping
from html import escape

from qa.answer import Answer
from qa.article import Article
from qa.page.conversation import Exchange, Talk, to_markdown
from qa.page.markup import answer_html, quote_link
from qa.page.trace_view import confidence, steps_html

_EMPTY = "Ask what the article says. If it does not say, you will read just that."
_TOOLS = (
    '<div class="qa-tools" role="group" aria-label="This conversation">'
    '<button type="button" data-do="copy">Copy</button>'
    '<button type="button" data-do="save">Save</button>'
    '<button type="button" data-do="anew">Start anew</button>'
    '<span class="qa-done" role="status"></span></div>'
)


def chat_html(talk: Talk, articles: Mapping[str, Article], rates: bool = False) -> str:
    """All exchanges, below what can be done with them; `rates` offers thumbs under each answer."""
    if not talk:
        return f'<p class="qa-empty">{_EMPTY}</p>{_status("")}'
    return (
        _TOOLS
        + f'<textarea class="qa-markdown" hidden>\n{escape(to_markdown(talk))}</textarea>'
        + "".join(_exchange(n, exchange, articles, rates) for n, exchange in enumerate(talk))
        + _status(_said(talk[-1]))
    )


def _exchange(n: int, exchange: Exchange, articles: Mapping[str, Article], rates: bool) -> str:
    asked = (
        f'<div class="qa-asked"><h2 dir="auto">{escape(exchange.question)}</h2>'
        + ("" if exchange.pending else _edit(n, exchange.question))
        + "</div>"
    )
    return (
        f'<section class="qa-exchange" id="m-{n}" tabindex="-1" '
        f'aria-busy="{"true" if exchange.pending else "false"}">'
        + (asked if exchange.question else "")
        + _reply(n, exchange, articles, rates)
        + "</section>"
    )


def _reply(n: int, exchange: Exchange, articles: Mapping[str, Article], rates: bool) -> str:
    notice = f'<p class="qa-notice">{escape(exchange.notice)}</p>' if exchange.notice else ""
    if exchange.answer is None:
        draft = f'<div class="qa-answer">{answer_html(exchange.draft)}</div>'
        return (draft if exchange.draft else "") + notice
    answer = exchange.answer
    return (
        f'<div class="qa-{answer.kind.replace("_", "-")} qa-{answer.mode}">'
        + answer_html(answer.text, answer.citations)
        + _closest(answer)
        + "</div>"
        + (f'<p class="qa-note">{escape(answer.note)}</p>' if answer.note else "")
        + _foot(n, exchange, answer, articles, rates)
    )


def _closest(answer: Answer) -> str:
    links = "".join(
        f"<li>{quote_link(c, c.quote, f'Show in the article: {c.quote}')}</li>"
        for c in answer.closest
    )
    label = "Closest in the article, but no answer:"
    return f'<p class="qa-label">{label}</p><ul class="qa-closest">{links}</ul>' if links else ""


def _foot(
    n: int, exchange: Exchange, answer: Answer, articles: Mapping[str, Article], rates: bool
) -> str:
    if answer.kind == "small_talk":
        return ""
    sure = confidence(answer)
    steps = steps_html(answer, articles)
    return (
        '<div class="qa-foot">'
        + (f'<span class="qa-confidence">{sure}</span>' if sure else "")
        + (_thumbs(n, exchange.rated) if rates else "")
        + _details(f"how-{n}", "qa-how", "How was this found?", steps)
        + "</div>"
    )


def _thumbs(n: int, rated: bool) -> str:
    if rated:
        return '<span class="qa-rated">Signals, thank you.</span>'
    reason = (
        f'<label for="why-{n}">What is wrong with it? (you need not say)</label>'
        f'<textarea id="why-{n}" rows="2" maxlength="1000"></textarea>'
        f'<button type="button" data-rate="down" data-n="{n}">Send</button>'
    )
    return (
        f'<button type="button" class="qa-thumb" data-rate="up" data-n="{n}">Helpful</button>'
        + _details(f"rate-{n}", "qa-reason", "Not helpful", reason)
    )


def _edit(n: int, question: str) -> str:
    return _details(
        f"edit-{n}",
        "qa-edit",
        "Edit",
        f'<label for="again-{n}">Asked again, this replaces the answer and what follows it.</label>'
        f'<textarea id="again-{n}" rows="2" dir="auto">\n{escape(question)}</textarea>'
        f'<button type="button" data-again="{n}">Ask again</button>',
    )


def _details(name: str, kind: str, summary: str, html: str) -> str:
    # chat.js keeps open what was open, by this name, when the conversation grows.
    return (
        f'<details class="{kind}" data-name="{name}"><summary>{summary}</summary>'
        f"<div>{html}</div></details>"
    )


def _said(exchange: Exchange) -> str:
    """What a screen reader is told; of an answer that grows, only the end."""
    answer = exchange.answer
    if answer is None:
        return exchange.notice or "The answer is being written…"
    cited = f"{len(answer.citations)} cited." if answer.citations else ""
    return " ".join(filter(None, [answer.plain_text, cited, answer.note]))


def _status(text: str) -> str:
    return f'<p class="qa-said" role="status">{escape(text)}</p>'
