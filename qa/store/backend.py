"""Where Chroma runs, and what differs by it."""

from contextlib import AbstractContextManager
from typing import Protocol

from chromadb.api import ClientAPI

from qa.errors import StoreError


class Backend(Protocol):
    """A place that Chroma keeps its collections in; equal places hold the same ones."""

    @property
    def goes_stale(self) -> bool:
        """Whether a client must be opened anew when another process has written."""

    @property
    def lease(self) -> float:
        """Seconds for which a write that another process has begun may still be going on."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What Chroma raises here when the place, and not its caller, is at fault."""

    def is_lost(self) -> bool:
        """Whether what was connected to has been deleted since."""

    def connect(self) -> ClientAPI:
        """A new client. Raises `StoreError`, or one of `failures`."""

    def using(self) -> AbstractContextManager[object]:
        """Held while Chroma is called."""

    def writing(self) -> AbstractContextManager[object]:
        """Held for the whole of a write."""

    def explained(self, error: Exception) -> StoreError:
        """One of `failures` as a sentence that says what to do."""
