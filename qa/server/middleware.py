"""What is turned away before Gradio sees it: bodies that are too long, callers without a login."""

import base64
import binascii
import secrets
from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.server.bodies import MAX_BODY, MAX_UPLOAD

_UPLOAD = "/gradio_api/upload"
_FRAME = 1_000_000  # bytes for what stands around the files of an upload
_TOOLS = "/gradio_api/mcp"


class BodyLimit:
    """ASGI middleware that answers a body of more than `MAX_BODY` with status 413.

    Uploads, which are written to the disk as they come, may have `MAX_UPLOAD`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is short enough, and of what lies about its length no more than that."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MAX_UPLOAD + _FRAME if _UPLOAD in scope["path"] else MAX_BODY
        refusal = HTTPException(413, f"The request is too long; send at most {most:,} bytes.")
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise refusal
            return message

        try:
            told = Headers(scope=scope).get("content-length", "0")
            if told.isdecimal() and int(told) > most:
                raise refusal
            await self._app(scope, counted, send)
        except HTTPException as error:
            if error is not refusal:
                raise
            await JSONResponse({"detail": error.detail}, error.status_code)(scope, receive, send)


class ToolLogin:
    """ASGI middleware that asks for HTTP Basic before the Model Context Protocol.

    Gradio's own login covers the page, the API and the files, but not this.
    """

    def __init__(self, app: ASGIApp, logins: Mapping[str, str]) -> None:
        self._app = app
        self._logins = logins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is none of its business, and what knows a password."""
        guarded = scope["type"] == "http" and self._logins and _TOOLS in scope["path"]
        if not guarded or self._knows(Headers(scope=scope).get("authorization", "")):
            await self._app(scope, receive, send)
            return
        sentence = "Log in with HTTP Basic: the name and the password of QA_AUTH."
        asks = {"WWW-Authenticate": 'Basic realm="Ask the Article"'}
        await JSONResponse({"detail": sentence}, 401, asks)(scope, receive, send)

    def _knows(self, header: str) -> bool:
        kind, _, value = header.partition(" ")
        try:
            given = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return False
        known = [f"{name}:{word}".encode() for name, word in self._logins.items()]
        return kind.lower() == "basic" and any(
            [secrets.compare_digest(given, one) for one in known]  # all, so that no time tells
        )
