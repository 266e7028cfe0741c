"""The staff's list of ambassadors: links, taking names off, and what they share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.plan.forms.ambassadors import LinkForm
from branding.plan.queries import ambassadors as queries
from branding.plan.service import ambassadors as service
from branding.plan.values import SHARE_WAYS
from branding.plan.views import choices
from branding.plan.views.blueprint import bp
from branding.publishing.queries.calendar import posts_between
from branding.publishing.values.calendar import Entry
from branding.publishing.values.plan import Look
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

MANAGE = service.MANAGE
_POSTS = "publishing:publication:view"
#: Live posts of so many days are offered to be shared.
_BACK = timedelta(days=21)


def own_units() -> Collection[int] | None:
    """The units whose ambassadors the reader looks after; None: everybody's."""
    return None if policy.covers(actor(), MANAGE, None) else actor().units


@bp.get("/ambassadors")
@requires(MANAGE)
def ambassadors_page() -> Any:
    mine, form = own_units(), LinkForm()
    _offer(form)
    return page(
        "plan/ambassadors.html",
        people=queries.ambassadors(db(), mine),
        links=queries.join_links(db(), mine),
        kits=queries.kits(db(), mine),
        posts=_live_posts(),
        units=choices.units_by_id(),
        ways=SHARE_WAYS,
        form=form,
    )


def _offer(form: LinkForm) -> None:
    mine = [
        (unit.id, choices.named(unit))
        for unit in organisation.units(db())
        if policy.covers(actor(), MANAGE, unit.id)
    ]
    everybody = [(0, _("The whole organisation"))] if policy.covers(actor(), MANAGE, None) else []
    form.unit_id.choices = everybody + mine


def _live_posts() -> list[Entry]:
    """The newest posts that are out, of the units whose posts one sees and whose ambassadors one has."""
    if not policy.may(actor(), _POSTS):
        return []
    today, mine = clock.today(), own_units()
    found = posts_between(db(), today - _BACK, today, units=mine, now=clock.now(), most=4)
    out = [one for day in found.values() for one in day.entries if one.look == Look.OUT]
    return sorted(out, key=lambda one: one.at, reverse=True)[:6]


@bp.post("/ambassador-links")
@requires(MANAGE)
def make_ambassador_link() -> Any:
    form = LinkForm()
    _offer(form)
    if not form.validate_on_submit():
        raise RuleBroken("no_unit", say("Choose a unit from the list."))
    token = service.make_link(db(), actor(), form.unit_id.data or None, now=clock.now())
    return go("plan.join_poster_page", token=token)


@bp.post("/ambassador-links/<int:link_id>/stop")
@requires(MANAGE)
def stop_ambassador_link(link_id: int) -> Any:
    service.stop_link(db(), actor(), link_id, now=clock.now())
    return go("plan.ambassadors_page", notice=say("The link is stopped. Make a new one when you need it."))


@bp.post("/ambassadors/<int:ambassador_id>/remove")
@requires(MANAGE)
def remove_ambassador(ambassador_id: int) -> Any:
    name = service.remove(db(), actor(), ambassador_id, now=clock.now())
    undo = url_for("plan.restore_ambassador", ambassador_id=ambassador_id)
    return go("plan.ambassadors_page", notice=say("%(name)s is off the list.", name=name), undo=undo)


@bp.post("/ambassadors/<int:ambassador_id>/restore")
@requires(MANAGE)
def restore_ambassador(ambassador_id: int) -> Any:
    name = service.restore(db(), actor(), ambassador_id, now=clock.now())
    return go("plan.ambassadors_page", notice=say("%(name)s is on the list again.", name=name))
