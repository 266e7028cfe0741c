"""Pages that belong to no feature: language, accessibility statement, health."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request, session
from sqlmodel import col, select

from branding.core import clock
from branding.core.db import alive
from branding.core.jobs import JobState
from branding.web.guards import public
from branding.web.i18n import LOCALES
from branding.web.pages import go_to, page
from branding.web.safe_address import own_address
from branding.web.stafet import stafet
from branding.web.transaction import db

bp = Blueprint("web", __name__)


@bp.post("/language")
@public
def set_language() -> Any:
    """Show Stafet in Danish or English on this device."""
    chosen = request.form.get("language", "")
    if chosen in LOCALES:
        session["language"] = chosen
    return go_to(own_address(request.form.get("back", "")))


@bp.get("/accessibility")
@public
def accessibility_page() -> Any:
    return page("web/accessibility.html")


@bp.get("/health")
@public
def health() -> Any:
    """For monitoring: the database answers, and when each job last went well."""
    states = db().exec(select(JobState).order_by(col(JobState.name)))
    jobs = {
        state.name: {
            "last_ok_at": state.last_ok_at.isoformat() if state.last_ok_at else None,
            "last_error": state.last_error or None,
        }
        for state in states
    }
    found = {"database": alive(db()), "now": clock.now().isoformat(), "jobs": jobs}
    return jsonify({**found, **stafet().health()})
