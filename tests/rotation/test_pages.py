"""The pages of the rotation, as people use them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlmodel import Session

from branding.rotation import queries, service, spreadsheet
from branding.rotation.spreadsheet import read_file
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    make_areas,
    make_plan,
    make_profile,
    make_slot,
    real_table,
)
from tests.support.client import InspectingClient
from tests.support.html import Page

SignIn = Callable[..., int]


@pytest.fixture
def units(session: Session, at: Callable[[str], object], sign_in: SignIn) -> dict[str, int]:
    """The eight areas and a profile, on 1 March 2022, with communications signed in."""
    at("2022-03-01 10:00")
    found = make_areas(session)
    make_profile(session)
    session.commit()
    sign_in("communications")
    return found


def upload(client: InspectingClient, data: bytes, status: int = 200, **more: object) -> Page:
    fields = {
        "plan_id": "0",
        "plan_name": "Takeover 2022",
        "year": "2022",
        "under_id": "0",
        "profile_id": "1",
    }
    sent = {**fields, "file": (BytesIO(data), "plan.bin"), **more}
    response = client.post("/plans/import", data=sent, content_type="multipart/form-data")
    assert response.status_code == status
    return Page(response.get_data(as_text=True), "/plans/import")


def seen(session: Session, read: Callable[..., object], *what: object) -> object:
    """What the database says now; the writing session lets go of it again, for the pages to write."""
    session.rollback()
    session.expire_all()
    found = read(session, *what)
    session.rollback()
    return found


def undo_of(page: Page, part: str) -> str:
    """Where the undo button of the page's notice posts to."""
    return next(form.get("action") or "" for form in page.all("form") if part in (form.get("action") or ""))


def rows(page: Page) -> list[list[str]]:
    """The words of each row of the page's first table, without its headings."""
    table = page.all("tbody")[0]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]


def test_an_empty_list_says_how_to_start(client: InspectingClient, units: dict[str, int]) -> None:
    page = client.page("/plans")
    assert "Ingen planer endnu" in page.text()
    assert "/plans/import" in page.links().values()


