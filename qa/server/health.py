"""Health checks: is the server alive, and is it ready for questions?"""

import asyncio
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from qa.errors import QAError

if TYPE_CHECKING:
    from qa.server.warmup import Warmup

_TIMEOUT = 2.0  # seconds


class Health:
    """`/health` returns 200 when questions can be answered, else 503; `/health/live` always 200.

    Ready means that the models are loaded and the index responds; no question is asked.
    """

    def __init__(self, warmup: "Warmup") -> None:
        self._warmup = warmup
        self._check: asyncio.Task[str] | None = None  # one for all concurrent requests
        self.routes = [Route("/health", self._ready), Route("/health/live", self._live)]

    async def _live(self, _: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"})

    async def _ready(self, _: Request) -> JSONResponse:
        if not self._warmup.loaded.is_set():
            return _unready("The models are still loading.")
        if self._check is None or self._check.done():
            self._check = asyncio.create_task(run_sync(self._index_error))
        done, _pending = await asyncio.wait({self._check}, timeout=_TIMEOUT)
        if not done:
            return _unready(f"The index has not responded for {_TIMEOUT:.0f} seconds.")
        error = self._check.result()
        return _unready(error) if error else JSONResponse({"status": "ready"})

    def _index_error(self) -> str:
        try:
            self._warmup.assistant.owned()
        except QAError as error:
            return str(error)
        return ""


def _unready(reason: str) -> JSONResponse:
    return JSONResponse({"status": "unready", "reason": reason}, 503)
