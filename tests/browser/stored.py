"""What a running demo has stored: read it, or add to it behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from branding.core.db import Database
from branding.core.settings import Settings, keys_in
from tests.support.running import Running


@contextmanager
def stored(site: Running) -> Iterator[Session]:
    """A session on the site's own database and files; what is added is kept."""
    settings = Settings.from_environment({"STAFET_DATA_DIR": str(site.folder)})
    database = Database.of(settings.with_keys(keys_in(settings.data_dir / "keys")))
    try:
        with database.transaction() as session:
            yield session
    finally:
        database.close()
