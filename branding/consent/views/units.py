"""Units as the pages of consent offer and name them."""

from __future__ import annotations

from branding.core import policy
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.web.guards import actor
from branding.web.transaction import db


def own_units(action: str) -> list[UnitView]:
    """Units in use for which the actor has the action."""
    return [unit for unit in organisation.units(db()) if policy.covers(actor(), action, unit.id)]


def unit_choices(action: str) -> list[tuple[int, str]]:
    """For a select; an afdeling says which specialområde it belongs to."""
    return [
        (unit.id, unit.name if unit.id == unit.area_id else f"{unit.area_short_name} · {unit.name}")
        for unit in own_units(action)
    ]
