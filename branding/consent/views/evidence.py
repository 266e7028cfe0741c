"""Evidence: what there is of it, and the file itself as an attachment.  Every look is in the log first."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, abort

from branding.audit.service import record_apart
from branding.consent.forms.verifying import OpenForm
from branding.consent.queries.evidence import EvidenceView
from branding.consent.service import verifying as service
from branding.consent.views.blueprint import bp
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.pages import page
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db

_VIEW = "consent:evidence:view"
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
    "application/json": "json",
}
#: Nothing in the file may run, load or be framed, whatever a browser takes it for.
_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@bp.get("/consent/evidence/<id:evidence_id>")
@requires(_VIEW)
def evidence_page(evidence_id: str) -> Any:
    """When it was put away, how large, its hashes; nothing of what is in it."""
    return _page(service.evidence_for(db(), actor(), evidence_id), OpenForm())


@bp.post("/consent/evidence/<id:evidence_id>/file")
@requires(_VIEW)
def open_evidence(evidence_id: str) -> Any:
    """The file, to keep outside the browser."""
    found, form = service.evidence_for(db(), actor(), evidence_id), OpenForm()
    if not form.validate_on_submit():
        return _page(found, form)
    try:
        why = service.check_reason(actor(), form.reason.data or "")
    except RuleBroken as error:
        form.refuse(error)
        return _page(found, form)
    content = service.find_content(db(), found, now=clock.now())
    note_read("evidence", evidence_id, why)
    if content is None:
        return _page(found, form, is_damaged=True)
    return sealed_file(content, found.mime, f"bevis-{evidence_id[:8]}.{_ENDINGS.get(found.mime, 'bin')}")


@bp.get("/consent/evidence/<id:evidence_id>/picture")
@requires("consent:evidence:verify")
def evidence_picture(evidence_id: str) -> Any:
    """A picture that we drew ourselves, for the page on which it is checked; PDFs are never shown."""
    found = service.evidence_for(db(), actor(), evidence_id)
    if not found.is_picture:
        abort(404)
    content = service.find_content(db(), found, now=clock.now())
    note_read("evidence", evidence_id)
    if content is None:
        abort(404)
    return sealed_file(content, found.mime)


def note_read(kind: str, thing_id: str, why: str = "") -> None:
    """The log has it before the first byte leaves: without the entry there is no answer."""
    changes = {"reason": (None, why)} if why else None
    note = partial(record_apart, stafet().database, actor(), "consent:evidence:read", kind, thing_id)
    afterwards(partial(note, clock.now(), changes=changes))


def sealed_file(content: bytes, mime: str, name: str = "") -> Response:
    """An answer that no browser runs, keeps or guesses about; with a name it is only saved, not shown."""
    headers = {"Content-Security-Policy": _NOTHING, "Cross-Origin-Resource-Policy": "same-origin"}
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, mimetype=mime, headers=headers)


def _page(found: EvidenceView, form: OpenForm, *, is_damaged: bool = False) -> Any:
    return page(
        "consent/evidence.html",
        found=found,
        form=form,
        unit=organisation.unit_by_id(db(), found.unit_id),
        needs_reason=service.needs_reason(actor()),
        is_damaged=is_damaged,
        status=form.status,
    )
