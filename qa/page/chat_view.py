"""The conversation as HTML; everything typed, read or written appears in it as text."""

import time
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from qa.answer import Answer
from qa.article import Article
from qa.export.all_kept import day_of
from qa.export.as_markdown import as_markdown
from qa.export.document import document, titled
from qa.kept.conversation import Conversation, Exchange
from qa.page.first_run import first_run_html
from qa.page.markup import quote_link, statements_html
from qa.page.taking_view import TAKING
from qa.page.trace_view import confidence, steps_html
from qa.statement import Citation

_LIST = '<button type="button" class="qa-list" data-do="list">Conversations</button>'
_LIST_ALONE = f'<div class="qa-tools">{_LIST}<span class="qa-done" role="status"></span></div>'
_TOOLS = (
    f'<div class="qa-tools" role="group" aria-label="This conversation">{_LIST}'
    '<button type="button" data-do="copy">Copy</button>'
    f'<button type="button" data-do="new">New conversation</button>{TAKING}'
    '<span class="qa-done" role="status"></span></div>'
)


class ChatView:
    """Renders a conversation, again and again while its last answer grows.

    An exchange that has not changed since the last call is not rendered again. `articles` are
    those that the answers were found in, by id; `rates` offers to rate each answer, `adds` to add
    an article.
    """

    def __init__(
        self, articles: Mapping[str, Article], rates: bool = False, adds: bool = True
    ) -> None:
        self._articles = articles
        self._rates = rates
        self._adds = adds
        self._rendered: dict[int, tuple[Exchange, str]] = {}  # by position
        self._answered: Conversation = ()
        self._markdown = ""  # of those

    def html(self, conversation: Conversation, before: str = "") -> str:
        """All exchanges, below the buttons for the conversation as a whole.

        `before` is the id of the conversation that was open until now, to go back to.
        """
        if not conversation:
            return f"{_LIST_ALONE}{_back(before)}{first_run_html(add=self._adds)}{_status('')}"
        return (
            _TOOLS
            + f'<textarea class="qa-markdown" hidden>\n{self._saved(conversation)}</textarea>'
            + "".join(self._exchange(n, exchange) for n, exchange in enumerate(conversation))
            + _status(_announcement(conversation[-1]))
        )

    def _saved(self, conversation: Conversation) -> str:
        answered = tuple(exchange for exchange in conversation if exchange.answer)
        if answered != self._answered:
            made = document([(titled(answered), day_of(time.time()), answered)], self._articles)
            self._answered, self._markdown = answered, escape(as_markdown(made))
        return self._markdown

    def _exchange(self, n: int, exchange: Exchange) -> str:
        last, html = self._rendered.get(n, (None, ""))
        if last is not exchange:
            html = exchange_html(n, exchange, self._articles, self._rates)
            self._rendered[n] = exchange, html
        return html


def _back(before: str) -> str:
    if not before:
        return ""
    return (
        '<p class="qa-note">This is a new conversation; the one before is kept. '
        f'<button type="button" data-reopen="{before}">Go back to it</button></p>'
    )


def exchange_html(
    n: int, exchange: Exchange, articles: Mapping[str, Article], rates: bool = False
) -> str:
    """The n-th exchange of a conversation."""
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
        draft = statements_html(exchange.draft, exchange.citations)
        return (f'<div class="qa-answer qa-written">{draft}</div>' if draft else "") + notice
    answer = exchange.answer
    return (
        f'<div class="qa-{answer.kind.replace("_", "-")} qa-{answer.mode}">'
        + statements_html(answer.statements, answer.citations)
        + _sources(answer)
        + _links("Closest in the article, but not an answer:", answer.closest)
        + _links("Also in the article:", answer.further)
        + "</div>"
        + (f'<p class="qa-note">{escape(answer.note)}</p>' if answer.note else "")
        + notice
        + _foot(n, exchange, answer, articles, rates)
        + _next(answer)
    )


