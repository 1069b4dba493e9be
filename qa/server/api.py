"""The endpoints that other programs call on the page's server."""

import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api as gradio_api
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.answer import Answer
from qa.errors import QAError, UsageError
from qa.server.asking import Asking
from qa.server.outside import Outside
from qa.server.rate_limit import Caller
from qa.server.schemas import CALLS, Add, AddFeed, Ask, Call, Remove, checked, described

if TYPE_CHECKING:
    from qa.assistant import Assistant

FAILED = "Something went wrong here; the log of the server says what. Please try again."
_CALLED = re.compile(r"/gradio_api/call/(v2/)?(\w+)/?")


class Api:
    """What each endpoint does; a wrong call ends in a `gr.Error` of one sentence.

    Gradio makes each endpoint's documentation of these signatures, so they hold plain types.
    """

    def __init__(self, assistant: "Assistant", outside: Outside, asking: Asking) -> None:
        self._assistant = assistant
        self._outside = outside
        self._asking = asking

    def ask(
        self,
        request: gr.Request,
        question: str,
        history: list[dict[str, Any]] | None = None,
        articles: list[str] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Answer a question: `{"text"}` as it grows, last the whole answer with its citations."""
        given = {"question": question, "history": history, "articles": articles}
        with _told():
            call = checked(Ask, given)
            turns = [turn.model_dump() for turn in call.history or ()]
            owner = self._outside.owner(call.articles)
            caller = Caller.of(request)
            for part in self._asking.stream(caller, call.question, turns, call.articles, owner):
                if not isinstance(part, int):
                    yield part.to_dict() if isinstance(part, Answer) else {"text": part}

    def articles(self) -> list[dict[str, Any]]:
        """List the articles that everybody can ask: id, title, source, author, dates."""
        with _told():
            return [article.metadata for article in self._assistant.list()]

    def add(
        self,
        request: gr.Request,
        url: str | None = None,
        title: str | None = None,
        text: str | None = None,
    ) -> dict[str, Any]:
        """Add an article. Only who names the id that is returned can ask it, or remove it."""
        with _told():
            call = checked(Add, {"url": url, "title": title, "text": text})
            return self._outside.add(call, Caller.of(request))

    def add_feed(
        self, request: gr.Request, url: str, known: list[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Add the newest articles of a feed, a sitemap or a list of addresses, one by one.

        Each comes with its number and, like that of `/add`, its article, or with its problem.
        """
        with _told():
            call = checked(AddFeed, {"url": url, "known": known})
            yield from self._outside.add_each(call, Caller.of(request))

    def remove(self, article: str) -> dict[str, Any]:
        """Remove an added article."""
        with _told():
            self._outside.remove(checked(Remove, {"article": article}).article)
            return {"removed": article}


def offer(api: Api, names: Collection[str]) -> None:
    """Make these endpoints of the page that is being built: `/ask`, `/articles` and so on."""
    for name in names:
        function = getattr(api, name)
        gradio_api(
            function,
            api_name=name,
            api_description=f"{function.__doc__} {described(CALLS[name])}".strip(),
            concurrency_limit=None,
        )


class CheckedCalls:
    """ASGI middleware that answers wrong calls with status 422 and one sentence.

    Gradio itself would answer a raw call with a missing or an unknown field with a bare 500. What
    a call in the form `{"data": […]}` leaves out at its end is filled in.
    """

    def __init__(self, app: ASGIApp, calls: Mapping[str, type[Call]]) -> None:
        self._app = app
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a call; hand everything else on."""
        path = _CALLED.fullmatch(scope.get("path", ""))
        if path is None or scope.get("method") != "POST":
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        try:
            body = _filled_in(self._calls, body, path[2], named=bool(path[1]))
        except UsageError as error:
            await JSONResponse({"detail": str(error)}, 422)(scope, receive, send)
            return

        async def replay() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)


def _filled_in(calls: Mapping[str, type[Call]], body: bytes, name: str, *, named: bool) -> bytes:
    if name not in calls:
        raise UsageError(f"There is no endpoint /{name}; there are /{', /'.join(calls)}.")
    call = calls[name]
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    if named:
        if not isinstance(fields, dict):
            raise UsageError("The body is no JSON object; send one with the fields of the call.")
        return checked(call, fields).model_dump_json().encode()
    values = fields.get("data") if isinstance(fields, dict) else None
    if not isinstance(values, list):
        raise UsageError('The body is no JSON object with a list "data" of the fields\' values.')
    names = [
        *call.model_fields,
        *(f"data[{n}]" for n in range(len(call.model_fields), len(values))),
    ]
    given = checked(call, dict(zip(names, values, strict=False)))
    return json.dumps({"data": list(given.model_dump().values())}).encode()


@contextmanager
def _told() -> Iterator[None]:
    """Errors in the form that Gradio hands to the caller; ours as they are, others are logged."""
    try:
        yield
    except QAError as error:
        raise gr.Error(str(error), print_exception=False) from None
    except Exception:
        logging.exception("A call failed.")
        raise gr.Error(FAILED, print_exception=False) from None
