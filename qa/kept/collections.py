"""The collections of each owner: articles under a name, to be asked together."""

import time
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from qa.errors import LimitError, UsageError
from qa.kept.conversations import UNDO_SECONDS, checked_name
from qa.kept.database import COLLECTIONS, MEMBERS, Database

MAX_COLLECTIONS = 100  # of one owner; bounds the disk
GONE = "This collection is no longer here; it was deleted, or is another visitor’s."


@dataclass(frozen=True)
class Collected:
    """A collection; its articles may be gone meanwhile, and count again when they are back."""

    id: str
    name: str
    articles: frozenset[str]  # their ids


class Collections:
    """Keeps collections in a database, each seen by its owner alone.

    All methods raise `StoreError` where the database cannot be used, and those that take an id
    `UsageError` for one that is not the owner's.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def listed(self, owner: str) -> list[Collected]:
        """The owner's collections, by name."""
        of = COLLECTIONS.c
        found = (
            select(of.id, of.name)
            .where(of.owner == owner, of.deleted.is_(None))
            .order_by(func.lower(of.name), of.id)
        )
        inside = (
            select(MEMBERS)
            .join(COLLECTIONS, of.id == MEMBERS.c.collection)
            .where(of.owner == owner, of.deleted.is_(None))
        )
        with self._database.reading() as db:
            rows = db.execute(found).all()
            articles: dict[str, set[str]] = {row.id: set() for row in rows}
            for member in db.execute(inside):
                articles[member.collection].add(member.article)
        return [Collected(row.id, row.name, frozenset(articles[row.id])) for row in rows]

    def create(self, owner: str, name: str, articles: Collection[str]) -> str:
        """Make a collection of these articles; its id.

        Raises `UsageError` for a blank, too long or taken name, and where there is no article, and
        `LimitError` when the owner has `MAX_COLLECTIONS`.
        """
        title = checked_name(name)
        if not articles:
            raise UsageError("No article is ticked; tick those that belong to the collection.")
        with self._database.writing() as db:
            mine = select(func.count()).where(COLLECTIONS.c.owner == owner)
            if (db.scalar(mine) or 0) >= MAX_COLLECTIONS:
                raise LimitError(
                    f"You have {MAX_COLLECTIONS} collections, the most that are kept; delete one "
                    "first."
                )
            self._check_free(db, owner, title)
            collection_id = uuid.uuid4().hex
            db.execute(insert(COLLECTIONS).values(id=collection_id, owner=owner, name=title))
            db.execute(insert(MEMBERS), [_member(collection_id, one) for one in sorted(articles)])
        return collection_id

    def put(self, owner: str, collection_id: str, article_id: str, inside: bool = True) -> None:
        """Put an article in a collection, or take it out."""
        of = MEMBERS.c
        this = (of.collection == collection_id, of.article == article_id)
        with self._database.writing() as db:
            self._change(db, owner, collection_id, deleted=None)  # raises unless it is theirs
            db.execute(delete(MEMBERS).where(*this))
            if inside:
                db.execute(insert(MEMBERS).values(_member(collection_id, article_id)))

    def rename(self, owner: str, collection_id: str, name: str) -> None:
        """Give a collection another name. Raises `UsageError` as `create` does."""
        title = checked_name(name)
        with self._database.writing() as db:
            self._check_free(db, owner, title, besides=collection_id)
            self._change(db, owner, collection_id, name=title)

    def delete(self, owner: str, collection_id: str) -> None:
        """Delete a collection, not its articles; for an hour it can be restored."""
        with self._database.writing() as db:
            self._change(db, owner, collection_id, deleted=self._clock())

    def restore(self, owner: str, collection_id: str) -> None:
        """Bring back a collection that was deleted."""
        with self._database.writing() as db:
            self._change(db, owner, collection_id, deleted=None)

    def delete_all(self, owner: str) -> None:
        """Delete all collections of an owner for good."""
        with self._database.writing() as db:
            db.execute(delete(COLLECTIONS).where(COLLECTIONS.c.owner == owner))

    def purge(self, later: float = 0.0) -> None:
        """Delete for good what was deleted longer ago than it can be restored."""
        until = self._clock() + later - UNDO_SECONDS
        with self._database.writing() as db:
            db.execute(delete(COLLECTIONS).where(COLLECTIONS.c.deleted < until))

    def _check_free(self, db: Connection, owner: str, name: str, besides: str = "") -> None:
        of = COLLECTIONS.c
        named = select(of.id).where(
            of.owner == owner, of.name == name, of.deleted.is_(None), of.id != besides
        )
        if db.scalar(named) is not None:
            raise UsageError(f"There is already a collection {name!r}; take another name.")

    def _change(self, db: Connection, owner: str, collection_id: str, **values: Any) -> None:
        of = COLLECTIONS.c
        changed = (
            update(COLLECTIONS)
            .where(of.id == collection_id, of.owner == owner)
            .values(**values)
            .returning(of.id)
        )
        if db.scalar(changed) is None:
            raise UsageError(GONE)


def plain(collections: Iterable[Collected]) -> list[dict[str, object]]:
    """Collections as plain values: `{"name": "Harbour", "articles": ["3234fb6c45a4e7a1"]}`."""
    return [{"name": one.name, "articles": sorted(one.articles)} for one in collections]


def _member(collection_id: str, article_id: str) -> dict[str, str]:
    return {"collection": collection_id, "article": article_id}
