"""The Chroma client behind the index: opened, locked, and reopened when another process wrote."""

import os
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from weakref import WeakValueDictionary, finalize

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings as ChromaSettings
from filelock import FileLock, Timeout

from qa.errors import StoreError
from qa.settings import MEMORY

LOCK_SECONDS = 120  # writers hold the lock for milliseconds an article; longer means a dead disk
_GENERATION = "generation"  # the row that changes with every write
NO_VECTOR: Sequence[float] = [0.0]  # Chroma wants a vector of a row that is only ever got by id
_EF_SEARCH = 200  # candidates that HNSW weighs; above its default of 100 for exact short lists
_opened: "WeakValueDictionary[tuple[str, str], Store]" = WeakValueDictionary()
_opened_lock = threading.Lock()


class Store:
    """Two Chroma collections: passages with their vectors, and a row for each article.

    Within a process there is one `Store` a folder: Chroma shares its client between all that open
    the same folder, and a reopening must reach them all. Use `Store.open`.
    """

    passages: chromadb.Collection
    articles: chromadb.Collection
    client: ClientAPI

    def __init__(self, location: str, version: str) -> None:
        self._location = location
        # An in-memory Chroma is one for the whole process: a name of its own keeps stores apart.
        self._version = version if location != MEMORY else f"{version}-{uuid.uuid4().hex}"
        self._lock = threading.RLock()
        self._writers = nullcontext() if location == MEMORY else self._file_lock()
        self._seen: str | None = None
        with self._errors(), self._writers:
            self._connect()
        if location == MEMORY:
            names = [self.passages.name, self.articles.name]
            finalize(self, _drop, self.client, names)

    @classmethod
    def open(cls, location: str, version: str) -> "Store":
        """The store of a folder, or a new one of `:memory:`.

        `version` names the embedder and the passage rules: another version has collections of its
        own. Raises `StoreError` when the folder cannot be used.
        """
        if location == MEMORY:
            return cls(location, version)
        key = (os.path.realpath(location), version)
        with _opened_lock:
            store = _opened.get(key)
            if store is None:
                store = _opened[key] = cls(location, version)
            return store

    @contextmanager
    def reading(self) -> Iterator[str | None]:
        """Read the collections as they are now; gives the generation, which each write changes."""
        with self._lock, self._errors():
            yield self._refresh()

    @contextmanager
    def writing(self) -> Iterator[str]:
        """Change the collections alone; gives the generation to commit with `commit`."""
        # The file lock first: a question in this process must not wait for another process.
        with self._errors(), self._writers, self._lock:
            self._refresh()
            yield uuid.uuid4().hex

    def commit(self, generation: str, row_id: str, document: str) -> None:
        """Upsert an article's row and the generation in one transaction: now it is visible."""
        self.articles.upsert(
            ids=[row_id, _GENERATION],
            embeddings=[NO_VECTOR, NO_VECTOR],
            documents=[document, generation],
        )
        self._seen = generation

    def _connect(self) -> None:
        settings = ChromaSettings(anonymized_telemetry=False)
        self.client = (
            chromadb.EphemeralClient(settings)
            if self._location == MEMORY
            else chromadb.PersistentClient(self._location, settings)
        )
        configuration = CreateCollectionConfiguration(
            hnsw={"space": "cosine", "ef_search": _EF_SEARCH}
        )
        self.passages, self.articles = (
            self.client.get_or_create_collection(
                f"{name}-{self._version}", embedding_function=None, configuration=configuration
            )
            for name in ("passages", "articles")
        )
        self._seen = self._generation()

    def _refresh(self) -> str | None:
        # An embedded client goes stale without a word when another process writes; `get` does not.
        generation = self._generation()
        if generation != self._seen:
            self.client.close()  # type: ignore[attr-defined]  # missing from ClientAPI
            self._connect()
        return self._seen

    def _generation(self) -> str | None:
        documents = self.articles.get(ids=[_GENERATION], include=["documents"])["documents"]
        return documents[0] if documents else None

    def _file_lock(self) -> FileLock:
        try:
            Path(self._location).mkdir(parents=True, exist_ok=True)
            with (Path(self._location) / ".lock").open("a"):
                pass
        except OSError as error:
            raise StoreError(
                f"The index folder {self._location} is not writable ({error.strerror}); "
                "set QA_CHROMA to a folder that is, or to :memory:."
            ) from None
        return FileLock(Path(self._location) / ".lock", timeout=LOCK_SECONDS)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except Timeout:
            raise StoreError(
                f"Another process has been writing to the index folder {self._location} for "
                f"{LOCK_SECONDS} seconds; end it, then try again."
            ) from None
        except (chromadb.errors.ChromaError, ValueError, OSError) as error:
            reason = " ".join(str(error).split())[:200]
            raise StoreError(
                f"Chroma {chromadb.__version__} cannot use the index folder {self._location} "
                f"({reason}); move it away, or set QA_CHROMA to another folder."
            ) from error


def _drop(client: ClientAPI, names: Sequence[str]) -> None:
    for name in names:
        client.delete_collection(name)
