"""How much one visitor may send a minute."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from qa.errors import LimitError

OFFICE = 10  # visitors of the page who may be behind one address, as those of an office are
MOST = 10_000  # names that are counted; it bounds the memory
_MINUTE = 60.0


@dataclass(frozen=True)
class Caller:
    """Who sends a question or an article."""

    origin: str  # page, api or mcp
    address: str  # as the server has it, which believes a proxy on this machine alone
    visitor: str = ""  # on the page

    @classmethod
    def of(cls, request: gr.Request, visitor: str = "") -> "Caller":
        """Who sent this request, as a visitor of the page if there is one."""
        sent = request.request
        address = sent.client.host if sent and sent.client else ""
        outside = "mcp" if sent and "/gradio_api/mcp" in sent.url.path else "api"
        return cls("page" if visitor else outside, address, visitor)


class Rate:
    """Lets each visitor send so many things a minute, all at once if they like; 0 is no limit.

    A token bucket: of each name it keeps the time at which all is allowed again.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._full: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, caller: Caller) -> None:
        """Count one thing that is sent. Raises `LimitError` that says when to send it again."""
        if not self._a_minute:
            return
        with self._lock:
            if caller.visitor:
                self._spend(caller.visitor, self._a_minute)
                self._spend(f"page at {caller.address}", self._a_minute * OFFICE)
            else:
                self._spend(caller.address, self._a_minute)

    def _spend(self, name: str, a_minute: int) -> None:
        now = self._clock()
        full = max(self._full.get(name, now), now) + _MINUTE / a_minute
        if full > now + _MINUTE + 1e-6:
            raise LimitError(
                f"That is more than {a_minute} questions and articles a minute; "
                f"try again in {_seconds(math.ceil(full - now - _MINUTE))}."
            )
        self._full[name] = full
        self._full.move_to_end(name)
        while len(self._full) > MOST or next(iter(self._full.values())) <= now:
            self._full.popitem(last=False)


def _seconds(number: int) -> str:
    return f"{number} second" if number == 1 else f"{number} seconds"