def _sources(answer: Answer) -> str:
    """Each cited article with its paper and day, unless the answer names them itself."""
    if any(statement.role == "source" for statement in answer.statements):
        return ""
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.article_id, []).append(citation)
    rows = "".join(
        f"<li>{' '.join(map(_numbered, some))} {escape(some[0].article_origin)}</li>"
        for some in cited.values()
    )
    return f'<ul class="qa-sources" aria-label="Sources">{rows}</ul>' if rows else ""


def _numbered(citation: Citation) -> str:
    return f"[{citation.number}]" + (f" (page {citation.page})" if citation.page else "")


def _next(answer: Answer) -> str:
    """Further questions to click; only the last exchange shows them."""
    items = "".join(
        f'<li><button type="button" data-ask="{escape(q)}">{escape(q)}</button></li>'
        for q in answer.suggestions
    )
    return f'<ul class="qa-next" aria-label="You could ask">{items}</ul>' if items else ""


def _links(label: str, cited: Sequence[Citation]) -> str:
    links = "".join(
        f"<li>{quote_link(c, c.quote, f'Show in the article: {c.quote}')}</li>" for c in cited
    )
    return f'<p class="qa-label">{label}</p><ul class="qa-closest">{links}</ul>' if links else ""


def _foot(
    n: int, exchange: Exchange, answer: Answer, articles: Mapping[str, Article], rates: bool
) -> str:
    if answer.kind == "small_talk":
        return ""
    in_words = confidence(answer)
    steps = steps_html(answer, articles)
    return (
        '<div class="qa-foot">'
        + (f'<span class="qa-confidence">{in_words}</span>' if in_words else "")
        + (_rating(n, exchange.rated) if rates else "")
        + _details(f"how-{n}", "qa-how", "How was this found?", steps)
        + _copy(answer)
        + "</div>"
    )


def _copy(answer: Answer) -> str:
    """Buttons for the answer with its quotes, and for a link that asks the same articles again."""
    if not answer.citations:
        return ""
    text = escape(answer.to_markdown())
    cited = dict.fromkeys(c.article_id for c in answer.citations)
    link = urlencode({"q": answer.standalone_question, "article": list(cited)}, doseq=True)
    return (
        f'<button type="button" data-copy="{text}">Copy with sources</button>'
        f'<button type="button" data-link="?{escape(link)}">Copy link</button>'
    )


def _rating(n: int, rated: bool) -> str:
    if rated:
        return '<span class="qa-rated">Thank you for the feedback.</span>'
    reason = (
        f'<label for="why-{n}">What is wrong with it? (optional)</label>'
        f'<textarea id="why-{n}" rows="2" maxlength="1000"></textarea>'
        f'<button type="button" data-rate="down" data-n="{n}">Send</button>'
    )
    return (
        '<div class="qa-rating" role="group" aria-label="Rate this answer">'
        f'<button type="button" class="qa-thumb" data-rate="up" data-n="{n}">Helpful</button>'
        + _details(f"rate-{n}", "qa-reason", "Not helpful", reason)
        + "</div>"
    )


def _edit(n: int, question: str) -> str:
    return _details(
        f"edit-{n}",
        "qa-edit",
        "Edit",
        f'<label for="again-{n}">This begins a new conversation from here; '
        "the one you see is kept.</label>"
        f'<textarea id="again-{n}" rows="2" dir="auto">\n{escape(question)}</textarea>'
        f'<button type="button" data-again="{n}">Ask again</button>',
    )


def _details(name: str, css_class: str, summary: str, html: str) -> str:
    # By this name, chat.js keeps open what was open when the conversation is updated.
    return (
        f'<details class="{css_class}" data-name="{name}"><summary>{summary}</summary>'
        f"<div>{html}</div></details>"
    )


def _announcement(exchange: Exchange) -> str:
    """What a screen reader announces: the finished answer, not each step of its growth."""
    answer = exchange.answer
    if answer is None:
        return exchange.notice or "The answer is being written…"
    cited = f"{len(answer.citations)} cited." if answer.citations else ""
    return " ".join(filter(None, [answer.plain_text, cited, answer.note]))


def _status(text: str) -> str:
    return f'<p class="qa-said" role="status">{escape(text)}</p>'