def test_without_a_profile_the_list_says_what_comes_first(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    assert "Først en profil" in client.page("/plans").text()
    assert "Først en profil" in client.page("/plans/import").text()


def test_the_roll_out_goes_from_file_to_plan(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    preview = upload(client, real_table("takeover-specialomraader-2022.csv"))
    assert "9 nye, 0 ændrede, 0 uændrede. Intet er gemt endnu." in preview.text()
    assert len(rows(preview)) == 9
    assert "efterårsferie" in " ".join(rows(preview)[4])
    assert seen(session, queries.plans) == []
    plan = client.send("/plans/import/confirm", preview.fields("confirm"))
    assert plan.path == "/plans/1"
    assert "Importeret: 9 nye, 0 ændrede, 0 uændrede." in plan.text()
    shown = rows(plan)
    assert [row[0].split(" ")[1][:5] for row in shown][:5] == ["33-34", "35-36", "37-38", "39-40", "41-42"]
    again = upload(client, real_table("takeover-specialomraader-2022.csv"))
    done = client.send("/plans/import/confirm", again.fields("confirm"))
    assert "0 nye, 0 ændrede" in done.text()


def test_an_empty_organisation_is_offered_its_units(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    make_profile(session)
    session.commit()
    sign_in("communications")
    preview = upload(client, real_table("takeover-specialomraader-2022.csv"), status=400)
    assert "Organisationen har ingen enheder endnu" in preview.text()
    assert "celler kan ikke bruges" not in preview.text(), "one answer is enough"
    assert preview.links()["Opret et specialområde først"] == "/organisation/areas/new"
    offered = client.send("/plans/import", preview.fields("/plans/import"))
    assert "Kommer ind i organisationen med importen" in offered.text()
    plan = client.send("/plans/import/confirm", offered.fields("confirm"))
    assert "Importeret: 9 nye" in plan.text()


def test_faulty_cells_are_told_in_the_summary_and_in_their_row(
    client: InspectingClient, units: dict[str, int]
) -> None:
    preview = upload(client, b"Uge;Afdeling\n33;SAU\n60;SUA\n35;SBUU\n", status=400)
    text = preview.text()
    assert "2 celler kan ikke bruges" in text
    assert "#row-3" in preview.links().values()
    assert "Der er ingen uge 60." in " ".join(rows(preview)[1])
    assert "Mente du SBU?" in text
    assert not any("confirm" in (form.get("action") or "") for form in preview.all("form"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Filen er tom"),
        (b"PK\x03\x04 broken", "kan ikke læses som en tabel"),
        (b"Uge;Afdeling\n" + b"33;SAU\n" * 8_000, "større end 5 MB"),
        (b"hvad;som;helst\n1;2;3\n", "ingen række med overskrifter"),
    ],
)
def test_a_file_that_cannot_be_used_keeps_the_answers(
    client: InspectingClient, units: dict[str, int], data: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real 50 MB are tried in test_spreadsheet; a large upload here would only test the test client.
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 50_000)
    page = upload(client, data, status=400, plan_name="Min plan")
    assert says in page.text()
    assert page.fields()["plan_name"] == "Min plan"


def test_50_mb_are_refused_before_they_are_read(client: InspectingClient, units: dict[str, int]) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    body = head + bytes(50 * 1024 * 1024) + b"\r\n--x--\r\n"
    response = client.post(
        "/plans/import",
        content_type="multipart/form-data; boundary=x",
        input_stream=BytesIO(body),
        content_length=len(body),
    )
    assert response.status_code == 413
    assert "højst 5 MB" in response.get_data(as_text=True)


def test_a_pasted_table_and_its_typed_text_are_kept_on_a_mistake(
    client: InspectingClient, units: dict[str, int]
) -> None:
    sent = {
        "plan_id": "0",
        "plan_name": "",
        "year": "2022",
        "under_id": "0",
        "profile_id": "1",
        "pasted": "Uge\tEnhed",
    }
    page = client.send("/plans/import", sent, status=400)
    assert page.fields()["pasted"].strip() == "Uge\tEnhed"


def test_a_plan_that_changed_since_the_preview_is_shown_again(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session)
    session.commit()
    preview = upload(client, b"Uge;Afdeling\n33;SAU\n", plan_id=str(plan_id))
    make_slot(session, plan_id, units["SAU"], 33)
    session.commit()
    again = client.send("/plans/import/confirm", preview.fields("confirm"), status=400)
    assert "En anden har ændret planen siden forhåndsvisningen" in again.text()
    assert "0 nye, 0 ændrede, 1 uændrede" in again.text()


def test_a_confirmation_that_makes_no_sense_saves_nothing(
    client: InspectingClient, units: dict[str, int]
) -> None:
    answers = {"plan_id": "0", "plan_name": "X", "year": "2022", "under_id": "0", "profile_id": "1"}
    for table in ("", "!!!", "QUFB"):
        page = client.send("/plans/import/confirm", {**answers, "table": table, "stamp": ""})
        assert "Tabellen gik tabt undervejs" in page.text()
    assert "tabt undervejs" in client.send("/plans/import/confirm", {}).text()


def test_a_plan_shows_turns_holidays_and_gaps(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session)
    for name, number in (("SAU", 40), ("SUA", 43)):
        make_slot(session, plan_id, units[name], number)
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    session.commit()
    shown = [row[1] for row in rows(client.page(f"/plans/{plan_id}"))]
    assert shown == ["SAU", "En ledig uge", "efterårsferie", "SUA"]


def test_a_plan_is_made_and_filled_by_hand(client: InspectingClient, units: dict[str, int]) -> None:
    made = client.send("/plans/new", {"name": "Takeover 2023", "area_id": "0", "profile_id": "1"})
    assert "Planen er klar" in made.text()
    form = client.page(f"{made.path}/slots/new").fields("slots/new")
    assert (form["weeks"], form["year"]) == ("10", "2022")
    added = client.send(
        f"{made.path}/slots/new", {**form, "unit_id": str(units["SAU"]), "weeks": "33 + 34 (aug)"}
    )
    assert "Tilføjet: uge 33-34." in added.text()
    taken = client.send(
        f"{made.path}/slots/new",
        {**form, "unit_id": str(units["SUA"]), "weeks": "34", "topic": "Hverdag"},
        status=400,
    )
    assert "SAU har uge 33-34. Vælg andre uger." in taken.text()
    assert taken.fields("slots/new")["topic"] == "Hverdag"
    cancelled = client.send("/slots/1/cancel")
    assert "Turen i uge 33-34 er aflyst." in cancelled.text()
    assert "er tilbage i planen" in client.send("/slots/1/restore?status=tentative").text()


def test_weeks_that_are_no_weeks_get_a_message_beside_the_field(
    client: InspectingClient, units: dict[str, int]
) -> None:
    client.send("/plans/new", {"name": "Takeover 2023", "area_id": "0", "profile_id": "1"})
    form = client.page("/plans/1/slots/new").fields("slots/new")
    page = client.send(
        "/plans/1/slots/new", {**form, "unit_id": str(units["SAU"]), "weeks": "60"}, status=400
    )
    assert "Der er ingen uge 60." in page.text()


def test_a_plan_is_renamed_archived_and_brought_back(client: InspectingClient, units: dict[str, int]) -> None:
    client.send("/plans/new", {"name": "Takeover 2023", "area_id": "0", "profile_id": "1"})
    form = client.page("/plans/1/edit").fields("edit")
    assert form["name"] == "Takeover 2023"
    assert "Takeover 2024" in client.send("/plans/1/edit", {**form, "name": "Takeover 2024"}).text("h1")
    conflict = client.send("/plans/1/edit", {**form, "name": "Takeover 2025"}, status=409)
    assert "Takeover 2024" in conflict.text() and "Takeover 2025" in conflict.text()
    assert "Takeover 2024 er arkiveret." in client.send("/plans/1/archive").text()
    assert "Takeover 2024" in client.page("/plans?archived=1").text()
    assert "Planen er arkiveret" in client.page("/plans/1").text()
    assert "Planen er tilbage." in client.send("/plans/1/restore").text()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_plan_is_downloaded(
    client: InspectingClient, units: dict[str, int], session: Session, ending: str
) -> None:
    plan_id = make_plan(session, "Årets takeover")
    make_slot(session, plan_id, units["SAU"], 33)
    session.commit()
    response = client.get(f"/plans/{plan_id}/export/{ending}")
    assert f'filename="aarets-takeover.{ending}"' in response.headers["Content-Disposition"]
    assert read_file(response.data)[1][:3] == ["2022", "33", "SAU"]


def test_a_coordinator_edits_own_turns_and_finds_no_others(
    client: InspectingClient, units: dict[str, int], session: Session, sign_in: SignIn
) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 33)
    make_slot(session, plan_id, units["SUA"], 34)
    session.commit()
    sign_in("coordinator", units["SAU"])
    form = client.page("/slots/1/edit").fields("edit")
    assert "responsible" not in form
    saved = client.send("/slots/1/edit", {**form, "topic": "Hverdag i huset"})
    assert "Gemt." in saved.text()
    undone = client.send("/slot-edits/1/undo")
    assert "Ændringen er fortrudt." in undone.text()
    client.page("/slots/2/edit", status=404)
    client.send("/slots/2/edit", form, status=404)
    plan = client.page(f"/plans/{plan_id}")
    assert "/slots/2" not in plan.links().values()
    client.send("/slots/1/cancel", status=403)


def test_the_second_of_two_editors_sees_both_versions(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    make_slot(session, make_plan(session), units["SAU"], 33)
    session.commit()
    form = client.page("/slots/1/edit").fields("edit")
    client.send("/slots/1/edit", {**form, "topic": "Først"})
    conflict = client.send("/slots/1/edit", {**form, "topic": "Sidst"}, status=409)
    assert "Først" in conflict.text() and "Sidst" in conflict.text()


def test_holiday_weeks_are_filled_in_changed_and_removed(
    client: InspectingClient, units: dict[str, int]
) -> None:
    page = client.page("/holiday-weeks?year=2022")
    assert "2022 har ingen ferieuger" in page.text()
    assert "Skærtorsdag" in page.text()
    copy = client.page("/holiday-weeks/copy?year=2022")
    filled = client.send("/holiday-weeks/copy?year=2022", copy.fields("copy"))
    assert "Uge 42 · 17.-23. okt." in filled.text()
    form = client.page("/holiday-weeks/1/edit").fields("edit")
    changed = client.send("/holiday-weeks/1/edit", {**form, "name": "vinterlukket"})
    assert "vinterlukket" in changed.text()
    undo = undo_of(changed, "undo")
    assert "vinterferie" in client.send(undo).text()
    removed = client.send("/holiday-weeks/1/remove")
    assert "Uge 7 er en almindelig uge igen." in removed.text()
    undo = undo_of(removed, "restore")
    assert "Ferieugen er tilbage." in client.send(undo).text()


def test_a_holiday_that_shifts_somebody_is_shown_before_it_is_saved(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 34)
    session.commit()
    form = client.page("/holiday-weeks/new?year=2022").fields("new")
    shown = client.send("/holiday-weeks/new", {**form, "name": "lukket", "weeks": "34"})
    assert "SAU rykker fra uge 34 til uge 35." in shown.text()
    assert seen(session, queries.holiday_weeks_in, 2022) == []
    done = client.send("/holiday-weeks/new", shown.fields("new"))
    assert "Uge 34 er nu lukket." in done.text()
    assert seen(session, queries.slot_view, 1).block.label == "35"  # type: ignore[attr-defined]
    undo = undo_of(done, "/undo")
    assert "Det er fortrudt." in client.send(undo).text()
    assert seen(session, queries.slot_view, 1).block.label == "34"  # type: ignore[attr-defined]


def test_other_weeks_than_those_shown_are_shown_first_too(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 34)
    make_slot(session, plan_id, units["SUA"], 38)
    session.commit()
    form = client.page("/holiday-weeks/new?year=2022").fields("new")
    shown = client.send("/holiday-weeks/new", {**form, "name": "lukket", "weeks": "34"})
    again = client.send("/holiday-weeks/new", {**shown.fields("new"), "weeks": "38"})
    assert "SUA rykker fra uge 38 til uge 39." in again.text()
    assert seen(session, queries.holiday_weeks_in, 2022) == []


def test_a_holiday_week_60_gets_a_message(client: InspectingClient, units: dict[str, int]) -> None:
    form = client.page("/holiday-weeks/new?year=2022").fields("new")
    page = client.send("/holiday-weeks/new", {**form, "name": "lukket", "weeks": "60"}, status=400)
    assert "Der er ingen uge 60." in page.text()


@pytest.mark.parametrize("role", ["reader", "dpo", "admin"])
def test_who_only_reads_sees_plans_without_buttons(
    client: InspectingClient, units: dict[str, int], session: Session, sign_in: SignIn, role: str
) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 33)
    session.commit()
    sign_in(role)
    page = client.page(f"/plans/{plan_id}")
    assert not [link for link in page.links().values() if "edit" in link or "move" in link or "new" in link]
    client.page("/plans")
    client.page("/holiday-weeks")
    client.page("/plans/new", status=403)
