"""What happens when the page is opened and asked."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.answer import Answer
from qa.errors import QAError, UsageError
from qa.page.article_view import key, key_of, notice_html, pane_html
from qa.page.browser_state import keep_talk, kept_desk, kept_talk
from qa.page.chat_view import chat_html
from qa.page.conversation import Exchange, Talk, history
from qa.page.feedback import record
from qa.page.library_view import library_html, prompt_html
from qa.question.follow_up import clean_question
from qa.server.question_queue import Asking
from qa.server.rate_limit import Caller
from qa.server.sessions import Visitors
from qa.server.visitor_articles import Desk, Shelf, asked
from qa.server.warmup import Loading

LOADING = "Loading the models; your question is next…"
READING = "Reading…"
STOPPED = "You stopped this answer before it was finished and checked."
OPENING = "The page is still being opened; ask again in a moment."
PLACEHOLDER = "Ask about the article"
FAILED = "Something went wrong here; the log of the server says what. Please try again."
GONE = "This article is no longer here; add it again to see the sentence in its place."

Update = tuple[Any, ...]  # one value for each output


class Events:
    """The page's handlers over one assistant; what is a visitor's own is in the arguments.

    Gradio resolves the types of the arguments as it calls, so they are imported for real.
    """

    def __init__(self, loading: Loading, visitors: Visitors, shelf: Shelf, asking: Asking) -> None:
        self.loading = loading
        self.assistant = loading.assistant
        self.settings = loading.assistant.settings
        self.visitors = visitors
        self.shelf = shelf
        self.asking = asking

    def opened(self, kept: object, left_out: object, request: gr.Request) -> Iterator[Update]:
        """The page was opened: visitor, talk, desk, what is kept, chat, pane, list, prompt."""
        self.loading.start()
        name = kept.get("visitor") if isinstance(kept, dict) else None
        visitor = self.visitors.welcome(name, str(request.session_hash))
        if not isinstance(kept, dict) or not kept.get("talk"):  # it can be asked at once
            yield visitor, (), Desk(), keep_talk(visitor, ()), *[gr.skip()] * 4
        self.loading.loaded.wait()
        self.visitors.start()
        try:
            articles = self.shelf.articles(visitor)
            own = self.shelf.own(visitor)
        except Exception as error:  # noqa: BLE001 - said and logged
            yield visitor, *[gr.skip()] * 4, notice_html(_sentence(error)), gr.skip(), gr.skip()
            return
        talk, desk = kept_talk(kept, articles), kept_desk(left_out, articles)
        first = next((a for i, a in articles.items() if i not in desk.left_out), None)
        pane = pane_html(first) if first else notice_html("There is no article yet; add one.")
        yield (
            visitor,
            *((talk, desk, keep_talk(visitor, talk)) if talk else (gr.skip(), desk, gr.skip())),
            chat_html(talk, articles, self._rates) if talk else gr.skip(),
            pane,
            library_html(articles, desk, own),
            prompt_html(articles, desk, (), self.settings),
        )
        self.loading.suggested.wait()
        prompt = gr.skip()
        if not talk and not self.shelf.own(visitor):  # which may have changed meanwhile
            prompt = prompt_html(articles, desk, self.loading.suggestions, self.settings)
        # Gradio sends the last value again when a generator ends, so it must be one that holds.
        yield *[gr.skip()] * 7, prompt

    def closed(self, request: gr.Request) -> None:
        """The page was closed, or is being loaded anew."""
        self.visitors.left(str(request.session_hash))

    def asked(
        self,
        typed: str,
        talk: Talk,
        desk: Desk,
        visitor: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Update]:
        """A question was typed, clicked, linked or edited: box, talk, kept, chat, pane, prompt."""
        sent = dict(event._data or {}) if isinstance(event.target, gr.HTML) else {}
        question = str(sent.get("question", typed))
        talk = tuple(e for e in talk if e.question)  # a notice about a refused question was read
        articles = self._articles(visitor)
        try:
            if not visitor:
                raise UsageError(OPENING)
            clean_question(question)
            ids = asked(articles, desk)
        except UsageError as error:  # the question stays in its box, to be mended
            yield self._said((*talk, Exchange("", notice=str(error))), visitor)
            return
        talk = talk[: int(sent["again"])] if "again" in sent else talk
        waiting = READING if self.loading.loaded.is_set() else LOADING
        under_way = Exchange(question, notice=waiting, pending=True)
        box = gr.Textbox(
            typed if sent else "", submit_btn=False, stop_btn="Stop", placeholder="Answering…"
        )
        prompt = prompt_html(articles, desk, (), self.settings)
        yield box, *self._said((*talk, under_way), visitor)[1:-1], prompt
        ended = gr.Textbox(submit_btn="Ask", stop_btn=False, placeholder=PLACEHOLDER)
        owner = self.shelf.owner(visitor)
        try:
            caller = Caller.of(request, visitor)
            for part in self.asking.stream(caller, question, history(talk), ids, owner):
                if isinstance(part, Answer):
                    talk = (*talk, Exchange(question, part))
                    yield ended, *self._answered(talk, visitor), gr.skip()
                elif isinstance(part, int):
                    waits = replace(under_way, notice=_before(part))
                    yield self._said((*talk, waits), visitor)
                else:
                    draft = replace(under_way, draft=part, notice="")
                    yield self._said((*talk, draft), visitor)
        except Exception as error:  # noqa: BLE001 - said and logged
            failed = Exchange(question, notice=_sentence(error))
            yield ended, *self._said((*talk, failed), visitor)[1:]

    def stopped(self, talk: Talk, visitor: str) -> Update:
        """The answer under way is no longer wanted: box, talk, kept, chat."""
        ended = gr.Textbox(submit_btn="Ask", stop_btn=False, placeholder=PLACEHOLDER)
        talk = tuple(replace(e, pending=False, notice=STOPPED) if e.pending else e for e in talk)
        return ended, *self._said(talk, visitor)[1:4]

    def begun_anew(self, desk: Desk, visitor: str) -> Update:
        """The conversation is to be forgotten: talk, kept, chat, pane, prompt."""
        articles = self._articles(visitor)
        first = next((a for i, a in articles.items() if i not in desk.left_out), None)
        suggestions = desk.suggestions or (() if desk.left_out else self.loading.suggestions)
        return (
            (),
            keep_talk(visitor, ()),
            chat_html((), {}),
            pane_html(first) if first else gr.skip(),
            prompt_html(articles, desk, suggestions, self.settings),
        )

    def shown(self, talk: Talk, visitor: str, event: gr.EventData) -> str:
        """An article, or a sentence of one as an exchange cites it, is wanted: pane."""
        sent = dict(event._data or {})
        wanted = str(sent.get("key") or key_of(str(sent.get("id", ""))))
        article = next((a for a in self._articles(visitor).values() if key(a.id) == wanted), None)
        if article is None:
            return notice_html(GONE)
        number = int(sent.get("exchange", -1))
        answer = talk[number].answer if 0 <= number < len(talk) else None
        if answer is None:
            return pane_html(article)
        return pane_html(article, answer.citations, answer.exact, number)

    def rated(self, talk: Talk, visitor: str, event: gr.EventData) -> Update:
        """An answer was found helpful, or not: talk, kept, chat."""
        sent = dict(event._data or {})
        number = int(sent.get("n", -1))
        answer = talk[number].answer if 0 <= number < len(talk) else None
        if self.settings.feedback is None or answer is None or talk[number].rated:
            return gr.skip(), gr.skip(), gr.skip()
        try:
            record(self.settings.feedback, answer, bool(sent["up"]), str(sent.get("reason", "")))
        except OSError:
            logging.exception("What was thought of an answer could not be written.")
        rated = tuple(replace(e, rated=True) if n == number else e for n, e in enumerate(talk))
        return self._said(rated, visitor)[1:4]

    @property
    def _rates(self) -> bool:
        return self.settings.feedback is not None

    def _said(self, talk: Talk, visitor: str) -> Update:
        """Box, talk, kept, chat, pane, prompt, of which the chat alone changes on the page."""
        kept = gr.skip() if talk and talk[-1].pending else keep_talk(visitor, talk)
        chat = chat_html(talk, self._articles(visitor), self._rates)
        return gr.skip(), talk, kept, chat, gr.skip(), gr.skip()

    def _answered(self, talk: Talk, visitor: str) -> Update:
        """Talk, kept, chat, and the pane with what the last answer cites, or nearly does."""
        answer = talk[-1].answer
        near = (*answer.citations, *answer.closest) if answer else ()
        article = self._articles(visitor).get(near[0].article_id) if near else None
        pane = gr.skip()
        if answer and article:
            pane = pane_html(article, answer.citations, answer.exact, len(talk) - 1)
        return *self._said(talk, visitor)[1:4], pane

    def _articles(self, visitor: str) -> dict[str, Any]:
        # Until the models are loaded there is nothing to see, and asking would wait for them.
        if not self.loading.loaded.is_set():
            return {}
        try:
            return self.shelf.articles(visitor)
        except QAError:  # whoever asks a question is told
            return {}


def _before(number: int) -> str:
    return f"{number} questions come before yours…" if number > 1 else "Your question is next…"


def _sentence(error: Exception) -> str:
    if isinstance(error, QAError):
        return str(error)
    logging.error("The page failed.", exc_info=error)
    return FAILED
