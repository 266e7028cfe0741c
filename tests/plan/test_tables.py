"""Out to a file and in again: exact, all of it or nothing, and never before the preview is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM
from branding.core.errors import Conflict, RuleBroken
from branding.organisation import service as organisation
from branding.plan.queries import activities_between
from branding.plan.service import tables
from branding.plan.service.activities import set_initiative
from branding.plan.service.channels import archive_channel
from branding.plan.values import ActivityKind, Mark, Status
from branding.rotation.spreadsheet import carried, carry, read_file, read_pasted
from branding.rotation.values import Formula, Rows
from tests.plan import factories as f
from tests.plan.factories import KAREN

At = Callable[[str], datetime]
YEAR = date(2022, 1, 1), date(2022, 12, 31)


@pytest.fixture
def on(session: Session, at: At) -> f.World:
    return f.world(session, at("2022-08-15 09:00"))


def imported(session: Session, rows: Rows) -> None:
    stamp = tables.preview_table(session, KAREN, rows).stamp
    tables.import_table(session, KAREN, rows, stamp, today=clock.today(), now=clock.now())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_as_it_was(session: Session, on: f.World, kind: str) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    f.activity(session, on, "2022-08-16", title="=SUM(A1)", note='- første\nlinje; "anden"', at=time(9, 5))
    f.activity(session, on, "2022-08-17", unit_id=on.area, responsible_name="Ærlig Ågård", audience="'Ledere",
               goal="+ kendskab", link="https://rm.dk/å?a=1",
               status=Status.DONE, initiative_ref="x-1")  # fmt: skip
    f.activity(session, on, "2022-08-16", format_id=weekly, slot_on=date(2022, 8, 16))
    f.activity(session, on, "2022-08-17", channel_id=on.press, ends_on=date(2022, 8, 20), status=Status.IDEA)
    write = tables.export_csv if kind == "csv" else tables.export_xlsx
    data = write(session, KAREN, *YEAR)
    report = tables.preview_table(session, KAREN, read_file(data))
    assert [row.mark for row in report.rows] == [Mark.SAME] * 4, [row.faults for row in report.rows]
    imported(session, read_file(data))
    assert write(session, KAREN, *YEAR)[-40:] and len(activities_between(session, *YEAR)) == 4


def test_an_exported_plan_fills_an_empty_one(session: Session, on: f.World) -> None:
    f.activity(session, on, "2022-08-16", title="Messe", unit_id=on.area, ends_on=date(2022, 8, 17))
    rows = tables.export_rows(session, KAREN, *YEAR)
    rows[1][3], rows[1][4] = "16-08-2023", "17-08-2023"
    imported(session, [list(row) for row in rows])
    (copy,) = activities_between(session, date(2023, 1, 1), date(2023, 12, 31))
    assert (copy.title, copy.unit_id, copy.ends_on) == ("Messe", on.area, date(2023, 8, 17))


def test_a_pasted_table_is_understood_by_its_danish_headings(session: Session, on: f.World) -> None:
    pasted = "Emne\tKanal\tDato\tSpecialområde\tHumør\nÅbent hus\tlinkedin\t1.9.2022\tSOH\tgodt"
    report = tables.preview_table(session, KAREN, read_pasted(pasted))
    (row,) = report.rows
    assert (
        row.request is not None
        and row.request.starts_on == date(2022, 9, 1)
        and row.request.unit_id == on.area
    )
    assert report.unused == ("Humør",)


def test_what_a_table_does_not_say_stays(session: Session, on: f.World) -> None:
    f.activity(session, on, "2022-08-16", note="husk kaffe", link="https://rm.dk/", status=Status.IN_PROGRESS)
    imported(
        session, [["Titel", "Kanal", "Fra", "Målgruppe"], ["Et opslag", "LinkedIn", "16-08-2022", "Alle"]]
    )
    (one,) = activities_between(session, *YEAR)
    assert (one.note, one.link, one.status, one.audience) == (
        "husk kaffe", "https://rm.dk/", Status.IN_PROGRESS, "Alle",
    )  # fmt: skip


def test_a_faulty_row_stops_all_of_them(session: Session, on: f.World) -> None:
    rows: Rows = [
        ["Titel", "Kanal", "Fra", "Status"],
        ["God", "LinkedIn", "01-09-2022", ""],
        ["Ond", "Snapchat", "31-02-2022", "måske"],
        ["", "LinkedIn", "01-09-2022", ""],
    ]
    report = tables.preview_table(session, KAREN, rows)
    assert [len(row.faults) for row in report.rows] == [0, 3, 1]
    after = tables.import_table(session, KAREN, rows, report.stamp, today=clock.today(), now=clock.now())
    assert after.faulty and activities_between(session, *YEAR) == ()


def test_a_plan_that_changed_since_the_preview_is_not_written_over(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-08-16")
    rows: Rows = [["Titel", "Kanal", "Fra", "Note"], ["Et opslag", "LinkedIn", "16-08-2022", "ny"]]
    stamp = tables.preview_table(session, KAREN, rows).stamp
    set_initiative(session, KAREN, made, "i-2", now=clock.now())
    with pytest.raises(Conflict):
        tables.import_table(session, KAREN, rows, stamp, today=clock.today(), now=clock.now())


def test_a_table_without_the_needed_columns_says_which(session: Session, on: f.World) -> None:
    with pytest.raises(RuleBroken):
        tables.preview_table(session, KAREN, [["Titel", "Dato"], ["x", "1-1-2022"]])


def test_what_cannot_be_planned_is_said_of_its_row(session: Session, on: f.World) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    f.activity(session, on, "2022-08-16", title="Der først", format_id=weekly, slot_on=date(2022, 8, 16))
    f.activity(session, on, "2022-09-05", title="Gammel", channel_id=on.press)
    archive_channel(session, KAREN, on.press, now=clock.now())
    organisation.archive_unit(session, SYSTEM, on.other_area, now=clock.now())
    head: Rows = [["Titel", "Kanal", "Fra", "Enhed", "Fast format", "Plads"]]
    rows: Rows = [
        ["Gammel", "Presse", "05-09-2022"],
        ["Ny", "Presse", "06-09-2022"],
        ["Væk", "LinkedIn", "06-09-2022", "SVO"],
        ["Fyldt", "LinkedIn", "16-08-2022", "", "Ugens opslag", "16-08-2022"],
        ["Fri", "LinkedIn", "23-08-2022", "", "Ugens opslag", "23-08-2022"],
        ["Fri igen", "LinkedIn", "23-08-2022", "", "Ugens opslag", "23-08-2022"],
        [Formula("="), "LinkedIn", "06-09-2022"],
    ]
    report = tables.preview_table(session, KAREN, head + rows)
    assert [str(fault.column) for row in report.rows for fault in row.faults] == [
        "Kanal", "Enhed", "Plads", "Plads", "Titel",
    ]  # fmt: skip
    good: Rows = [*head, rows[0], rows[4]]
    imported(session, good)
    imported(session, good)
    assert [one.title for one in activities_between(session, *YEAR)].count("Fri") == 1


def test_what_no_database_keeps_does_not_come_in(session: Session, on: f.World) -> None:
    table = f"Titel;Kanal;Fra\nHej\x00 {chr(0x1F600)};LinkedIn;16-08-2022".encode("utf-16")
    imported(session, carried(carry(read_file(table))))
    imported(session, carried(carry([["Titel", "Kanal", "Fra"], ["Halv\ud83d", "LinkedIn", "17-08-2022"]])))
    titles = [one.title for one in activities_between(session, *YEAR)]
    assert titles == [f"Hej {chr(0x1F600)}", "Halv"]


@pytest.mark.parametrize("day", ["16-08-1900", "31-12-9999", "0001-01-01", "29-02-2023", "2022-W53-1"])
def test_a_day_outside_the_calendar_is_a_fault_of_its_row(session: Session, on: f.World, day: str) -> None:
    report = tables.preview_table(session, KAREN, [["Titel", "Kanal", "Fra"], ["x", "LinkedIn", day]])
    assert [str(fault.column) for fault in report.rows[0].faults] == ["Fra"]


def test_a_table_may_use_the_words_of_the_pages_and_leave_the_kind_to_the_channel(
    session: Session, on: f.World
) -> None:
    pasted = (
        "Titel\tKanal\tFra\tSlags\tTid\nKronik\tPresse\t4. september 2022\tPresseindlæg\tkl. 9\n"
        "Debat\tPresse\t5/9/2022\t\t"
    )
    first, second = tables.preview_table(session, KAREN, read_pasted(pasted)).rows
    assert first.request is not None and second.request is not None, (first.faults, second.faults)
    assert (first.request.starts_on, first.request.at) == (date(2022, 9, 4), time(9))
    assert first.request.kind == second.request.kind == ActivityKind.PRESS
