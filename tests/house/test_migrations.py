"""The database's history: one head, both directions, and tables that match the models."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from branding.core.db import Database
from branding.migrations import schema
from tests.house.sources import PACKAGE
from tests.support import databases


def empty(tmp_path: Path, worker_id: str) -> Database:
    if databases.IS_POSTGRES:
        return Database(databases.new_postgres(f"stafet_migrations_{worker_id}"), audit_key="k")
    return Database(f"sqlite:///{tmp_path / 'migrations.db'}", audit_key="k")


def test_there_is_one_head_and_names_are_numbered() -> None:
    script = ScriptDirectory.from_config(schema.config())
    assert script.get_heads() == [schema.newest()]
    for path in (PACKAGE / "migrations" / "versions").glob("*.py"):
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem), path.name


def test_the_way_up_gives_the_tables_of_the_models_and_the_way_down_leaves_nothing(
    tmp_path: Path, worker_id: str
) -> None:
    database = empty(tmp_path, worker_id)
    schema.upgrade(database)
    assert schema.is_current(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, schema.tables())
    assert not differences
    schema.downgrade(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(database)
    database.close()
