"""Limits: how often an address may try (``@limiter.limit``), how much a request may hold, and where."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)

#: For forms that check a secret: generous to an office behind one address, hopeless for guessing.
SECRET_TRIES = "30 per minute"  # noqa: S105 - a rate

#: Photographs of a form of several pages; everywhere else a spreadsheet is the largest thing there is.
MOST_WITH_FILES = 64 * 1024 * 1024


class InMemory(Request):
    """Files of a form stay in memory: a photo with its place, or a signed paper, is never on the disk as it
    came.  No request is larger than :data:`MOST_WITH_FILES`."""

    def _get_file_stream(self, *_: object, **__: object) -> io.BytesIO:
        return io.BytesIO()


View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Let this view's requests be as large as photographs are; goes under the other decorators."""
    view.stafet_takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Before anything reads the form."""
    app.request_class = InMemory

    @app.before_request
    def raise_limit() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, "stafet_takes_files", False):
            request.max_content_length = MOST_WITH_FILES
