"""ASGI middleware that rejects wrong requests, each with one sentence, before Gradio sees them."""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.errors import UsageError
from qa.server.schemas import Call, validate
from qa.sources.limits import MAX_BYTES

MAX_BODY = 8_000_000  # bytes; the longest article as JSON with every character escaped: 7.2 million
MAX_UPLOAD = 10 * MAX_BYTES  # of files sent together; each file is limited to MAX_BYTES
MAX_DEPTH = 50  # nested lists and objects
_UPLOAD_OVERHEAD = 1_000_000  # bytes of multipart headers around the files
_UPLOAD = "/gradio_api/upload"
_MCP = "/gradio_api/mcp"
# Routes with which Gradio fetches any address for anyone, or calls a function without its queue.
# Not anchored: a proxy may add a prefix (GRADIO_ROOT_PATH).
_CLOSED = re.compile(r"/gradio_api/(?:file|proxy|run|api)[=/]")
_JSON = re.compile(r"/gradio_api/(?!upload/?$)")
_CALL = re.compile(r"/gradio_api/call/(v2/)?(\w+)/?")


class BodyLimit:
    """Rejects a body over `MAX_BODY` with status 413; uploads may have `MAX_UPLOAD`.

    Uploads are written to disk as they arrive, all other bodies are held in memory.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the declared length, and count what arrives in case it is wrong."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = MAX_UPLOAD + _UPLOAD_OVERHEAD if _UPLOAD in scope["path"] else MAX_BODY
        rejection = HTTPException(413, f"The request is too long; send at most {limit:,} bytes.")
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise rejection
            return message

        try:
            declared = Headers(scope=scope).get("content-length", "0")
            if declared.isdecimal() and int(declared) > limit:
                raise rejection
            await self._app(scope, counted, send)
        except HTTPException as error:
            if error is not rejection:
                raise
            await JSONResponse({"detail": error.detail}, error.status_code)(scope, receive, send)


class BodyCheck:
    """Rejects bodies that are not JSON or nested too deep, or that make Gradio fetch a file.

    A web page of another site can send a form without permission, but not JSON.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the route and the body of a request to Gradio."""
        path = scope.get("path", "")
        if _CLOSED.search(path):
            detail = "There is nothing here; call an endpoint at /gradio_api/call/."
            await JSONResponse({"detail": detail}, 404)(scope, receive, send)
            return
        if scope.get("method") != "POST" or not _JSON.search(path):
            await self._app(scope, receive, send)
            return
        try:
            body = await _json_body(Request(scope, receive))
        except ClientDisconnect:
            return
        except UsageError as error:
            await JSONResponse({"detail": str(error)}, 422)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


class McpLogin:
    """Requires HTTP Basic authentication for MCP, which Gradio's own login does not cover."""

    def __init__(self, app: ASGIApp, logins: Mapping[str, str]) -> None:
        self._app = app
        self._logins = logins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the credentials of a request to the MCP server."""
        protected = scope["type"] == "http" and self._logins and _MCP in scope["path"]
        if not protected or self._is_valid(Headers(scope=scope).get("authorization", "")):
            await self._app(scope, receive, send)
            return
        detail = "Log in with HTTP Basic, with a name and password of QA_AUTH."
        headers = {"WWW-Authenticate": 'Basic realm="Ask the Article"'}
        await JSONResponse({"detail": detail}, 401, headers)(scope, receive, send)

    def _is_valid(self, header: str) -> bool:
        scheme, _, value = header.partition(" ")
        try:
            given = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return False
        known = [f"{name}:{password}".encode() for name, password in self._logins.items()]
        return scheme.lower() == "basic" and any(
            # A list, so that every login is compared: the time taken reveals nothing.
            [secrets.compare_digest(given, login) for login in known]
        )


class CallCheck:
    """Rejects API calls with wrong fields with status 422.

    Gradio would answer a raw call with a missing or an unknown field with a bare 500. Fields that
    a call of the form `{"data": […]}` omits at its end are filled in.
    """

    def __init__(self, app: ASGIApp, calls: Mapping[str, type[Call]]) -> None:
        self._app = app
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Validate an API call; everything else passes."""
        path = _CALL.fullmatch(scope.get("path", ""))
        if path is None or scope.get("method") != "POST":
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        try:
            body = _complete_call(self._calls, body, path[2], named=bool(path[1]))
        except UsageError as error:
            await JSONResponse({"detail": str(error)}, 422)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that returns the body that was read, then what the client sends next."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


async def _json_body(request: Request) -> bytes:
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise UsageError(
            f"The content type is {content_type[:80]!r}; send JSON, as application/json."
        )
    body = await request.body()
    _check_json(body)
    return body


def _check_json(body: bytes) -> None:
    try:
        level: list[Any] = [orjson.loads(body)]
    except orjson.JSONDecodeError as error:
        raise UsageError(f"The body is not JSON ({error}); send JSON as in RFC 8259.") from None
    for _ in range(MAX_DEPTH):
        if any(_is_remote_file(value) for value in level if isinstance(value, dict)):
            raise UsageError(
                "The body refers to a file by its address; call /add with the address."
            )
        level = [
            inner for value in level for inner in _children(value) if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise UsageError(f"The body is nested too deeply; send at most {MAX_DEPTH} levels.")


def _children(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _is_remote_file(value: dict[str, Any]) -> bool:
    # Gradio treats any value of this form as a file, and fetches it.
    return "meta" in value and str(value.get("path", "")).startswith(("http://", "https://"))


def _complete_call(
    calls: Mapping[str, type[Call]], body: bytes, name: str, *, named: bool
) -> bytes:
    if name not in calls:
        raise UsageError(f"There is no endpoint /{name}; there are /{', /'.join(calls)}.")
    call = calls[name]
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    if named:
        if not isinstance(fields, dict):
            raise UsageError("The body is not a JSON object; send one with the call's fields.")
        return validate(call, fields).model_dump_json().encode()
    values = fields.get("data") if isinstance(fields, dict) else None
    if not isinstance(values, list):
        raise UsageError(
            'The body is not a JSON object with a list "data"; send one with the fields\' values.'
        )
    names = [
        *call.model_fields,
        *(f"data[{n}]" for n in range(len(call.model_fields), len(values))),
    ]
    given = validate(call, dict(zip(names, values, strict=False)))
    return json.dumps({"data": list(given.model_dump().values())}).encode()
