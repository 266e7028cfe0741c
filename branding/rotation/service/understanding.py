"""The reading half of an import: a table against the organisation and the plan as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.rotation import queries
from branding.rotation.models import Plan
from branding.rotation.rules import merging
from branding.rotation.rules.names import fold
from branding.rotation.rules.table import clean, read_table
from branding.rotation.service.slots import STATUS_NAMES
from branding.rotation.values import (
    HolidayRow,
    ImportMark,
    ImportReport,
    ImportRequest,
    ImportRow,
    PlanStatus,
    Problem,
    Rows,
    SlotStatus,
    Table,
)

_LABELS: Mapping[str, Text] = {
    "profession": say("Profession"),
    "topic": say("Topic"),
    "responsible": say("Responsible"),
    "note": say("Note"),
    "status": say("Status"),
}


@dataclass(frozen=True, slots=True)
class Understood:
    """A table, the plan it is for (None: a new one), and what each row would do."""

    name: str
    plan: Plan | None
    area_id: int | None
    cells: Rows
    table: Table
    matches: Sequence[merging.Match]
    problems: tuple[Problem, ...]
    warnings: tuple[Text, ...]
    new_professions: tuple[str, ...]
    creates_units: bool


def understand(session: Session, request: ImportRequest, *, plan_id: int | None = None) -> Understood:
    """Read the whole table; RuleBroken only for what no single cell can put right."""
    plan = _plan(session, request, plan_id)
    area_id = plan.area_id if plan else request.under_id
    existing = _existing(session, plan.id) if plan else []
    table = read_table(
        request.rows,
        year=request.year,
        units=_units(session, existing),
        area_id=area_id,
        accept_new_units=request.create_units,
    )
    own, closed = _holidays(session, plan.id if plan else None, table)
    matches = merging.match_rows(table.rows, existing, own)
    problems = [*table.problems, *merging.clashes(matches, existing, own, table.weeks_column)]
    return Understood(
        name=plan.name if plan else " ".join(request.plan_name.split()),
        plan=plan,
        area_id=area_id,
        cells=request.rows,
        table=table,
        matches=matches,
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        warnings=tuple(merging.warnings(table.rows, closed, table.unused)),
        new_professions=_new_professions(session, table),
        creates_units=request.create_units,
    )


def _plan(session: Session, request: ImportRequest, plan_id: int | None) -> Plan | None:
    """The plan by id, or by name: importing under the same name again is the same plan."""
    plan_id = plan_id or request.plan_id
    name = " ".join(request.plan_name.split())
    if plan_id is None and not name:
        raise RuleBroken("plan_missing", say("Choose a plan, or give a new one a name."), "plan_name")
    plan = queries.plan_by_id(session, plan_id) if plan_id else queries.find_plan_by_name(session, name)
    if plan is not None and plan.status == PlanStatus.ARCHIVED:
        text = say("The plan %(name)s is archived. Bring it back first, or use another name.", name=plan.name)
        raise RuleBroken("plan_archived", text, "plan_name")
    if plan is not None and request.under_id not in (None, plan.area_id):
        text = say(
            "The plan %(name)s is for other units. Choose its specialområde, or another name.", name=plan.name
        )
        raise RuleBroken("other_area", text, "under_id")
    return plan


def _units(session: Session, existing: Sequence[merging.Existing]) -> list[UnitView]:
    """The units in use, and those put away that have turns in the plan."""
    wanted = {unit.id for unit in organisation.units(session)} | {slot.unit_id for slot in existing}
    return [unit for unit in organisation.units(session, archived=True) if unit.id in wanted]


def _existing(session: Session, plan_id: int | None) -> list[merging.Existing]:
    units = {unit.id: unit for unit in organisation.units(session, archived=True)}
    professions = {one.id: one.name for one in organisation.professions(session, archived=True)}
    return [
        merging.Existing(
            slot_id=slot.id,
            unit_id=slot.unit_id,
            unit=units[slot.unit_id].name,
            block=slot.block,
            profession=professions.get(slot.profession_id, "") if slot.profession_id else "",
            # As a table would give them: double spaces are no change.
            topic=clean(slot.topic),
            responsible=clean(slot.responsible),
            note=clean(slot.note, lines=True),
            status=slot.status,
        )
        for slot in queries.slots_of_plan(session, plan_id or 0, cancelled=True)
    ]


def _holidays(session: Session, plan_id: int | None, table: Table) -> tuple[dict[Week, str], dict[Week, str]]:
    """The plan's own holiday weeks, and everybody's, by week."""
    first = min((row.block.starts_on for row in table.rows), default=date(2000, 1, 3))
    last = max((row.block.ends_on for row in table.rows), default=first)
    found = queries.holiday_weeks_between(session, first, last, [plan_id] if plan_id else [])
    own = {holiday.week: holiday.name for holiday in found if holiday.plan_id is not None}
    return own, {holiday.week: holiday.name for holiday in found if holiday.plan_id is None}


def _new_professions(session: Session, table: Table) -> tuple[str, ...]:
    known = {fold(one.name) for one in organisation.professions(session, archived=True)}
    found: dict[str, str] = {}
    for row in table.slots:
        if row.profession and fold(row.profession) not in known:
            found.setdefault(fold(row.profession), row.profession)
    return tuple(found.values())


def report(
    found: Understood,
    *,
    stamp: str,
    plan_id: int | None = None,
    is_saved: bool = False,
    before: ImportReport | None = None,
) -> ImportReport:
    """The preview, or after saving what was done (``before`` is what the preview had said)."""
    if before is not None:
        found_rows, new_units = before.rows, before.new_units
    else:
        found_rows, new_units = _rows(found), found.table.unknown if found.creates_units else ()
    return ImportReport(
        plan_name=found.name,
        plan_id=plan_id or (found.plan.id if found.plan else None),
        rows=found_rows,
        problems=found.problems,
        warnings=found.warnings,
        unknown_units=found.table.unknown,
        new_units=new_units,
        new_professions=found.new_professions,
        stamp=stamp,
        is_saved=is_saved,
    )


def _rows(found: Understood) -> tuple[ImportRow, ...]:
    """Every row of the table in its order; the ones with a problem show what was read."""
    faulty: dict[int, list[Problem]] = defaultdict(list)
    for problem in found.problems:
        faulty[problem.row].append(problem)
    matches = {match.row.row: match for match in found.matches}
    return tuple(
        _row(found, number, matches.get(number), tuple(faulty.get(number, ())))
        for number in sorted({*faulty, *matches})
    )


def _row(
    found: Understood, number: int, match: merging.Match | None, problems: tuple[Problem, ...]
) -> ImportRow:
    mark = ImportMark.FAULTY if problems or match is None else match.mark
    if match is None:
        cells = [clean(cell) for cell in found.cells[number - 1]]
        return ImportRow(
            number, mark, unit=" · ".join(cell for cell in cells if cell)[:200], problems=problems
        )
    row = match.row
    if isinstance(row, HolidayRow):
        return ImportRow(number, mark, row.block, holiday=row.name, problems=problems)
    changes = tuple((_LABELS[name], *_worded(name, a, b)) for name, a, b in match.changes)
    return ImportRow(
        number,
        mark,
        row.block,
        unit=row.unit,
        profession=row.profession or "",
        topic=row.topic or "",
        is_new_unit=row.unit_id is None and found.creates_units,
        changes=changes,
        problems=problems,
    )


def _worded(name: str, before: str, after: str) -> tuple[Text | str, Text | str]:
    if name != "status":
        return before, after
    return STATUS_NAMES[SlotStatus(before)], STATUS_NAMES[SlotStatus(after)]
