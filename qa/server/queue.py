"""Limits concurrent work; the rest queue."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.errors import LimitError

_RECHECK = 60.0  # seconds between two checks of the position when nobody is shown it


class WorkQueue:
    """A first-in, first-out queue in which only the first few entries are worked on.

    `items` names the work in the error for a full queue, such as "questions".
    """

    def __init__(self, items: str, concurrency: int, max_waiting: int) -> None:
        self._items = items
        self._concurrency = concurrency
        self._max_entries = concurrency + max_waiting
        self._entries: list[object] = []  # the first `concurrency` of them are running
        self._changed = threading.Condition()

    @contextmanager
    def entry(self) -> Iterator[Callable[[float], int]]:
        """An entry in the queue, removed on exit; yields a function that waits for its start.

        The function blocks for at most the given number of seconds, then returns how many entries
        are ahead: 0 means that the work may start. Raises `LimitError` when the queue is full.
        """
        entry = object()
        with self._changed:
            if len(self._entries) >= self._max_entries:
                raise LimitError(
                    f"The queue is full: {self._max_entries} {self._items} are running or "
                    "waiting; try again in a few seconds."
                )
            self._entries.append(entry)

        def wait(seconds: float) -> int:
            with self._changed:
                self._changed.wait_for(lambda: not self._ahead(entry), seconds)
                return self._ahead(entry)

        try:
            yield wait
        finally:
            with self._changed:
                self._entries.remove(entry)
                self._changed.notify_all()

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Block until the work may start, and hold the slot until exit. Raises as `entry` does."""
        with self.entry() as wait:
            while wait(_RECHECK):
                pass
            yield

    def _ahead(self, entry: object) -> int:
        return max(0, self._entries.index(entry) + 1 - self._concurrency)
