"""What all visitors together have added, within a bound."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.article import Article
from qa.errors import LimitError
from qa.server.queue import Line
from qa.server.rate_limit import Caller, Rate

if TYPE_CHECKING:
    from qa.assistant import Assistant

AT_ONCE = 2  # articles that are read and indexed; a third would only slow them
WAITING = 64
MAX_ARTICLES = 1_000
MAX_CHARACTERS = 20_000_000
_Key = tuple[str | None, str]  # owner and article id


class Stock:
    """Adds the articles of visitors and other programs; how much they hold bounds the memory."""

    def __init__(self, assistant: "Assistant", rate: Rate) -> None:
        self._assistant = assistant
        self._rate = rate
        self.line = Line("articles", AT_ONCE, WAITING)
        self._lengths: dict[_Key, int] = {}  # in characters
        self._adding: set[_Key] = set()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, caller: Caller) -> Iterator[None]:
        """The caller's turn to have an article read and indexed; no question waits for it.

        Raises `LimitError` where it is more than their rate, and where too many wait.
        """
        self._rate.spend(caller)
        with self.line.turn():
            yield

    def add(self, article: Article, owner: str | None) -> None:
        """Add an article. Raises `LimitError` when all visitors have as much as fits."""
        key = owner, article.id
        with self._lock:
            self._count(len(article.text))
            self._lengths[key] = len(article.text)
            self._adding.add(key)
        try:
            self._assistant.add(article, owner)
        finally:
            self._adding.discard(key)

    def _count(self, more: int) -> None:
        here = {(owner, i) for owner, ids in self._assistant.owned().items() for i in ids}
        if not self._assistant.settings.shared:
            here = {(owner, i) for owner, i in here if owner is not None}
        here |= self._adding
        for owner in {owner for owner, i in here if (owner, i) not in self._lengths}:
            self._lengths |= {(owner, a.id): len(a.text) for a in self._assistant.list(owner)}
        self._lengths = {key: n for key, n in self._lengths.items() if key in here}
        if len(here) >= MAX_ARTICLES or sum(self._lengths.values()) + more > MAX_CHARACTERS:
            raise LimitError(
                "The visitors' articles fill the place that there is for them here; try again in "
                "an hour, or add a shorter one."
            )


def same(article: Article, among: Iterable[Article]) -> Article | None:
    """The one of these that is the article in all but its id."""
    return next((one for one in among if replace(one, id=article.id) == article), None)
