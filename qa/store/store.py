"""The Chroma collections behind the index: opened, read page by page, written to."""

import os
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakValueDictionary, finalize

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration

from qa.settings import MEMORY
from qa.store.backend import Backend
from qa.store.folder import Folder
from qa.store.memory import Memory
from qa.store.server import Access, Server
from qa.store.transaction import GENERATION, Transaction

PAGE = 300  # rows a request; Chroma's cloud gives no more
_EF_SEARCH = 200  # candidates that HNSW weighs; above its default of 100 for exact short lists
_opened: "WeakValueDictionary[tuple[Backend, str], Store]" = WeakValueDictionary()
_opened_lock = threading.Lock()


class Store:
    """Three Chroma collections: passages with their vectors, a row for each article, and a note
    for each write that is going on.

    Within a process there is one `Store` a place: a reopening must reach all that use its client.
    Use `Store.open`.
    """

    passages: chromadb.Collection
    articles: chromadb.Collection
    notes: chromadb.Collection
    client: ClientAPI

    def __init__(self, backend: Backend, version: str) -> None:
        self.backend = backend
        self._version = version
        self._seen: str | None = None
        self._connected = False
        with self.calling(), backend.writing():
            self._connect()

    @classmethod
    def open(cls, location: str, version: str, access: Access | None = None) -> "Store":
        """The store of a folder or at a server's address, or a new one of `:memory:`.

        `version` names the embedder and the passage rules: another version has collections of its
        own. Raises `StoreError` when the place cannot be used.
        """
        if location == MEMORY:
            # In memory Chroma is one for the whole process: a name of its own keeps stores apart.
            store = cls(Memory(), f"{version}-{uuid.uuid4().hex}")
            names = [c.name for c in (store.passages, store.articles, store.notes)]
            finalize(store, _drop, store.client, names)
            return store
        if "://" in location:
            backend: Backend = Server(location, access or Access())
        else:
            backend = Folder(os.path.realpath(location))
        with _opened_lock:
            found = _opened.get((backend, version))
            if found is None:
                found = _opened[backend, version] = cls(backend, version)
            return found

    @property
    def identity(self) -> str:
        """Changes when a server has come back without what it held, or a folder was made anew."""
        return str(self.articles.id)

    @contextmanager
    def calling(self) -> Iterator[None]:
        """Call Chroma; what it raises is told in one sentence."""
        with self.backend.using():
            try:
                yield
            except self.backend.failures as error:
                raise self.backend.explained(error) from error

    @contextmanager
    def reading(self) -> Iterator[str | None]:
        """Read the collections as they are now; gives the generation, which each write changes."""
        with self.calling():
            yield self._refresh()

    @contextmanager
    def writing(self, row_id: str, key: str | None) -> Iterator[Transaction]:
        """Change an article's row; its new passages, if any, come under `key`."""
        # The place's lock first: a question in this process must not wait for another process.
        with self.backend.writing():
            with self.calling():
                self._refresh()
            yield Transaction(self, row_id, key)

    def committed(self, generation: str) -> None:
        """Take note of a generation that this process has made."""
        self._seen = generation

    def generation(self) -> str | None:
        """The name of the last write, or None before the first."""
        return self.document(GENERATION)

    def document(self, row_id: str) -> str | None:
        """The document of one row."""
        found = self.articles.get(ids=[row_id], include=["documents"])["documents"]
        return found[0] if found else None

    def rows(self) -> dict[str, str]:
        """The documents of all articles' rows, by id."""
        # A removed row leaves this selection together with the generation, and the pages stay put
        # when it is deleted.
        found = self.pages(self.articles, {"removed": {"$ne": True}}, ["documents"])
        return {i: d for p in found for i, d in zip(p["ids"], p["documents"], strict=True) if d}

    def pages(
        self, collection: chromadb.Collection, where: dict[str, Any] | None, include: Sequence[str]
    ) -> Iterator[Any]:
        """What Chroma's `get` gives, a page at a time."""
        offset = 0
        while True:
            page = collection.get(where=where, include=list(include), limit=PAGE, offset=offset)  # type: ignore[arg-type]
            yield page
            offset += PAGE
            if len(page["ids"]) < PAGE:
                return

    def _refresh(self) -> str | None:
        if not self._connected or self.backend.is_lost():
            self._reconnect()
        try:
            generation = self.generation()
        except chromadb.errors.NotFoundError:  # a server that came back without its collections
            self._open_collections()
            generation = self.generation()
        if generation != self._seen and self.backend.goes_stale:
            self._reconnect()
        return generation

    def _reconnect(self) -> None:
        if self._connected:
            self._connected = False
            self.client.close()  # type: ignore[attr-defined]  # missing from ClientAPI
        self._connect()

    def _connect(self) -> None:
        self.client = self.backend.connect()
        self._open_collections()
        self._seen = self.generation()
        self._connected = True

    def _open_collections(self) -> None:
        configuration = CreateCollectionConfiguration(
            hnsw={"space": "cosine", "ef_search": _EF_SEARCH}
        )
        self.passages, self.articles, self.notes = (
            self.client.get_or_create_collection(
                f"{name}-{self._version}", embedding_function=None, configuration=configuration
            )
            for name in ("passages", "articles", "notes")
        )


def _drop(client: ClientAPI, names: Sequence[str]) -> None:
    for name in names:
        client.delete_collection(name)
