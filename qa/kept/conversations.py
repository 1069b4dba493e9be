"""The conversations of each owner: saved, listed, searched, opened, renamed, deleted."""

import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from qa.answer import Answer
from qa.errors import LimitError, QAError, UsageError
from qa.kept.conversation import Conversation, Exchange
from qa.kept.database import CONVERSATIONS, EXCHANGES, Database

MAX_NAME = 200  # characters
MAX_CONVERSATIONS = 1_000  # of one owner; bounds the disk
UNDO_SECONDS = 3600  # for which a deleted conversation can be brought back
GONE = "This conversation is no longer here; it was deleted, or is another visitor’s."
OTHER_VERSION = "This answer was kept by another version and cannot be shown; ask again."
_ANSWER = TypeAdapter(Answer)


class GoneError(QAError):
    """A conversation that is not, or no longer, kept for this owner."""

    def __init__(self) -> None:
        super().__init__(GONE)


@dataclass(frozen=True)
class Entry:
    """A conversation in a list; `latest` is its last question, `changed` in Unix seconds."""

    id: str
    title: str
    changed: float
    questions: int
    latest: str


class Conversations:
    """Keeps conversations in a database, each seen by its owner alone.

    Only answered questions are kept. All methods raise `StoreError` where the database cannot be
    used, and those that take an id `GoneError`.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def save(self, owner: str, conversation_id: str, conversation: Conversation) -> str:
        """Keep a conversation, as far as it is not yet; the id that it is kept under from now on.

        The id, or an empty one, is the last that was given. What is kept is never changed: if it
        goes on otherwise, after an edit or in another tab, this one is kept beside it as a branch.
        Raises `LimitError` when the owner has `MAX_CONVERSATIONS`.
        """
        answered = [exchange for exchange in conversation if exchange.answer]
        if not answered:
            return conversation_id
        with self._database.writing() as db:
            kept = self._keys(db, owner, conversation_id)
            if not kept or kept != [exchange.key for exchange in answered[: len(kept)]]:
                conversation_id, kept = self._begin(db, owner, answered[0].question), []
            new = list(enumerate(answered))[len(kept) :]
            if new:
                db.execute(insert(EXCHANGES), [_row(conversation_id, n, e) for n, e in new])
                self._change(db, owner, conversation_id, changed=self._clock())
        return conversation_id

    def rate(self, owner: str, conversation_id: str, exchange: Exchange) -> None:
        """Note that an answer was rated."""
        with self._database.writing() as db:
            if self._keys(db, owner, conversation_id):
                db.execute(
                    update(EXCHANGES)
                    .where(
                        EXCHANGES.c.conversation == conversation_id,
                        EXCHANGES.c.key == exchange.key,
                    )
                    .values(rated=True)
                )

    def listed(self, owner: str, words: str = "") -> list[Entry]:
        """The owner's conversations that hold all these words, the one changed last first."""
        of, inside = CONVERSATIONS.c, EXCHANGES.c
        last = func.max(inside.position)  # SQLite takes the other columns from the row of a max
        found = (
            select(of.id, of.title, of.changed, func.count(), inside.question, last)
            .join(EXCHANGES, inside.conversation == of.id)
            .where(of.owner == owner, of.deleted.is_(None))
            .group_by(of.id)
            .order_by(of.changed.desc(), of.id)
        )
        for word in words.casefold().split():
            in_one = select(inside.conversation).where(func.instr(inside.words, word) > 0)
            found = found.where(
                of.id.in_(in_one) | (func.instr(func.lower(of.title), word.lower()) > 0)
            )
        with self._database.reading() as db:
            return [Entry(*row[:5]) for row in db.execute(found)]

    def open(self, owner: str, conversation_id: str) -> Conversation:
        """A conversation as it was kept."""
        with self._database.reading() as db:
            if not self._keys(db, owner, conversation_id):
                raise GoneError
            of = EXCHANGES.c
            rows = db.execute(
                select(EXCHANGES).where(of.conversation == conversation_id).order_by(of.position)
            )
            return tuple(_exchange(row) for row in rows)

    def rename(self, owner: str, conversation_id: str, name: str) -> None:
        """Give a conversation another name. Raises `UsageError` for a blank or too long one."""
        title = checked_name(name)
        with self._database.writing() as db:
            self._change(db, owner, conversation_id, title=title)

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation; for an hour it can be restored."""
        with self._database.writing() as db:
            self._change(db, owner, conversation_id, deleted=self._clock())

    def restore(self, owner: str, conversation_id: str) -> None:
        """Bring back a conversation that was deleted."""
        with self._database.writing() as db:
            self._change(db, owner, conversation_id, deleted=None)

    def delete_all(self, owner: str) -> int:
        """Delete all conversations of an owner for good; how many there were."""
        mine = CONVERSATIONS.c.owner == owner
        with self._database.writing() as db:
            shown = and_(mine, CONVERSATIONS.c.deleted.is_(None))
            number = db.scalar(select(func.count()).select_from(CONVERSATIONS).where(shown))
            db.execute(delete(CONVERSATIONS).where(mine))
        return number or 0

    def purge(self, later: float = 0.0) -> None:
        """Delete for good what was deleted longer ago than it can be restored."""
        until = self._clock() + later - UNDO_SECONDS
        with self._database.writing() as db:
            db.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.deleted < until))

    def _begin(self, db: Connection, owner: str, question: str) -> str:
        mine = select(func.count()).select_from(CONVERSATIONS).where(CONVERSATIONS.c.owner == owner)
        if (db.scalar(mine) or 0) >= MAX_CONVERSATIONS:
            raise LimitError(
                f"You have {MAX_CONVERSATIONS:,} conversations, the most that are kept; delete "
                "one, and this one is kept with its next answer."
            )
        conversation_id = uuid.uuid4().hex
        title = " ".join(question.split())
        db.execute(
            insert(CONVERSATIONS).values(
                id=conversation_id,
                owner=owner,
                title=title if len(title) <= MAX_NAME else f"{title[: MAX_NAME - 1]}…",
                changed=self._clock(),
            )
        )
        return conversation_id

    def _keys(self, db: Connection, owner: str, conversation_id: str) -> Sequence[str]:
        """The keys of a kept conversation's exchanges, in their order; none if it is gone."""
        return db.scalars(
            select(EXCHANGES.c.key)
            .join(CONVERSATIONS, CONVERSATIONS.c.id == EXCHANGES.c.conversation)
            .where(
                CONVERSATIONS.c.id == conversation_id,
                CONVERSATIONS.c.owner == owner,
                CONVERSATIONS.c.deleted.is_(None),
            )
            .order_by(EXCHANGES.c.position)
        ).all()

    def _change(self, db: Connection, owner: str, conversation_id: str, **values: Any) -> None:
        of = CONVERSATIONS.c
        changed = (
            update(CONVERSATIONS)
            .where(of.id == conversation_id, of.owner == owner)
            .values(**values)
            .returning(of.id)
        )
        if db.scalar(changed) is None:
            raise GoneError


def checked_name(name: str) -> str:
    """A name that a visitor gave, on one line. Raises `UsageError` for a blank or too long one."""
    title = " ".join(name.split())
    if not title:
        raise UsageError("The name is empty; type one.")
    if len(title) > MAX_NAME:
        raise UsageError(
            f"The name has {len(title):,} characters; shorten it to at most {MAX_NAME}."
        )
    return title


def _row(conversation_id: str, position: int, exchange: Exchange) -> dict[str, Any]:
    answer = exchange.answer
    assert answer is not None
    return {
        "conversation": conversation_id,
        "position": position,
        "key": exchange.key,
        "question": exchange.question,
        "answer": json.dumps(answer.to_dict(), ensure_ascii=False),
        "words": f"{exchange.question}\n{answer.plain_text}".casefold(),
        "rated": exchange.rated,
    }


def _exchange(row: Any) -> Exchange:
    try:
        answer = _ANSWER.validate_json(row.answer)
    except ValidationError:
        return Exchange(row.question, notice=OTHER_VERSION, key=row.key)
    return Exchange(row.question, answer, rated=row.rated, key=row.key)
