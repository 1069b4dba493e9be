"""What is sent to the server, looked at before Gradio reads it."""

import re
from collections.abc import Iterable
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.errors import UsageError
from qa.sources.limits import MAX_BYTES

MAX_BODY = 8_000_000  # bytes; the longest article as JSON, each character escaped, has 7.2 million
MAX_UPLOAD = 10 * MAX_BYTES  # of files that are sent together; each has its own sentence
MAX_DEPTH = 50  # lists and objects within each other
# There Gradio fetches any address for anybody, or calls a function past its queue. A proxy may have
# a prefix of its own before it (GRADIO_ROOT_PATH).
_CLOSED = re.compile(r"/gradio_api/(?:file|proxy|run|api)[=/]")
_JSON = re.compile(r"/gradio_api/(?!upload/?$)")


class CheckedBodies:
    """ASGI middleware that answers with one sentence what Gradio should not read.

    That is what is too deep or no JSON, and what would have Gradio fetch a file. Nor does it read
    what a page of another site may send without being allowed to, which is no JSON.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request; hand on what is fine."""
        path = scope.get("path", "")
        if _CLOSED.search(path):
            there_is_none = "There is nothing here; call an endpoint at /gradio_api/call/."
            await JSONResponse({"detail": there_is_none}, 404)(scope, receive, send)
            return
        if scope.get("method") != "POST" or not _JSON.search(path):
            await self._app(scope, receive, send)
            return
        try:
            body = await _body(Request(scope, receive))
        except ClientDisconnect:
            return
        except UsageError as error:
            await JSONResponse({"detail": str(error)}, 422)(scope, receive, send)
            return
        read: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return read.pop() if read else await receive()

        await self._app(scope, replay, send)


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != "application/json":
        raise UsageError(f"The body is of type {kind[:80]!r}; send JSON, as application/json.")
    body = await request.body()
    _check(body)
    return body


def _check(body: bytes) -> None:
    try:
        level: list[Any] = [orjson.loads(body)]
    except orjson.JSONDecodeError as error:
        raise UsageError(f"The body is no JSON ({error}); send it as RFC 8259 has it.") from None
    for _ in range(MAX_DEPTH):
        if any(_is_remote_file(part) for part in level if isinstance(part, dict)):
            raise UsageError("The body has a file at an address; call /add with the address.")
        level = [
            inner for part in level for inner in _within(part) if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise UsageError(f"The body is nested too deep; send at most {MAX_DEPTH} levels.")


def _within(part: Any) -> Iterable[Any]:
    return part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()


def _is_remote_file(part: dict[str, Any]) -> bool:
    # In this form Gradio takes any value of a call for a file, and fetches it.
    return "meta" in part and str(part.get("path", "")).startswith(("http://", "https://"))
