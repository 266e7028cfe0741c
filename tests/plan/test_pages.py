"""The pages of the plan, by those who plan and those who read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO

import pytest
from sqlmodel import Session

from branding.core.db import Database
from branding.plan.queries import activities_between, channels, formats
from branding.plan.queries.activities import activity_by_id
from branding.plan.values import ActivityKind, Status
from tests.plan import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
SignIn = Callable[..., int]
YEAR = date(2022, 1, 1), date(2022, 12, 31)


@pytest.fixture
def on(session: Session, at: At) -> f.World:
    found = f.world(session, at("2022-08-15 09:00"))
    f.weekly(session, found, "2022-08-01")
    f.activity(session, found, "2022-08-12", title="Forsinket opslag", unit_id=found.area)
    f.activity(session, found, "2022-08-22", title="Messe i Herning", ends_on=date(2022, 9, 2))
    session.commit()
    return found


def made(database: Database) -> list[str]:
    with database.reader() as reading:
        return [one.title for one in activities_between(reading, *YEAR)]


def test_month_list_and_board_show_the_same_plan(
    on: f.World, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("communications")
    month = client.page("/content-plan")
    assert "Messe i Herning" in month.source and "Udfyld" in month.source and "August" in month.source.title()
    board = client.page("/content-plan?view=board&month=8&year=2022")
    assert "Forsinket opslag" in board.source and "Åbne pladser" in board.source
    plan = client.page("/content-plan?view=list&year=2022&status=late")
    assert "Forsinket opslag" in plan.source and "Messe i Herning" not in plan.source
    client.page("/content-plan?year=2022&month=13", 404)


def test_in_december_what_is_open_in_january_is_seen(
    on: f.World, client: InspectingClient, sign_in: SignIn, at: At
) -> None:
    at("2022-12-19 09:00")
    sign_in("communications")
    # Tuesdays: two in December, and five until Sunday of the sixth week.
    assert "7 åbne pladser i de næste seks uger" in client.page("/content-plan?view=list").source
    assert "31. jan." in client.page("/content-plan?view=board").source
    assert "Januar" in client.page("/content-plan?year=2023&month=1").source.title()


def test_a_reader_reads_and_changes_nothing(on: f.World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("reader")
    for address in (
        "/content-plan",
        "/content-plan/formats",
        "/content-plan/channels",
        "/content-plan/activities/1",
    ):
        assert "Udfyld" not in client.page(address).source
    assert client.post("/content-plan/activities/1", data={"title": "x"}).status_code == 403
    assert client.get("/ambassadors").status_code == 403


def test_a_slot_is_filled_from_the_month(
    on: f.World, client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("communications")
    client.page("/content-plan/activities/new?format=1&on=2022-08-16")
    form = {
        "title": "Ugens opslag", "channel_id": on.linkedin, "kind": "post", "starts_on": "2022-08-16",
        "unit_id": 0, "responsible_id": 0, "state": "planned", "at": "9.00", "format_id": "1",
        "slot_on": "2022-08-16",
    }  # fmt: skip
    client.send("/content-plan/activities/new", form)
    assert "Ugens opslag" in made(database)
    again = client.send("/content-plan/activities/new", form, 400)
    assert "allerede fyldt" in again.source


def test_a_wrong_form_says_where(on: f.World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    form = {
        "title": "",
        "channel_id": on.linkedin,
        "kind": "post",
        "unit_id": 0,
        "responsible_id": 0,
        "state": "idea",
    }
    client.send("/content-plan/activities/new", form, 400)
    bad = {**form, "title": "x", "starts_on": "2022-08-16", "at": "25.00"}
    assert "Skriv klokkeslættet" in client.send("/content-plan/activities/new", bad, 400).source


def test_an_activity_lasts_its_first_day_and_is_of_the_channels_usual_kind(
    on: f.World, client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("communications")
    empty = client.page("/content-plan/activities/new?on=2022-08-15")
    assert 'value="2022-08-15"' in empty.source and empty.source.count('value="2022-08-15"') == 1
    form = {
        "title": "Debat", "channel_id": on.press, "kind": "", "starts_on": "2022-08-25", "unit_id": 0,
        "ends_on": "", "responsible_id": 0, "state": "planned", "at": "kl. 9",
    }  # fmt: skip
    client.send("/content-plan/activities/new", form)
    with database.reader() as reading:
        one = next(one for one in activities_between(reading, *YEAR) if one.title == "Debat")
    assert (one.ends_on, one.kind, one.at) == (date(2022, 8, 25), ActivityKind.PRESS, time(9))
    # Moved by its first day alone: the last one is not asked about.
    client.page(f"/content-plan/activities/{one.id}")
    client.send(
        f"/content-plan/activities/{one.id}",
        {**form, "kind": "press", "starts_on": "2022-08-30", "version": "1"},
    )
    with database.reader() as reading:
        assert activity_by_id(reading, one.id).ends_on == date(2022, 8, 30)


def test_two_who_edit_are_told_apart(on: f.World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    form = {
        "title": "Mit", "channel_id": on.linkedin, "kind": "post", "starts_on": "2022-08-16", "unit_id": 0,
        "responsible_id": 0, "state": "planned", "version": "1",
    }  # fmt: skip
    client.send("/content-plan/activities/1", form)
    assert "Mit" in client.send("/content-plan/activities/1", {**form, "title": "Dit"}, 409).source


def test_done_called_off_moved_and_copied_with_undo(
    on: f.World, client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("communications")
    client.send("/content-plan/activities/1/done", {"seen_at": "", "back": "/content-plan?view=board"})
    client.send("/content-plan/activities/1/take-back?version=2")
    client.send("/content-plan/activities/1/cancel")
    client.page("/content-plan/activities/1")
    client.send("/content-plan/activities/1/take-back?version=4")
    client.page("/content-plan/activities/1/move")
    client.send("/content-plan/activities/1/move", {"day": "2022-08-19", "version": "5"})
    client.send("/content-plan/activities/1/move-back?to=2022-08-12&version=6")
    client.send("/content-plan/activities/1/copy", {"day": "2022-09-09"})
    with database.reader() as reading:
        one = activity_by_id(reading, 1)
        assert (one.status, one.starts_on) == (Status.PLANNED, date(2022, 8, 12))
    assert made(database).count("Forsinket opslag") == 2


def test_dragging_answers_in_place(on: f.World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    moved = client.post(
        "/content-plan/activities/1/drag", data={"day": "2022-08-18", "version": 1}
    ).get_json()
    assert moved["is_done"] and moved["version"] == 2
    stale = client.post(
        "/content-plan/activities/1/drag", data={"day": "2022-08-19", "version": 1}
    ).get_json()
    assert not stale["is_done"] and "En anden" in stale["text"]
    assert not client.post("/content-plan/activities/1/drag", data={"day": "x"}).get_json()["is_done"]


def test_a_coordinator_meets_other_units_as_a_reader(
    on: f.World, client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("coordinator", on.other_area)
    client.page("/content-plan/activities/1")
    assert client.post("/content-plan/activities/1/done").status_code == 404
    client.page("/content-plan/activities/new")


def test_formats_are_made_changed_and_ended(
    on: f.World, client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("communications")
    form = {
        "title": "Video", "channel_id": on.press, "kind": "video", "every": "2", "rhythm": "weeks",
        "weekday": "4",
        "starts_on": "2022-08-15", "unit_id": 0, "responsible_id": 0,
    }  # fmt: skip
    client.page("/content-plan/formats/new")
    assert "hver 2. uge" in client.send("/content-plan/formats/new", form).source
    client.page("/content-plan/formats/2")
    client.send("/content-plan/formats/2", {**form, "every": "0", "version": "1"}, 400)
    client.send("/content-plan/formats/2", {**form, "every": "1", "version": "1"})
    client.send("/content-plan/formats/2/end")
    client.send("/content-plan/formats/2/resume?until=&version=3")
    with database.reader() as reading:
        assert [one.rhythm.every for one in formats(reading) if one.title == "Video"] == [1]


def test_an_empty_plan_begins_with_the_usual_channels(
    client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("communications")
    assert "Start med de almindelige kanaler" in client.page("/content-plan").source
    client.page("/content-plan/activities/new")
    client.page("/content-plan/import")
    client.page("/content-plan/channels")
    client.page("/ambassadors")
    client.send("/content-plan/channels/usual")
    client.page("/content-plan/channels/1")
    client.send("/content-plan/channels/1/archive")
    client.send("/content-plan/channels/1/restore")
    with database.reader() as reading:
        assert len(channels(reading)) == 11
    for address in (
        "/content-plan",
        "/content-plan?view=list",
        "/content-plan?view=board",
        "/content-plan/formats",
    ):
        client.page(address)


def test_a_table_is_previewed_confirmed_and_undone(
    on: f.World, client: InspectingClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("communications")
    table = b"Titel;Kanal;Fra\r\nFra tabel;LinkedIn;01-09-2022\r\n"
    shown = client.post("/content-plan/import", data={"file": (BytesIO(table), "plan.csv")})
    page = shown.get_data(as_text=True)
    assert shown.status_code == 200 and "Fra tabel" in page and "Fra tabel" not in made(database)
    fields = {name: _value(page, name) for name in ("table", "stamp")}
    done = client.send("/content-plan/import/confirm", fields)
    assert "Fra tabel" in made(database)
    undo = next(form.get("action") for form in done.all("form") if "/batches/" in (form.get("action") or ""))
    client.send(undo or "")
    assert "Fra tabel" not in made(database)
    faulty = client.send("/content-plan/import", {"pasted": "Titel\tKanal\tFra\nx\tSnapchat\tmåske"}, 400)
    assert "En række kan ikke bruges" in faulty.source
    client.send("/content-plan/import", {"pasted": "ingen\toverskrifter"}, 400)


def _value(page: str, name: str) -> str:
    return page.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_the_year_goes_out_as_files(on: f.World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("reader")
    assert client.get("/content-plan/export/csv?year=2022").data.startswith(b"\xef\xbb\xbfTitel;Kanal")
    assert client.get("/content-plan/export/xlsx?year=2022").data.startswith(b"PK")
    assert client.get("/content-plan/export/csv?year=1").status_code == 404


def test_last_years_plan_is_copied_and_taken_back(
    on: f.World, client: InspectingClient, sign_in: SignIn, at: At, database: Database
) -> None:
    at("2022-10-03 09:00")
    sign_in("communications")
    assert "Kopiér 2022 til 2023" in client.page("/content-plan/copy-year").source
    at("2023-01-09 09:00")
    sign_in("communications")
    page = client.page("/content-plan/copy-year")
    assert "from=2023&amp;to=2024" in page.source
    chosen = [box.get("value") for box in page.all("input") if box.get("name") == "chosen"]
    client.send("/content-plan/copy-year", {"chosen": chosen})
    client.send("/content-plan/copy-year", {}, 400)
    with database.reader() as reading:
        found = activities_between(reading, date(2023, 1, 1), date(2023, 12, 31))
        assert [one.starts_on for one in found] == [date(2023, 8, 11), date(2023, 8, 21)]


def test_a_kit_is_made_from_an_activity(on: f.World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("coordinator", on.area)
    client.page("/share-kits/new?activity=1")
    form = {"title": "Del os", "text": "Hej", "address": "https://rm.dk/job"}
    client.send("/share-kits/new?activity=1", {**form, "address": "rm.dk"}, 400)
    assert "Del os" in client.send("/share-kits/new?activity=1", form).source
    client.send("/share-kits/1", {**form, "title": "Del os igen", "version": "1"})
    client.send("/share-kits/1", {**form, "version": "1"}, 409)
    assert "Der står ingen på listen" in client.send("/share-kits/1/send").source
    client.send("/share-kits/1/stop")
    client.send("/share-kits/1/resume")
    client.page("/ambassadors")
    assert "Del os igen" in client.page("/content-plan/activities/1").source
