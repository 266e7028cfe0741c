"""Bringing a database to the newest schema, and every table gathered in one place."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, inspect, text
from sqlmodel import SQLModel

from branding.core.db import Database
from branding.core.files import PACKAGE
from branding.features import FEATURES

if TYPE_CHECKING:
    # Alembic takes a quarter of a second to import, and most starts have nothing to upgrade.
    from alembic.config import Config

_FOLDER = PACKAGE / "migrations"


def tables() -> MetaData:
    """Every table of every feature."""
    for feature in FEATURES:
        room = PACKAGE / feature
        if (room / "models.py").exists() or (room / "models").is_dir():
            import_module(f"branding.{feature}.models")
    import_module("branding.core.jobs")
    return SQLModel.metadata


def newest() -> str:
    """The revision that this program needs: the number in the name of the last step."""
    return max(path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py"))


def is_current(database: Database) -> bool:
    """Whether the database has the schema of this program."""
    with database.reader() as session:
        connection = session.connection()
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest()


def config() -> Config:
    from alembic.config import Config

    found = Config()
    found.set_main_option("script_location", str(_FOLDER))
    found.set_main_option("path_separator", "os")
    return found


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema, in one transaction."""
    if is_current(database):
        return
    from alembic import command

    with database.engine.begin() as connection:
        alembic = config()
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "head")


def downgrade(database: Database, revision: str) -> None:
    from alembic import command

    with database.engine.begin() as connection:
        alembic = config()
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, revision)
