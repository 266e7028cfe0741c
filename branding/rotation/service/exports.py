"""A plan as a table that people know, and that imports back to the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.core.isoweek import Week
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind, UnitView
from branding.rotation import queries
from branding.rotation.values import Block, HolidayView, SlotStatus, SlotView

_STATUS = {SlotStatus.TENTATIVE: "Foreløbig", SlotStatus.CONFIRMED: "Fast", SlotStatus.CANCELLED: "Aflyst"}


def export_csv(session: Session, actor: Actor, plan_id: int) -> bytes:
    return write_csv(export_rows(session, actor, plan_id))


def export_xlsx(session: Session, actor: Actor, plan_id: int) -> bytes:
    return write_xlsx(export_rows(session, actor, plan_id), queries.plan_by_id(session, plan_id).name)


def export_rows(session: Session, actor: Actor, plan_id: int) -> list[list[str]]:
    """Headings, then turns and the plan's own holidays in the order of the weeks.

    The headings are Danish in every language of the page: the table goes to colleagues.
    Notes are for those who may open every slot; for others the column is left out.
    """
    policy.check(actor, "rotation:plan:view")
    plan = queries.plan_by_id(session, plan_id)
    slots, units = queries.slots_of_plan(session, plan_id), organisation.units(session, archived=True)
    places = _places(plan.area_id, slots, units)
    own = [holiday for holiday in queries.holiday_weeks_of(session, plan_id) if holiday.plan_id == plan_id]
    rows = [*_slot_rows(session, slots, units, places), *_holiday_rows(own, places)]
    ordered = [cells for _block, cells in sorted(rows, key=lambda row: row[0])]
    table = [["År", "Uge", *places, "Ansvarlig", "Faggruppe", "Emne", "Note", "Status"], *ordered]
    if policy.covers(actor, "rotation:slot:view", None):
        return table
    note = table[0].index("Note")
    return [row[:note] + row[note + 1 :] for row in table]


def _places(area_id: int | None, slots: list[SlotView], units: list[UnitView]) -> list[str]:
    """Which columns say whose turn it is: two specialområder may have an afdeling of the same name."""
    if area_id is not None:
        return ["Afdeling"]
    departments = {unit.id for unit in units if unit.kind == UnitKind.DEPARTMENT}
    mixed = any(slot.unit_id in departments for slot in slots)
    return ["Specialområde", "Afdeling"] if mixed else ["Specialområde"]


def _slot_rows(
    session: Session, slots: list[SlotView], units: list[UnitView], places: list[str]
) -> Iterator[tuple[Block, list[str]]]:
    names = {unit.id: unit.name for unit in units}
    areas = {unit.id: unit.area_id for unit in units}
    professions = {one.id: one.name for one in organisation.professions(session, archived=True)}
    for slot in slots:
        profession = professions.get(slot.profession_id, "") if slot.profession_id else ""
        place = [names[slot.unit_id]]
        if len(places) > 1:
            area_id = areas[slot.unit_id]
            place = [names[area_id], "" if area_id == slot.unit_id else names[slot.unit_id]]
        texts = [
            *place,
            slot.responsible,
            profession,
            slot.topic,
            slot.note,
            _STATUS[slot.status],
        ]
        yield slot.block, [str(slot.block.first.year), slot.block.cell, *texts]


def _holiday_rows(holidays: list[HolidayView], places: list[str]) -> Iterator[tuple[Block, list[str]]]:
    """Weeks in a row with the same name become one row, as people write them."""

    def run(pair: tuple[int, HolidayView]) -> tuple[str, int]:
        at, holiday = pair
        return holiday.name, (holiday.week - Week(2000, 1)) - at

    for _key, found in groupby(enumerate(holidays), key=run):
        weeks = [holiday for _at, holiday in found]
        block = Block(weeks[0].week, len(weeks))
        place = [f"({weeks[0].name})", *[""] * (len(places) - 1)]
        yield block, [str(block.first.year), block.cell, *place, "", "", "", "", ""]
