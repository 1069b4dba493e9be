"""Bounds the memory that articles added by visitors and API clients take together."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.article import Article
from qa.errors import LimitError
from qa.server.queue import WorkQueue
from qa.server.rate_limit import Caller, RateLimit

if TYPE_CHECKING:
    from qa.assistant import Assistant

CONCURRENT = 2  # articles read and indexed at a time; a third would only slow them down
MAX_WAITING = 64
MAX_ARTICLES = 1_000
MAX_CHARACTERS = 20_000_000
_Key = tuple[str | None, str]  # owner and article id


class Quota:
    """Adds the articles of all visitors and API clients, up to a total number and size."""

    def __init__(self, assistant: "Assistant", rate_limit: RateLimit) -> None:
        self._assistant = assistant
        self._rate_limit = rate_limit
        self.queue = WorkQueue("articles", CONCURRENT, MAX_WAITING)
        self._lengths: dict[_Key, int] = {}  # in characters
        self._adding: set[_Key] = set()
        self._lock = threading.Lock()

    @contextmanager
    def slot(self, caller: Caller) -> Iterator[None]:
        """Wait for a slot to read and index an article; questions have slots of their own.

        Raises `LimitError` when the caller exceeds the rate limit or the queue is full.
        """
        self._rate_limit.spend(caller)
        with self.queue.slot():
            yield

    def add(self, article: Article, owner: str | None) -> None:
        """Add an article. Raises `LimitError` when the added articles fill the quota."""
        key = owner, article.id
        with self._lock:
            self._reserve(len(article.text))
            self._lengths[key] = len(article.text)
            self._adding.add(key)
        try:
            self._assistant.add(article, owner)
        finally:
            self._adding.discard(key)

    def _reserve(self, characters: int) -> None:
        stored = {(owner, i) for owner, ids in self._assistant.owned().items() for i in ids}
        if not self._assistant.settings.shared:
            stored = {(owner, i) for owner, i in stored if owner is not None}
        stored |= self._adding
        for owner in {owner for owner, i in stored if (owner, i) not in self._lengths}:
            self._lengths |= {(owner, a.id): len(a.text) for a in self._assistant.list(owner)}
        self._lengths = {key: n for key, n in self._lengths.items() if key in stored}
        total = sum(self._lengths.values()) + characters
        if len(stored) >= MAX_ARTICLES or total > MAX_CHARACTERS:
            raise LimitError(
                "There is no room for more added articles at the moment; try again in an hour, or "
                "add a shorter one."
            )


def find_same(article: Article, candidates: Iterable[Article]) -> Article | None:
    """The candidate that equals the article in everything but its id."""
    return next((one for one in candidates if replace(one, id=article.id) == article), None)
