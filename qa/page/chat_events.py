"""Handlers of the conversation: the page is opened, a question asked, an article shown."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import gradio as gr

from qa.answer import Answer
from qa.article import Article
from qa.errors import QAError, UsageError
from qa.kept.conversation import Conversation, Exchange, history
from qa.kept.conversations import GoneError
from qa.page.article_view import article_key, key_from_anchor, notice_html, viewer_html
from qa.page.browser_state import dump_talk, load_selection, load_talk
from qa.page.chat_view import ChatView
from qa.page.feedback import record
from qa.page.layout import PLACEHOLDER, Layout, Update
from qa.page.library_view import hints_html, library_html
from qa.question.follow_up import clean_question
from qa.server.api import FAILED
from qa.server.identity import name_of
from qa.server.question_queue import QuestionQueue
from qa.server.rate_limit import Caller
from qa.server.sessions import Sessions
from qa.server.visitor_articles import Selection, VisitorArticles
from qa.server.warmup import Warmup

LOADING = "Loading the models; your question is next…"
READING = "Reading…"
STOPPED = "You stopped this answer before it was finished."
OPENING = (
    "The page is still opening, or the server was started anew; ask again in a moment, or reload."
)
NO_ARTICLE = "There is no article yet; add one."
GONE = "This article is no longer here; add it again to see the sentence in its place."


class ChatEvents:
    """The handlers of the conversation; a visitor's own state is in the arguments.

    Each returns or yields an `Update`. Gradio resolves the types of the arguments when it calls a
    handler, so they cannot be imported for type checking only.
    """

    def __init__(
        self,
        layout: Layout,
        warmup: Warmup,
        sessions: Sessions,
        articles: VisitorArticles,
        questions: QuestionQueue,
    ) -> None:
        self.layout = layout
        self._warmup = warmup
        self._settings = warmup.assistant.settings
        self._model = warmup.assistant.model_name
        self._sessions = sessions
        self._articles = articles
        self._questions = questions

    def on_open(self, stored: object, excluded: object, request: gr.Request) -> Iterator[Update]:
        """The page was opened: restore what the browser stored, and show an article."""
        of = self.layout
        self._warmup.start()
        known, kept = load_talk(stored)
        name = name_of(request, self._settings)
        visitor = self._sessions.open_tab(known, str(request.session_hash), name)
        conversation, kept = self._restored(visitor, kept)
        if not conversation:  # it can be asked at once
            yield {
                of.visitor: visitor,
                of.conversation: (),
                of.selection: Selection(),
                **self._open(visitor, ""),
            }
        self._warmup.loaded.wait()
        self._sessions.start_sweeping()
        try:
            articles = self._articles.visible(visitor)
            own = self._articles.own(visitor)
        except Exception as error:  # noqa: BLE001 - shown and logged
            yield {of.visitor: visitor, of.viewer: notice_html(_sentence(error))}
            return
        selection = load_selection(excluded, articles)
        restored: Update = {
            of.visitor: visitor,
            of.selection: selection,
            of.viewer: _first_html(articles, selection) or notice_html(NO_ARTICLE),
            of.library: library_html(articles, selection, own, self._articles.room(visitor)),
            of.hints: self._hints(articles, selection),
        }
        if conversation:  # else the visitor may have asked something meanwhile
            restored |= self._shown(conversation, self._view(articles))
            restored |= self._open(visitor, kept) | self._cited(conversation, articles)
        yield restored
        self._warmup.suggested.wait()
        hints = gr.skip()
        if not conversation and not self._articles.own(visitor):  # which may have changed by now
            hints = self._hints(articles, selection, self._warmup.suggestions)
        # When a generator ends, Gradio sends its last value again: it must not undo later changes.
        yield {of.hints: hints}

    def on_close(self, request: gr.Request) -> None:
        """The page was closed or reloaded."""
        self._sessions.close_tab(str(request.session_hash))

    def on_ask(
        self,
        typed: str,
        conversation: Conversation,
        selection: Selection,
        visitor: str,
        kept: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Update]:
        """A question was typed, clicked, linked or edited."""
        of = self.layout
        sent = dict(event._data or {}) if isinstance(event.target, gr.HTML) else {}
        question = str(sent.get("question", typed))
        conversation = tuple(e for e in conversation if e.question)  # without rejections
        articles = self._visible(visitor)
        view = self._view(articles)
        try:
            if not visitor:
                raise UsageError(OPENING)
            clean_question(question)
            ids = _linked(sent, articles) or selection.ids(articles)
        except UsageError as error:  # the question stays in its box, to be corrected
            rejected = (*conversation, Exchange("", notice=str(error)))
            yield self._shown(rejected, view) | ({of.question: question} if sent else {})
            return
        if "again" in sent:
            conversation = conversation[: int(sent["again"])]
        notice = READING if self._warmup.loaded.is_set() else LOADING
        pending = Exchange(question, notice=notice, pending=True)
        yield {
            of.question: _answering(typed if sent else ""),
            of.hints: self._hints(articles, selection),
            **self._shown((*conversation, pending), view),
        }
        owner = self._articles.owner(visitor)
        count = len(ids or articles) or None
        try:
            for part in self._questions.stream(
                Caller.of(request, visitor), question, history(conversation), ids, owner, count
            ):
                if isinstance(part, Answer):
                    if not _article_ids(part) <= articles.keys():  # added since, or just loaded
                        articles = self._visible(visitor)
                        view = self._view(articles)
                    answered = (*conversation, Exchange(question, part))
                    answered, kept = self._keep(answered, visitor, kept)
                    yield {
                        of.question: _ready(),
                        **self._shown(answered, view),
                        **self._open(visitor, kept),
                        **self._cited(answered, articles),
                    }
                elif isinstance(part, int):
                    waiting = replace(pending, notice=_ahead(part))
                    yield self._shown((*conversation, waiting), view)
                elif self._model:  # else the whole answer follows at once
                    draft = replace(pending, draft=part.statements, notice="")
                    yield self._shown((*conversation, draft), view)
        except Exception as error:  # noqa: BLE001 - shown and logged
            failed = (*conversation, Exchange(question, notice=_sentence(error)))
            yield {of.question: _ready(), **self._shown(failed, view)}

    def on_stop(self, conversation: Conversation, visitor: str, kept: str) -> Update:
        """The visitor stopped the answer in progress; what was written is kept."""
        articles = self._visible(visitor)
        stopped = tuple(e.stopped(STOPPED, self._model) if e.pending else e for e in conversation)
        cited = {}
        if stopped and stopped[-1].answer:
            stopped, kept = self._keep(stopped, visitor, kept)
            cited = self._open(visitor, kept) | self._cited(stopped, articles)
        return {
            self.layout.question: _ready(),
            **self._shown(stopped, self._view(articles)),
            **cited,
        }

    def on_new_conversation(self, selection: Selection, kept: str, visitor: str) -> Update:
        """The visitor begins a new conversation; the one before stays in the list."""
        articles = self._visible(visitor)
        suggestions = selection.suggestions
        if not suggestions and not selection.excluded:
            suggestions = self._warmup.suggestions
        return {
            self.layout.viewer: _first_html(articles, selection) or gr.skip(),
            self.layout.hints: self._hints(articles, selection, suggestions),
            **self._open(visitor, ""),
            **self._shown((), self._view(articles), before=kept),
        }

    def opened(self, conversation: Conversation, kept: str, visitor: str) -> Update:
        """Show a kept conversation, and the article that its last answer cites."""
        articles = self._visible(visitor)
        return {
            **self._shown(conversation, self._view(articles)),
            **self._open(visitor, kept),
            **(self._cited(conversation, articles, reopened=True) if conversation else {}),
        }

    def first_article(self, visitor: str) -> Update:
        """Show the first article that there is."""
        articles = self._visible(visitor)
        return {self.layout.viewer: _first_html(articles, Selection()) or notice_html(NO_ARTICLE)}

    def on_show(self, conversation: Conversation, visitor: str, event: gr.EventData) -> Update:
        """An article was opened, or a sentence that an exchange cites."""
        sent = dict(event._data or {})
        wanted = str(sent.get("key") or key_from_anchor(str(sent.get("id", ""))))
        articles = self._visible(visitor).values()
        article = next((a for a in articles if article_key(a.id) == wanted), None)
        if article is None:
            return {self.layout.viewer: notice_html(GONE)}
        number = int(sent.get("exchange", -1))
        return {self.layout.viewer: _article_html(article, conversation, number)}

    def on_rate(
        self, conversation: Conversation, visitor: str, kept: str, event: gr.EventData
    ) -> Update:
        """An answer was rated as helpful or not."""
        sent = dict(event._data or {})
        number = int(sent.get("n", -1))
        exchange = conversation[number] if 0 <= number < len(conversation) else None
        if self._settings.feedback is None or not exchange or not exchange.answer or exchange.rated:
            return {self.layout.chat: gr.skip()}
        reason = str(sent.get("reason", ""))
        try:
            record(self._settings.feedback, exchange.answer, bool(sent["up"]), reason)
        except OSError:
            logging.exception("A rating could not be recorded.")
        try:
            self._sessions.conversations.rate(visitor, kept, exchange)
        except QAError as error:
            logging.warning("%s", error)
        rated = tuple(
            replace(e, rated=True) if n == number else e for n, e in enumerate(conversation)
        )
        return self._shown(rated, self._view(self._visible(visitor)))

    def _hints(
        self,
        articles: Mapping[str, Article],
        selection: Selection,
        suggestions: Sequence[str] = (),
    ) -> str:
        return hints_html(articles, selection, suggestions, self._settings, self._model)

    def _view(self, articles: Mapping[str, Article]) -> ChatView:
        rates = self._settings.feedback is not None
        return ChatView(articles, rates=rates, adds=self._settings.add)

    def _shown(self, conversation: Conversation, view: ChatView, before: str = "") -> Update:
        html = view.html(conversation, before)
        return {self.layout.conversation: conversation, self.layout.chat: html}

    def _open(self, visitor: str, kept: str) -> Update:
        """The kept conversation that goes on; the browser remembers it."""
        return {
            self.layout.kept: kept,
            self.layout.stored_conversation: dump_talk(visitor, kept),
        }

    def _keep(self, answered: Conversation, visitor: str, kept: str) -> tuple[Conversation, str]:
        """Keep a conversation; where that fails, its last answer says why."""
        try:
            return answered, self._sessions.conversations.save(visitor, kept, answered)
        except QAError as error:
            told = replace(answered[-1], notice=f"This answer is not kept: {_within(error)}")
            return (*answered[:-1], told), kept

    def _restored(self, visitor: str, kept: str) -> tuple[Conversation, str]:
        try:
            return (self._sessions.conversations.open(visitor, kept) if kept else ()), kept
        except GoneError:  # deleted meanwhile
            return (), ""
        except QAError as error:
            return (Exchange("", notice=str(error)),), kept

    def _cited(
        self,
        conversation: Conversation,
        articles: Mapping[str, Article],
        *,
        reopened: bool = False,
    ) -> Update:
        """Show the article that the last answer cites first, or that comes closest."""
        answer = conversation[-1].answer
        quoted = (*answer.citations, *answer.closest, *answer.further) if answer else ()
        article = articles.get(quoted[0].article_id) if quoted else None
        if not answer or not article:
            return {}
        last = len(conversation) - 1
        return {self.layout.viewer: _article_html(article, conversation, last, reopened=reopened)}

    def _visible(self, visitor: str) -> dict[str, Article]:
        # Until the models are loaded, listing the articles would wait for them.
        if not self._warmup.loaded.is_set():
            return {}
        try:
            return self._articles.visible(visitor)
        except QAError:  # asking raises it again, and then it is shown
            return {}


def _article_ids(answer: Answer) -> set[str]:
    """The articles that an answer was found in."""
    cited = {c.article_id for c in (*answer.citations, *answer.closest, *answer.further)}
    return cited | {passage.article_id for passage in answer.trace.passages}


def _linked(sent: Mapping[str, object], articles: Mapping[str, Article]) -> list[str]:
    """The articles that a link to an answer names. Raises `UsageError` where one is not here."""
    named = sent.get("articles")
    ids = [str(one) for one in named] if isinstance(named, list) else []
    gone = next((one for one in ids if one not in articles), None)
    if gone and articles:
        raise UsageError(
            f"The article of this link is not here ({gone[:40]!r}); add it, or press Ask to ask "
            "those that are."
        )
    return ids


def _article_html(
    article: Article, conversation: Conversation, number: int, *, reopened: bool = False
) -> str:
    """The article, marked as the exchange of this number cites it; all that is cited is marked."""
    exchange = conversation[number] if 0 <= number < len(conversation) else None
    others = [c for other in conversation if other is not exchange for c in other.citations]
    if exchange is None:
        return viewer_html(article, others=others)
    exact = exchange.answer.exact if exchange.answer else None
    return viewer_html(article, exchange.citations, exact, number, others, reopened=reopened)


def _first_html(articles: Mapping[str, Article], selection: Selection) -> str:
    first = next(iter(selection.of(articles)), None)
    return viewer_html(first) if first else ""


def _answering(text: str) -> gr.Textbox:
    return gr.Textbox(text, submit_btn=False, stop_btn="Stop", placeholder="Answering…")


def _ready() -> gr.Textbox:
    return gr.Textbox(submit_btn="Ask", stop_btn=False, placeholder=PLACEHOLDER)


def _ahead(number: int) -> str:
    return f"{number} questions are ahead of yours…" if number > 1 else "Your question is next…"


def _within(error: QAError) -> str:
    """An error's sentence after a colon."""
    sentence = str(error)
    return sentence[0].lower() + sentence[1:]


def _sentence(error: Exception) -> str:
    if isinstance(error, QAError):
        return str(error)
    logging.error("A handler of the page failed.", exc_info=error)
    return FAILED
