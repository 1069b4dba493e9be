"""How many questions and articles each caller may send a minute."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from qa.errors import LimitError
from qa.server.identity import HERE

VISITORS_PER_ADDRESS = 10  # visitors of the page who may share an address, as in an office
MAX_CALLERS = 10_000  # callers that are tracked; bounds the memory
_MINUTE = 60.0


@dataclass(frozen=True)
class Caller:
    """Who sent a question or an article."""

    origin: str  # page, api or mcp
    address: str  # as the server sees it; only a proxy on this machine is trusted to forward it
    visitor: str = ""  # the page's visitor

    @classmethod
    def of(cls, request: gr.Request, visitor: str = "") -> "Caller":
        """The sender of a request: a visitor of the page if one is given, else an API client."""
        sent = request.request
        address = sent.client.host if sent and sent.client else ""
        program = "mcp" if sent and "/gradio_api/mcp" in sent.url.path else "api"
        return cls("page" if visitor else program, address, visitor)


class RateLimit:
    """Limits how much each caller may send a minute, bursts included; 0 means no limit.

    A token bucket that stores, for each caller, the time at which the bucket is full again.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, caller: Caller) -> None:
        """Count one request. Raises `LimitError`, which says when to try again."""
        if not self._per_minute or caller.visitor == HERE:  # nobody else is kept waiting
            return
        with self._lock:
            if caller.visitor:
                self._spend(caller.visitor, self._per_minute)
                self._spend(f"page at {caller.address}", self._per_minute * VISITORS_PER_ADDRESS)
            else:
                self._spend(caller.address, self._per_minute)

    def _spend(self, bucket: str, per_minute: int) -> None:
        now = self._clock()
        full_at = max(self._full_at.get(bucket, now), now) + _MINUTE / per_minute
        if full_at > now + _MINUTE + 1e-6:
            raise LimitError(
                f"At most {per_minute} questions and articles a minute are accepted; "
                f"try again in {_seconds(math.ceil(full_at - now - _MINUTE))}."
            )
        self._full_at[bucket] = full_at
        self._full_at.move_to_end(bucket)
        while len(self._full_at) > MAX_CALLERS or next(iter(self._full_at.values())) <= now:
            self._full_at.popitem(last=False)


def _seconds(number: int) -> str:
    return f"{number} second" if number == 1 else f"{number} seconds"
