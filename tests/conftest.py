"""What every test may ask for.  The database is SQLite, or PostgreSQL with STAFET_TEST_DB=postgres."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session

from branding.accounts import passwords
from branding.core import clock, db
from branding.core.actor import Role
from branding.core.clock import COPENHAGEN
from branding.core.db import Database
from branding.core.settings import Settings
from tests.support import application, databases, people, prepared
from tests.support.client import InspectingClient
from tests.support.collection import (
    meets_database,
    pytest_collection_finish,
    pytest_collection_modifyitems,
)

__all__ = ["pytest_collection_finish", "pytest_collection_modifyitems"]

KEY = "k" * 64

# A slow machine is no fault of the rule that is tested.  ``./test --long`` tries in earnest.
hypothesis.settings.register_profile("usual", deadline=None)
hypothesis.settings.register_profile("full", deadline=None, max_examples=3000)
hypothesis.settings.load_profile("full" if os.environ.get("STAFET_FULL") else "usual")


@pytest.fixture(autouse=True)
def _no_database_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that PostgreSQL leaves out has no database here either: it asks for one, or is named above."""
    is_elsewhere = any(request.node.get_closest_marker(name) for name in ("browser", "bench"))
    if not is_elsewhere and not meets_database(request.node):
        monkeypatch.setattr(db, "_engine", _refuse_database)
        monkeypatch.setattr(databases, "fresh", _refuse_database)


def _refuse_database(*_: object, **__: object) -> Engine:
    raise AssertionError("a database, and this test would never run on PostgreSQL: see support/collection.py")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a test may reach beyond this machine, mail servers included."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """A hash costs a tenth of a second on purpose; tests in this process need not pay it.

    Commands and servers that tests start are processes of their own, with the real cost.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def at() -> Iterator[Callable[[str], datetime]]:
    """``at("2022-10-17 09:00")`` makes it that moment in Denmark; it stands still until called again."""

    def set_to(text: str) -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)
        clock.read_from(lambda: moment.astimezone(clock.UTC))
        return clock.now()

    yield set_to
    clock.read_from(None)


@pytest.fixture
def database(tmp_path: Path, worker_id: str) -> Iterator[Database]:
    """A fresh, migrated and empty database."""
    found = databases.fresh(tmp_path, worker_id, key=KEY)
    yield found
    if (
        not databases.IS_POSTGRES
    ):  # there its connections serve the next test: a new one costs more than the rest
        found.close()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Which of the parallel test processes this is; ``main`` when there is one."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The same for all parallel test processes."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "main" else own.parent


@pytest.fixture(scope="session")
def demo_folder(shared_folder: Path) -> Path:
    """A data folder with the demo on SQLite, loaded once: to be copied, never to be used itself."""
    return prepared.demo_on_sqlite(shared_folder)


@pytest.fixture
def demo_loaded(tmp_path: Path, shared_folder: Path, worker_id: str) -> dict[str, str]:
    """The demo lies in ``tmp_path``; this is what the environment must say of its database."""
    return prepared.with_demo_in(tmp_path, shared_folder, worker_id)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session; call ``commit`` before a page has to see what was written."""
    with database.writer() as found:
        yield found


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(
        data_dir=tmp_path,
        database_url=str(database.engine.url),
        base_url="http://127.0.0.1:8000",
        secret_key=KEY,
        audit_key=KEY,
        data_key=KEY,
        key_store=tmp_path / "people-keys",
        uploads=tmp_path / "uploads",
        mail_from="Stafet <stafet@example.dk>",
    )


@pytest.fixture
def app(settings: Settings, database: Database) -> Iterator[Flask]:
    """The application on this test's database; the same one for all tests of a process."""
    with application.shared(settings, database) as found:
        yield found


@pytest.fixture
def own_app(settings: Settings, database: Database) -> Flask:
    """For tests that change the application; their module lets ``app`` return it."""
    return application.built(settings, database)


@pytest.fixture
def client(app: Flask) -> InspectingClient:
    """A browser without JavaScript that inspects every page it is given."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def area(database: Database) -> int:
    """A specialområde, SOH; returns its id."""
    return people.make_area(database)


@pytest.fixture
def sign_in(client: InspectingClient, database: Database) -> Callable[..., int]:
    """``sign_in("coordinator", area_id)`` makes a person with that role and signs the client in."""

    def enter(role: str, area_id: int | None = None, name: str = "") -> int:
        return people.sign_in(client, database, Role(role), area_id, name=name)

    return enter
