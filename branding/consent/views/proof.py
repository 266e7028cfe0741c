"""The proof of one answer as PDF.  Making one is a reading of the evidence, and stands in the log."""

from __future__ import annotations

from typing import Any

from flask import Response

from branding.consent import proof
from branding.consent.forms.verifying import OpenForm
from branding.consent.queries import evidence as queries
from branding.consent.service import proving
from branding.consent.service import verifying as service
from branding.consent.views.blueprint import bp
from branding.consent.views.evidence import note_read
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.pages import attachment, go, page
from branding.web.stafet import stafet
from branding.web.transaction import db

_VIEW = "consent:evidence:view"


@bp.route("/consent/consents/<id:consent_id>/proof", methods=["GET", "POST"])
@requires(_VIEW)
def proof_page(consent_id: str) -> Any:
    """What the proof holds; whoever only oversees says why it is made."""
    found, form = _consent(consent_id), OpenForm()
    if form.validate_on_submit():
        try:
            why = service.check_reason(actor(), form.reason.data or "")
            return _made(consent_id, why)
        except RuleBroken as error:
            form.refuse(error)
    return page(
        "consent/proof.html",
        found=found,
        form=form,
        unit=organisation.unit_by_id(db(), found.unit_id),
        needs_reason=service.needs_reason(actor()),
        status=form.status,
    )


@bp.get("/consent/consents/<id:consent_id>/proof.pdf")
@requires(_VIEW)
def proof_pdf(consent_id: str) -> Any:
    """The same at once, for those who work with the consents."""
    _consent(consent_id)
    if service.needs_reason(actor()):
        return go("consent.proof_page", consent_id=consent_id)
    return _made(consent_id, "")


def _made(consent_id: str, why: str) -> Response:
    names = stafet().people_names(proving.staff_of(db(), consent_id))
    gathered = proving.gather(db(), actor(), consent_id, names, now=clock.now())
    content = proving.seal(db(), proof.proof(gathered))
    note_read("consent", consent_id, why)
    return attachment(content, "application/pdf", f"bevis-{consent_id[:8]}.pdf")


def _consent(consent_id: str) -> queries.ToVerify:
    found = queries.waiting_consent(db(), consent_id)
    policy.check(actor(), _VIEW, found.unit_id, thing="consent", key=consent_id)
    return found
