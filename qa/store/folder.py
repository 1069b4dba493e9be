"""Chroma in a folder of this machine, which its processes share."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from filelock import FileLock, Timeout

from qa.errors import StoreError

_ROOM = 1_000_000  # bytes on the disk without which Chroma neither writes nor reads
LOCK_SECONDS = 120  # writers hold the lock for milliseconds an article; longer means a dead disk


@dataclass(unsafe_hash=True)
class Folder:
    """An embedded Chroma whose writers hold a file lock, so one that holds it is the only one."""

    path: str
    goes_stale = True  # without a word: `query` gives ids of deleted rows, while `get` is right
    lease = 0.0
    # AttributeError: a start that failed fails otherwise the second time, for Chroma keeps a half.
    failures = (chromadb.errors.ChromaError, ValueError, OSError, AttributeError)
    _lock: threading.RLock = field(default_factory=threading.RLock, compare=False)
    _opened: int | None = field(default=None, compare=False)  # the database's inode

    def is_lost(self) -> bool:
        """Whether the database that is there, if any, is not the one that was opened and works."""
        return self._opened is None or self._opened != self._inode()

    def connect(self) -> ClientAPI:
        """Open the folder, or make it."""
        Path(self.path).mkdir(parents=True, exist_ok=True)  # what fails here is told as it is
        client = chromadb.PersistentClient(self.path, ChromaSettings(anonymized_telemetry=False))
        self._opened = self._inode()
        return client

    def using(self) -> AbstractContextManager[object]:
        """The process's lock: Chroma shares a client between all that open the same folder."""
        return self._lock

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The folder's lock. Raises `StoreError` where it cannot be written, or is not let go."""
        lock = Path(self.path) / ".lock"
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            lock.open("a").close()
        except OSError as error:
            raise StoreError(
                f"The index folder {self.path} is not writable ({error.strerror}); "
                "set QA_CHROMA to a folder that is, or to :memory:."
            ) from None
        try:
            held = FileLock(lock, timeout=LOCK_SECONDS).acquire()
        except Timeout:
            raise StoreError(
                f"Another process has been writing to the index folder {self.path} for "
                f"{LOCK_SECONDS} seconds; end it, then try again."
            ) from None
        with held:
            yield

    def _inode(self) -> int | None:
        database = Path(self.path) / "chroma.sqlite3"
        return database.stat().st_ino if database.exists() else None

    def explained(self, error: Exception) -> StoreError:
        """A full disk, or another version's data."""
        self._opened = None  # a client that has failed to write waits for ever at the next call
        free = shutil.disk_usage(self.path).free if Path(self.path).exists() else _ROOM
        if free < _ROOM:
            return StoreError(
                f"The disk with the index folder {self.path} is full ({free:,} bytes are free); "
                "make room, then try again."
            )
        reason = " ".join(str(error).split())[:200]
        return StoreError(
            f"Chroma {chromadb.__version__} cannot use the index folder {self.path} "
            f"({reason}); move it away, or set QA_CHROMA to another folder."
        )
