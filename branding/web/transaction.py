"""The one commit place of the web: after a 2xx or 3xx answer, and only for requests that may write."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, g, request
from sqlmodel import Session

from branding.web.stafet import stafet

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def db() -> Session:
    """This request's session: a reader for GET, a writer for everything else."""
    if "db" not in g:
        database = stafet().database
        g.db = database.reader() if request.method in _READING else database.writer()
    session: Session = g.db
    return session


def afterwards(work: Callable[[], None]) -> None:
    """Do this when the request's own transaction has ended, however it ended."""
    g.setdefault("afterwards", []).append(work)


def roll_back() -> None:
    """Drop what the request has done so far: before an error page reads through the same session."""
    session: Session | None = g.get("db")
    if session is not None:
        session.rollback()


def install(app: Flask) -> None:
    app.after_request(_settle)
    app.teardown_request(_close)


def _settle(response: Response) -> Response:
    session: Session | None = g.get("db")
    if session is not None:
        if request.method not in _READING and response.status_code < 400:
            session.commit()
        else:
            session.rollback()
    for work in g.pop("afterwards", []):
        work()
    return response


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
