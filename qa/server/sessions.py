"""The page's visitors: each has a name that owns what they add, until their session ends."""

import logging
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.errors import QAError

if TYPE_CHECKING:
    from qa.assistant import Assistant

GRACE = 120  # seconds after the last of a visitor's tabs has closed: a reload is no farewell
LIMIT = 24 * 3600  # seconds that a session lasts at most
SWEEP = 30  # seconds between looks for sessions that have ended
_DATED = re.compile(r"(?:visitor|added)-(\d+)-")


@dataclass
class _Stay:
    """A visit, by a clock that nobody sets."""

    began: float = field(default_factory=time.monotonic)
    tabs: set[str] = field(default_factory=set)  # Gradio's session of each open tab
    left: float = 0.0  # when the last one closed

    def is_over(self, now: float) -> bool:
        return now - self.began > LIMIT or not (self.tabs or now - self.left <= GRACE)


class Visitors:
    """Who is on the page, and what becomes of their articles when they have gone.

    A name, `visitor-1767225600-…`, cannot be guessed and tells when it was given. The visitor's
    browser keeps it over a reload; one that this process did not give, or has ended, is worthless.
    """

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant
        self._stays: dict[str, _Stay] = {}
        self._lock = threading.Lock()
        self._sweeper = threading.Thread(target=self._sweep, name="visitors", daemon=True)

    def start(self) -> None:
        """Begin to look for sessions that have ended, unless that has been done."""
        with self._lock:
            if self._sweeper.ident is None:
                self._sweeper.start()

    def welcome(self, name: object, tab: str) -> str:
        """The name of who opened this tab: the one their browser kept, if it still holds."""
        with self._lock:
            if not isinstance(name, str) or name not in self._stays:
                name = dated_name("visitor")
            self._stays.setdefault(name, _Stay()).tabs.add(tab)
            return name

    def left(self, tab: str) -> None:
        """This tab was closed."""
        with self._lock:
            for stay in self._stays.values():
                if tab in stay.tabs:
                    stay.tabs.discard(tab)
                    stay.left = time.monotonic()

    def is_here(self, name: str) -> bool:
        """Whether this visitor's session goes on."""
        with self._lock:
            return name in self._stays

    def expire(self, later: float = 0.0) -> None:
        """End the sessions that are over, perhaps seconds later, and remove what they have added.

        What another process gave its visitors is left alone until it is older than `LIMIT`, and so
        is what was added outside of the page.
        """
        with self._lock:
            now = time.monotonic() + later
            over = {name for name, stay in self._stays.items() if stay.is_over(now)}
            for name in over:
                del self._stays[name]
            here = set(self._stays)
        now = time.time() + later
        for owner, article_ids in self._assistant.owned().items():
            if owner is None or owner in here:
                continue
            for article_id in article_ids:
                if owner in over or _is_old(owner, now) or _is_old(article_id, now):
                    self._assistant.remove(article_id, owner)

    def _sweep(self) -> None:
        while True:
            try:
                self.expire()
            except QAError as error:
                logging.warning("%s", error)
            except Exception:
                logging.exception("Ended sessions could not be cleared.")
            time.sleep(SWEEP)


def dated_name(kind: str) -> str:
    """A name that cannot be guessed and tells when it was given: `visitor-1767225600-…`."""
    return f"{kind}-{int(time.time())}-{secrets.token_urlsafe(16)}"


def _is_old(name: str, now: float) -> bool:
    """Whether a dated name was given long ago, or by a clock that has been set back since."""
    dated = _DATED.match(name)
    return dated is not None and abs(now - int(dated[1])) > LIMIT
