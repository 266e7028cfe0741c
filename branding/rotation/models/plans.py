"""Tables of plans: their slots, holiday weeks, and the moves and edits that can be undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.rotation.values import HolidayKind, MoveCause, PlanStatus, SlotStatus


class Plan(SQLModel, table=True):
    """A rotation: whose turn it is on a profile, week by week."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint(values_in("status", PlanStatus), name="status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: What people call the plan.
    name: str = Field(max_length=120)
    #: The specialområde whose afdelinger take turns; empty when specialområder do.
    area_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: The profile that is lent out.
    profile_id: int = Field(foreign_key="profile.id", index=True)
    #: active or archived.
    status: str = Field(default=PlanStatus.ACTIVE)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str
    #: When the plan was made.
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class Slot(SQLModel, table=True):
    """One unit's block of weeks in a plan."""

    __tablename__ = "slot"
    __table_args__ = (
        CheckConstraint("weeks BETWEEN 1 AND 53", name="weeks"),
        CheckConstraint("iso_week BETWEEN 1 AND 53", name="iso_week"),
        CheckConstraint(values_in("status", SlotStatus), name="status"),
        Index("ix_slot_period", "starts_on", "ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The plan it belongs to.
    plan_id: int = Field(foreign_key="plan.id", index=True)
    #: Whose turn it is.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: The ISO year of the first week.
    iso_year: int
    #: The number of the first week.
    iso_week: int
    #: How many weeks in a row.
    weeks: int = Field(default=1)
    #: Monday of the first week: what calendars and overlaps ask for.
    starts_on: date
    #: Sunday of the last week.
    ends_on: date
    #: The faggruppe that the turn shows.
    profession_id: int | None = Field(default=None, foreign_key="profession.id", index=True)
    #: What the turn is about.
    topic: str = Field(default="", max_length=200)
    #: Who is responsible, when it is not the unit itself.
    responsible: str = Field(default="", max_length=120)
    #: For the colleagues who plan; hosts do not see it.
    note: str = Field(default="", max_length=1000)
    #: tentative, confirmed or cancelled.
    status: str = Field(default=SlotStatus.CONFIRMED)
    #: Counts up at every change: the second of two editors sees both versions.
    version: int = Field(default=1)
    #: When it last changed: subscribed calendars ask for it.
    changed_at: datetime = Field(sa_type=UtcDateTime)


class HolidayWeek(SQLModel, table=True):
    """A week in which nobody has a turn."""

    __tablename__ = "holiday_week"
    __table_args__ = (
        CheckConstraint(values_in("kind", HolidayKind), name="kind"),
        CheckConstraint("iso_week BETWEEN 1 AND 53", name="iso_week"),
        UniqueConstraint("iso_year", "iso_week", "plan_id"),
        # NULL equals nothing in a UNIQUE, so the weeks that everybody keeps need their own.
        Index(
            "uq_holiday_week_for_all",
            "iso_year",
            "iso_week",
            unique=True,
            sqlite_where=text("plan_id IS NULL"),
            postgresql_where=text("plan_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The ISO year of the week.
    iso_year: int = Field(index=True)
    #: Its number.
    iso_week: int
    #: What people call it: efterårsferie, påskeferie.
    name: str = Field(max_length=80)
    #: school (a school holiday) or closing (the organisation's own).
    kind: str = Field(default=HolidayKind.SCHOOL)
    #: Set when only this plan keeps it; empty when everybody does.
    plan_id: int | None = Field(default=None, foreign_key="plan.id", index=True)
    #: Counts up at every change.
    version: int = Field(default=1)


class SlotMove(SQLModel, table=True):
    """A move that was made, kept so that it can be undone."""

    __tablename__ = "slot_move"
    __table_args__ = (CheckConstraint(values_in("cause", MoveCause), name="cause"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The plan whose slots moved.
    plan_id: int = Field(foreign_key="plan.id", index=True)
    #: The user who moved.
    user_id: int | None = Field(default=None)
    #: When it was moved.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When the move was taken back.
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: move (a person moved a slot) or holiday (a new holiday week shifted the queue).
    cause: str = Field(default=MoveCause.MOVE)
    #: One entry a slot: slot_id, from and to (ISO weeks), and its version after the move.
    steps: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))


class SlotEdit(SQLModel, table=True):
    """What a slot said before an edit, kept so that the edit can be undone."""

    __tablename__ = "slot_edit"

    id: int | None = Field(default=None, primary_key=True)
    #: The slot that was edited.
    slot_id: int = Field(foreign_key="slot.id", index=True)
    #: When it was edited.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When the edit was taken back.
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The slot's version after the edit: an undo must not take somebody else's change with it.
    version_after: int
    #: The fields that were changed, as they were.
    before: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
