"""Plans, slots and holidays as pages and higher rooms see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from branding.core.isoweek import Week
from branding.rotation.values.weeks import Block, HolidayKind, LineKind, PlanStatus, SlotStatus


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as pages show it."""

    id: int
    name: str
    area_id: int | None
    profile_id: int
    status: PlanStatus
    version: int
    slot_count: int = 0
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class SlotView:
    """A slot as pages and higher rooms see it."""

    id: int
    plan_id: int
    plan_name: str
    area_id: int | None
    profile_id: int
    unit_id: int
    block: Block
    profession_id: int | None
    topic: str
    responsible: str
    note: str
    status: SlotStatus
    version: int
    changed_at: datetime

    @property
    def starts_on(self) -> date:
        return self.block.starts_on

    @property
    def ends_on(self) -> date:
        return self.block.ends_on


@dataclass(frozen=True, slots=True)
class HolidayView:
    """A holiday week.  ``plan_id`` is set when only that plan keeps it."""

    id: int
    week: Week
    name: str
    kind: HolidayKind
    plan_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan: a turn, a holiday or free weeks.  ``name`` on a turn: the holiday that it lies in."""

    kind: LineKind
    block: Block
    slot: SlotView | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A helligdag, or a day that people treat as one (``official`` is False)."""

    day: date
    name: str
    official: bool = True
