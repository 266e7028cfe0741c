"""A plan that goes out as a table and comes in again is the same plan, whatever has happened to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.isoweek import Week, weeks_in
from branding.organisation import queries as organisation_queries
from branding.organisation import service as organisation
from branding.rotation import queries, service
from branding.rotation.rules.week_cell import read_weeks
from branding.rotation.service import followers
from branding.rotation.spreadsheet import read_file, read_pasted
from branding.rotation.values import Block, HolidayRequest, ImportReport, ImportRequest, NewSlot, SlotStatus
from tests.rotation.factories import COMMUNICATIONS, NOW, make_areas, make_plan, make_slot
from tests.rotation.test_plans_and_slots import Veto

EXPORTS = [service.export_csv, service.export_xlsx]


def again(session: Session, plan_id: int, data: bytes, *, create: bool = False) -> ImportReport:
    request = ImportRequest(read_file(data), 2022, plan_id=plan_id, create_units=create)
    return service.import_table(session, COMMUNICATIONS, request, now=NOW)


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.is_saved, [str(problem.text) for problem in report.problems]
    return report.new, report.changed, report.unchanged


@given(st.integers(2019, 2027), st.integers(1, 53), st.integers(1, 53))
def test_the_weeks_of_any_turn_are_written_as_they_are_read(year: int, number: int, weeks: int) -> None:
    block = Block(Week(year, min(number, weeks_in(year))), weeks)
    assert read_weeks(block.cell, year) == block


@pytest.mark.parametrize("export", EXPORTS)
def test_texts_as_people_type_them_are_not_changes(session: Session, export: object) -> None:
    units, plan_id = make_areas(session), make_plan(session)
    texts = (
        "To  mellemrum",
        "(ikke aftalt endnu)",
        "=SUM(A1)",
        "'citat'",
        'Æblet; "rødt"\ngrød',
        "-1",
        "|a|b|",
    )
    for number, text in enumerate(texts, 10):
        slot = NewSlot(plan_id, units["SAU"], Block(Week(2022, number)), topic=text.replace("\n", " "),
                       responsible=text.split("\n")[0], note=f"{text}\n\n  indrykket  \n{text}")  # fmt: skip
        service.add_slot(session, COMMUNICATIONS, slot, now=NOW)
    data = export(session, COMMUNICATIONS, plan_id)  # type: ignore[operator]
    assert counts(again(session, plan_id, data)) == (0, 0, len(texts))


@pytest.mark.parametrize("create", [True, False])
def test_a_unit_that_was_put_away_keeps_its_turns_and_stays_away(session: Session, create: bool) -> None:
    units, plan_id = make_areas(session), make_plan(session)
    make_slot(session, plan_id, units["SAU"], 10)
    organisation.archive_unit(session, COMMUNICATIONS, units["SAU"], now=NOW)
    data = service.export_csv(session, COMMUNICATIONS, plan_id)
    assert counts(again(session, plan_id, data, create=create)) == (0, 0, 1)
    assert organisation_queries.unit_by_id(session, units["SAU"]).is_archived


def test_afdelinger_of_one_name_are_told_apart_by_their_specialomraade(session: Session) -> None:
    units, plan_id = make_areas(session), make_plan(session)
    for number, name in enumerate(("SAU", "SUA"), 10):
        under = organisation.ensure_units(session, SYSTEM, ["Administrationen"], units[name], now=NOW)
        make_slot(session, plan_id, under["Administrationen"], number)
    make_slot(session, plan_id, units["SVO"], 12)
    data = service.export_csv(session, COMMUNICATIONS, plan_id)
    assert counts(again(session, plan_id, data)) == (0, 0, 3)


def test_a_table_cancels_no_turn_that_somebody_hosts(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    units, plan_id = make_areas(session), make_plan(session)
    slot_id = make_slot(session, plan_id, units["SAU"], 10)
    monkeypatch.setattr(followers, "_followers", [Veto()])
    table = ImportRequest(read_pasted("Uge\tEnhed\tStatus\n10\tSAU\tAflyst\n"), 2022, plan_id=plan_id)
    with pytest.raises(RuleBroken) as refused:
        service.import_table(session, COMMUNICATIONS, table, now=NOW)
    assert "Row 2" in str(refused.value.text)
    assert queries.slot_view(session, slot_id).status is SlotStatus.CONFIRMED


def test_a_cancelled_turn_does_not_come_back_into_a_holiday(session: Session) -> None:
    units, plan_id = make_areas(session), make_plan(session)
    slot_id = make_slot(session, plan_id, units["SAU"], 10)
    data = service.export_csv(session, COMMUNICATIONS, plan_id)
    service.remove_slot(session, COMMUNICATIONS, slot_id, now=NOW)
    own = [HolidayRequest(Week(2022, 10), "lukket", plan_id=plan_id)]
    service.add_holidays(session, COMMUNICATIONS, own, "", now=NOW)
    assert not again(session, plan_id, data).is_faultless


def test_a_holiday_is_planned_with_a_few_questions_whatever_it_shifts(
    session: Session, database: Database
) -> None:
    units, plan_id = make_areas(session), make_plan(session)
    for number in range(1, 41):
        make_slot(session, plan_id, units["SAU"], number)
    session.expire_all()
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    holiday = HolidayRequest(Week(2022, 3), "lukket")
    plan = service.plan_holidays(session, COMMUNICATIONS, [holiday])
    assert len(plan.steps[plan_id]) == 38
    assert len(asked) < 10
