"""Taking back through an employee, and the open page with its queue."""

from __future__ import annotations

from typing import Any

from flask import request

from branding.consent import letters
from branding.consent.forms.withdrawing import ALL, NOBODY, MessageForm, ResolveForm, WithdrawForm
from branding.consent.queries import links as link_queries
from branding.consent.queries import withdrawals as queries
from branding.consent.service import withdrawing as service
from branding.consent.values.names import CHANNELS
from branding.consent.views.blueprint import bp
from branding.consent.views.signing import in_danish
from branding.consent.views.subjects import person_for
from branding.consent.views.units import own_units
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.filters import day_and_year
from branding.web.guards import actor, public, requires
from branding.web.i18n import translate
from branding.web.limits import limiter
from branding.web.pages import go, page
from branding.web.transaction import db

_WITHDRAW = "consent:consent:withdraw"
#: In the list of places: the writer does not know.
_NO_UNIT = 0


@bp.route("/consent/people/<id:subject_id>/withdraw", methods=["GET", "POST"])
@requires(_WITHDRAW)
def withdraw_for_page(subject_id: str) -> Any:
    """Three fields: what, where, when."""
    person = person_for(subject_id, _WITHDRAW)
    now = clock.now()
    own = [link_queries.own_consent(db(), one, now) for one in queries.consent_ids_of(db(), subject_id)]
    left = [one for one in own if one.left and not one.is_over]
    local = clock.local(now)
    form = WithdrawForm(data={"day": local.date(), "time": local.time(), "consent_id": ALL})
    form.consent_id.choices = [
        (ALL, str(translate(say("Everything")))),
        *((one.id, _line(one)) for one in left),
    ]
    form.channels.choices = [
        (one.value, str(translate(CHANNELS[one]))) for one in service.channels_of(db(), subject_id)
    ]
    if form.validate_on_submit():
        try:
            new = form.to_values(subject_id, now)
            service.withdraw(db(), actor(), new, letters.withdrawn, now=now)
        except RuleBroken as error:
            form.refuse(_beside_day(error))
        else:
            notice = say(
                "Written down. Nothing new goes out. What is out comes down by %(day)s.",
                day=day_and_year(service.down_by(new.received_at)),
            )
            return go("consent.subject_page", subject_id=subject_id, notice=notice)
    return page("consent/withdraw_staff.html", form=form, person=person, left=left, status=form.status)


def _line(one: Any) -> str:
    return f"{one.about} ({day_and_year(clock.local(one.said_at).date())})"


def _beside_day(error: RuleBroken) -> RuleBroken:
    return RuleBroken(error.code, error.text, "day" if error.field == "received_at" else error.field)


@bp.route("/withdraw", methods=["GET", "POST"])
@public
@limiter.limit("20 per hour", methods=["POST"])
@in_danish
def open_withdraw_page() -> Any:
    """Anybody's own words.  The answer is the same whoever is meant, and whether or not anybody is."""
    form = MessageForm()
    units = organisation.units(db())
    form.unit_id.choices = [
        (_NO_UNIT, str(translate(say("I do not know")))),
        *((unit.id, unit.name) for unit in units),
    ]
    if form.validate_on_submit():
        is_machine = bool(form.website.data)  # people do not see that field
        if not is_machine:
            unit_id = form.unit_id.data or None
            service.leave_message(db(), form.text.data or "", unit_id, letters.message_left, now=clock.now())
        return page("consent/withdraw_thanks.html", down_by=service.down_by(clock.now()))
    return page("consent/withdraw_open.html", form=form, status=form.status)


@bp.get("/consent/messages")
@requires(_WITHDRAW)
def messages_page() -> Any:
    """What nobody has dealt with: of the own units, and for communications those without a unit."""
    here = {unit.id for unit in own_units(_WITHDRAW)}
    found = queries.open_messages(db(), here, without_unit=policy.covers(actor(), _WITHDRAW, None))
    units = {unit.id: unit for unit in organisation.units(db(), archived=True)}
    return page("consent/withdraw_messages.html", messages=found, units=units)


@bp.route("/consent/messages/<id:message_id>", methods=["GET", "POST"])
@requires(_WITHDRAW)
def message_page(message_id: str) -> Any:
    """Who is meant?  Everything the person said yes to is taken back, from when the message came."""
    row = queries.message_row(db(), message_id)
    policy.check(actor(), _WITHDRAW, row.unit_id, thing="open_message", key=message_id)
    if row.resolved_at is not None and request.method == "GET":
        return go(
            "consent.messages_page", notice=say("Somebody has dealt with this message already."), kind="info"
        )
    form = ResolveForm()
    people = service.people_to_choose(db(), message_id)
    form.subject_id.choices = [
        ("", str(translate(say("Choose")))),
        *people,
        (NOBODY, str(translate(say("Nobody on the register")))),
    ]
    if form.validate_on_submit():
        chosen = None if form.subject_id.data == NOBODY else form.subject_id.data
        try:
            service.resolve_message(db(), actor(), message_id, chosen, letters.withdrawn, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("Taken back.") if chosen else say("Good. Nobody is held back by it any more.")
            return go("consent.messages_page", notice=notice)
    message = queries.message_by_id(db(), message_id)
    unit = organisation.unit_by_id(db(), message.unit_id) if message.unit_id else None
    return page("consent/withdraw_message.html", form=form, message=message, unit=unit, status=form.status)
