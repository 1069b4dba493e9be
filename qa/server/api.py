"""The API endpoints, which other programs call on the page's server."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api as gradio_api

from qa.answer import Answer
from qa.collection.choice import Choice
from qa.errors import QAError
from qa.server.api_articles import ApiArticles
from qa.server.question_queue import QuestionQueue
from qa.server.rate_limit import Caller
from qa.server.schemas import CALLS, Add, AddFeed, Ask, Remove, describe, validate

if TYPE_CHECKING:
    from qa.assistant import Assistant

FAILED = "Something went wrong; the server's log says what. Please try again."


class Api:
    """What each endpoint does; a wrong call ends in a `gr.Error` of one sentence.

    Gradio documents the endpoints from these signatures, so they use plain types.
    """

    def __init__(
        self, assistant: "Assistant", articles: ApiArticles, questions: QuestionQueue
    ) -> None:
        self._assistant = assistant
        self._articles = articles
        self._questions = questions

    def ask(
        self,
        request: gr.Request,
        question: str,
        history: list[dict[str, Any]] | None = None,
        articles: list[str] | None = None,
        publisher: str | None = None,
        author: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Answer a question: `{"text"}` as it grows, then the whole answer with its citations."""
        given = {
            "question": question,
            "history": history,
            "articles": articles,
            "publisher": publisher,
            "author": author,
            "since": since,
            "until": until,
        }
        with _gradio_errors():
            call = validate(Ask, given)
            turns = [turn.model_dump() for turn in call.history or ()]
            owner = self._articles.owner(call.articles)
            caller = Caller.of(request)
            choice = Choice(call.publisher, call.author, call.since, call.until)
            ids = self._assistant.chosen(choice, call.articles, owner)
            for part in self._questions.stream(caller, call.question, turns, ids, owner):
                if not isinstance(part, int):
                    yield part.to_dict() if isinstance(part, Answer) else {"text": part}

    def articles(self) -> list[dict[str, Any]]:
        """List the articles that everyone can ask: id, title, source, author, dates."""
        with _gradio_errors():
            return [article.metadata for article in self._assistant.list()]

    def add(
        self,
        request: gr.Request,
        url: str | None = None,
        title: str | None = None,
        text: str | None = None,
    ) -> dict[str, Any]:
        """Add an article. Only callers who name the id that is returned can ask or remove it."""
        with _gradio_errors():
            call = validate(Add, {"url": url, "title": title, "text": text})
            return self._articles.add(call, Caller.of(request))

    def add_feed(
        self, request: gr.Request, url: str, known: list[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Add the newest articles of a feed, a sitemap or a list of addresses, one by one.

        Each comes with its number and, like that of `/add`, its article, or with its problem.
        """
        with _gradio_errors():
            call = validate(AddFeed, {"url": url, "known": known})
            yield from self._articles.add_each(call, Caller.of(request))

    def remove(self, article: str) -> dict[str, Any]:
        """Remove an added article."""
        with _gradio_errors():
            self._articles.remove(validate(Remove, {"article": article}).article)
            return {"removed": article}


def add_endpoints(api: Api, names: Collection[str]) -> None:
    """Add these endpoints to the page that is being built: `/ask`, `/articles` and so on."""
    for name in names:
        function = getattr(api, name)
        gradio_api(
            function,
            api_name=name,
            api_description=f"{function.__doc__} {describe(CALLS[name])}".strip(),
            concurrency_limit=None,
        )


@contextmanager
def _gradio_errors() -> Iterator[None]:
    """Turn errors into ones that Gradio shows to the caller; unexpected errors are logged."""
    try:
        yield
    except QAError as error:
        raise gr.Error(str(error), print_exception=False) from None
    except Exception:
        logging.exception("A call failed.")
        raise gr.Error(FAILED, print_exception=False) from None
