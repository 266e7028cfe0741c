"""Making, changing and putting away units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from branding.audit import queries as audit
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries
from branding.organisation.models import Unit
from branding.organisation.rules import names as rules
from branding.organisation.values import UnitKind, UnitRequest, UnitView

_MANAGE = "organisation:manage"
_CHANGED = "organisation:unit:changed"
_NAME_TAKEN = ("name", say("There is a unit with this name already. It may have been put away."))
_TAKEN = {"uq_unit_name_parent_id": _NAME_TAKEN, "uq_unit_area_name": _NAME_TAKEN}


def add_unit(session: Session, actor: Actor, request: UnitRequest, *, now: datetime) -> int:
    """A new area, or a new department of one."""
    policy.check(actor, _MANAGE)
    request = _checked(session, request)
    unit = Unit(
        kind=UnitKind.AREA if request.area_id is None else UnitKind.DEPARTMENT,
        parent_id=request.area_id,
        name=request.name,
        short_name=request.short_name,
        colour=request.colour or rules.choose_colour(queries.area_colours(session)),
        sort_key=sort_key(request.name),
    )
    unit.leader_name, unit.leader_email = request.leader or ("", "")
    with taken(session, _TAKEN):
        session.add(unit)
    record(
        session,
        actor,
        "organisation:unit:added",
        "unit",
        unit.id,
        changes={"name": (None, unit.name)},
        now=now,
    )
    return unit.id or 0


def change_unit(
    session: Session, actor: Actor, unit_id: int, request: UnitRequest, version: int, *, now: datetime
) -> int:
    """Name, short name, colour, and which area a department belongs to; returns the new version."""
    policy.check(actor, _MANAGE)
    unit, before = queries.unit_row(session, unit_id), queries.unit_by_id(session, unit_id)
    _check_kind(before, request.area_id)
    if unit.version != version:
        raise _conflict(session, request, before)
    request = _checked(session, request, unit_id)
    _write(session, actor, unit, request, now)
    return unit.version


def undo_change(session: Session, actor: Actor, unit_id: int, version: int, *, now: datetime) -> None:
    """Put back what the latest change replaced; refused when something has changed since."""
    policy.check(actor, _MANAGE)
    unit = queries.unit_row(session, unit_id)
    entries, _ = audit.entries(session, tag=_CHANGED, subject_kind="unit", subject_id=str(unit_id), size=1)
    if unit.version != version or not entries:
        raise RuleBroken(
            "changed_since", say("It has been changed again since, so it cannot be undone from here.")
        )
    before = {name: old for name, old, _ in entries[0].changes}
    request = UnitRequest(
        str(before.get("name", unit.name)),
        str(before.get("short_name", unit.short_name)),
        before.get("area_id", unit.parent_id),
        before.get("colour", unit.colour),
        (
            str(before.get("leader_name", unit.leader_name)),
            str(before.get("leader_email", unit.leader_email)),
        ),
    )
    _write(session, actor, unit, _checked(session, request, unit_id), now)


def _write(session: Session, actor: Actor, unit: Unit, request: UnitRequest, now: datetime) -> None:
    colour = request.colour or unit.colour
    leader_name, leader_email = request.leader or (unit.leader_name, unit.leader_email)
    changes = {
        "name": (unit.name, request.name),
        "short_name": (unit.short_name, request.short_name),
        "area_id": (unit.parent_id, request.area_id),
        "colour": (unit.colour, colour),
        "leader_name": (unit.leader_name, leader_name),
        "leader_email": (unit.leader_email, leader_email),
    }
    with taken(session, _TAKEN):
        unit.name, unit.short_name, unit.sort_key = request.name, request.short_name, sort_key(request.name)
        unit.parent_id, unit.colour, unit.version = request.area_id, colour, unit.version + 1
        unit.leader_name, unit.leader_email = leader_name, leader_email
    record(session, actor, _CHANGED, "unit", unit.id, changes=changes, now=now)


def archive_unit(session: Session, actor: Actor, unit_id: int, *, now: datetime) -> None:
    """No longer offered in new plans; its departments rest with it.  Old plans keep it."""
    policy.check(actor, _MANAGE)
    unit = queries.unit_row(session, unit_id)
    if unit.archived_at is None:
        unit.archived_at, unit.version = now, unit.version + 1
        record(session, actor, "organisation:unit:archived", "unit", unit_id, now=now)


def restore_unit(session: Session, actor: Actor, unit_id: int, *, now: datetime) -> None:
    """Offer it again."""
    policy.check(actor, _MANAGE)
    unit = queries.unit_row(session, unit_id)
    if unit.archived_at is None:
        return
    if unit.parent_id is not None and queries.unit_row(session, unit.parent_id).archived_at is not None:
        raise RuleBroken("area_archived", say("Its area has been put away. Take the area out again first."))
    view = queries.unit_by_id(session, unit_id)
    rules.check_free(view.name, view.short_name, unit.parent_id, queries.units(session), unit_id=unit_id)
    unit.archived_at, unit.version = None, unit.version + 1
    record(session, actor, "organisation:unit:restored", "unit", unit_id, now=now)


def ensure_units(
    session: Session, actor: Actor, names: Iterable[str], under_area_id: int | None, *, now: datetime
) -> dict[str, int]:
    """The ids of units with these names, making those that are not there: areas, or departments of one."""
    policy.check(actor, _MANAGE)
    beside = [
        unit
        for unit in queries.units(session, archived=True)
        if (unit.kind == UnitKind.AREA if under_area_id is None else unit.area_id == under_area_id)
        and (under_area_id is None or unit.kind == UnitKind.DEPARTMENT)
    ]
    known = {unit.short_name.casefold(): unit for unit in beside if unit.short_name}
    known |= {unit.name.casefold(): unit for unit in beside}
    found: dict[str, int] = {}
    made: dict[str, int] = {}
    for name in names:
        key = rules.clean(name).casefold()
        unit = known.get(key)
        if unit is not None:
            if unit.is_archived:
                restore_unit(session, actor, unit.id, now=now)
            found[name] = unit.id
        elif key in made:
            found[name] = made[key]
        else:
            found[name] = made[key] = _ensured(session, actor, name, under_area_id, now)
    return found


def _ensured(session: Session, actor: Actor, name: str, area_id: int | None, now: datetime) -> int:
    short_name = rules.short_name_from(rules.clean(name)) if area_id is None else ""
    return add_unit(session, actor, UnitRequest(name, short_name, area_id), now=now)


def _checked(session: Session, request: UnitRequest, unit_id: int | None = None) -> UnitRequest:
    name, short_name = rules.clean(request.name), rules.clean(request.short_name)
    if not name:
        raise RuleBroken("no_name", say("Write a name."), "name")
    if len(name) > rules.LONGEST_NAME:
        raise RuleBroken(
            "name_long", say("Write at most %(count)s characters.", count=rules.LONGEST_NAME), "name"
        )
    if len(short_name) > rules.LONGEST_SHORT:
        raise RuleBroken(
            "short_name_long",
            say("Write at most %(count)s characters.", count=rules.LONGEST_SHORT),
            "short_name",
        )
    if request.area_id is not None and queries.unit_row(session, request.area_id).kind != UnitKind.AREA:
        raise RuleBroken("not_an_area", say("A department belongs to an area."), "area_id")
    rules.check_free(name, short_name, request.area_id, queries.units(session), unit_id=unit_id)
    return UnitRequest(name, short_name, request.area_id, request.colour, _checked_leader(request))


def _checked_leader(request: UnitRequest) -> tuple[str, str] | None:
    """A leader has a name and a mail address, or there is none."""
    if request.leader is None:
        return None
    name, email = rules.clean(request.leader[0]), request.leader[1].strip().lower()
    if name and not email:
        raise RuleBroken("leader_half", say("Write the leader's mail address too."), "leader_email")
    if email and not name:
        raise RuleBroken("leader_half", say("Write the leader's name too."), "leader_name")
    return name, email


def _check_kind(before: UnitView, area_id: int | None) -> None:
    if (before.kind == UnitKind.AREA) != (area_id is None):
        raise Missing("unit", before.id)


def _conflict(session: Session, mine: UnitRequest, theirs: UnitView) -> Conflict:
    def shown(
        name: str, short_name: str, area_id: int | None, leader: tuple[str, str]
    ) -> list[tuple[Text, object]]:
        found: list[tuple[Text, object]] = [(say("Name"), name), (say("Short name"), short_name)]
        if area_id is not None:
            found.append((say("Area"), queries.unit_by_id(session, area_id).name))
        if has_leader:
            found.append((say("Leader"), ", ".join(part for part in leader if part)))
        return found

    own = theirs.leader_name, theirs.leader_email
    has_leader = any(own) or any(mine.leader or ())
    theirs_area = None if theirs.kind == UnitKind.AREA else theirs.area_id
    return Conflict(
        "unit_changed",
        say("Somebody else has changed this unit since you opened the page."),
        shown(mine.name, mine.short_name, mine.area_id, mine.leader or own),
        shown(theirs.name, theirs.short_name, theirs_area, own),
    )
