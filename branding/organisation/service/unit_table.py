"""Units from a table: understood first, saved when somebody has said yes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries
from branding.organisation.rules import names, table
from branding.organisation.service.units import add_unit, ensure_units
from branding.organisation.values import LineKind, UnitRequest, UnitTable


def read_table(session: Session, actor: Actor, data: bytes | str) -> UnitTable:
    """What the table would do; nothing is saved."""
    policy.check(actor, "organisation:manage")
    text = table.decode(data) if isinstance(data, bytes) else data
    return table.read(text, queries.units(session, archived=True))


def save_table(session: Session, actor: Actor, text: str, *, now: datetime) -> UnitTable:
    """Make what is missing; all of it or nothing.  The same table again changes nothing."""
    understood = read_table(session, actor, text)
    if understood.faulty:
        raise RuleBroken(
            "faulty_lines", say("Put the faulty lines right first, and choose the file again."), "file"
        )
    known = [unit for unit in queries.units(session, archived=True) if unit.id == unit.area_id]
    areas = {unit.short_name.casefold(): unit.id for unit in known if unit.short_name}
    areas |= {unit.name.casefold(): unit.id for unit in known}
    departments: dict[int, list[str]] = {}
    for line in understood.lines:
        if line.kind == LineKind.NEW_AREA:
            short = line.short_name or names.short_name_from(line.area)
            areas[line.area.casefold()] = add_unit(session, actor, UnitRequest(line.area, short), now=now)
            if short:
                areas.setdefault(short.casefold(), areas[line.area.casefold()])
        if line.department and line.kind != LineKind.KNOWN:
            departments.setdefault(areas[line.area.casefold()], []).append(line.department)
    for area_id, wanted in departments.items():
        ensure_units(session, actor, wanted, area_id, now=now)
    return understood
