"""Holiday weeks: adding them shifts the queue of every plan that they meet, and skips nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.rotation import queries
from branding.rotation.holiday_seed import shipped_holiday_weeks
from branding.rotation.models import HolidayWeek
from branding.rotation.rules import queue
from branding.rotation.rules.holidays import pattern_for, read_seed
from branding.rotation.service import moves
from branding.rotation.service.followers import tell_shifted
from branding.rotation.values import (
    LENGTHS,
    HolidayKind,
    HolidayPlan,
    HolidayRequest,
    HolidaysAdded,
    MoveCause,
    SlotStep,
)

_EDIT = "rotation:holiday:edit"
_TAKEN = ("week", say("This week is a holiday already."))


def plan_holidays(session: Session, actor: Actor, requests: Sequence[HolidayRequest]) -> HolidayPlan:
    """What these weeks would shift, plan by plan.  Reads only."""
    policy.check(actor, _EDIT)
    steps: dict[int, tuple[SlotStep, ...]] = {}
    told: list[Text] = []
    for plan in queries.plans(session):
        new = {request.week for request in requests if request.plan_id in (None, plan.id)}
        if not new:
            continue
        closed = {holiday.week for holiday in queries.holiday_weeks_of(session, plan.id)}
        found = queue.plan_closing(moves.turns(queries.slot_rows(session, plan.id)), new, closed)
        if found:
            steps[plan.id] = found
            told += queue.consequences(found, moves.names(session, found))[:-1]
    if told:
        told.append(say("Nobody loses a turn."))
    return HolidayPlan(steps, tuple(told), _stamp(session, steps))


def add_holidays(
    session: Session, actor: Actor, requests: Sequence[HolidayRequest], stamp: str, *, now: datetime
) -> HolidaysAdded:
    """Add the weeks and shift what they meet, exactly as the plan with this stamp showed."""
    plan = plan_holidays(session, actor, requests)
    if plan.steps and plan.stamp != stamp:
        text = say("Somebody else has changed the plan since you looked. Look again at what would follow.")
        told = [(say("Now this would follow"), sentence) for sentence in plan.consequences]
        raise Conflict("plan_changed", text, [(label, "") for label, _ in told], told)
    holiday_ids = tuple(_add(session, actor, request, now=now) for request in requests)
    move_ids = []
    for steps in plan.steps.values():
        move_ids.append(moves.carry_out(session, actor, steps, MoveCause.HOLIDAY, now=now))
        tell_shifted(session, actor, steps, now=now)
    return HolidaysAdded(holiday_ids, tuple(move_ids))


def undo_holidays(session: Session, actor: Actor, added: HolidaysAdded, *, now: datetime) -> None:
    """Take weeks that were just added away again, and put the slots back that they had shifted."""
    policy.check(actor, _EDIT)
    for move_id in added.move_ids:
        move = queries.slot_move_by_id(session, move_id)
        if move.cause != MoveCause.HOLIDAY:
            raise RuleBroken(
                "not_by_holiday", say("This move was made by a person. Undo it on the slot's page.")
            )
        moves.take_back(session, actor, move, now=now)
        back = [SlotStep(step.slot_id, step.after, step.before) for step in moves.steps_of(move)]
        tell_shifted(session, actor, back, now=now)
    for holiday_id in added.holiday_ids:
        _remove(session, actor, queries.holiday_by_id(session, holiday_id), now=now)


def edit_holiday(
    session: Session,
    actor: Actor,
    holiday_id: int,
    name: str,
    kind: HolidayKind,
    version: int,
    *,
    now: datetime,
) -> None:
    """Another name or kind; another week is a removal and an addition."""
    policy.check(actor, _EDIT)
    holiday = queries.holiday_by_id(session, holiday_id)
    name = _name(name)
    if version != holiday.version:
        text = say("Somebody else has changed the holiday week since you opened it.")
        labels = (say("Name"), say("Kind"))
        mine, theirs = (name, KIND_NAMES[kind]), (holiday.name, KIND_NAMES[HolidayKind(holiday.kind)])
        raise Conflict(
            "holiday_changed",
            text,
            list(zip(labels, mine, strict=True)),
            list(zip(labels, theirs, strict=True)),
        )
    changes = {"name": (holiday.name, name), "kind": (holiday.kind, str(kind))}
    if all(before == after for before, after in changes.values()):
        return
    holiday.name, holiday.kind = name, kind
    holiday.version += 1
    session.flush()
    record(session, actor, "rotation:holiday:changed", "holiday_week", holiday_id, changes=changes, now=now)


def remove_holiday(session: Session, actor: Actor, holiday_id: int, *, now: datetime) -> HolidayRequest:
    """The week is ordinary again; slots stay where they are.  Returns what ``restore_holiday`` wants."""
    policy.check(actor, _EDIT)
    holiday = queries.holiday_by_id(session, holiday_id)
    was = HolidayRequest(
        Week(holiday.iso_year, holiday.iso_week), holiday.name, HolidayKind(holiday.kind), holiday.plan_id
    )
    _remove(session, actor, holiday, now=now)
    return was


def restore_holiday(session: Session, actor: Actor, request: HolidayRequest, *, now: datetime) -> None:
    """Undo a removal; a week that somebody has added again meanwhile stays as it is."""
    policy.check(actor, _EDIT)
    if queries.find_holiday(session, request.week, request.plan_id) is None:
        if plan_holidays(session, actor, [request]).steps:
            text = say(
                "Somebody has a turn in that week now. Add the holiday again to see what would follow."
            )
            raise Conflict("weeks_taken", text)
        _add(session, actor, request, now=now)


def copied_holidays(session: Session, year: int) -> list[HolidayRequest]:
    """A year's weeks for everybody, from the shipped table or else like the latest year before."""
    have = {holiday.week for holiday in queries.holiday_weeks_in(session, year)}
    found = [one for one in read_seed(shipped_holiday_weeks()) if one[0].year == year]
    if not found:
        before = [other for other in queries.holiday_years(session) if other < year]
        found = pattern_for(year, queries.holiday_weeks_in(session, before[-1])) if before else []
    return [HolidayRequest(week, name, kind) for week, name, kind in found if week not in have]


