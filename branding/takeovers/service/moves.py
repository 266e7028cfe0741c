"""Moving a slot or a takeover: the days change, and ``telling`` lets the hosts know a little later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say, say_n
from branding.rotation import queries as rotation
from branding.rotation import service as rotation_service
from branding.rotation.values import Block, MoveRequest, SlotStep
from branding.takeovers import queries, rules
from branding.takeovers.models import Takeover
from branding.takeovers.queries import leader_pages
from branding.takeovers.rules.involvement import is_still_leader
from branding.takeovers.service.checklist import move_lines
from branding.takeovers.service.takeovers import check_profile_free
from branding.takeovers.values import (
    AskView,
    HostView,
    MoveTakeover,
    PlanTakeover,
    TakeoverStatus,
    TakeoverView,
)


def affected(session: Session, steps: Iterable[SlotStep]) -> list[TakeoverView]:
    """The takeovers that would get new days: those of the moved slots that have not ended."""
    found = queries.takeovers_of_slots(session, [step.slot_id for step in steps])
    return [takeover for takeover in found if takeover.status not in rules.ENDED]


def told(takeovers: Iterable[TakeoverView]) -> list[HostView]:
    """The hosts who know their days and will hear that they have moved."""
    return [host for takeover in takeovers for host in takeover.hosts if host.invited_at is not None]


def leaders_told(session: Session, steps: Iterable[SlotStep], today: date) -> list[AskView]:
    """The leaders who know the days of the moved slots, lead their unit still, and hear of others."""
    ahead = [step.slot_id for step in steps if step.after.ends_on >= today]
    units = leader_pages.units_by_id(session)
    found = [
        ask
        for ask in queries.asks_of_slots(session, ahead)
        if ask.told_ends_on and is_still_leader(ask.email, units[ask.unit_id])
    ]
    return list({ask.email: ask for ask in found}.values())


def freed(steps: Iterable[SlotStep]) -> Text | None:
    """The weeks that somebody has now and nobody would have then."""
    moved = list(steps)
    taken = {week for step in moved for week in step.after}
    free = sorted({week for step in moved for week in step.before} - taken)
    if not free:
        return None
    runs: list[Block] = []
    for week in free:
        if runs and runs[-1].last + 1 == week:
            runs[-1] = Block(runs[-1].first, runs[-1].weeks + 1)
        else:
            runs.append(Block(week))
    weeks = ", ".join(run.label for run in runs)
    return say_n("Week %(weeks)s becomes free.", "Weeks %(weeks)s become free.", len(free), weeks=weeks)


def move_slot(session: Session, actor: Actor, request: MoveRequest, *, now: datetime) -> int:
    """Move a slot with everything that shifts; returns the move's id, for ``undo_slot_move``."""
    steps = rotation_service.plan_move(session, actor, request.slot_id, request.to).steps
    move_id = rotation_service.move_slots(session, actor, request, now=now)
    shift(session, steps, now=now)
    return move_id


def undo_slot_move(session: Session, actor: Actor, move_id: int, *, now: datetime) -> int:
    """Put the slots and their takeovers back; returns the id of the slot that was moved."""
    steps = rotation_service.undo_move(session, actor, move_id, now=now)
    shift(session, [SlotStep(step.slot_id, step.after, step.before) for step in steps], now=now)
    return steps[0].slot_id


def shift(session: Session, steps: Iterable[SlotStep], *, now: datetime) -> None:
    """Give every takeover of the slots the same distance as its slot; then look for overlaps.

    Those that are called off move along, so that they can come back where their slot is.
    """
    shifted: list[Takeover] = []
    for step in steps:
        days = step.after.starts_on - step.before.starts_on
        for view in queries.takeovers_of_slots(session, [step.slot_id]):
            _check_shiftable(view.status)
            takeover = queries.takeover_by_id(session, view.id)
            _set_days(session, takeover, takeover.starts_on + days, takeover.ends_on + days, now=now)
            shifted.append(takeover)
    for takeover in shifted:
        if takeover.status != TakeoverStatus.CANCELLED:
            check_profile_free(session, takeover)


def _check_shiftable(status: TakeoverStatus) -> None:
    if status == TakeoverStatus.LIVE:
        text = say("A takeover in this slot is under way, so the slot stays where it is.")
        raise RuleBroken("live", text)
    if status == TakeoverStatus.CLOSED:
        text = say("A takeover in this slot has been held, so the slot stays where it was.")
        raise RuleBroken("closed", text)


def _set_days(session: Session, takeover: Takeover, starts_on: date, ends_on: date, *, now: datetime) -> None:
    takeover.starts_on, takeover.ends_on, takeover.changed_at = starts_on, ends_on, now
    takeover.version += 1
    session.flush()
    move_lines(session, takeover.id or 0, starts_on, ends_on)


def move_takeover(session: Session, actor: Actor, request: MoveTakeover, *, now: datetime) -> MoveTakeover:
    """New days inside the slot's weeks; returns the request that undoes it."""
    takeover = queries.takeover_by_id(session, request.takeover_id)
    policy.check(actor, "takeovers:takeover:move", takeover.unit_id, thing="takeover", key=takeover.id)
    _check_movable(takeover)
    if takeover.version != request.version:
        raise Conflict(
            "takeover_changed",
            say("Somebody else has just changed this takeover."),
            mine=_labelled(request.starts_on, request.ends_on),
            theirs=_labelled(takeover.starts_on, takeover.ends_on),
        )
    slot = rotation.slot_view(session, takeover.slot_id)
    wanted = PlanTakeover(slot.id, takeover.unit_id, request.starts_on, request.ends_on)
    rules.check_period(wanted, slot.starts_on, slot.ends_on)
    before = takeover.starts_on, takeover.ends_on
    if before == (request.starts_on, request.ends_on):
        raise RuleBroken("same_days", say("Those are the days it has now."), "starts_on")
    check_profile_free(session, takeover, (request.starts_on, request.ends_on))
    _set_days(session, takeover, request.starts_on, request.ends_on, now=now)
    changes = {"starts_on": (before[0], takeover.starts_on), "ends_on": (before[1], takeover.ends_on)}
    record(session, actor, "takeovers:takeover:moved", "takeover", takeover.id, changes=changes, now=now)
    return MoveTakeover(request.takeover_id, *before, takeover.version)


def _check_movable(takeover: Takeover) -> None:
    rules.check_open(TakeoverStatus(takeover.status))
    if takeover.status == TakeoverStatus.LIVE:
        raise RuleBroken("live", say("The takeover is under way, so it stays where it is."))


def _labelled(starts_on: date, ends_on: date) -> list[tuple[Text, Any]]:
    return [(say("First day"), starts_on), (say("Last day"), ends_on)]
