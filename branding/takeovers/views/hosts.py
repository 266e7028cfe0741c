"""Naming and inviting hosts."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import letters, queries
from branding.takeovers.forms import HostForm
from branding.takeovers.queries import leader_pages
from branding.takeovers.service import hosts as service
from branding.takeovers.values import HostView, Invitation
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import takeover_for
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/takeovers/<int:takeover_id>/hosts/new", methods=["GET", "POST"])
@requires("takeovers:takeover:edit")
def new_host_page(takeover_id: int) -> Any:
    shown, form = takeover_for(takeover_id), _with_professions(HostForm())
    if form.validate_on_submit():
        try:
            service.name_host(
                db(), actor(), takeover_id, form.to_values(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _back(
                takeover_id, say("%(name)s is named as host. Nothing is sent yet.", name=form.name.data)
            )
    return page("takeovers/host.html", form=form, shown=shown, host=None, status=form.status)


@bp.route("/hosts/<int:host_id>/edit", methods=["GET", "POST"])
@requires("takeovers:takeover:edit")
def edit_host_page(host_id: int) -> Any:
    host, shown = _host(host_id)
    form = _with_professions(HostForm(obj=host))
    if form.validate_on_submit():
        try:
            service.change_host(
                db(), actor(), host_id, form.to_values(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _back(host.takeover_id, say("The host's details are saved."))
    return page("takeovers/host.html", form=form, shown=shown, host=host, status=form.status)


def _with_professions(form: HostForm) -> HostForm:
    form.profession_id.choices = [(0, "–"), *((p.id, p.name) for p in organisation.professions(db()))]
    return form


@bp.route("/hosts/<int:host_id>/invitation", methods=["GET", "POST"])
@requires("takeovers:takeover:edit")
def invitation_page(host_id: int) -> Any:
    """Shows the mail as the host will get it; the button sends it."""
    host, shown = _host(host_id)
    if request.method == "POST":
        write = partial(letters.invitation, db())
        try:
            service.invite_host(db(), actor(), host_id, write, today=clock.today(), now=clock.now())
        except RuleBroken as error:
            return _back(host.takeover_id, error.text, kind="error")
        return _back(host.takeover_id, say("The invitation to %(name)s is on its way.", name=host.name))
    mail = letters.invitation(db(), Invitation(host, shown.takeover, "…"))
    state = leader_pages.leader_states(db(), [shown.takeover]).get(host.takeover_id)
    return page("takeovers/invitation.html", host=host, shown=shown, mail=mail, leader_state=state)


@bp.post("/hosts/<int:host_id>/revoke-link")
@requires("takeovers:takeover:edit")
def revoke_link(host_id: int) -> Any:
    takeover_id = service.revoke_link(db(), actor(), host_id, now=clock.now())
    return _back(takeover_id, say("The link no longer works. Send the invitation again to give a new one."))


@bp.post("/hosts/<int:host_id>/briefed")
@requires("takeovers:takeover:edit")
def mark_briefed(host_id: int) -> Any:
    takeover_id = service.mark_briefed(db(), actor(), host_id, today=clock.today(), now=clock.now())
    return _back(takeover_id, say("Good: the host is ready."))


@bp.post("/hosts/<int:host_id>/remove")
@requires("takeovers:takeover:edit")
def remove_host(host_id: int) -> Any:
    takeover_id = service.remove_host(db(), actor(), host_id, today=clock.today(), now=clock.now())
    notice = say("The host is taken off the takeover, and the link no longer works.")
    return _back(takeover_id, notice, undo=url_for("takeovers.restore_host", host_id=host_id))


@bp.post("/hosts/<int:host_id>/restore")
@requires("takeovers:takeover:edit")
def restore_host(host_id: int) -> Any:
    takeover_id = service.restore_host(db(), actor(), host_id, today=clock.today(), now=clock.now())
    return _back(takeover_id, say("The host is back, and the link works again."))


def _host(host_id: int) -> tuple[HostView, Any]:
    """A host of a takeover the actor may see."""
    host = queries.host_view(db(), host_id)
    shown = takeover_for(host.takeover_id)
    policy.check(actor(), "takeovers:takeover:edit", shown.takeover.unit_id, thing="host", key=host_id)
    return host, shown


def _back(takeover_id: int, notice: Any, *, undo: str | None = None, kind: str = "success") -> Any:
    place = {"takeover_id": takeover_id, "_anchor": "hosts"}
    return go("takeovers.takeover_page", notice=notice, undo=undo, kind=kind, **place)