def seed_holiday_weeks(session: Session, actor: Actor, *, now: datetime) -> int:
    """Fill a new organisation's table from the shipped file; years that have weeks are left alone."""
    known = set(queries.holiday_years(session))
    seeded = [one for one in read_seed(shipped_holiday_weeks()) if one[0].year not in known]
    session.add_all(
        HolidayWeek(iso_year=week.year, iso_week=week.number, name=name, kind=kind)
        for week, name, kind in seeded
    )
    session.flush()
    if seeded:
        changes = {"weeks": (None, [str(week) for week, _name, _kind in seeded])}
        record(session, actor, "rotation:holiday:seeded", "holiday_week", "all", changes=changes, now=now)
    return len(seeded)


def _add(session: Session, actor: Actor, request: HolidayRequest, *, now: datetime) -> int:
    name = _name(request.name)
    if request.plan_id is not None:
        queries.plan_by_id(session, request.plan_id)
    if queries.find_holiday(session, request.week, request.plan_id) is not None:
        raise RuleBroken("holiday_exists", _TAKEN[1], _TAKEN[0])
    week = request.week
    holiday = HolidayWeek(
        iso_year=week.year, iso_week=week.number, name=name, kind=request.kind, plan_id=request.plan_id
    )
    # Two people may add the same week at once; the second is told.
    names = ("uq_holiday_week_for_all", "uq_holiday_week_iso_year_iso_week_plan_id")
    with taken(session, dict.fromkeys(names, _TAKEN)):
        session.add(holiday)
    changes = {"week": (None, str(week)), "name": (None, name), "plan_id": (None, request.plan_id)}
    record(session, actor, "rotation:holiday:added", "holiday_week", holiday.id, changes=changes, now=now)
    return holiday.id or 0


def _remove(session: Session, actor: Actor, holiday: HolidayWeek, *, now: datetime) -> None:
    changes = {"week": (str(Week(holiday.iso_year, holiday.iso_week)), None), "name": (holiday.name, None)}
    key = holiday.id
    session.delete(holiday)
    session.flush()
    record(session, actor, "rotation:holiday:removed", "holiday_week", key, changes=changes, now=now)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleBroken("name_missing", say("Give the week a name, for example efterårsferie."), "name")
    if len(name) > LENGTHS["holiday"]:
        raise RuleBroken(
            "too_long", say("Write at most %(most)s characters.", most=LENGTHS["holiday"]), "name"
        )
    return name


def _stamp(session: Session, steps: dict[int, tuple[SlotStep, ...]]) -> str:
    stamps = [moves.stamp(session, one) for _plan, one in sorted(steps.items())]
    return hashlib.sha256("|".join(stamps).encode()).hexdigest()[:24] if stamps else ""


KIND_NAMES = {HolidayKind.SCHOOL: say("school holiday"), HolidayKind.CLOSING: say("own closing week")}
