"""What several pages of takeovers show: names of units, slots and takeovers the actor may see."""

from __future__ import annotations

from dataclasses import dataclass

from branding.core import policy
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.rotation import queries as rotation
from branding.rotation.values import SlotView
from branding.takeovers import queries
from branding.takeovers.values import TakeoverView
from branding.web.guards import actor
from branding.web.transaction import db


@dataclass(frozen=True, slots=True)
class Shown:
    """A takeover with what a page needs around it."""

    takeover: TakeoverView
    slot: SlotView
    unit: UnitView


def slot_for(slot_id: int) -> SlotView:
    """A slot the actor may see; another unit's answers as if it were not there."""
    slot = rotation.slot_view(db(), slot_id)
    policy.check(actor(), "rotation:slot:view", slot.unit_id, thing="slot", key=slot_id)
    return slot


def takeover_for(takeover_id: int) -> Shown:
    """A takeover the actor may see."""
    takeover = queries.takeover_view(db(), takeover_id)
    policy.check(actor(), "takeovers:takeover:view", takeover.unit_id, thing="takeover", key=takeover_id)
    slot = rotation.slot_view(db(), takeover.slot_id)
    return Shown(takeover, slot, units()[takeover.unit_id])


def units() -> dict[int, UnitView]:
    """Every unit by id, archived ones too: old takeovers keep their names."""
    return {unit.id: unit for unit in organisation.units(db(), archived=True)}
