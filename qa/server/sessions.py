"""Sessions of the page's visitors; each owns what its visitor adds, until it ends."""

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

GRACE = 120  # seconds from the close of the last tab to the end of the session; allows a reload
MAX_AGE = 24 * 3600  # seconds
SWEEP_INTERVAL = 30  # seconds
_CREATED = re.compile(r"(?:visitor|added)-(\d+)-")


@dataclass
class _Session:
    """A session; its times are of the monotonic clock, which nobody can set."""

    started: float = field(default_factory=time.monotonic)
    tabs: set[str] = field(default_factory=set)  # Gradio's session hash of each open tab
    last_closed: float = 0.0  # when a tab was closed last

    def is_over(self, now: float) -> bool:
        if now - self.started > MAX_AGE:
            return True
        return not self.tabs and now - self.last_closed > GRACE


class Sessions:
    """Knows the page's visitors, and removes their articles when their sessions end.

    A visitor's id, `visitor-1767225600-…`, cannot be guessed and contains its time of creation.
    The browser keeps it across reloads; an id that this process did not issue is not accepted.
    """

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()
        self._sweeper = threading.Thread(target=self._sweep, name="sessions", daemon=True)

    def start_sweeping(self) -> None:
        """Start to end expired sessions in the background; does nothing if it has been started."""
        with self._lock:
            if self._sweeper.ident is None:
                self._sweeper.start()

    def open_tab(self, visitor: object, tab: str) -> str:
        """The visitor's id for a new tab: the one that the browser kept if it is valid, or new."""
        with self._lock:
            if not isinstance(visitor, str) or visitor not in self._sessions:
                visitor = new_id("visitor")
            self._sessions.setdefault(visitor, _Session()).tabs.add(tab)
            return visitor

    def close_tab(self, tab: str) -> None:
        """Record that a tab was closed."""
        with self._lock:
            for session in self._sessions.values():
                if tab in session.tabs:
                    session.tabs.discard(tab)
                    session.last_closed = time.monotonic()

    def is_active(self, visitor: str) -> bool:
        """Whether the visitor's session has not ended."""
        with self._lock:
            return visitor in self._sessions

    def expire(self, later: float = 0.0) -> None:
        """End the sessions that are over, `later` seconds from now, and remove their articles.

        Articles added through the API, or by visitors of another process, are removed once they
        are older than `MAX_AGE`.
        """
        with self._lock:
            now = time.monotonic() + later
            ended = {visitor for visitor, s in self._sessions.items() if s.is_over(now)}
            for visitor in ended:
                del self._sessions[visitor]
            active = set(self._sessions)
        now = time.time() + later
        for owner, article_ids in self._assistant.owned().items():
            if owner is None or owner in active:
                continue
            for article_id in article_ids:
                if owner in ended or _is_old(owner, now) or _is_old(article_id, now):
                    self._assistant.remove(article_id, owner)

    def _sweep(self) -> None:
        while True:
            try:
                self.expire()
            except QAError as error:
                logging.warning("%s", error)
            except Exception:
                logging.exception("Ended sessions could not be cleared.")
            time.sleep(SWEEP_INTERVAL)


def new_id(kind: str) -> str:
    """An id that cannot be guessed and contains its time of creation: `visitor-1767225600-…`."""
    return f"{kind}-{int(time.time())}-{secrets.token_urlsafe(16)}"


def _is_old(name: str, now: float) -> bool:
    """Whether an id is older than `MAX_AGE`, or from the future: the clock was set back."""
    created = _CREATED.match(name)
    return created is not None and abs(now - int(created[1])) > MAX_AGE
