"""The lines of the content plan: activities, takeovers, and slots that nobody has filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from branding.core.text import say
from branding.plan import queries as plan
from branding.plan.values import ActivityView, FormatSlot
from branding.plan.values.activities import LOOKS, Shown
from branding.plan.values.channels import ChannelKind
from branding.plan.values.names import ACTIVITY_KINDS
from branding.reports.queries.reach import Reach
from branding.reports.queries.takeovers import turns_between
from branding.reports.rules.content_plan import Line, Outcome
from branding.reports.rules.takeovers import NO_TAKEOVER, STATES
from branding.reports.values.orders import Order
from branding.rotation.values import SlotView
from branding.takeovers.values import TakeoverStatus, TakeoverView

_OUTCOMES = {
    Shown.IDEA: Outcome.IDEA,
    Shown.PLANNED: Outcome.COMING,
    Shown.IN_PROGRESS: Outcome.COMING,
    Shown.LATE: Outcome.MISSED,
    Shown.DONE: Outcome.DONE,
    Shown.CANCELLED: Outcome.CANCELLED,
}
_CALLED_OFF = TakeoverStatus.CANCELLED


def plan_lines(session: Session, order: Order, reach: Reach, today: date) -> list[Line]:
    """Everything in the period; nine queries however much it is."""
    units = None if reach.everything or order.unit_id is None else set(reach.units)
    found = plan.activities_between(
        session, order.first, order.last, unit_ids=units, channel_id=order.channel_id
    )
    lines = [
        _activity(one, reach, today) for one in found if one.unit_id is None or one.unit_id in reach.units
    ]
    if units is None:
        lines += _open_slots(plan.slots_between(session, order.first, order.last), order.channel_id, today)
    channels = plan.channels(session, archived=True)
    instagram = next((one for one in channels if one.kind is ChannelKind.INSTAGRAM), None)
    if order.channel_id is None or (instagram is not None and order.channel_id == instagram.id):
        there, turns = turns_between(session, order, reach)
        name = instagram.name if instagram is not None else "Instagram"
        lines += [_takeover(one, reach, name, today) for one in there]
        lines += [_turn(one, reach, name, today) for one in turns]
    return [replace(one, responsible="") for one in lines] if order.for_leaders else lines


def _activity(one: ActivityView, reach: Reach, today: date) -> Line:
    shown = one.shown(today)
    return Line(
        one.starts_on,
        one.ends_on,
        one.channel.name,
        one.title,
        ACTIVITY_KINDS[one.kind],
        reach.name_of(one.unit_id) if one.unit_id is not None else "",
        one.audience,
        one.responsible,
        LOOKS[shown][1],
        _OUTCOMES[shown],
        one.link,
    )


def _open_slots(slots: tuple[FormatSlot, ...], channel_id: int | None, today: date) -> Iterator[Line]:
    for slot in slots:
        if slot.activity is not None or channel_id not in (None, slot.channel.id):
            continue
        is_over = slot.on < today
        state = say("never filled") if is_over else say("open")
        yield Line(
            slot.on,
            slot.on,
            slot.channel.name,
            slot.title,
            say("Recurring"),
            "",
            "",
            slot.responsible,
            state,
            Outcome.MISSED if is_over else Outcome.COMING,
        )


def _turn(slot: SlotView, reach: Reach, channel: str, today: date) -> Line:
    """A turn of the rotation that no takeover was made for; whether it was held, nobody has said."""
    return Line(
        slot.starts_on,
        slot.ends_on,
        channel,
        slot.topic or reach.names[slot.unit_id].name,
        say("Takeover"),
        reach.name_of(slot.unit_id),
        "",
        slot.responsible,
        NO_TAKEOVER,
        Outcome.MISSED if slot.ends_on < today else Outcome.COMING,
    )


def _takeover(one: TakeoverView, reach: Reach, channel: str, today: date) -> Line:
    outcome = Outcome.COMING
    if one.status is _CALLED_OFF:
        outcome = Outcome.CANCELLED
    elif one.status is TakeoverStatus.CLOSED:
        outcome = Outcome.DONE
    elif one.ends_on < today:
        outcome = Outcome.MISSED
    return Line(
        one.starts_on,
        one.ends_on,
        channel,
        reach.names[one.unit_id].name,
        say("Takeover"),
        reach.name_of(one.unit_id),
        "",
        ", ".join(host.name for host in one.hosts),
        STATES[one.status],
        outcome,
    )
