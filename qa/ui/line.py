"""Questions take turns: so many are answered at once, so many wait, and no more."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.errors import LimitError

AT_ONCE = 2  # a core each; more only makes each slower
AT_ONCE_WRITTEN = 8  # a language model is waited for, not worked for
WAITING = 62  # at seven answers a second the last waits nine
THREADS = 2 * (AT_ONCE_WRITTEN + WAITING)  # each waiting question has one, others need some too


class Line:
    """Where questions wait for their turn, wherever they come from; first come, first served."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self.at_once = at_once
        self.waiting = waiting
        self._places: list[object] = []  # the first `at_once` of them are being answered
        self._moved = threading.Condition()

    @contextmanager
    def place(self) -> Iterator[Callable[[float], int]]:
        """A place in the line, given up at the end; a function tells when its turn has come.

        It waits for that as many seconds at most and returns how many come before: 0 is the turn.
        Raises `LimitError` when the line is full.
        """
        place = object()
        with self._moved:
            if len(self._places) >= self.at_once + self.waiting:
                raise LimitError(
                    f"{len(self._places)} questions are being answered or wait here, which is as "
                    "many as can; please ask again in a few seconds."
                )
            self._places.append(place)

        def before(seconds: float) -> int:
            def number() -> int:
                return max(0, self._places.index(place) + 1 - self.at_once)

            with self._moved:
                self._moved.wait_for(lambda: not number(), seconds)
                return number()

        try:
            yield before
        finally:
            with self._moved:
                self._places.remove(place)
                self._moved.notify_all()
