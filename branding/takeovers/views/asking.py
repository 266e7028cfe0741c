"""Who has said yes for one takeover, and asking somebody more."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.consent.queries.subjects import subjects_of_units
from branding.consent.service.standings import asked_about
from branding.consent.values.records import Target
from branding.consent.views.requests import ask_about
from branding.consent.views.subjects import new_subject
from branding.core import clock, policy
from branding.organisation import queries as organisation
from branding.takeovers.service.colleagues import about_takeover
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import Shown, takeover_for
from branding.web.guards import actor, requires
from branding.web.pages import page
from branding.web.transaction import db

_ASK = "consent:consent:ask"
_EDIT = "consent:subject:edit"
_VIEW = "consent:subject:view"


@bp.get("/takeovers/<int:takeover_id>/consents")
@requires(_ASK)
def takeover_consents_page(takeover_id: int) -> Any:
    """Those of the actor's units who were asked for this takeover, and those who were not."""
    shown = _asking_for(takeover_id, _ASK)
    everybody = asked_about(db(), Target.TAKEOVER, about_takeover(db(), shown.takeover).ref, now=clock.now())
    known = {one.subject_id for one in everybody}
    asked = [one for one in everybody if policy.covers(actor(), _VIEW, one.unit_id)]
    inside = organisation.ids_under(db(), [shown.unit.area_id])
    mine = [one for one in inside if policy.covers(actor(), _ASK, one)]
    others = [one for one in subjects_of_units(db(), mine) if one.id not in known]
    return page("takeovers/asking.html", shown=shown, takeover=shown.takeover, asked=asked, others=others)


@bp.route("/takeovers/<int:takeover_id>/consents/new", methods=["GET", "POST"])
@requires(_EDIT)
def new_takeover_subject_page(takeover_id: int) -> Any:
    """Somebody who is not on the register yet; the next page asks for this takeover."""
    shown = _asking_for(takeover_id, _EDIT)
    return new_subject(
        lambda kind: url_for("takeovers.new_takeover_subject_page", takeover_id=takeover_id, kind=kind),
        lambda subject_id: url_for(
            "takeovers.ask_for_takeover_page", takeover_id=takeover_id, subject_id=subject_id
        ),
        cancel=url_for("takeovers.takeover_consents_page", takeover_id=takeover_id),
        unit_id=shown.unit.id,
    )


@bp.route("/takeovers/<int:takeover_id>/consents/<id:subject_id>", methods=["GET", "POST"])
@requires(_ASK)
def ask_for_takeover_page(takeover_id: int, subject_id: str) -> Any:
    about = about_takeover(db(), _asking_for(takeover_id, _ASK).takeover)
    spoken = url_for("takeovers.takeover_colleague_page", takeover_id=takeover_id, subject=subject_id)
    return ask_about(subject_id, about, spoken)


def _asking_for(takeover_id: int, action: str) -> Shown:
    """A takeover for which the actor may ask; who only may read it sees nobody of it."""
    shown = takeover_for(takeover_id)
    policy.check(actor(), action, shown.unit.id, thing="takeover", key=takeover_id)
    return shown
