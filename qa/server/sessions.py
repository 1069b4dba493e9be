"""The page's visitors; each owns what they add, until they have not been here for long."""

import logging
import re
import secrets
import threading
import time
from collections.abc import Collection
from typing import TYPE_CHECKING

from qa.errors import QAError, StoreError
from qa.kept.collections import Collections
from qa.kept.conversations import Conversations
from qa.kept.database import Database
from qa.kept.originals import Originals
from qa.kept.visitors import Visitors
from qa.server.identity import is_lasting

if TYPE_CHECKING:
    from qa.assistant import Assistant

_DAY = 24 * 3600
KEPT_DAYS = 7  # from a visitor's last visit until what is theirs is deleted
MAX_AGE = _DAY  # seconds that an article added through the API is kept
STRAY_AGE = 90 * _DAY  # seconds; of visitors whom another server knows, or nobody any more
SWEEP_INTERVAL = 300  # seconds
_CREATED = re.compile(r"(?:visitor|added)-(\d+)-")


class Sessions:
    """Knows the page's visitors, and deletes what is theirs `KEPT_DAYS` after their last visit.

    A visitor's id, `visitor-1767225600-…`, cannot be guessed and contains its time of creation.
    The browser keeps it; an id that was not issued here is not accepted. Who has a lasting name
    keeps everything.
    """

    def __init__(self, assistant: "Assistant", database: Database | None = None) -> None:
        self._assistant = assistant
        database = database or Database.beside(assistant.settings.chroma)
        self.conversations = Conversations(database)
        self.collections = Collections(database)
        self.originals = Originals.beside(assistant.settings.chroma)
        self._visitors = Visitors(database)
        self._tabs: dict[str, set[str]] = {}  # Gradio's session hash of each open tab, by visitor
        self._lock = threading.Lock()
        self._sweeper = threading.Thread(target=self._sweep, name="sessions", daemon=True)

    def start_sweeping(self) -> None:
        """Start to end expired sessions in the background; does nothing if it has been started."""
        with self._lock:
            if self._sweeper.ident is None:
                self._sweeper.start()

    def open_tab(self, visitor: object, tab: str, name: str = "") -> str:
        """The visitor's id for a new tab: their lasting name, the id that the browser kept, or new.

        Where visitors cannot be kept, their ids are valid until the server ends.
        """
        known = name or (visitor if isinstance(visitor, str) and self._knows(visitor) else "")
        given = known or new_id("visitor")
        with self._lock:
            self._tabs.setdefault(given, set()).add(tab)
        try:
            if known:
                self._visitors.see([given], time.time())
            else:
                self._visitors.add(given, time.time())
        except StoreError as error:
            logging.warning("%s", error)
        return given

    def close_tab(self, tab: str) -> None:
        """Record that a tab was closed."""
        with self._lock:
            left = [visitor for visitor, tabs in self._tabs.items() if tab in tabs]
            for visitor in left:
                self._tabs[visitor].discard(tab)
        try:
            self._visitors.see(left, time.time())
        except StoreError as error:
            logging.warning("%s", error)

    def is_active(self, visitor: str) -> bool:
        """Whether the visitor is known and has not been away for too long."""
        return is_lasting(visitor) or self._knows(visitor)

    def expire(self, later: float = 0.0) -> None:
        """Delete what belongs to visitors who have been away too long, `later` seconds from now.

        Articles added through the API are removed once they are older than `MAX_AGE`.
        """
        with self._lock:
            present = {visitor for visitor, tabs in self._tabs.items() if tabs}
        now = time.time() + later
        seen = self._visitors.last_seen()
        # A time ahead of now: the clock was set back. Those visitors count as here now.
        self._visitors.see(
            {v for v, last in seen.items() if v in present or last > now + _DAY}, now
        )
        ended = {v for v, last in seen.items() if now - last > KEPT_DAYS * _DAY} - present
        for visitor in ended:
            self._visitors.forget(visitor)
            self.conversations.delete_all(visitor)
            self.collections.delete_all(visitor)
            self.originals.forget(visitor)
            with self._lock:
                self._tabs.pop(visitor, None)
        self._remove_articles(ended, seen.keys() | present, now)
        self.conversations.purge(later)
        self.collections.purge(later)

    def _remove_articles(self, ended: Collection[str], known: Collection[str], now: float) -> None:
        for owner, article_ids in self._assistant.owned().items():
            if owner is None or is_lasting(owner):
                continue
            is_stray = owner not in known and _is_old(owner, now, STRAY_AGE)
            if is_stray:
                self.originals.forget(owner)
            for article_id in article_ids:
                if owner in ended or is_stray or _is_old(article_id, now, MAX_AGE):
                    self._assistant.remove(article_id, owner)

    def _knows(self, visitor: str) -> bool:
        if not visitor.startswith("visitor-"):  # a lasting name is nothing that a browser knows
            return False
        with self._lock:
            if visitor in self._tabs:
                return True
        try:
            return self._visitors.knows(visitor)
        except StoreError as error:
            logging.warning("%s", error)
            return False

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


def _is_old(name: str, now: float, age: float) -> bool:
    """Whether an id is older than that many seconds, or from a future as far away."""
    created = _CREATED.match(name)
    return created is not None and abs(now - int(created[1])) > age
