"""Which activities of the content plan belong to an initiative."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say_n
from branding.indicators.forms.tree import TieForm
from branding.indicators.queries.tree import initiatives, node_by_id
from branding.indicators.service import tying
from branding.indicators.service.access import EDIT
from branding.indicators.values.tree import ref_of
from branding.indicators.views.blueprint import bp
from branding.plan import queries as plan
from branding.plan.values import ActivityView, Status
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

#: What lies further away is found in the content plan.
_BACK, _AHEAD = timedelta(days=370), timedelta(days=190)


@bp.route("/strategy/initiatives/<int:node_id>/activities", methods=["GET", "POST"])
@requires(EDIT)
def tie_page(node_id: int) -> Any:
    """The last year's and the next half year's activities, those of other initiatives too."""
    node, ref = node_by_id(db(), node_id), ref_of(node_id)
    found = [one for one in around() if one.status is not Status.CANCELLED]
    form = TieForm(data={"chosen": [one.id for one in found if one.initiative_ref == ref]})
    form.offer([(one.id, one.title) for one in found])
    if form.validate_on_submit():
        offered = {int(text) for text in (form.offered.data or "").split(",") if text.isdecimal()}
        known = {one.id for one in found}
        try:
            count = tying.tie_activities(
                db(), actor(), node_id, offered & known, set(form.chosen.data or ()), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say_n("%(num)s activity is changed.", "%(num)s activities are changed.", count)
            return go("indicators.node_page", node_id=node_id, notice=notice)
    form.offered.data = ",".join(str(one.id) for one in found)
    others = {ref_of(one.id): one.text for one in initiatives(db()) if one.id != node_id}
    back = url_for("indicators.node_page", node_id=node_id)
    return page(
        "indicators/tie.html", form=form, node=node, found={one.id: one for one in found}, others=others,
        back=back, status=form.status,
    )  # fmt: skip


def around(ref: str | None = None) -> Sequence[ActivityView]:
    """The activities near today: of one initiative, or all."""
    today = clock.today()
    return plan.activities_between(db(), today - _BACK, today + _AHEAD, initiative_ref=ref)
