"""Which units a report tells of, for this reader."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.reports.values.orders import Order

VIEW = "reports:report:view"


@dataclass(frozen=True, slots=True)
class Reach:
    """``units``: those the report tells of, in the house's order; ``everything``: nothing is left out."""

    units: dict[int, UnitView]
    names: dict[int, UnitView]
    everything: bool
    chosen: UnitView | None

    @property
    def scope(self) -> tuple[str, ...]:
        """What the report is narrowed to, in words."""
        if self.chosen is not None:
            return (self.chosen.name,)
        if self.everything:
            return ()
        return tuple(unit.name for unit in self.units.values() if unit.id == unit.area_id)

    def area_of(self, unit_id: int) -> str:
        unit = self.names[unit_id]
        return unit.area_short_name or self.names[unit.area_id].name

    def name_of(self, unit_id: int) -> str:
        unit = self.names[unit_id]
        return unit.short_name or unit.name


def reach(session: Session, actor: Actor, order: Order) -> Reach:
    """Raises ``Missing`` for a unit that is not the reader's; one query."""
    policy.check(actor, VIEW, order.unit_id or _any_of(actor), thing="unit", key=order.unit_id or 0)
    names = {unit.id: unit for unit in organisation.units(session, archived=True)}
    if order.unit_id is not None and order.unit_id not in names:
        raise Missing("unit", order.unit_id)
    mine = {
        unit.id: unit
        for unit in names.values()
        if policy.covers(actor, VIEW, unit.id) and order.unit_id in (None, unit.id, unit.area_id)
    }
    everything = order.unit_id is None and len(mine) == len(names)
    return Reach(mine, names, everything, names[order.unit_id] if order.unit_id is not None else None)


def _any_of(actor: Actor) -> int | None:
    """A coordinator asks for all of the own units."""
    return min(actor.units, default=None)
