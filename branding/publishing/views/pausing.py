"""One button stops everything that would go out, another lets it go on."""

from __future__ import annotations

from typing import Any

from wtforms.fields.choices import SelectChoice

from branding.consent.values.names import CHANNELS
from branding.consent.values.records import Channel
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say, say_n
from branding.organisation import queries as organisation
from branding.publishing.forms.pausing import PauseForm
from branding.publishing.queries.standing import pauses
from branding.publishing.service import pausing
from branding.publishing.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/publishing/pause", methods=["GET", "POST"])
@requires(pausing.PAUSE)
def pause_page() -> Any:
    """Why, and what; what is paused already is shown with the button that ends it."""
    form, profiles = PauseForm(), organisation.profiles(db())
    everything = [SelectChoice("", translate(say("Everything, on all profiles")))]
    where = {one.id: translate(CHANNELS[Channel(one.channel.value)]) for one in profiles}
    form.profile.choices = everything + [
        SelectChoice(str(one.id), f"@{one.handle} ({where[one.id]})") for one in profiles
    ]
    if form.validate_on_submit():
        try:
            pausing.pause(db(), actor(), form.profile_id(), form.reason.data or "", now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("publishing.plan_page", notice=say("Nothing goes out until somebody lets it go on."))
    by_id = {one.id: one for one in organisation.profiles(db(), archived=True)}
    return page("publishing/pause.html", status=form.status, form=form, pauses=pauses(db()), profiles=by_id)


@bp.post("/publishing/pauses/<int:pause_id>/end")
@requires(pausing.PAUSE)
def end_pause(pause_id: int) -> Any:
    """It goes on; what was missed meanwhile stands on top of the plan and is never sent by itself."""
    missed = pausing.resume(db(), actor(), pause_id, now=clock.now())
    if pauses(db()):
        still = say("That pause is over, but another one still holds. What was missed stands in the plan.")
        return go("publishing.plan_page", notice=still, kind="warning")
    if not missed:
        return go("publishing.plan_page", notice=say("It goes on. Nothing was missed."))
    notice = say_n(
        "It goes on. %(num)s post was missed: choose a new time for it, or leave it out.",
        "It goes on. %(num)s posts were missed: choose a new time for each, or leave them out.",
        missed,
    )
    return go("publishing.plan_page", notice=notice, kind="warning")
