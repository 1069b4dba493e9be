"""The SQLite file of what is kept: opened, brought up to date, its failures told in a sentence."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    StaticPool,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError

from qa.errors import StoreError
from qa.settings import MEMORY, index_folder

NAME = "conversations.sqlite3"
BUSY_SECONDS = 5.0  # for which another process's write is waited for; one takes milliseconds
_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITES = "writes"  # the option of a connection that is going to write

TABLES = MetaData()
VISITORS = Table(
    "visitors",
    TABLES,
    Column("id", String, primary_key=True),
    Column("seen", Float, nullable=False),  # Unix seconds
)
CONVERSATIONS = Table(
    "conversations",
    TABLES,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("title", String, nullable=False),
    Column("changed", Float, nullable=False),
    Column("deleted", Float),  # until it is purged, this can be undone
    Index("conversations_of_owner", "owner", "changed"),
)
EXCHANGES = Table(
    "exchanges",
    TABLES,
    Column(
        "conversation",
        String,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("position", Integer, primary_key=True),
    Column("key", String, nullable=False),  # of the exchange; branches have it in common
    Column("question", String, nullable=False),
    Column("answer", String, nullable=False),  # as JSON
    Column("words", String, nullable=False),  # of both, case-folded, to be searched
    Column("rated", Boolean, nullable=False),
)

COLLECTIONS = Table(
    "collections",
    TABLES,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("name", String, nullable=False),
    Column("deleted", Float),
    Index("collections_of_owner", "owner"),
)
MEMBERS = Table(
    "members",
    TABLES,
    Column(
        "collection", String, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("article", String, primary_key=True),  # its id
)


class Database:
    """The tables above, in a file that processes share, or in memory.

    It is opened by its first use. What SQLite raises comes as `StoreError`.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        # In memory there is one connection for all threads.
        self._turn: Any = nullcontext() if path else threading.RLock()

    @classmethod
    def beside(cls, index: str) -> "Database":
        """The database of an index: in its folder, for one on a server in the user's own."""
        folder = index_folder() if "://" in index else index
        return cls(None if folder == MEMORY else Path(folder) / NAME)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the tables as they are now."""
        with self._transaction() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside; all of it is done, or nothing."""
        with self._transaction() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._turn, self._opened().connect() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreError(self._sentence(error.orig)) from error
        except OSError as error:
            raise StoreError(self._sentence(error)) from error

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = self._created()
                _bring_up_to_date(engine, self._path)
                self._engine = engine
            return self._engine

    def _created(self) -> Engine:
        if self._path is None:
            engine = create_engine(
                "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
            )
        else:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(
                f"sqlite:///{self._path}", connect_args={"timeout": BUSY_SECONDS}
            )
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine

    def _sentence(self, error: BaseException | None) -> str:
        code = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
        reason = getattr(error, "strerror", None) or str(error)
        file = f"The file of conversations {self._path}"
        return {
            "BUSY": f"{file} is locked by another program; close that, then try again.",
            "FULL": f"The disk with the file of conversations {self._path} is full; make room, "
            "then try again.",
            "READONLY": f"{file} cannot be written; change its permissions.",
            "NOTADB": f"{file} is not a database; move it away, and a new one is made.",
            "CORRUPT": f"{file} is damaged; move it away, or put a copy of it in its place.",
        }.get(code, f"{file} cannot be used ({reason}); make its folder writable.")


def _bring_up_to_date(engine: Engine, path: Path | None) -> None:
    """Apply the migrations that are missing; of two processes, one after the other."""
    # Imported late: it is not needed before a page is opened.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with FileLock(f"{path}.lock") if path else nullcontext(), engine.connect() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreError(
                f"The file of conversations {path} is a newer version's; update the program, or "
                "move the file away."
            ) from None


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver would begin by itself, and late
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    # A read that turned into a write could not wait for another's write to end.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
