"""Errors as pages: a plain sentence, a way on, and the right status."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from flask import Flask, Response
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from branding.core import log
from branding.core.errors import Conflict, NotAllowed, StafetError
from branding.core.text import say
from branding.web.i18n import translate
from branding.web.pages import page
from branding.web.transaction import roll_back


def install(app: Flask, *, on_refusal: Callable[[NotAllowed], None]) -> None:
    """Register the pages; ``on_refusal`` hears of every attempt that a role did not allow."""

    def refused(error: NotAllowed) -> tuple[str, int]:
        log.event("web.refused", level=logging.WARNING, action=error.action)
        roll_back()
        on_refusal(error)
        return page("failures/403.html", status=403)

    app.register_error_handler(NotAllowed, refused)
    app.register_error_handler(StafetError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(Exception, _unexpected)


def _ours(error: StafetError) -> tuple[str, int]:
    roll_back()
    if isinstance(error, Conflict):
        return page("failures/conflict.html", status=409, error=error)
    if error.status == 404:
        return page("failures/404.html", status=404)
    return page("failures/400.html", status=error.status, text=error.text)


def _http(error: HTTPException) -> tuple[str, int] | Response | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    roll_back()
    if code in (403, 404):
        return page(f"failures/{code}.html", status=code)
    if code == 405:
        return page("failures/404.html", status=405)
    if code == 413:
        text = say("The file is too big. Choose one of at most 5 MB.")
        return page("failures/400.html", status=413, text=text)
    if code < 500:
        return page("failures/400.html", status=code, text=say("We could not read what was sent. Try again."))
    return _unexpected(error)


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    text = say(
        "The page had been open too long, so nothing was saved. Go back, reload the page and try again."
    )
    return page("failures/400.html", status=400, text=text)


def _too_often(_error: RateLimitExceeded) -> tuple[str, int]:
    return page(
        "failures/400.html", status=429, text=say("That was too many tries. Wait a minute and try again.")
    )


def _unexpected(error: Exception) -> tuple[str, int] | Response:
    roll_back()
    reference = secrets.token_hex(4)
    log.failure("web.unexpected", error, reference=reference)
    try:
        return page("failures/500.html", status=500, reference=reference)
    except SQLAlchemyError:
        # The frame of every page reads the database, and that may be what is wrong.
        text = translate(say("Something went wrong on our side"))
        return Response(f"{text}. {reference}\n", status=500, mimetype="text/plain")
