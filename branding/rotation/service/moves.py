"""Moving slots: first what would follow, then exactly that, and the way back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.rotation import queries
from branding.rotation.models import Slot, SlotMove
from branding.rotation.rules import queue
from branding.rotation.service.changes import note_change
from branding.rotation.service.requests import blocked_told
from branding.rotation.service.slots import block_of, place
from branding.rotation.values import Block, MoveCause, MovePlan, MoveRequest, SlotStatus, SlotStep

_MOVE = "rotation:slot:move"


def plan_move(session: Session, actor: Actor, slot_id: int, to: Week) -> MovePlan:
    """What would follow if this slot began in that week.  Reads only."""
    slot = queries.slot_by_id(session, slot_id)
    policy.check(actor, _MOVE, slot.unit_id, thing="slot", key=slot_id)
    if slot.status == SlotStatus.CANCELLED:
        raise RuleBroken(
            "slot_cancelled", say("The slot is cancelled. Put it back before you move it."), "to"
        )
    closed = {holiday.week for holiday in queries.holiday_weeks_of(session, slot.plan_id)}
    steps = queue.plan_move(turns(queries.slot_rows(session, slot.plan_id)), slot_id, to, closed)
    told = queue.consequences(steps, names(session, steps))
    told = (*told[:-1], *_blocked(session, slot.plan_id, steps), *told[-1:])
    return MovePlan(slot_id, to, steps, told, stamp(session, steps))


def _blocked(session: Session, plan_id: int, steps: Sequence[SlotStep]) -> list[Text]:
    """Blocked weeks do not stop a move by hand: whoever moves is told, and decides."""
    slots = queries.slots_by_id(session, [step.slot_id for step in steps])
    return [
        text
        for step in steps
        for text in blocked_told(session, slots[step.slot_id].unit_id, plan_id, step.after)
    ]


def move_slots(session: Session, actor: Actor, request: MoveRequest, *, now: datetime) -> int:
    """Do what the plan with this stamp showed; returns the id for ``undo_move``.

    When somebody has changed one of the slots meanwhile, nothing happens and both versions are shown.
    """
    queries.plan_for_update(session, queries.slot_by_id(session, request.slot_id).plan_id)
    plan = plan_move(session, actor, request.slot_id, request.to)
    if plan.stamp != request.stamp:
        text = say("Somebody else has changed the plan since you looked. Look again at what would follow.")
        told = [(say("Now this would follow"), sentence) for sentence in plan.consequences]
        raise Conflict("plan_changed", text, [(label, "") for label, _ in told], told)
    return carry_out(session, actor, plan.steps, MoveCause.MOVE, now=now)


def undo_move(session: Session, actor: Actor, move_id: int, *, now: datetime) -> tuple[SlotStep, ...]:
    """Put the slots back where they were; returns the steps that were undone, the moved slot's first."""
    move = queries.slot_move_by_id(session, move_id)
    steps = steps_of(move)
    policy.check(
        actor, _MOVE, queries.slot_by_id(session, steps[0].slot_id).unit_id, thing="slot_move", key=move_id
    )
    check_open(session, move)
    take_back(session, actor, move, now=now)
    return steps


def check_open(session: Session, move: SlotMove) -> None:
    """Refuse to put slots back into weeks that have become holidays."""
    closed = {holiday.week: holiday.name for holiday in queries.holiday_weeks_of(session, move.plan_id)}
    shut = next((week for step in steps_of(move) for week in step.before if week in closed), None)
    if shut is not None:
        text = say(
            "Week %(week)s is %(name)s now, so the move cannot be undone.",
            week=shut.number,
            name=closed[shut],
        )
        raise Conflict("weeks_are_holiday", text)


def carry_out(
    session: Session, actor: Actor, steps: Sequence[SlotStep], cause: MoveCause, *, now: datetime
) -> int:
    """Write the new weeks and keep the way back; the caller has checked everything."""
    kept: list[dict[str, Any]] = []
    slots = queries.slots_by_id(session, [step.slot_id for step in steps])
    for step in steps:
        slot = slots[step.slot_id]
        _move(session, actor, slot, step.after, now=now)
        kept.append(
            {
                "slot_id": step.slot_id,
                "from": str(step.before.first),
                "to": str(step.after.first),
                "weeks": step.after.weeks,
                "version": slot.version,
            }
        )
    plan_id = slots[steps[0].slot_id].plan_id
    user_id = actor.id if actor.kind == "user" else None
    move = SlotMove(plan_id=plan_id, user_id=user_id, made_at=now, cause=cause, steps=kept)
    session.add(move)
    session.flush()
    return move.id or 0


def take_back(session: Session, actor: Actor, move: SlotMove, *, now: datetime) -> None:
    """Undo a move once, and only while every slot is as the move left it."""
    if move.undone_at is not None:
        raise RuleBroken("already_undone", say("The move is undone already."))
    queries.plan_for_update(session, move.plan_id)
    slots = {kept["slot_id"]: queries.slot_by_id(session, kept["slot_id"]) for kept in move.steps}
    if any(slots[kept["slot_id"]].version != kept["version"] for kept in move.steps):
        raise Conflict(
            "slot_changed", say("Somebody else has changed the slots since, so the move cannot be undone.")
        )
    steps = steps_of(move)
    moving = frozenset(slots)
    for step in steps:
        for other in queries.slots_between(
            session, step.before.starts_on, step.before.ends_on, [move.plan_id]
        ):
            if other.id not in moving:
                text = say(
                    "Somebody else has got week %(weeks)s since, so the move cannot be undone.",
                    weeks=other.block.label,
                )
                raise Conflict("weeks_taken", text)
    for step in steps:
        _move(session, actor, slots[step.slot_id], step.before, now=now)
    move.undone_at = now
    session.flush()


def steps_of(move: SlotMove) -> tuple[SlotStep, ...]:
    return tuple(
        SlotStep(
            kept["slot_id"],
            Block(Week.parse(kept["from"]), kept["weeks"]),
            Block(Week.parse(kept["to"]), kept["weeks"]),
        )
        for kept in move.steps
    )


def turns(rows: Iterable[Slot]) -> list[queue.Turn]:
    """The rows that take part in the queue."""
    return [queue.Turn(slot.id or 0, block_of(slot)) for slot in rows if slot.status != SlotStatus.CANCELLED]


def names(session: Session, steps: Sequence[SlotStep]) -> Mapping[int, str]:
    """What the units of the moved slots are called in a sentence: SOH, or an afdeling's full name."""
    units = {unit.id: unit.short_name or unit.name for unit in organisation.units(session, archived=True)}
    slots = queries.slots_by_id(session, [step.slot_id for step in steps])
    return {step.slot_id: units[slots[step.slot_id].unit_id] for step in steps}


def stamp(session: Session, steps: Sequence[SlotStep]) -> str:
    """A fingerprint of the steps and of the versions they were planned on."""
    slots = queries.slots_by_id(session, [step.slot_id for step in steps])
    facts = [f"{s.slot_id}:{slots[s.slot_id].version}:{s.before.first}:{s.after.first}" for s in steps]
    return hashlib.sha256("|".join(facts).encode()).hexdigest()[:24]


def _move(session: Session, actor: Actor, slot: Slot, block: Block, *, now: datetime) -> None:
    before = block_of(slot)
    place(slot, block)
    note_change(slot, now=now)
    session.flush()
    changes = {"first": (str(before.first), str(block.first))}
    record(session, actor, "rotation:slot:moved", "slot", slot.id, changes=changes, now=now)
