"""What happens when the page is used."""

import logging
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from qa.answer import Answer
from qa.conversation import clean_question
from qa.errors import QAError, UsageError
from qa.ui.exchange import Exchange, history, messages
from qa.ui.loading import Loading
from qa.ui.pane import article_html, key, key_of, notice_html

LOADING = "Loading the models; your question is next…"
READING = "Reading the article…"
FAILED = "Something went wrong here; the log of the server says what. Please try again."

Talk = tuple[Exchange, ...]  # a visitor's conversation, oldest first
Update = tuple[Any, ...]  # one value for each output


class Events:
    """The page's event handlers over one assistant; what is a visitor's own is in the arguments.

    Gradio resolves the types of the arguments as it calls, so they are imported for real.
    """

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.assistant = loading.assistant

    def opened(self) -> Iterator[Update]:
        """The page was opened: chat, picker, pane."""
        self.loading.start()
        self.loading.loaded.wait()
        yield gr.skip(), *self._article((), None)
        self.loading.suggested.wait()
        suggestions: list[ExampleMessage] = [{"text": q} for q in self.loading.suggestions]
        yield gr.Chatbot(examples=suggestions), gr.skip(), gr.skip()

    def asked(
        self, typed: str, talk: Talk, shown: str | None, event: gr.EventData
    ) -> Iterator[Update]:
        """A question was typed, or a suggestion clicked: question box, talk, chat, picker, pane."""
        suggested = isinstance(event.target, gr.Chatbot)
        question = str(event.value["text"]) if suggested else typed
        talk = tuple(e for e in talk if e.question)  # a notice about a refused question was read
        try:
            clean_question(question)
        except UsageError as error:  # the question stays in its box, to be mended
            yield gr.skip(), *_said((*talk, Exchange("", notice=str(error))))
            return
        waiting = READING if self.loading.loaded.is_set() else LOADING
        yield gr.skip() if suggested else "", *_said((*talk, Exchange(question, notice=waiting)))
        try:
            for part in self.assistant.stream(question, history(talk)):
                if isinstance(part, Answer):
                    talk = (*talk, Exchange(question, part))
                    article = self._article(talk, _first_cited(part) or shown)
                    yield gr.skip(), *_said(talk)[:2], *article
                else:
                    yield gr.skip(), *_said((*talk, Exchange(question, draft=part)))
        except QAError as error:
            yield gr.skip(), *_said((*talk, Exchange(question, notice=str(error))))
        except Exception:
            logging.exception("A question failed.")
            yield gr.skip(), *_said((*talk, Exchange(question, notice=FAILED)))

    def picked(self, shown: str, talk: Talk) -> Update:
        """Another article was picked: picker, pane."""
        return self._article(talk, shown)

    def cited(self, talk: Talk, event: gr.EventData) -> Update:
        """A citation of an article that is not shown was clicked: picker, pane."""
        return self._article(talk, key_of(str(event.id)))

    def _article(self, talk: Talk, shown: str | None) -> Update:
        try:
            articles = {key(article.id): article for article in self.assistant.list()}
        except QAError as error:
            return gr.skip(), notice_html(str(error))
        except Exception:
            logging.exception("The articles could not be listed.")
            return gr.skip(), notice_html(FAILED)
        if not articles:
            return gr.Dropdown(visible=False), notice_html("There is no article yet; add one.")
        if shown not in articles:
            shown = next(iter(articles))
        choices = [(article.title, k) for k, article in articles.items()]
        picker = gr.Dropdown(choices=choices, value=shown, visible=len(choices) > 1)
        last = next((e.answer for e in reversed(talk) if e.answer), None)
        marks = (last.citations, last.exact) if last else ()
        return picker, article_html(articles[shown], *marks)


def _said(talk: Talk) -> Update:
    return talk, messages(talk), gr.skip(), gr.skip()


def _first_cited(answer: Answer) -> str | None:
    return key(answer.citations[0].article_id) if answer.citations else None
