"""One change of an article's row: noted before it begins, swept when it has ended."""

import json
import time
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qa.article import Passage
from qa.errors import StoreError

if TYPE_CHECKING:
    from qa.store.store import Store

GENERATION = "generation"  # the row that changes with every write
_TURN = 0.001  # seconds in which a question that waits gets the lock, which is not a fair one
_NO_VECTOR: Sequence[float] = [0.0]  # Chroma wants a vector of a row that is only ever got by id


class Transaction:
    """Passages under a key of their own, then the row that names the key, then the sweep.

    Passages whose key no row names are invisible. A write notes that it goes on before it reads
    what it replaces, `before`: of two writers of one row, the one that is overwritten unseen sees
    the other's note, and leaves its own for a later sweep. So no lock is needed where none reaches.
    """

    def __init__(self, store: "Store", row_id: str, key: str | None) -> None:
        self._store = store
        self._row_id = row_id
        self._key = key
        self._begun = time.time()  # for other machines
        self._started = time.monotonic()
        self._notes = uuid.uuid4().hex
        self._note(key or "")
        with store.calling():
            self.before = _key(store.document(row_id))
        if self.before is not None:
            self._note(self.before)

    def add(self, passages: Sequence[Passage], vectors: Sequence[Sequence[float]]) -> None:
        """Transaction a batch of passages; a question waits for no more than that."""
        with self._store.calling():
            self._store.passages.upsert(
                ids=[f"{self._key}:{p.start}" for p in passages],
                embeddings=list(vectors),
                documents=[p.text for p in passages],
                metadatas=[
                    {"key": str(self._key), "article_id": p.article_id, "start": p.start}
                    for p in passages
                ],
            )
        time.sleep(_TURN)

    def commit(self, document: str) -> None:
        """Put the row and the generation in place in one transaction, and sweep.

        The document is JSON that holds the `key`; an empty one removes the row. Raises
        `StoreError` when the write took so long that its passages may have been swept.
        """
        store, generation = self._store, uuid.uuid4().hex
        if store.backend.lease and time.monotonic() - self._started > store.backend.lease:
            raise StoreError("Adding the article took too long and was given up; add it again.")
        with store.calling():
            store.articles.upsert(
                ids=[self._row_id, GENERATION],
                embeddings=[_NO_VECTOR, _NO_VECTOR],
                documents=[document, generation],
                metadatas=[{"removed": not document}, {"removed": False}],
            )
            store.committed(generation)
        with store.calling():
            self._sweep()

    def _note(self, key: str) -> None:
        with self._store.calling():
            self._store.notes.upsert(
                ids=[f"{self._notes}:{key}"],
                embeddings=[_NO_VECTOR],
                metadatas=[{"key": key, "row": self._row_id, "written": self._begun}],
            )

    def _sweep(self) -> None:
        """Delete what this write, and writes that were killed, have left behind."""
        store, ended, busy = self._store, {}, set()
        for page in store.pages(store.notes, None, ["metadatas"]):
            for note_id, note in zip(page["ids"], page["metadatas"], strict=True):
                if note_id.startswith(self._notes) or self._is_over(note):
                    ended[note_id] = (note["row"], note["key"])
                else:
                    busy.add(note["row"])
        now = {row_id: _key(store.document(row_id)) for row_id, _ in ended.values()}
        for row_id, key in ended.values():
            if key not in ("", now[row_id]):
                store.passages.delete(where={"key": key})
        store.articles.delete(ids=list(now), where={"removed": True})
        swept = [note_id for note_id, (row_id, _) in ended.items() if row_id not in busy]
        if swept:
            store.notes.delete(ids=swept)

    def _is_over(self, note: dict[str, Any]) -> bool:
        # Also of a time far ahead: the clock of who wrote it may have been set back since.
        return abs(time.time() - float(note["written"])) >= self._store.backend.lease


def _key(document: str | None) -> str | None:
    return str(json.loads(document)["key"]) if document else None
