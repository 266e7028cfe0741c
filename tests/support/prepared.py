"""Data folders that are filled once and copied: loading the demo takes far longer than copying it.

Only for tests that need a Stafet with something in it; how an empty folder is filled is tested elsewhere.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from branding import demo
from branding.app import create_app
from branding.core.db import Database
from branding.core.settings import Settings, keys_in
from branding.migrations import schema
from tests.support.databases import IS_POSTGRES, new_postgres

Fill = Callable[[Path], None]


def once(folder: Path, fill: Fill) -> Path:
    """The folder, filled by whichever of the parallel test processes comes first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            fill(making)
            making.rename(folder)
    return folder


def copied(prepared: Path, folder: Path) -> Path:
    """The new folder, which may be there already."""
    return Path(shutil.copytree(prepared, folder, dirs_exist_ok=True))


def with_demo(url: str = "") -> Fill:
    """What the first ``branding run`` makes of an empty folder; ``url``: of a PostgreSQL database."""

    def fill(folder: Path) -> None:
        env = {"STAFET_DATA_DIR": str(folder)} | ({"DATABASE_URL": url} if url else {})
        settings = Settings.from_environment(env).with_keys(keys_in(folder / "keys"))
        settings = replace(settings, base_url="http://127.0.0.1:8000")
        database = Database.of(settings)
        schema.upgrade(database)
        with create_app(settings, database).app_context():
            assert demo.load_if_empty(database)
        database.close()

    return fill


def with_demo_in(folder: Path, shared: Path, worker: str) -> dict[str, str]:
    """Put the demo into a folder; returns what the environment must say of its database.

    On PostgreSQL each test process has a server of its own, so that the demo is loaded once a process.
    """
    if not IS_POSTGRES:
        copied(demo_on_sqlite(shared), folder)
        return {}
    copied(_demo_on_postgres(shared / f"demo-{worker}"), folder)
    return {"DATABASE_URL": new_postgres(f"stafet_copy_{worker}", template=_LOADED)}


def demo_on_sqlite(shared: Path) -> Path:
    """To be copied, never to be used itself."""
    return once(shared / "demo", with_demo())


_LOADED = "stafet_loaded"


@cache
def _demo_on_postgres(folder: Path) -> Path:
    return once(folder, with_demo(new_postgres(_LOADED)))
