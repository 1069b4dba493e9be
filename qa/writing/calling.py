"""Calls of a language model that end in time, and fail in one way."""

import logging
import time
from collections.abc import Callable, Iterator
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

from qa.writing.chat_model import failure_reason

T = TypeVar("T")
_logger = logging.getLogger("qa")


class ModelError(Exception):
    """What went wrong with the model, in the words of `qa.writing.chat_model.failure_reason`."""


def pieces(call: Callable[[], Iterator[T]], timeout: float) -> Iterator[T]:
    """What the call gives, as it comes, for at most `timeout` seconds. Raises `ModelError`.

    A thread makes the call, since a silent model would block past the time-out.
    """
    given: Queue[T | Exception | None] = Queue()
    left = Event()

    def read() -> None:
        try:
            for piece in call():
                given.put(piece)
                if left.is_set():
                    return
            given.put(None)
        except Exception as error:  # of any provider; handed over to whoever asked
            _logger.debug("The model failed.", exc_info=error)
            given.put(error)

    Thread(target=read, name="chat-model", daemon=True).start()
    deadline = time.monotonic() + timeout
    try:
        while True:
            try:
                piece = given.get(timeout=deadline - time.monotonic())
            except (Empty, ValueError):  # nothing came, or the time was up before
                piece = TimeoutError()
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise ModelError(failure_reason(piece)) from piece
            yield piece
    finally:
        left.set()
