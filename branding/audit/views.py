"""The page of the audit log."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from branding.audit import queries, service
from branding.web.guards import requires
from branding.web.pages import page
from branding.web.safe_address import page_number
from branding.web.stafet import stafet
from branding.web.transaction import db

bp = Blueprint("audit", __name__)


@bp.get("/audit")
@requires("audit:entry:view")
def log_page() -> Any:
    number = page_number()
    tag, kind, subject_id = (
        request.args.get(name, "").strip()[:80] for name in ("tag", "subject_kind", "subject_id")
    )
    entries, more = queries.entries(db(), tag=tag, subject_kind=kind, subject_id=subject_id, page=number)
    people = {entry.actor_id for entry in entries if entry.actor_kind == "user" and entry.actor_id}
    chosen = {"tag": tag, "subject_kind": kind, "subject_id": subject_id}
    names = stafet().people_names(people)
    return page("audit/log.html", entries=entries, names=names, more=more, number=number, chosen=chosen)


@bp.get("/audit/verification")
@requires("audit:entry:view")
def verification_page() -> Any:
    return page("audit/verification.html", verdict=service.verify(db()), seals=queries.seals(db()))
