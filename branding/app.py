"""create_app: the one place where the features meet Flask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_wtf import CSRFProtect
from sqlmodel import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from branding.accounts import queries as accounts
from branding.audit.service import record_apart
from branding.core import clock, files, log, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.db import Database, erase_everything
from branding.core.errors import NotAllowed
from branding.core.settings import Settings, keys_in
from branding.features import FEATURES, WITHOUT_PAGES
from branding.organisation import queries as organisation
from branding.publishing.queries import status as publishing
from branding.publishing.views.standing import going_of
from branding.rotation.service import seed_holiday_weeks
from branding.takeovers import queries as takeovers
from branding.web import failures, filters, guards, headers, i18n, limits, safe_address, transaction
from branding.web import views as web_views
from branding.web.limits import limiter
from branding.web.stafet import Stafet, stafet
from branding.web.transaction import db

#: A spreadsheet of 5 MB with the form around it.
_MAX_REQUEST_BYTES = 6 * 1024 * 1024


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """Build the web application.  ``settings`` must hold the keys."""
    app = Flask(
        "branding",
        template_folder=str(files.shipped("templates")),
        static_folder=str(files.PACKAGE / "static"),
    )
    app.url_map.converters.update(int=safe_address.RowId, id=safe_address.RandomId)
    _configure(app, settings)
    database = database or Database.of(settings)
    app.extensions["stafet"] = Stafet(
        settings=settings,
        database=database,
        load_user=_load_user,
        load_host=_load_host,
        people_names=_people_names,
        frame=_frame,
        going_of=going_of,
        health=_health,
        begin_anew=begin_anew,
    )
    limits.install(app)
    CSRFProtect(app)
    limiter.init_app(app)
    headers.install(app, is_https=settings.is_https)
    transaction.install(app)
    guards.install(app)
    failures.install(app, on_refusal=_note_refusal)
    i18n.install(app)
    filters.install(app)
    _install_globals(app)
    app.register_blueprint(web_views.bp)
    for feature in FEATURES:
        if feature not in WITHOUT_PAGES:
            app.register_blueprint(import_module(f"branding.{feature}.views").bp)
    return app


def application() -> Flask:
    """For gunicorn: the application as the environment sets it."""
    log.configure()
    settings = Settings.from_environment()
    if not settings.has_keys:
        settings = settings.with_keys(keys_in(settings.data_dir / "keys"))
    return create_app(settings)


def begin_anew(session: Session) -> None:
    """Empty every room, and put in what a new organisation begins with."""
    erase_everything(session)
    seed_holiday_weeks(session, SYSTEM, now=clock.now())


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="stafet",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        # The sign-in itself ends at a fixed hour in the database.
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        # A late answer to an earlier request must not put the cookie back that a later one has changed.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=_MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=_MAX_REQUEST_BYTES,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.rate_limit_store,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]


def _load_user() -> Actor | None:
    """The signed-in person; a coordinator's scope is the specialområder and their afdelinger."""
    token = session.get("sign_in")
    found = accounts.find_signed_in(db(), token, now=clock.now()) if token else None
    if found is None:
        return None
    units = organisation.ids_under(db(), found.area_ids) if found.area_ids else frozenset()
    return Actor("user", found.user_id, found.name, found.email, found.roles, units)


def _load_host() -> Actor | None:
    token = session.get("host_link")
    return takeovers.find_host_actor(db(), token, clock.today()) if token else None


def _people_names(ids: Iterable[int]) -> Mapping[int, str]:
    return accounts.people_names(db(), ids)


def _frame() -> Any:
    """The organisation as every page shows it, read once a request."""
    if "frame" not in g:
        g.frame = organisation.find_organisation(db())
    return g.frame


def _health() -> Mapping[str, object]:
    return publishing.health(db(), clock.now())


def _note_refusal(error: NotAllowed) -> None:
    """A refused attempt is recorded although the request's own work is rolled back."""
    note = partial(
        record_apart, stafet().database, guards.actor(), "web:page:refused", "action", error.action
    )
    transaction.afterwards(partial(note, clock.now()))


def _install_globals(app: Flask) -> None:
    vendor = files.PACKAGE / "static" / "vendor" / "dkfds"
    app.jinja_env.globals.update(
        has_dkfds=(vendor / "css" / "dkfds.min.css").exists(),
        may=lambda action: policy.may(guards.user(), action),
        covers=lambda action, unit_id: policy.covers(guards.user(), action, unit_id),
    )

    @app.context_processor
    def frame() -> dict[str, Any]:
        if not has_request_context():
            return {}  # a mail, written by a job
        organisation_now = _frame()
        return {
            "me": guards.user(),
            "organisation": organisation_now,
            "is_demo": bool(organisation_now and organisation_now.is_demo),
            "today": clock.today(),
            "now": clock.now(),
            "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
        }
