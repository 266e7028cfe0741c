"""Channels with their audience and purpose."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say, say_n
from branding.organisation import queries as organisation
from branding.plan.forms.formats import ChannelForm
from branding.plan.queries.channels import channel_by_id, channels
from branding.plan.service import channels as service
from branding.plan.values import CHANNEL_KINDS, ChannelView
from branding.plan.views.blueprint import bp
from branding.plan.views.plan import VIEW
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db

EDIT = service.EDIT


@bp.get("/content-plan/channels")
@requires(VIEW)
def channels_page() -> Any:
    profiles = {one.id: one for one in organisation.profiles(db(), archived=True)}
    found = channels(db(), archived=True)
    return page("plan/channels.html", channels=found, profiles=profiles, kinds=CHANNEL_KINDS)


@bp.post("/content-plan/channels/usual")
@requires(EDIT)
def begin_with_usual() -> Any:
    """The channels that most have, in one tap."""
    made = service.begin_with_usual(db(), actor(), now=clock.now())
    notice = say_n(
        "%(num)s channel is ready. Put its audience right.",
        "%(num)s channels are ready. Put their audiences right, and put away what you do not use.",
        made,
    )
    return go("plan.channels_page", notice=notice if made else say("They are all there already."))


@bp.route("/content-plan/channels/new", methods=["GET", "POST"])
@requires(EDIT)
def new_channel_page() -> Any:
    form = ChannelForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            service.add_channel(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("plan.channels_page", notice=say("%(name)s is added.", name=form.name.data))
    return page("plan/channel.html", form=form, one=None, status=form.status)


@bp.route("/content-plan/channels/<int:channel_id>", methods=["GET", "POST"])
@requires(EDIT)
def channel_page(channel_id: int) -> Any:
    one = channel_by_id(db(), channel_id)
    form = ChannelForm(data=_as_data(one)) if request.method == "GET" else ChannelForm()
    _offer(form, one)
    if form.validate_on_submit():
        try:
            service.change_channel(db(), actor(), channel_id, form.to_values(one.colour), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("plan.channels_page", notice=say("%(name)s is saved.", name=form.name.data))
    return page("plan/channel.html", form=form, one=one, status=form.status)


@bp.post("/content-plan/channels/<int:channel_id>/archive")
@requires(EDIT)
def archive_channel(channel_id: int) -> Any:
    name = channel_by_id(db(), channel_id).name
    service.archive_channel(db(), actor(), channel_id, now=clock.now())
    undo = url_for("plan.restore_channel", channel_id=channel_id)
    return go("plan.channels_page", notice=say("%(name)s is put away.", name=name), undo=undo)


@bp.post("/content-plan/channels/<int:channel_id>/restore")
@requires(EDIT)
def restore_channel(channel_id: int) -> Any:
    name = channel_by_id(db(), channel_id).name
    service.restore_channel(db(), actor(), channel_id, now=clock.now())
    undo = url_for("plan.archive_channel", channel_id=channel_id)
    return go("plan.channels_page", notice=say("%(name)s is in use again.", name=name), undo=undo)


def _offer(form: ChannelForm, one: ChannelView | None = None) -> None:
    form.kind.choices = [SelectChoice(kind.value, translate(word)) for kind, word in CHANNEL_KINDS.items()]
    profiles = organisation.profiles(db(), archived=True)
    mine = [p for p in profiles if not p.is_archived or (one is not None and p.id == one.profile_id)]
    form.profile_id.choices = [(0, _("None")), *((p.id, f"@{p.handle}") for p in mine)]


def _as_data(one: ChannelView) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "name": one.name,
        "audience": one.audience,
        "purpose": one.purpose,
        "profile_id": one.profile_id or 0,
        "version": str(one.version),
    }
