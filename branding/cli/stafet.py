"""What every command has: settings, the database, and errors that are one plain line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from branding.core.db import Database
from branding.core.errors import StafetError
from branding.core.settings import Settings, keys_in
from branding.migrations import schema


class Stafet:
    """Settings and database of one command; keys are made in the data folder the first time."""

    def __init__(self) -> None:
        self.settings = Settings.from_environment()
        if not self.settings.has_keys:
            self.settings = self.settings.with_keys(keys_in(self.settings.data_dir / "keys"))
        self.database = Database.of(self.settings)


def made(stafet: Stafet) -> Database:
    """The database, when it has this program's tables."""
    if not schema.is_current(stafet.database):
        raise click.ClickException("The database is not up to date: run `branding migrate`.")
    return stafet.database


@contextmanager
def errors() -> Iterator[None]:
    """Our own errors, and a database that is not there, as one plain line without a traceback."""
    try:
        yield
    except StafetError as error:
        raise click.ClickException(str(error.text)) from None
    except OperationalError as error:
        raise click.ClickException(f"The database does not answer ({type(error).__name__}).") from None
