"""The plan as a table: out to a file, and in again with a preview; all of it or nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.ids import new_id
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.plan.queries.activities import activities_between, filling_slots
from branding.plan.queries.channels import channels
from branding.plan.queries.formats import formats
from branding.plan.rules.activities import as_request, line_of
from branding.plan.rules.tables import Column, Names, find_headings, read_row, written
from branding.plan.service.activities import FILLED, SLOT, add_activity, change_activity
from branding.plan.service.channels import EDIT
from branding.plan.values import (
    USUAL_KINDS,
    ActivityRequest,
    ActivityView,
    Fault,
    Mark,
    Status,
    TableReport,
    TableRow,
)
from branding.rotation.values import Rows

_VIEW = "plan:activity:view"
#: What each column says of an activity: where a table lacks one, the activity keeps what it has.
_FIELDS: Mapping[Column, tuple[str, ...]] = {
    Column.TITLE: (),
    Column.CHANNEL: (),
    Column.KIND: ("kind",),
    Column.STARTS: (),
    Column.ENDS: ("ends_on",),
    Column.AT: ("at",),
    Column.STATUS: ("status",),
    Column.UNIT: ("unit_id",),
    Column.AUDIENCE: ("audience",),
    Column.GOAL: ("goal",),
    Column.RESPONSIBLE: ("responsible_id", "responsible_name"),
    Column.LINK: ("link",),
    Column.NOTE: ("note",),
    Column.INITIATIVE: ("initiative_ref",),
    Column.FORMAT: (),
    Column.SLOT: (),
}


def export_rows(session: Session, actor: Actor, first: date, last: date) -> list[list[str]]:
    """Headings and every activity that begins in the period, by day."""
    policy.check(actor, _VIEW)
    units = {unit.id: _label(unit) for unit in organisation.units(session, archived=True)}
    titles = {one.id: one.title for one in formats(session)}
    found = [one for one in activities_between(session, first, last) if one.starts_on >= first]
    rows = [written(one, lambda unit_id: units.get(unit_id or 0, ""), titles) for one in found]
    return [[column.value for column in Column], *rows]


def export_csv(session: Session, actor: Actor, first: date, last: date) -> bytes:
    return write_csv(export_rows(session, actor, first, last))


def export_xlsx(session: Session, actor: Actor, first: date, last: date) -> bytes:
    return write_xlsx(export_rows(session, actor, first, last), f"Indholdsplan {first.year}")


def preview_table(session: Session, actor: Actor, rows: Rows) -> TableReport:
    """Every row as understood, and what it would do.  Reads only."""
    policy.check(actor, EDIT)
    at, columns, unused = find_headings(rows)
    names = _names(session)
    read = [
        read_row(number, {column: row[place] for column, place in columns.items() if place < len(row)}, names)
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(cell not in (None, "") for cell in row)
    ]
    if not read:
        raise RuleBroken("no_rows", say("There are headings, but no rows below them."), "file")
    marked = _marked(
        session, read, [name for column in Column if column not in columns for name in _FIELDS[column]]
    )
    facts = "|".join(f"{row.number}:{row.mark}:{row.activity_id}:{row.request}" for row in marked)
    return TableReport(tuple(marked), hashlib.sha256(facts.encode()).hexdigest()[:24], unused)


def import_table(
    session: Session, actor: Actor, rows: Rows, stamp: str, *, today: date, now: datetime
) -> TableReport:
    """Save a faultless table that is still what its preview said."""
    report = preview_table(session, actor, rows)
    if report.stamp != stamp:
        text = say(
            "Somebody else has changed the plan since the preview. Look at it again before you import."
        )
        raise Conflict("plan_changed", text)
    if report.faulty:
        return report
    batch = new_id()
    for row in report.rows:
        assert row.request is not None
        if row.mark == Mark.NEW:
            add_activity(session, actor, row.request, today=today, now=now, batch=batch)
        elif row.mark == Mark.CHANGED and row.activity_id is not None:
            change_activity(session, actor, row.activity_id, row.request, today=today, now=now)
    if report.new or report.changed:
        changes = {"new": (0, report.new), "changed": (0, report.changed)}
        record(session, actor, "plan:table:imported", "plan_batch", batch, changes=changes, now=now)
    return replace(report, batch=batch if report.new else "")


def _names(session: Session) -> Names:
    units: dict[str, int] = {}
    for unit in reversed(organisation.units(session, archived=True)):
        for name in (unit.name, unit.short_name, _label(unit)):
            if name:
                units[name.casefold()] = unit.id
    people = {one.name.casefold(): one.id for one in accounts.people(session)}
    offered = channels(session, archived=True)
    return Names(
        {one.name.casefold(): one.id for one in offered},
        units,
        people,
        {one.title.casefold(): one.id for one in formats(session)},
        {one.id: USUAL_KINDS[one.kind] for one in offered},
    )


def _label(unit: UnitView) -> str:
    """An afdeling says which specialområde it belongs to: two may have the same name."""
    return unit.name if unit.id == unit.area_id else f"{unit.area_short_name} · {unit.name}"


def _marked(session: Session, rows: list[TableRow], lacking: Sequence[str]) -> list[TableRow]:
    """Each row against the plan: the same title, channel, day and unit is the same activity; the second such
    row is the second such activity."""
    wanted = [row.request for row in rows if row.request is not None]
    if not wanted:
        return rows
    first, last = min(one.starts_on for one in wanted), max(one.starts_on for one in wanted)
    plan = _Plan(session, wanted)
    for one in activities_between(session, first, last):
        plan.lines[line_of(one.title, one.channel.id, one.starts_on, one.unit_id)].append(one)
    return [row if row.request is None else _mark(row, row.request, plan, lacking) for row in rows]


class _Plan:
    """What a table meets: the lines that are there, what is put away, and the slots that are filled."""

    def __init__(self, session: Session, wanted: Sequence[ActivityRequest]) -> None:
        self.lines: dict[tuple[object, ...], list[ActivityView]] = defaultdict(list)
        self.channels = {one.id for one in channels(session, archived=True) if one.is_archived}
        self.units = {one.id for one in organisation.units(session, archived=True) if one.is_archived}
        days = [one.slot_on for one in wanted if one.slot_on is not None]
        found = filling_slots(session, min(days), max(days)) if days else ()
        self.filled = {(one.format_id, one.slot_on) for one in found}

    def fault(self, new: ActivityRequest) -> Fault | None:
        """What a form would refuse of something new."""
        slot = new.format_id, new.slot_on
        if new.channel_id in self.channels:
            text = say("The channel is put away. Choose one that is in use.")
            return Fault(say(Column.CHANNEL.value), "", text)
        if new.unit_id in self.units:
            text = say("The unit has been put away. Choose one that is in use.")
            return Fault(say(Column.UNIT.value), "", text)
        if new.slot_on is not None and new.status != Status.CANCELLED:
            if slot in self.filled:
                return Fault(say(Column.SLOT.value), f"{new.slot_on:%d-%m-%Y}", FILLED[SLOT][1])
            self.filled.add(slot)
        return None


def _mark(row: TableRow, request: ActivityRequest, plan: _Plan, lacking: Sequence[str]) -> TableRow:
    key = line_of(request.title, request.channel_id, request.starts_on, request.unit_id)
    found = plan.lines[key].pop(0) if plan.lines[key] else None
    if found is None:
        fault = plan.fault(request)
        return replace(row, request=None, faults=(fault,)) if fault else replace(row, mark=Mark.NEW)
    has = as_request(found)
    kept = {name: getattr(has, name) for name in (*lacking, "version", "format_id", "slot_on")}
    request = replace(request, **kept)
    is_same = request == has
    mark = Mark.SAME if is_same else Mark.CHANGED
    return replace(row, request=request, mark=mark, activity_id=found.id)
