"""The writing half of an import: the rows that do something become slots and holiday weeks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.rotation import queries
from branding.rotation.models import HolidayWeek, Slot
from branding.rotation.rules.holidays import is_school
from branding.rotation.rules.merging import Match
from branding.rotation.rules.names import fold
from branding.rotation.service.changes import note_change
from branding.rotation.service.followers import tell_removed
from branding.rotation.service.slots import dates_of
from branding.rotation.service.understanding import Understood
from branding.rotation.values import HolidayKind, HolidayRow, ImportMark, SlotRow, SlotStatus

#: What the audit log says of an import: one entry, with every row that did something in it.
Changes = dict[str, tuple[Any, Any]]


def write_rows(session: Session, actor: Actor, plan_id: int, found: Understood, *, now: datetime) -> Changes:
    """Save what is new and what has changed; returns it for the audit log, empty when nothing did."""
    professions = {fold(one.name): one.id for one in organisation.professions(session, archived=True)}
    rows = {slot.id: slot for slot in queries.slot_rows(session, plan_id)}
    doing = [match for match in found.matches if match.mark is not ImportMark.UNCHANGED]
    added: list[dict[str, Any]] = []
    changed: list[str] = []
    for match in doing:
        if isinstance(match.row, HolidayRow):
            changed += _write_holiday(session, plan_id, match.row)
        elif match.slot_id is None:
            added.append(_new_slot(plan_id, match.row, professions, now))
        else:
            if ("status", SlotStatus.CANCELLED) in [(name, after) for name, _before, after in match.changes]:
                _tell_removed(session, actor, match.slot_id, match.row.row, now=now)
            changed.append(_change(rows[match.slot_id], match, professions, now))
    session.flush()
    told: Changes = {}
    if added:
        # Thousands at once: plain rows cost half of what objects do.
        session.execute(insert(Slot), added)
        told["added"] = (None, [_told(slot) for slot in added])
    if changed:
        told["changed"] = (None, changed)
    return told


def _tell_removed(session: Session, actor: Actor, slot_id: int, row: int, *, now: datetime) -> None:
    """Whoever has something inside the slot may refuse; then the row is named, as a table has many."""
    try:
        tell_removed(session, actor, slot_id, now=now)
    except RuleBroken as error:
        text = say("Row %(row)s: %(reason)s", row=row, reason=error.text)
        raise RuleBroken(error.code, text, "table") from None


def _told(slot: dict[str, Any]) -> str:
    return f"{slot['iso_year']}-W{slot['iso_week']:02d} x {slot['weeks']}: unit {slot['unit_id']}"


def _new_slot(
    plan_id: int, row: SlotRow, professions: dict[str, int | None], now: datetime
) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "unit_id": row.unit_id,
        **dates_of(row.block),
        "profession_id": professions.get(fold(row.profession or "")),
        "topic": row.topic or "",
        "responsible": row.responsible or "",
        "note": row.note or "",
        "status": row.status or SlotStatus.CONFIRMED,
        "version": 1,
        "changed_at": now,
    }


def _change(slot: Slot, match: Match, professions: dict[str, int | None], now: datetime) -> str:
    for name, _before, after in match.changes:
        if name == "profession":
            slot.profession_id = professions.get(fold(after))
        else:
            setattr(slot, name, after)
    note_change(slot, now=now)
    return f"{slot.id}: " + "; ".join(f"{name}: {before} -> {after}" for name, before, after in match.changes)


def _write_holiday(session: Session, plan_id: int, row: HolidayRow) -> list[str]:
    """The plan's own weeks: other plans may run through them."""
    kind = HolidayKind.SCHOOL if is_school(row.name) else HolidayKind.CLOSING
    told = []
    for week in row.block:
        holiday = queries.find_holiday(session, week, plan_id)
        if holiday is None:
            session.add(
                HolidayWeek(
                    iso_year=week.year, iso_week=week.number, name=row.name, kind=kind, plan_id=plan_id
                )
            )
        elif holiday.name != row.name:
            holiday.name, holiday.version = row.name, holiday.version + 1
        else:
            continue
        told.append(f"holiday {week}: {row.name}")
    return told
