"""What people ask for, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from branding.core.isoweek import Week
from branding.core.text import Text
from branding.rotation.values.weeks import Block, HolidayKind, SlotStatus


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """A new plan, or a plan's new facts."""

    name: str
    profile_id: int
    area_id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A turn to add to a plan."""

    plan_id: int
    unit_id: int
    block: Block
    profession_id: int | None = None
    topic: str = ""
    responsible: str = ""
    note: str = ""
    status: SlotStatus = SlotStatus.CONFIRMED


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What an edit changes; the weeks change by a move.  ``responsible`` is left alone when None."""

    slot_id: int
    version: int
    profession_id: int | None = None
    topic: str = ""
    responsible: str | None = None
    note: str = ""
    status: SlotStatus = SlotStatus.CONFIRMED


@dataclass(frozen=True, slots=True)
class HolidayRequest:
    """A holiday week; with ``plan_id`` only that plan keeps it."""

    week: Week
    name: str
    kind: HolidayKind = HolidayKind.CLOSING
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Do what the :class:`MovePlan` with this stamp showed."""

    slot_id: int
    to: Week
    stamp: str


@dataclass(frozen=True, slots=True)
class SlotStep:
    """One slot that goes from one block to another."""

    slot_id: int
    before: Block
    after: Block


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a move would do; nothing is saved.  ``stamp`` goes into the form and comes back."""

    slot_id: int
    to: Week
    steps: tuple[SlotStep, ...]
    consequences: tuple[Text, ...]
    stamp: str


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """What new holiday weeks would shift, plan by plan; nothing is saved."""

    steps: Mapping[int, tuple[SlotStep, ...]]
    consequences: tuple[Text, ...]
    stamp: str


@dataclass(frozen=True, slots=True)
class HolidaysAdded:
    """What was done, as ``undo_holidays`` wants it."""

    holiday_ids: tuple[int, ...]
    move_ids: tuple[int, ...]
