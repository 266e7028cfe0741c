"""When two slots may exchange their weeks.

A swap belongs to the slots, not to the weeks (users of other rotas lose a swap when the shift moves):
it is judged anew whenever it is shown, and again when it is carried out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.rotation.values import SlotStatus, SlotStep, SlotView


def why_not(slot: SlotView, other: SlotView, today: date) -> Text | None:
    """Why these two cannot exchange their weeks; None when they can."""
    if slot.plan_id != other.plan_id:
        return say("The two slots lie in different plans.")
    if slot.unit_id == other.unit_id:
        return say("Both slots belong to the same unit.")
    for one in (slot, other):
        if one.status is SlotStatus.CANCELLED:
            return say("Week %(weeks)s has been cancelled.", weeks=one.block.label)
        if one.starts_on <= today:
            return say("Week %(weeks)s has begun.", weeks=one.block.label)
    if slot.block.weeks != other.block.weeks:
        return say("The two slots are not equally long. Ask communications to move them instead.")
    return None


def check_swap(slot: SlotView, other: SlotView, today: date) -> None:
    reason = why_not(slot, other, today)
    if reason is not None:
        raise RuleBroken("swap_stale", reason, "other_id")


def swap_steps(slot: SlotView, other: SlotView) -> tuple[SlotStep, SlotStep]:
    """Each gets the other's weeks; what lies in a slot goes along with it."""
    return (
        SlotStep(slot.id, slot.block, other.block),
        SlotStep(other.id, other.block, slot.block),
    )


def swap_stamp(slot: SlotView, other: SlotView) -> str:
    """What the reader saw: when a slot has changed since, the answer is asked for again."""
    return "-".join(f"{one.id}.{one.version}" for one in (slot, other))


def offered(slot: SlotView, slots: Iterable[SlotView], today: date) -> list[SlotView]:
    """The slots of the plan that this one can be swapped with, in order."""
    return [other for other in slots if other.id != slot.id and why_not(slot, other, today) is None]
