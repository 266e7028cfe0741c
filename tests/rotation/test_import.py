"""Importing: the two real tables, the same table twice, changes, faults, and an empty organisation."""

from __future__ import annotations

import pytest
from sqlmodel import Session, col, func, select

from branding.core.errors import Conflict, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind
from branding.rotation import queries, service
from branding.rotation.models import HolidayWeek, Plan, Slot
from branding.rotation.spreadsheet import read_file, read_pasted
from branding.rotation.values import HolidayRequest, ImportReport, ImportRequest, LineKind, SlotStatus
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    READER,
    make_areas,
    make_plan,
    make_profile,
    make_slot,
    real_table,
)


def run(session: Session, text: str, *, plan: str = "Takeover 2022", **more: object) -> ImportReport:
    """Import pasted text into a plan by name."""
    request = ImportRequest(read_pasted(text), 2022, plan_name=plan, **more)  # type: ignore[arg-type]
    return service.import_table(session, COMMUNICATIONS, request, now=NOW)


def roll_out(session: Session, **more: object) -> ImportReport:
    data = real_table("takeover-specialomraader-2022.csv")
    return service.import_rotation(
        session, COMMUNICATIONS, data, "Takeover 2022", 2022, now=NOW, **more  # type: ignore[arg-type]
    )  # fmt: skip


def count(session: Session, table: type) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def told(report: ImportReport) -> list[tuple[int, str]]:
    return [(problem.row, str(problem.text)) for problem in report.problems]


def test_the_roll_out_of_2022_becomes_eight_turns_of_two_weeks_around_the_autumn_holiday(
    session: Session,
) -> None:
    make_areas(session)
    make_profile(session)
    report = roll_out(session)
    assert report.is_saved
    assert (report.new, report.changed, report.unchanged) == (9, 0, 0)
    slots = queries.slots_of_plan(session, report.plan_id or 0)
    assert [(slot.block.first.number, slot.block.weeks) for slot in slots] == [
        (33, 2), (35, 2), (37, 2), (39, 2), (43, 2), (45, 2), (47, 2), (49, 2),
    ]  # fmt: skip
    lines = queries.plan_lines(session, report.plan_id or 0)
    assert [(line.block.label, line.name) for line in lines if line.kind is LineKind.HOLIDAY] == [
        ("41-42", "efterårsferie")
    ]


def test_the_pilot_of_2022_becomes_seven_turns_of_one_week_and_creates_its_afdelinger(
    session: Session,
) -> None:
    make_areas(session)
    make_profile(session)
    data = real_table("takeover-soh-2022.csv")
    report = service.import_rotation(
        session,
        COMMUNICATIONS,
        data,
        "Pilot",
        2022,
        under="SOH",
        create_units=True,
        now=NOW,
    )
    assert report.is_saved
    assert len(report.new_units) == 7
    slots = queries.slots_of_plan(session, report.plan_id or 0)
    assert [(slot.block.first.number, slot.block.weeks) for slot in slots] == [(n, 1) for n in range(16, 23)]
    units = {unit.id: unit for unit in organisation.units(session)}
    assert [units[slot.unit_id].name for slot in slots][2] == "Høskoven AC"
    assert {units[slot.unit_id].area_short_name for slot in slots} == {"SOH"}
    professions = {one.id: one.name for one in organisation.professions(session)}
    assert professions[slots[0].profession_id or 0] == "AC"
    assert slots[0].topic == "Introduktion til SOH"


@pytest.mark.parametrize("dry_run", [True, False])
def test_under_a_specialomraade_that_is_not_there_makes_it_too(session: Session, dry_run: bool) -> None:
    make_profile(session)
    data = real_table("takeover-soh-2022.csv")
    report = service.import_rotation(
        session, COMMUNICATIONS, data, "Pilot", 2022,
        under="SOH", create_units=True, dry_run=dry_run, now=NOW,
    )  # fmt: skip
    assert (report.new, report.is_saved) == (7, not dry_run)
    assert len(organisation.units(session)) == (0 if dry_run else 8)


def test_a_faulty_table_leaves_no_specialomraade_behind(session: Session) -> None:
    make_profile(session)
    data = "Uge;Afdeling\n60;Høskoven AC\n".encode()
    report = service.import_rotation(
        session, COMMUNICATIONS, data, "Pilot", 2022, under="SOH", create_units=True, now=NOW
    )
    assert not report.is_faultless
    assert organisation.units(session) == []


