"""Making and changing activities."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.plan.models import Activity
from branding.plan.queries.activities import activity_by_id, activity_row
from branding.plan.queries.channels import channel_by_id
from branding.plan.queries.formats import format_row, rhythms_of
from branding.plan.rules.activities import check_activity, moved
from branding.plan.rules.rhythm import slots
from branding.plan.values import STATUSES, ActivityRequest, ActivityView, Status

EDIT = "plan:activity:edit"
SLOT = "uq_plan_activity_slot"
FILLED = {
    SLOT: (
        "slot_on",
        say("Somebody has filled this slot already. Open the plan to see it."),
    )
}
#: What is compared and written down of a change; notes and names stay out of the log.
_FIELDS = ("channel_id", "kind", "starts_on", "ends_on", "at", "unit_id", "status", "initiative_ref")


def add_activity(
    session: Session, actor: Actor, request: ActivityRequest, *, now: datetime, today: date, batch: str = ""
) -> int:
    """A new activity; with a format and a day it fills that slot.

    What comes with a table or a copied year carries its ``batch``, which is one entry in the log.
    """
    policy.check(actor, EDIT, request.unit_id, thing="unit", key=request.unit_id)
    request = _checked(session, request)
    if request.format_id is not None and request.slot_on is not None and not batch:
        _check_slot(session, actor, request.format_id, request.slot_on)
    row = Activity(made_at=now, changed_at=now, batch=batch, **_columns(request))
    row.done_on = done_on(row, today)
    with taken(session, FILLED):
        session.add(row)
    if not batch:
        changes = _changes({}, row)
        record(session, actor, "plan:activity:added", "plan_activity", row.id, changes=changes, now=now)
    return row.id or 0


def change_activity(
    session: Session,
    actor: Actor,
    activity_id: int,
    request: ActivityRequest,
    *,
    now: datetime,
    today: date,
) -> None:
    """Everything that its form holds; the slot it fills stays."""
    row = editable(session, actor, activity_id)
    policy.check(actor, EDIT, request.unit_id, thing="unit", key=request.unit_id)
    request = _checked(session, request, row)
    if row.version != request.version:
        raise _conflict(session, request, activity_by_id(session, activity_id))
    before = {name: getattr(row, name) for name in _FIELDS}
    was_done = row.status == Status.DONE
    with taken(session, FILLED):
        for name, value in _columns(request).items():
            if name not in ("format_id", "slot_on"):
                setattr(row, name, value)
        row.done_on = row.done_on if was_done and row.status == Status.DONE else done_on(row, today)
        if row.status != before["status"]:
            row.status_before = ""  # what was marked last is no longer the last word
        _touch(row, now)
    record(
        session,
        actor,
        "plan:activity:changed",
        "plan_activity",
        row.id,
        changes=_changes(before, row),
        now=now,
    )


def move_activity(
    session: Session, actor: Actor, activity_id: int, to: date, version: int, *, now: datetime
) -> ActivityView:
    """It begins on another day and lasts as long as before; what is done stays where it was done."""
    row = editable(session, actor, activity_id)
    before = activity_by_id(session, activity_id)
    if row.version != version:
        text = say("Somebody else has changed “%(title)s” since you opened the page.", title=row.title)
        raise Conflict(
            "activity_changed", text, [(say("First day"), to)], [(say("First day"), row.starts_on)]
        )
    if row.status == Status.DONE:
        raise RuleBroken("is_done", say("It is done. Open it to put its day right."), "day")
    first, last = moved(before, to)
    if (first, last) != (before.starts_on, before.ends_on):
        row.starts_on, row.ends_on = first, last
        _touch(row, now)
        changes = {"starts_on": (before.starts_on, first), "ends_on": (before.ends_on, last)}
        record(session, actor, "plan:activity:moved", "plan_activity", row.id, changes=changes, now=now)
    session.flush()
    return activity_by_id(session, activity_id)


def set_initiative(
    session: Session, actor: Actor, activity_id: int, initiative_ref: str | None, *, now: datetime
) -> None:
    """Which initiative of the strategy map it belongs to; whoever keeps the map knows what the text means."""
    row = editable(session, actor, activity_id)
    if row.initiative_ref != initiative_ref:
        before = {name: getattr(row, name) for name in _FIELDS}
        row.initiative_ref = initiative_ref
        _touch(row, now)
        session.flush()
        changes = _changes(before, row)
        record(session, actor, "plan:activity:linked", "plan_activity", row.id, changes=changes, now=now)


def editable(session: Session, actor: Actor, activity_id: int) -> Activity:
    """The row, for those who may change it."""
    row = activity_row(session, activity_id)
    policy.check(actor, EDIT, row.unit_id, thing="plan_activity", key=activity_id)
    return row


def _check_slot(session: Session, actor: Actor, format_id: int, slot_on: date) -> None:
    """A slot that is filled is one of the format's, and one of those whom the format belongs to fills it."""
    policy.check(actor, EDIT, format_row(session, format_id).unit_id, thing="plan_format", key=format_id)
    if slot_on not in slots(rhythms_of(session, format_id), slot_on, slot_on):
        raise RuleBroken("no_slot", say("The format does not come round on that day any more."), "starts_on")


