"""Chroma in memory, for as long as the process lives."""

import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings

from qa.errors import StoreError


@dataclass(frozen=True)
class Memory:
    """An embedded Chroma that nobody else has."""

    goes_stale = False
    lease = 0.0
    failures = (chromadb.errors.ChromaError, ValueError)
    _reads: threading.RLock = field(default_factory=threading.RLock)
    _writes: threading.Lock = field(default_factory=threading.Lock)

    def is_lost(self) -> bool:
        """Never."""
        return False

    def connect(self) -> ClientAPI:
        """The client, which is one for the whole process."""
        return chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))

    def using(self) -> AbstractContextManager[object]:
        """A lock for each call."""
        return self._reads

    def writing(self) -> AbstractContextManager[object]:
        """A lock for one write at a time."""
        return self._writes

    def explained(self, error: Exception) -> StoreError:
        """Whatever it is, for there is nothing to mend."""
        return StoreError(f"Chroma {chromadb.__version__} fails in memory ({error}); restart it.")
