"""Whether the server is alive, and whether it is ready for questions."""

import asyncio
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from qa.errors import QAError

if TYPE_CHECKING:
    from qa.server.warmup import Loading

_PATIENCE = 2.0  # seconds


class Health:
    """`/health` is 200 when questions can be answered, else 503; `/health/live` is always 200.

    Ready means that the models are loaded and the store answers; no question is asked for it.
    """

    def __init__(self, loading: "Loading") -> None:
        self._loading = loading
        self._look: asyncio.Task[str] | None = None  # one for all who ask meanwhile
        self.routes = [Route("/health", self._ready), Route("/health/live", self._live)]

    async def _live(self, _: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"})

    async def _ready(self, _: Request) -> JSONResponse:
        if not self._loading.loaded.is_set():
            return _unready("The models are being loaded.")
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(run_sync(self._wrong))
        done, _pending = await asyncio.wait({self._look}, timeout=_PATIENCE)
        if not done:
            return _unready(f"The index has not answered for {_PATIENCE:.0f} seconds.")
        wrong = self._look.result()
        return _unready(wrong) if wrong else JSONResponse({"status": "ready"})

    def _wrong(self) -> str:
        try:
            self._loading.assistant.owned()
        except QAError as error:
            return str(error)
        return ""


def _unready(reason: str) -> JSONResponse:
    return JSONResponse({"status": "unready", "reason": reason}, 503)