def _checked(session: Session, request: ActivityRequest, row: Activity | None = None) -> ActivityRequest:
    """The rules, and that what it points at is there and in use (or was chosen before)."""
    request = check_activity(request)
    channel = channel_by_id(session, request.channel_id)
    if channel.is_archived and (row is None or row.channel_id != channel.id):
        raise RuleBroken(
            "channel_archived", say("The channel is put away. Choose one that is in use."), "channel_id"
        )
    is_other = request.unit_id is not None and (row is None or row.unit_id != request.unit_id)
    if is_other and organisation.unit_by_id(session, request.unit_id or 0).is_archived:
        text = say("The unit has been put away. Choose one that is in use.")
        raise RuleBroken("unit_archived", text, "unit_id")
    return request


def _columns(request: ActivityRequest) -> dict[str, Any]:
    return {
        "title": request.title,
        "channel_id": request.channel_id,
        "kind": request.kind,
        "starts_on": request.starts_on,
        "ends_on": request.ends_on,
        "at": request.at,
        "unit_id": request.unit_id,
        "audience": request.audience,
        "goal": request.goal,
        "initiative_ref": request.initiative_ref,
        "responsible_id": request.responsible_id,
        "responsible_name": request.responsible_name,
        "status": request.status,
        "link": request.link,
        "note": request.note,
        "format_id": request.format_id,
        "slot_on": request.slot_on,
    }


def done_on(row: Activity, today: date) -> date | None:
    """What was done was done on its last day, and never ahead of today."""
    return min(row.ends_on, today) if row.status == Status.DONE else None


def _touch(row: Activity, now: datetime) -> None:
    row.changed_at, row.version = now, row.version + 1


def _changes(before: dict[str, Any], row: Activity) -> dict[str, tuple[Any, Any]]:
    return {name: (before.get(name), getattr(row, name)) for name in _FIELDS}


def _conflict(session: Session, mine: ActivityRequest, theirs: ActivityView) -> Conflict:
    names = accounts.people_names(session, [mine.responsible_id]) if mine.responsible_id else {}
    responsible = names.get(mine.responsible_id or 0, mine.responsible_name)

    def shown(one: ActivityRequest | ActivityView, channel: str, who: str) -> list[tuple[Text, Any]]:
        return [
            (say("Title"), one.title),
            (say("Channel"), channel),
            (say("First day"), one.starts_on),
            (say("Last day"), one.ends_on),
            (say("Status"), STATUSES[one.status]),
            (say("Responsible"), who),
            (say("Purpose"), one.goal),
            (say("Link"), one.link),
            (say("Note"), one.note),
        ]

    return Conflict(
        "activity_changed",
        say("Somebody else has changed “%(title)s” since you opened the page.", title=theirs.title),
        shown(mine, channel_by_id(session, mine.channel_id).name, responsible),
        shown(theirs, theirs.channel.name, theirs.responsible),
    )
