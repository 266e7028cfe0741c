"""Limits: how often an address may try (``@limiter.limit``), and how much a request may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)

#: For forms that check a secret: generous to an office behind one address, hopeless for guessing.
SECRET_TRIES = "30 per minute"  # noqa: S105 - a rate

#: Photographs of a form of several pages; everywhere else a spreadsheet is the largest thing there is.
MOST_WITH_FILES = 64 * 1024 * 1024

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Let this view's requests be as large as photographs are; goes under the other decorators."""
    view.stafet_takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Before anything reads the form."""

    @app.before_request
    def raise_limit() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, "stafet_takes_files", False):
            request.max_content_length = MOST_WITH_FILES
