"""Bringing a database to the newest schema, and every table gathered in one place."""

from __future__ import annotations

from importlib import import_module

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData
from sqlmodel import SQLModel

from branding.core.db import Database
from branding.core.files import PACKAGE
from branding.features import FEATURES


def tables() -> MetaData:
    """Every table of every feature."""
    for feature in FEATURES:
        if (PACKAGE / feature / "models.py").exists():
            import_module(f"branding.{feature}.models")
    import_module("branding.core.jobs")
    return SQLModel.metadata


def config() -> Config:
    found = Config()
    found.set_main_option("script_location", str(PACKAGE / "migrations"))
    found.set_main_option("path_separator", "os")
    return found


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to a revision, in one transaction."""
    with database.engine.begin() as connection:
        alembic = config()
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, revision)


def downgrade(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        alembic = config()
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, revision)


def is_current(database: Database) -> bool:
    """Whether the database has the schema of this program."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(config()).get_current_head()
