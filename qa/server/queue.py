"""What is much work takes turns: so much is done at once, so much waits, and no more."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.errors import LimitError

_LONG = 60.0  # seconds between two looks of who has nothing to say meanwhile


class Line:
    """Where questions, or articles, wait for their turn; first come, first served.

    `things` names them in the sentence for who finds the line full.
    """

    def __init__(self, things: str, at_once: int, waiting: int) -> None:
        self._things = things
        self._at_once = at_once
        self._most = at_once + waiting
        self._places: list[object] = []  # the first `at_once` of them have their turn
        self._moved = threading.Condition()

    @contextmanager
    def place(self) -> Iterator[Callable[[float], int]]:
        """A place in the line, given up at the end; a function tells when its turn has come.

        It waits for that as many seconds at most and returns how many come before: 0 is the turn.
        Raises `LimitError` when the line is full.
        """
        place = object()
        with self._moved:
            if len(self._places) >= self._most:
                raise LimitError(
                    f"{self._most} {self._things} are being worked on or wait here, which is as "
                    "many as can; please try again in a few seconds."
                )
            self._places.append(place)

        def before(seconds: float) -> int:
            with self._moved:
                self._moved.wait_for(lambda: not self._before(place), seconds)
                return self._before(place)

        try:
            yield before
        finally:
            with self._moved:
                self._places.remove(place)
                self._moved.notify_all()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn, once it has come. Raises as `place` does."""
        with self.place() as before:
            while before(_LONG):
                pass
            yield

    def _before(self, place: object) -> int:
        return max(0, self._places.index(place) + 1 - self._at_once)
