"""What a person is asked for: a takeover that is coming, or an afternoon of pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from branding.consent.queries.subjects import subject_by_id
from branding.core import clock, policy
from branding.home.views.blueprint import bp
from branding.organisation import queries as organisation
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_ASK = "consent:consent:ask"
#: Nobody asks further ahead than this: a citizen's yes lasts half a year.
_AHEAD, _MOST = timedelta(days=120), 6
_OVER = (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)


@bp.get("/consents/<id:subject_id>/ask")
@requires(_ASK)
def ask_about_page(subject_id: str) -> Any:
    """One tap for the takeover; who has none ahead goes straight to the afternoon of pictures."""
    person = subject_by_id(db(), subject_id)
    policy.check(actor(), _ASK, person.unit_id, thing="subject", key=subject_id)
    units = {unit.id: unit for unit in organisation.units(db(), archived=True)}
    area_id = units[person.unit_id].area_id
    coming = [
        one
        for one in takeovers.takeovers_between(db(), clock.today(), clock.today() + _AHEAD)
        if units[one.unit_id].area_id == area_id
        and one.status not in _OVER
        and policy.covers(actor(), _ASK, one.unit_id)
    ]
    if not coming:
        return go("consent.ask_page", subject_id=subject_id)
    return page(
        "home/ask_about.html",
        person=person,
        coming=coming[:_MOST],
        units=units,
    )
