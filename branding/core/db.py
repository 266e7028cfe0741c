"""The database: engine, sessions, column types and the names of constraints.

SQLite and PostgreSQL are both first-class, and everything that only one of
them understands stays in this file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Engine,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    or_,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from branding.core.errors import RuleBroken
from branding.core.key_store import KeyStore
from branding.core.settings import Settings
from branding.core.text import Text

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

#: How long a writer waits for the one before it.
_PATIENCE_MS = 10_000
#: The name of the write lock on PostgreSQL: any number that nothing else there uses.
_WRITE_LOCK = 7_823_382


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC.  SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def values_in(column: str, allowed: type) -> str:
    """The text of a CHECK that a column holds one of an enum's values."""
    return f"{column} IN ({', '.join(repr(str(item.value)) for item in allowed)})"  # type: ignore[attr-defined]


class Database:
    """One engine, two kinds of session: readers that cannot write, and writers.

    A writer takes the one write lock when its transaction begins, before it reads
    anything: two people who change the same thing wait for each other, and the second
    sees what the first one did.
    """

    def __init__(
        self,
        url: str,
        *,
        audit_key: str,
        data_key: str = "",
        key_store: Path | None = None,
        uploads: Path | None = None,
    ) -> None:
        """What services need besides the rows travels with each session, in ``session.info``."""
        self.engine = _engine(url)
        self._info: dict[str, Any] = {"audit_key": audit_key, "data_key": data_key, "uploads": uploads}
        if key_store is not None:
            self._info["key_store"] = KeyStore(key_store, data_key)
        self._reader = self.engine.execution_options(stafet_reads=True, postgresql_readonly=True)

    def writer(self) -> Session:
        return Session(self.engine, expire_on_commit=False, info=self._info)

    def reader(self) -> Session:
        return Session(self._reader, expire_on_commit=False, info={**self._info, "reads": True})

    @classmethod
    def of(cls, settings: Settings) -> Database:
        """The database that the settings name, with their keys and folders."""
        return cls(
            settings.database_url,
            audit_key=settings.audit_key,
            data_key=settings.data_key,
            key_store=settings.key_store,
            uploads=settings.uploads,
        )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """The one commit place for jobs and commands: all of it, or nothing."""
        with self.writer() as session:
            yield session
            session.commit()

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "begin", _begin_postgres)
        return engine
    # ":memory:" is a database per connection: only a file is ever used.
    engine = create_engine(url, poolclass=QueuePool if "/" in url else NullPool, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions itself: it would do it too late for savepoints.
    connection.isolation_level = None
    patience = f"busy_timeout={_PATIENCE_MS}"
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", patience):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    reads = connection.get_execution_options().get("stafet_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgres(connection: Any) -> None:
    """What ``BEGIN IMMEDIATE`` is on SQLite, with the same patience; it ends with the transaction."""
    if not connection.get_execution_options().get("stafet_reads"):
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = '{_PATIENCE_MS}ms'; SELECT pg_advisory_xact_lock({_WRITE_LOCK})"
        )


@event.listens_for(Session, "before_flush")
def _readers_do_not_write(session: Session, _context: Any, _instances: Any) -> None:
    if session.info.get("reads"):
        raise RuntimeError("a reading session was asked to write")


Query = TypeVar("Query", bound=Callable[..., Any])


def read_once(query: Query) -> Query:
    """A read that many parts of a page need: a reading session, which sees one state, asks it once.

    Its arguments must be hashable, and nobody may change what it returns.  Writers ask each time.
    """

    @wraps(query)
    def asked(session: Session, *args: Any, **kwargs: Any) -> Any:
        if not session.info.get("reads"):
            return query(session, *args, **kwargs)
        kept: dict[Any, Any] = session.info.setdefault("kept", {})
        key = (query.__module__, query.__qualname__, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = query(session, *args, **kwargs)
        return kept[key]

    return asked  # type: ignore[return-value]


def together(session: Session, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The single value of each of these SELECTs, read by one query."""
    if not asked:
        return {}
    row = session.execute(select(*(query.scalar_subquery().label(name) for name, query in asked.items())))
    return dict(row.mappings().one())


def spelled_like(column: Any, words: str) -> ColumnElement[bool]:
    """The words stand in the column, upper or lower case.

    SQLite knows the two cases of a-z alone, so Danish words are also sought as they are usually written.
    """
    ways = dict.fromkeys((words, words.lower(), words.upper(), words.capitalize(), words.title()))
    return or_(*(column.icontains(one, autoescape=True) for one in ways))


def alive(session: Session) -> bool:
    """Whether the database answers."""
    return bool(session.connection().execute(text("SELECT 1")).scalar())


@contextmanager
def taken(session: Session, names: Mapping[str, tuple[str, Text]]) -> Iterator[None]:
    """Flush inside; a broken UNIQUE becomes the error of a form field.

    ``names`` maps a constraint's name to ``(field, text)``.  Other violations
    go on as they are.
    """
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        name = _constraint_of(error)
        if name not in names:
            raise
        field, message = names[name]
        raise RuleBroken(name, message, field) from None


def _constraint_of(error: IntegrityError) -> str:
    """The name of the violated constraint.  SQLite names only table and columns."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name)
    message = str(error.orig)
    if not message.startswith("UNIQUE constraint failed: "):
        return message
    columns = [part.strip() for part in message.removeprefix("UNIQUE constraint failed: ").split(",")]
    table_name = columns[0].split(".")[0]
    wanted = {column.split(".")[-1] for column in columns}
    table = SQLModel.metadata.tables.get(table_name)
    if table is None:
        return message
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and {c.name for c in constraint.columns} == wanted:
            return str(constraint.name)
    for index in table.indexes:
        if index.unique and {c.name for c in index.columns} == wanted:
            return str(index.name)
    return message


def erase_everything(session: Session) -> None:
    """Empty every table: what turns the example data into room for one's own."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        session.execute(delete(table))
    session.expire_all()
