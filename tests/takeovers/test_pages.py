"""The pages of takeovers and the host's own week, as people click through them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlmodel import select

from branding.core import clock
from branding.core.db import Database
from branding.outbox.models import OutboxMessage
from branding.takeovers import queries
from branding.takeovers.guide import RULES
from branding.takeovers.values import TakeoverStatus
from tests.support.client import InspectingClient
from tests.takeovers import factories
from tests.takeovers.factories import World


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-19 09:00")


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    with database.transaction() as session:
        return factories.world(session, now)


@pytest.fixture
def takeover_id(database: Database, world: World, now: datetime) -> int:
    with database.transaction() as session:
        return factories.takeover(session, world, now)


def outgoing(database: Database) -> list[OutboxMessage]:
    with database.reader() as session:
        return list(session.exec(select(OutboxMessage).order_by(OutboxMessage.id)))  # type: ignore[arg-type]


def test_communications_plans_names_invites_and_the_host_says_yes_on_a_phone(
    app: Flask, client: InspectingClient, sign_in: Callable[..., int], world: World, database: Database
) -> None:
    sign_in("communications")
    page = client.page(f"/slots/{world.slot}")
    form = client.page(page.links()["Planlæg en takeover"])
    assert form.fields()["starts_on"] == "2026-11-02" and form.fields()["ends_on"] == "2026-11-08"
    page = client.send(form.path, form.fields())
    page = client.page(page.links()["Sæt en vært på"])
    page = client.send(page.path, page.fields() | {"name": "Anna Prøve", "email": "Anna@example.dk"})
    assert "Der er ikke sendt noget endnu" in page.text()
    assert not outgoing(database)
    page = client.page(page.links()["Invitér Anna Prøve"])
    assert "anna@example.dk" in page.text()
    client.send(page.path)

    (mail,) = outgoing(database)
    assert mail.to_address == "anna@example.dk"
    assert "Fra man. 2. nov. til søn. 8. nov. har Specialområde Hjerneskade" in mail.body
    address = re.search(r"http://127\.0\.0\.1:8000(/host/\S+)", mail.body)
    assert address is not None

    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    page = phone.page(address[1])
    assert page.path == "/my-week" and "Vil du være vært?" in page.text()
    page = phone.page("/my-week/rules")
    everything = {rule.key: "yes" for rule in RULES}
    all_but_one = dict.fromkeys(list(everything)[:-1], "yes")
    refused = phone.send("/my-week/rules", all_but_one, status=400)
    assert "Der er ikke gemt noget endnu" in refused.text()
    page = phone.send("/my-week/rules", everything)
    assert "Tak. Ugen er din." in page.text()
    page = phone.send("/my-week/ready")
    assert "Du er klar" in page.text() and "Farvel og tak" in page.text()
    assert "klar" in client.page("/takeovers").text()


def test_opening_the_link_uses_nothing_up(
    client: InspectingClient, app: Flask, database: Database, takeover_id: int, now: datetime
) -> None:
    with database.transaction() as session:
        _, token = factories.invited(session, takeover_id, now)
    for _ in range(3):
        visitor: InspectingClient = app.test_client()  # type: ignore[assignment]
        assert visitor.page(f"/host/{token}").path == "/my-week"


def test_a_link_that_is_over_says_so_kindly_and_one_that_never_was_too(
    client: InspectingClient,
    database: Database,
    takeover_id: int,
    now: datetime,
    at: Callable[[str], datetime],
) -> None:
    with database.transaction() as session:
        _, token = factories.invited(session, takeover_id, now)
    assert client.page(f"/host/{token}").path == "/my-week"
    at("2026-11-09 08:00")  # the host never said yes, so there is nothing to ask about afterwards
    assert "Linket er lukket" in client.page(f"/host/{token}", status=410).text()
    assert "Linket er lukket" in client.page("/my-week", status=410).text()
    assert "Vi kender ikke linket" in client.page("/host/nonsense", status=404).text()


def test_another_coordinators_rows_are_not_there(
    client: InspectingClient, sign_in: Callable[..., int], world: World, takeover_id: int
) -> None:
    sign_in("coordinator", world.other_area)
    for address in (
        f"/slots/{world.slot}", f"/slots/{world.slot}/takeovers/new", f"/takeovers/{takeover_id}",
        f"/takeovers/{takeover_id}/move", f"/takeovers/{takeover_id}/hosts/new",
    ):  # fmt: skip
        client.page(address, status=404)
    assert client.post(f"/takeovers/{takeover_id}/cancel").status_code == 404
    assert client.post(f"/takeovers/{takeover_id}/tasks/1", data={"done": "yes"}).status_code == 404
    assert "SOH" not in client.page("/takeovers").text()


def test_a_coordinator_can_name_a_host_but_not_move_the_slot(
    client: InspectingClient, sign_in: Callable[..., int], world: World, takeover_id: int
) -> None:
    sign_in("coordinator", world.area)
    page = client.page(f"/slots/{world.slot}")
    assert "Flyt" not in page.links()
    client.page(f"/slots/{world.slot}/move", status=403)
    client.page(f"/takeovers/{takeover_id}/hosts/new")


def test_the_move_page_shows_what_follows_before_anything_is_saved(
    client: InspectingClient, sign_in: Callable[..., int], world: World, takeover_id: int
) -> None:
    sign_in("communications")
    page = client.page(f"/slots/{world.slot}/move?to=2026-W47")
    assert "Det sker der" in page.text() and "uge 47-48" in page.text()
    assert "Uge 45-46" in client.page(f"/slots/{world.slot}").text()
    after = client.send(f"/slots/{world.slot}/move", page.fields(f"/slots/{world.slot}/move"))
    assert "uge 47-48" in after.text("h1")
    action = next(f.get("action") for f in after.all("form") if "undo" in (f.get("action") or ""))
    assert "uge 45-46" in client.send(str(action)).text("h1")


def test_the_move_page_says_at_once_who_cannot_be_moved(
    client: InspectingClient, sign_in: Callable[..., int], world: World, takeover_id: int, database: Database
) -> None:
    with database.transaction() as session:
        queries.takeover_by_id(session, takeover_id).status = TakeoverStatus.LIVE
    sign_in("communications")
    page = client.page(f"/slots/{world.slot}/move?to=2026-W47")
    assert "har profilen nu og kan ikke flyttes" in page.text()
    assert not [
        form
        for form in page.all("form")
        if form.get("action") == f"/slots/{world.slot}/move" and form.get("method") == "post"
    ]


def test_a_crowd_of_hosts_stays_a_short_heading(
    client: InspectingClient, sign_in: Callable[..., int], takeover_id: int
) -> None:
    sign_in("communications")
    for number in range(4):
        page = client.page(f"/takeovers/{takeover_id}/hosts/new")
        answers = {"name": f"Vært {number} Prøve", "email": f"vaert{number}@example.dk"}
        page = client.send(page.path, page.fields() | answers)
    assert page.text("h1") == "Vært 0 Prøve, Vært 1 Prøve og 2 mere, uge 45"


@pytest.mark.parametrize("week", ["2026-W60", "45", "nonsense", "2025-W53"])
def test_a_week_that_does_not_exist_is_a_message_beside_the_field(
    client: InspectingClient, sign_in: Callable[..., int], world: World, week: str
) -> None:
    sign_in("communications")
    page = client.page(f"/slots/{world.slot}/move?to={week}", status=400)
    assert week in page.text()
    assert client.send(f"/slots/{world.slot}/move", {"to": week, "stamp": "x"}, status=400)


def test_two_takeovers_on_one_profile_is_a_message_with_the_typed_values_kept(
    client: InspectingClient, sign_in: Callable[..., int], world: World, takeover_id: int
) -> None:
    sign_in("communications")
    data = {"unit_id": world.area, "starts_on": "2026-11-04", "ends_on": "2026-11-05"}
    page = client.send(f"/slots/{world.slot}/takeovers/new", data, status=400)
    assert "er profilen optaget af en anden takeover." in page.text()
    assert page.fields()["starts_on"] == "2026-11-04"


def test_the_second_of_two_movers_gets_a_page_with_both_versions(
    client: InspectingClient, sign_in: Callable[..., int], takeover_id: int
) -> None:
    sign_in("communications")
    first = client.page(f"/takeovers/{takeover_id}/move").fields()
    client.send(f"/takeovers/{takeover_id}/move", first | {"starts_on": "2026-11-03"})
    page = client.send(f"/takeovers/{takeover_id}/move", first | {"starts_on": "2026-11-05"}, status=409)
    assert "3. nov." in page.text() and "5. nov." in page.text()


def test_the_checklist_is_ticked_unticked_and_extended(
    client: InspectingClient, sign_in: Callable[..., int], takeover_id: int
) -> None:
    sign_in("communications")
    page = client.send(f"/takeovers/{takeover_id}/tasks", {"label": "Lån kameraet", "due_on": "2026-10-30"})
    assert "Lån kameraet" in page.text()
    button = next(f for f in page.all("form") if re.search(r"/tasks/\d+$", f.get("action") or ""))
    page = client.send(str(button.get("action")), {"done": "yes"})
    assert "1 af 9 klaret" in page.text()
    assert "0 af 9 klaret" in client.send(str(button.get("action")), {"done": "no"}).text()
    client.send(f"/takeovers/{takeover_id}/tasks", {"label": "", "due_on": ""}, status=400)


def test_a_host_sees_no_staff_page_and_no_other_takeover(
    app: Flask, database: Database, takeover_id: int, now: datetime
) -> None:
    with database.transaction() as session:
        _, token = factories.invited(session, takeover_id, now)
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    phone.page(f"/host/{token}")
    for address in ("/takeovers", f"/takeovers/{takeover_id}", "/calendar", "/audit"):
        response = phone.get(address)
        assert response.status_code == 303 and "/sign-in" in response.location


def test_two_people_who_edit_a_host_at_once_both_see_it(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 09:00")
    with database.transaction() as session:
        takeover_id = factories.takeover(session, factories.world(session, clock.now()), clock.now())
        host_id, _ = factories.invited(session, takeover_id, clock.now())
    sign_in("communications")
    mine = client.page(f"/hosts/{host_id}/edit").fields() | {"phone": "22 22 22 22"}
    theirs = mine | {"phone": "11 11 11 11"}
    client.send(f"/hosts/{host_id}/edit", theirs)
    clash = client.send(f"/hosts/{host_id}/edit", mine, status=409).text()
    assert "22 22 22 22" in clash and "11 11 11 11" in clash


def test_a_turn_that_was_dragged_leaves_one_in_the_calendar_with_the_undo(
    client: InspectingClient, sign_in: Callable[..., int], world: World
) -> None:
    sign_in("communications")
    page = client.page(f"/slots/{world.slot}/move?to=2026-W47")
    assert "Uge 45-46 bliver ledig." in page.text()
    fields = page.fields(f"/slots/{world.slot}/move") | {"back": "2026"}
    after = client.send(f"/slots/{world.slot}/move", fields)
    assert after.path == "/calendar/year/2026" and "Flyttet til uge 47-48." in after.text()
    action = next(f.get("action") for f in after.all("form") if "undo" in (f.get("action") or ""))
    assert client.send(str(action)).path == "/calendar/year/2026"
    assert client.send(f"/slots/{world.slot}/move", fields | {"back": "//elsewhere"}, status=409)


def test_weeks_that_are_over_are_not_offered(
    client: InspectingClient, sign_in: Callable[..., int], world: World
) -> None:
    sign_in("communications")
    source = client.page(f"/slots/{world.slot}/move").source
    assert 'value="2026-W43"' in source and 'value="2026-W42"' not in source


def test_days_that_are_over_are_refused_at_once(
    client: InspectingClient, sign_in: Callable[..., int], world: World, at: Callable[[str], datetime]
) -> None:
    at("2026-11-05 09:00")
    sign_in("communications")
    address = f"/slots/{world.slot}/takeovers/new"
    form = client.page(address)
    assert form.fields()["starts_on"] == "2026-11-05"
    over = form.fields() | {"starts_on": "2026-11-02", "ends_on": "2026-11-04"}
    assert "De dage er forbi." in client.send(address, over, status=400).text()
    assert "Takeoveren er planlagt" in client.send(address, form.fields()).text()


def test_an_invitation_that_is_too_late_says_why(
    client: InspectingClient, sign_in: Callable[..., int], takeover_id: int, database: Database,
    at: Callable[[str], datetime], now: datetime,
) -> None:  # fmt: skip
    with database.transaction() as session:
        host_id, _ = factories.invited(session, takeover_id, now)
    at("2026-11-20 09:00")
    sign_in("communications")
    page = client.send(f"/hosts/{host_id}/invitation")
    assert page.path == f"/takeovers/{takeover_id}" and "er slut" in page.text()