def test_into_an_empty_organisation_the_names_become_specialomraader(session: Session) -> None:
    make_profile(session)
    report = roll_out(session, create_units=True)
    assert report.is_saved
    assert {unit.kind for unit in organisation.units(session)} == {UnitKind.AREA}
    assert len(organisation.units(session)) == 8


def test_importing_the_same_table_again_changes_nothing(session: Session) -> None:
    make_areas(session)
    make_profile(session)
    roll_out(session)
    before = count(session, Slot), count(session, HolidayWeek), count(session, Plan)
    versions = [slot.version for slot in queries.slots_of_plan(session, 1)]
    again = roll_out(session)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 9)
    assert (count(session, Slot), count(session, HolidayWeek), count(session, Plan)) == before
    assert [slot.version for slot in queries.slots_of_plan(session, 1)] == versions


def test_a_dry_run_saves_nothing(session: Session) -> None:
    make_areas(session)
    make_profile(session)
    report = roll_out(session, dry_run=True)
    assert not report.is_saved
    assert report.new == 9
    assert count(session, Plan) == 0


def test_unknown_units_stop_the_import_whole_with_a_message_for_each(session: Session) -> None:
    make_areas(session)
    make_profile(session)
    report = run(session, "Uge\tAfdeling\n33\tSAU\n34\tSUAA\n60\tSBU", profile_id=1)
    assert told(report) == [
        (3, "We do not know this unit. Did you mean SUA?"),
        (4, "There is no week 60. Write a number from 1 to 52, for example 33 or 33 + 34."),
    ]
    assert not report.is_saved
    assert (count(session, Plan), count(session, Slot)) == (0, 0)
    assert [row.mark.value for row in report.rows] == ["new", "faulty", "faulty"]


def test_a_changed_cell_changes_only_its_field(session: Session) -> None:
    units = make_areas(session)
    make_profile(session)
    run(session, "Uge\tAfdeling\tEmne\tNote\n33\tSAU\tHverdag\tRing først", profile_id=1)
    report = run(session, "Uge\tAfdeling\tEmne\tFaggruppe\n33\tSAU\tFritid\tSOSU")
    assert (report.new, report.changed) == (0, 1)
    assert [(str(label), a, b) for label, a, b in report.rows[0].changes] == [
        ("Profession", "", "SOSU"),
        ("Topic", "Hverdag", "Fritid"),
    ]
    slot = queries.slots_of_plan(session, report.plan_id or 0)[0]
    assert (slot.unit_id, slot.topic, slot.note, slot.version) == (units["SAU"], "Fritid", "Ring først", 2)
    assert report.new_professions == ("SOSU",)


def test_weeks_that_somebody_has_in_the_plan_are_refused(session: Session) -> None:
    units = make_areas(session)
    make_slot(session, make_plan(session), units["SAU"], 33, 2)
    report = run(session, "Uge\tAfdeling\n34 + 35\tSUA")
    assert told(report)[0][1].startswith("SAU has week 33-34 in the plan already.")


def test_a_holiday_row_over_somebodys_turn_is_refused(session: Session) -> None:
    units = make_areas(session)
    make_slot(session, make_plan(session), units["SAU"], 42)
    assert told(run(session, "Uge\tAfdeling\n42\t(efterårsferie)"))[0][0] == 2


def test_a_turn_in_a_week_that_the_plan_has_as_holiday_is_refused(session: Session) -> None:
    make_areas(session)
    make_profile(session)
    run(session, "Uge\tAfdeling\n42\t(efterårsferie)\n43\tSAU", profile_id=1)
    assert "Week 42 is efterårsferie in the plan" in told(run(session, "Uge\tAfdeling\n42\tSUA"))[0][1]


def test_a_turn_in_everybodys_holiday_is_pointed_out_but_allowed(session: Session) -> None:
    make_areas(session)
    make_profile(session)
    holiday = [HolidayRequest(Week(2022, 42), "efterårsferie")]
    service.add_holidays(session, COMMUNICATIONS, holiday, "", now=NOW)
    report = run(session, "Uge\tAfdeling\tLikes\n42\tSAU\t12", profile_id=1)
    assert report.is_saved
    assert [str(text) for text in report.warnings] == [
        "Row 2: week 42 is efterårsferie, and SAU has its turn.",
        "These columns are not used: Likes.",
    ]


