"""What the selects of the forms offer."""

from __future__ import annotations

from flask_babel import gettext as _

from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind, UnitView
from branding.rotation import queries
from branding.rotation.values import PlanView
from branding.web.transaction import db


def areas(own: int | None = None) -> list[tuple[int, str]]:
    """The whole organisation, or the afdelinger of one specialområde; ``own`` also when it was put away."""
    every = [unit for unit in organisation.units(db(), archived=True) if unit.kind == UnitKind.AREA]
    found = [unit for unit in every if not unit.is_archived or unit.id == own]
    whole = (0, _("The specialområder"))
    return [whole, *((unit.id, _("The afdelinger of %(area)s", area=unit.name)) for unit in found)]


def profiles(own: int | None = None) -> list[tuple[int, str]]:
    """Those that are lent out, and ``own`` also when it was put away."""
    every = organisation.profiles(db(), archived=True)
    return [(one.id, f"@{one.handle}") for one in every if not one.is_archived or one.id == own]


def professions() -> list[tuple[int, str]]:
    return [(0, "–"), *((one.id or 0, one.name) for one in organisation.professions(db()))]


def units_of(plan: PlanView) -> list[tuple[int, str]]:
    """An area's afdelinger for its plan; else every unit, afdelinger with the short name of their area."""
    found = organisation.units(db())
    if plan.area_id is not None:
        mine = [unit for unit in found if unit.area_id == plan.area_id]
        return [(unit.id, unit.name) for unit in sorted(mine, key=lambda unit: unit.kind == UnitKind.AREA)]
    return [(unit.id, _named(unit)) for unit in found]


def plans() -> list[tuple[int, str]]:
    return [(plan.id, plan.name) for plan in queries.plans(db())]


def units_by_id() -> dict[int, UnitView]:
    """Every unit, archived ones too: old plans keep their names."""
    return {unit.id: unit for unit in organisation.units(db(), archived=True)}


def _named(unit: UnitView) -> str:
    return unit.name if unit.kind == UnitKind.AREA else f"{unit.area_short_name} · {unit.name}"
