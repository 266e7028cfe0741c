"""How a profile's posts go out: choosing it, connecting it, and testing the connection.

No transaction is open while a channel is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.actor import Role
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.organisation.values import Channel, ProfileView
from branding.publishing.forms.connecting import ConnectForm, HandForm
from branding.publishing.queries import connections as queries
from branding.publishing.service import connecting, connections
from branding.publishing.values.calls import Tested
from branding.publishing.values.connections import ConnectionView
from branding.publishing.values.states import Way
from branding.publishing.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db, roll_back

_AT = "/profiles/<int:profile_id>/connection"
_MANAGE = "publishing:connection:manage"
_CHOSEN = {
    Way.PRACTICE: say("Posts go to the practice profile. Nobody outside sees them."),
    Way.HAND: say("From now on somebody posts by hand."),
    Way.API: say("From now on Stafet posts by itself."),
}


@bp.get(_AT)
@requires(_MANAGE)
def connection_page(profile_id: int) -> Any:
    profile = organisation.profile_by_id(db(), profile_id)
    found = queries.connection_of(db(), profile_id)
    hand = _hand_form(found)
    return page(
        "publishing/connection.html",
        profile=profile,
        found=found,
        hand=hand,
        has_token=queries.has_token(db(), profile_id),
        lines=connecting.explained(found.test),
        broken=connecting.why_broken(found.broken_code) if found.broken_at else None,
        days_left=_days_left(found),
    )


@bp.post(f"{_AT}/way")
@requires(_MANAGE)
def set_way(profile_id: int) -> Any:
    try:
        way = Way(request.form.get("way", ""))
    except ValueError:
        raise Missing("way") from None
    version = request.form.get("version", 0, type=int)
    try:
        connections.set_way(db(), actor(), profile_id, way, version, now=clock.now())
    except RuleBroken as error:
        return go("publishing.connect_page", profile_id=profile_id, notice=error.text, kind="info")
    return go("publishing.connection_page", profile_id=profile_id, notice=_CHOSEN[way])


@bp.route(f"{_AT}/connect", methods=["GET", "POST"])
@requires(_MANAGE)
def connect_page(profile_id: int) -> Any:
    profile = organisation.profile_by_id(db(), profile_id)
    found = queries.connection_of(db(), profile_id)
    form = ConnectForm.for_connection(found, is_instagram=profile.channel is Channel.INSTAGRAM)
    tested: Sequence[Tested] = ()
    if form.validate_on_submit():
        try:
            _connect(profile, form)
        except RuleBroken as error:
            form.refuse(error)
            tested = error.found if isinstance(error, connections.NotLetIn) else ()
        else:
            return go(
                "publishing.connection_page",
                profile_id=profile_id,
                notice=say("%(name)s is connected.", name=profile.name),
            )
    return page(
        "publishing/connection_connect.html",
        profile=profile,
        found=found,
        has_token=queries.has_token(db(), profile_id),
        form=form,
        lines=connecting.explained(tested),
        status=form.status,
    )


def _connect(profile: ProfileView, form: ConnectForm) -> None:
    """Ask the channel first, and save only what it let in."""
    now, who, wanted = clock.now(), actor(), form.to_values()
    access = connecting.access_for(db(), who, profile.id, wanted)
    probe = connecting.probe_address(db(), stafet().settings, now=now)
    roll_back()
    tested = connecting.ask(access, stafet().settings, probe)
    connections.connect(db(), who, profile.id, wanted, tested, now=now)


@bp.post(f"{_AT}/test")
@requires(_MANAGE)
def test_connection(profile_id: int) -> Any:
    now = clock.now()
    access = connections.access_of(db(), profile_id)
    probe = connecting.probe_address(db(), stafet().settings, now=now)
    roll_back()
    tested = connecting.ask(access, stafet().settings, probe)
    connections.keep_test(db(), profile_id, tested, now=now)
    is_fine = all(one.is_ok for one in tested)
    notice = say("The connection works.") if is_fine else say("Something is wrong. It says below what to do.")
    kind = "success" if is_fine else "warning"
    return go("publishing.connection_page", profile_id=profile_id, notice=notice, kind=kind)


@bp.post(f"{_AT}/disconnect")
@requires(_MANAGE)
def disconnect(profile_id: int) -> Any:
    version = request.form.get("version", 0, type=int)
    connections.disconnect(db(), actor(), profile_id, version, now=clock.now())
    notice = say("The token is forgotten. From now on somebody posts by hand.")
    return go("publishing.connection_page", profile_id=profile_id, notice=notice)


@bp.post(f"{_AT}/hand")
@requires(_MANAGE)
def hand_by(profile_id: int) -> Any:
    form = _hand_form(queries.connection_of(db(), profile_id))
    if form.validate_on_submit():
        who, version = form.user_id.data or None, form.version.data or 0
        connections.hand_by(db(), actor(), profile_id, who, version, now=clock.now())
        return go("publishing.connection_page", profile_id=profile_id, notice=say("Saved."))
    notice = say("Choose somebody on the list.")
    return go("publishing.connection_page", profile_id=profile_id, notice=notice, kind="error")


def _hand_form(found: ConnectionView) -> HandForm:
    form = HandForm(user_id=found.hand_user_id or 0, version=found.version)
    able = accounts.ids_with_role(db(), Role.COMMUNICATIONS, Role.COORDINATOR)
    names = [(one.id, one.name) for one in accounts.people(db()) if one.id in able and not one.deactivated_at]
    form.user_id.choices = [(0, str(translate(say("Whoever planned the post")))), *names]
    return form


def _days_left(found: ConnectionView) -> int | None:
    if found.token_expires_at is None:
        return None
    return max(0, (clock.local(found.token_expires_at).date() - clock.today()).days)
