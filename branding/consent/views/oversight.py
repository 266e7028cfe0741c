"""What the data protection officer sees, and the documents that the authority must have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort

from branding.consent import documents
from branding.consent.queries import oversight as queries
from branding.consent.queries.rights import open_wishes
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.subjects import labels_of
from branding.consent.service import blanks, retention
from branding.consent.values.deeds import DEEDS
from branding.consent.views.blueprint import bp
from branding.core import clock
from branding.core.pdf import pdf
from branding.core.spreadsheet import write_csv
from branding.organisation import queries as organisation
from branding.web.guards import requires
from branding.web.pages import attachment, page
from branding.web.stafet import stafet
from branding.web.transaction import db

_VIEW = "consent:oversight:view"
#: Proof that nobody has looked at within this time is told of.
_SLOW = timedelta(days=3)
_MONTH = timedelta(days=30)
_SHOWN = 50


@bp.get("/consent/oversight")
@requires(_VIEW)
def oversight_page() -> Any:
    """What needs the officer's eye, then who has opened what, then what goes when."""
    now = clock.now()
    readings = queries.readings(db(), now - _MONTH)
    coming = retention.due(db(), now=now + _MONTH)
    return page(
        "consent/oversight.html",
        units={unit.id: unit for unit in organisation.units(db(), archived=True)},
        unverified=queries.unverified(db(), now - _SLOW, now),
        assessments=queries.assessments_to_review(db(), clock.today()),
        wishes=open_wishes(db()),
        changed_forms=[form for form in queries.forms_in_use(db(), now) if form.is_changed],
        readings=readings[:_SHOWN],
        labels=labels_of(
            db(), [one.subject_id for one in readings[:_SHOWN] if one.subject_kind == "subject"]
        ),
        readings_count=len(readings),
        names=stafet().people_names({one.user_id for one in readings if one.user_id}),
        held=[one for one in coming if one.is_in_use or (one.waits_for_journal and one.due_at <= now)],
        coming=[one for one in coming if not one.is_in_use and one.due_at > now],
        rules=consent_rules(db()),
        deeds=DEEDS,
    )


@bp.get("/consent/oversight/readings")
@requires(_VIEW)
def readings_file() -> Any:
    """A year of readings as a table for a spreadsheet."""
    readings = queries.readings(db(), clock.now() - timedelta(days=365), limit=100_000)
    names = stafet().people_names({one.user_id for one in readings if one.user_id})
    head = ("at", "who", "what", "kind", "id", "reason")
    lines = (
        (
            one.at.isoformat(),
            names.get(one.user_id or 0) or one.actor_kind,
            one.tag,
            one.subject_kind,
            one.subject_id,
            one.reason,
        )
        for one in readings
    )
    return attachment(write_csv([head, *lines]), "text/csv", "laesninger.csv")


@bp.get("/consent/oversight/retention")
@requires(_VIEW)
def retention_file() -> Any:
    """What goes in the next month, and what is held back, as a table for a spreadsheet."""
    found = retention.due(db(), now=clock.now() + _MONTH)
    head = ("consent", "why", "due", "in_use", "waits_for_records_system")
    lines = (
        (
            one.kept.consent_id,
            one.why.value,
            one.due_at.isoformat(),
            str(one.is_in_use),
            str(one.waits_for_journal),
        )
        for one in found
    )
    return attachment(write_csv([head, *lines]), "text/csv", "sletning.csv")


@bp.get("/consent/oversight/forms")
@requires(_VIEW)
def forms_file() -> Any:
    """Consents for each version of each form, as a table for a spreadsheet."""
    head = ("form", "sha256", "given", "standing", "recalled")
    lines = (
        (
            one.id,
            one.sha256,
            str(one.given),
            str(one.standing),
            one.recalled_at.isoformat() if one.recalled_at else "",
        )
        for one in queries.forms_in_use(db(), clock.now())
    )
    return attachment(write_csv([head, *lines]), "text/csv", "formularer.csv")


@bp.get("/consent/oversight/documents/<string:name>")
@requires(_VIEW)
def document_page(name: str) -> Any:
    """Article 30, or the data protection impact assessment."""
    return page("consent/document.html", found=_document(name), name=name)


@bp.get("/consent/oversight/documents/<string:name>.pdf")
@requires(_VIEW)
def document_pdf(name: str) -> Any:
    found = _document(name)
    controller = blanks.of_documents(db(), now=clock.now())["controller"]
    facts = {"title": found.title, "lead": found.lead, "author": controller, "sections": found.sections}
    return attachment(pdf("consent/document.typ", facts, at=clock.now()), "application/pdf", f"{name}.pdf")


def _document(name: str) -> documents.Document:
    if name not in documents.NAMES:
        abort(404)
    return documents.document(name, blanks.of_documents(db(), now=clock.now()))
