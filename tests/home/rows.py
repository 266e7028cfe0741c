"""A small organisation in a real database: units, plans, slots, takeovers and holiday weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlmodel import Session

from branding.core.danish import sort_key
from branding.core.isoweek import Week
from branding.organisation.models import Profile, Unit
from branding.rotation.models import HolidayWeek, Plan, Slot
from branding.rotation.values import SlotStatus
from branding.takeovers.models import Host, Takeover
from branding.takeovers.values import TakeoverStatus

MADE_AT = datetime(2022, 1, 3, 8, 0, tzinfo=UTC)


def add_profile(session: Session, handle: str = "mitsocial") -> int:
    return _added(session, Profile(channel="instagram", handle=handle, name="Mit Social", sort_key=handle))


def add_area(session: Session, name: str, colour: int = 1) -> int:
    return _added(
        session, Unit(kind="area", name=name, short_name=name, colour=colour, sort_key=sort_key(name))
    )


def add_department(session: Session, area_id: int, name: str) -> int:
    unit = Unit(kind="department", parent_id=area_id, name=name, sort_key=sort_key(name))
    return _added(session, unit)


def add_plan(session: Session, profile_id: int, name: str = "Rotation", area_id: int | None = None) -> int:
    plan = Plan(
        name=name, area_id=area_id, profile_id=profile_id, sort_key=sort_key(name), created_at=MADE_AT
    )
    return _added(session, plan)


def add_slot(
    session: Session, plan_id: int, unit_id: int, year: int, week: int, weeks: int = 1, topic: str = ""
) -> int:
    first = Week(year, week)
    slot = Slot(
        plan_id=plan_id,
        unit_id=unit_id,
        iso_year=year,
        iso_week=week,
        weeks=weeks,
        starts_on=first.monday,
        ends_on=(first + (weeks - 1)).sunday,
        topic=topic,
        status=SlotStatus.CONFIRMED,
        changed_at=MADE_AT,
    )
    return _added(session, slot)


def add_holiday(session: Session, year: int, week: int, name: str, plan_id: int | None = None) -> int:
    return _added(session, HolidayWeek(iso_year=year, iso_week=week, name=name, plan_id=plan_id))


def add_takeover(
    session: Session,
    slot_id: int,
    first: date,
    last: date,
    status: TakeoverStatus = TakeoverStatus.PLANNED,
    host: str = "",
    invited_at: datetime | None = None,
) -> int:
    slot = session.get_one(Slot, slot_id)
    plan = session.get_one(Plan, slot.plan_id)
    takeover = Takeover(
        slot_id=slot_id,
        unit_id=slot.unit_id,
        profile_id=plan.profile_id,
        starts_on=first,
        ends_on=last,
        status=status,
        changed_at=MADE_AT,
    )
    takeover_id = _added(session, takeover)
    if host:
        mail = f"{takeover_id}@example.dk"
        _added(session, Host(takeover_id=takeover_id, name=host, email=mail, invited_at=invited_at))
    return takeover_id


def _added(session: Session, row: Unit | Profile | Plan | Slot | HolidayWeek | Takeover | Host) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id