def test_a_cancelled_slot_can_be_imported_and_frees_its_weeks(session: Session) -> None:
    make_areas(session)
    make_profile(session)
    report = run(session, "Uge\tAfdeling\tStatus\n33\tSAU\taflyst\n33\tSUA\tforeløbig", profile_id=1)
    assert report.is_saved
    slots = queries.slots_of_plan(session, report.plan_id or 0, cancelled=True)
    assert {slot.status for slot in slots} == {SlotStatus.CANCELLED, SlotStatus.TENTATIVE}


def test_a_plan_that_changed_since_the_preview_is_a_conflict(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    request = ImportRequest(read_pasted("Uge\tAfdeling\n33\tSAU"), 2022, plan_id=plan_id)
    stamp = service.preview_import(session, COMMUNICATIONS, request).stamp
    make_slot(session, plan_id, units["SAU"], 33)
    late = ImportRequest(request.rows, 2022, plan_id=plan_id, stamp=stamp)
    with pytest.raises(Conflict):
        service.import_table(session, COMMUNICATIONS, late, now=NOW)


def test_a_plan_of_another_area_is_not_mixed_up(session: Session) -> None:
    units = make_areas(session)
    make_plan(session, "Pilot", units["SOH"])
    with pytest.raises(RuleBroken, match="other_area"):
        run(session, "Uge\tAfdeling\n33\tSAU", plan="Pilot", under_id=units["SAU"])


def test_an_archived_plan_is_not_changed_in_silence(session: Session) -> None:
    make_areas(session)
    service.archive_plan(session, COMMUNICATIONS, make_plan(session), now=NOW)
    with pytest.raises(RuleBroken, match="plan_archived"):
        run(session, "Uge\tAfdeling\n33\tSAU")


def test_a_new_plan_needs_a_name_and_a_profile(session: Session) -> None:
    make_areas(session)
    with pytest.raises(RuleBroken, match="plan_missing"):
        run(session, "Uge\tAfdeling\n33\tSAU", plan=" ")
    with pytest.raises(RuleBroken, match="no_profile"):
        run(session, "Uge\tAfdeling\n33\tSAU")


@pytest.mark.parametrize(
    ("under", "profile", "code"), [("XYZ", None, "no_area"), (None, "@ukendt", "no_profile")]
)
def test_the_command_line_names_what_it_cannot_find(
    session: Session, under: str | None, profile: str | None, code: str
) -> None:
    make_areas(session)
    make_profile(session)
    with pytest.raises(RuleBroken, match=code):
        roll_out(session, under=under, profile=profile)


def test_a_reader_imports_nothing(session: Session) -> None:
    with pytest.raises(NotAllowed):
        service.preview_import(session, READER, ImportRequest([["Uge"]], 2022, plan_name="Plan"))


TRICKY = (
    "År\tUge\tAfdeling\tAnsvarlig\tFaggruppe\tEmne\tNote\tStatus\n"
    "2022\t51\tSAU\t=Hans\tSOSU\t- og farvel\t\tFast\n"
    "2022\t52 + 1\tSUA\t\tAC\t@mitsocial; \"Hverdag\"\tRing, først\tForeløbig\n"
    "2023\t2-6\tSVO\t\t\t'=1+1\t\tFast\n"
    "2023\t7\t(vinterferie)\n"
).replace("=Hans", "+45 Hans")  # fmt: skip


@pytest.mark.parametrize("export", [service.export_csv, service.export_xlsx])
def test_an_export_imports_back_to_the_same_plan(session: Session, export: object) -> None:
    make_areas(session)
    make_profile(session)
    plan_id = run(session, TRICKY, profile_id=1).plan_id or 0
    data = export(session, COMMUNICATIONS, plan_id)  # type: ignore[operator]
    same = ImportRequest(read_file(data), 1999 + 23, plan_id=plan_id)
    again = service.import_table(session, COMMUNICATIONS, same, now=NOW)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    copy = ImportRequest(read_file(data), 2030, plan_name="Kopi", profile_id=1)
    copied = service.import_table(session, COMMUNICATIONS, copy, now=NOW)
    assert copied.is_saved
    assert facts(session, copied.plan_id or 0) == facts(session, plan_id)


def facts(session: Session, plan_id: int) -> list[tuple[object, ...]]:
    slots = queries.slots_of_plan(session, plan_id)
    own = session.exec(select(HolidayWeek).where(col(HolidayWeek.plan_id) == plan_id))
    return [
        *((s.block, s.unit_id, s.profession_id, s.topic, s.responsible, s.note, s.status) for s in slots),
        *((holiday.iso_year, holiday.iso_week, holiday.name) for holiday in own),
    ]
