"""The application under test, built once a process: a new one takes longer than most tests do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask

from branding.app import create_app
from branding.core.db import Database
from branding.core.settings import Settings
from branding.web.limits import limiter
from tests.support.client import InspectingClient

_kept: list[Flask] = []


def built(settings: Settings, database: Database) -> Flask:
    """A new application, for one test."""
    app = create_app(settings, database)
    app.config.update(WTF_CSRF_ENABLED=False)
    app.test_client_class = InspectingClient
    _forget_tries()
    return app


@contextmanager
def shared(settings: Settings, database: Database) -> Iterator[Flask]:
    """The application of this process, on this test's settings and database.

    What a test changes in it the next one would meet, so a change fails the test.
    """
    if not _kept:
        _kept.append(built(settings, database))
    app = _kept[0]
    app.extensions["stafet"] = replace(app.extensions["stafet"], settings=settings, database=database)
    app.test_client_class = InspectingClient  # benchmarks time pages without the inspection
    _forget_tries()
    before = _state(app)
    yield app
    changed = [name for name, value in _state(app).items() if value != before[name]]
    if changed:
        _kept.clear()
    assert not changed, f"the test changed the shared application ({changed}): let it take own_app"


def _forget_tries() -> None:
    limiter.reset()
    limiter.enabled = False


def _state(app: Flask) -> dict[str, Any]:
    hooks = (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs)
    return {
        "config": dict(app.config),
        "extensions": dict(app.extensions),
        "routes": dict(app.view_functions),
        "globals": dict(app.jinja_env.globals),
        "filters": dict(app.jinja_env.filters),
        "hooks": [{name: list(found) for name, found in by_name.items()} for by_name in hooks],
        "wsgi": app.wsgi_app,
    }
