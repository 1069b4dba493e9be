"""When each visitor was last here."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, insert, select, update

from qa.kept.database import VISITORS, Database


class Visitors:
    """The visitors who have been here, by id, each with the time of the last visit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, visitor: str, now: float) -> None:
        """Note a new visitor."""
        with self._database.writing() as db:
            db.execute(insert(VISITORS).values(id=visitor, seen=now))

    def knows(self, visitor: str) -> bool:
        """Whether this visitor has been here, and has not been forgotten."""
        with self._database.reading() as db:
            return db.scalar(select(VISITORS.c.id).where(VISITORS.c.id == visitor)) is not None

    def see(self, visitors: Collection[str], now: float) -> None:
        """Note that these are here now."""
        if not visitors:
            return
        seen = update(VISITORS).where(VISITORS.c.id == bindparam("visitor")).values(seen=now)
        with self._database.writing() as db:
            db.execute(seen, [{"visitor": visitor} for visitor in visitors])

    def last_seen(self) -> dict[str, float]:
        """When each was last here, in Unix seconds."""
        with self._database.reading() as db:
            return {row.id: row.seen for row in db.execute(select(VISITORS))}

    def forget(self, visitor: str) -> None:
        """A visitor will not be known any more."""
        with self._database.writing() as db:
            db.execute(delete(VISITORS).where(VISITORS.c.id == visitor))
