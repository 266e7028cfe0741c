"""The plan of posts on pages: what is on it, what needs a person, moving, stopping and sending at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.models import Attempt, Publication
from branding.publishing.values.states import State
from tests.drafts import factories as drafts
from tests.publishing import factories
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def on(session: Session, at: At) -> drafts.Stage:
    stage = drafts.stage(session, at("2026-11-02 08:00"))
    factories.connect(session, stage)
    return stage


def due(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.COPENHAGEN).astimezone(clock.UTC)


def planned(session: Session, on: drafts.Stage, text: str = "2026-11-03 10:00") -> Publication:
    row = factories.planned(session, on, clock.now(), due(text))
    session.commit()
    return row


def test_the_plan_shows_day_time_channel_and_state(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    sign_in("communications")
    page = client.page("/publishing").text("main")
    assert "I morgen" in page and "10.00" in page and "Instagram" in page and "planlagt" in page
    assert "En helt almindelig formiddag" in client.page(f"/publishing/{row.id}").text("h1")


def test_an_empty_plan_says_what_belongs_there(client: InspectingClient, sign_in: Callable[..., int]) -> None:
    sign_in("communications")
    assert "Intet går ud de næste to uger" in client.page("/publishing").text("main")


def test_a_coordinator_of_elsewhere_sees_nothing_of_it(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    sign_in("coordinator", on.world.other_area)
    assert "En helt almindelig" not in client.page("/publishing").text("main")
    client.page(f"/publishing/{row.id}", 404)


def test_a_reader_sees_the_plan_without_buttons_or_pictures(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    sign_in("reader")
    page = client.page(f"/publishing/{row.id}")
    assert "Udgiv nu" not in page.text("main") and not page.all("main img")
    assert client.post(f"/publishing/{row.id}/off").status_code == 403


def test_moving_by_form_changes_plan_and_post_and_can_be_undone(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
) -> None:
    row = planned(session, on)
    sign_in("communications")
    page = client.send(
        f"/publishing/{row.id}/move", {"day": "2026-11-04", "time": "14.30", "version": row.version}
    )
    assert "Flyttet til ons. 4. nov. kl. 14.30." in page.text("main")
    assert factories.row(database, row.id).due_at == due("2026-11-04 14:30")
    undo = next(
        form.get("action")
        for form in page.all("form")
        if "move-to" in str(form.get("action")) and "at=" in str(form.get("action"))
    )
    client.send(str(undo))
    assert factories.row(database, row.id).due_at == due("2026-11-03 10:00")


def test_a_time_that_cannot_be_is_refused_with_what_to_do(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    sign_in("communications")
    for day, time, words in (
        ("2026-12-24", "10:00", "Vælg en dag fra"),
        ("2026-11-02", "07:00", "Tiden er gået"),
        ("2026-11-04", "noon", "Skriv klokkeslættet"),
    ):
        sent = {"day": day, "time": time, "version": row.version}
        assert words in client.send(f"/publishing/{row.id}/move", sent, 400).text("main")


def test_two_who_move_it_at_once_are_told(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    sign_in("communications")
    sent = {"day": "2026-11-04", "time": "10:00", "version": row.version + 5}
    client.send(f"/publishing/{row.id}/move", sent, 409)


def test_a_drag_answers_in_place_and_a_no_is_an_answer(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
) -> None:
    row = planned(session, on)
    sign_in("communications")
    address = f"/publishing/{row.id}/drag"
    answer = client.post(address, data={"day": "2026-11-05", "version": row.version}).get_json()
    assert answer["is_done"] and "tors. 5. nov. kl. 10.00" in answer["text"]
    again = client.post(address, data={"day": "2026-11-06", "version": answer["version"]}).get_json()
    assert again["is_done"]
    no = client.post(address, data={"day": "2026-12-24", "version": again["version"]}).get_json()
    assert not no["is_done"] and "Vælg en dag" in no["text"]
    stale = client.post(address, data={"day": "2026-11-04", "version": 1}).get_json()
    assert not stale["is_done"]
    assert not client.post(address, data={"day": "x"}).get_json()["is_done"]
    assert factories.row(database, row.id).due_at == due("2026-11-06 10:00")


def test_taken_out_it_stands_among_what_has_no_time_and_one_tap_puts_it_back(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
) -> None:
    row = planned(session, on)
    sign_in("communications")
    client.send(f"/publishing/{row.id}/off", {"version": row.version})
    assert factories.state(database, row.id) == (State.CANCELLED, "by_person")
    page = client.page("/publishing")
    assert "Godkendt, men ikke på planen" in page.text("main")
    button = next(form for form in page.all("form") if f"{row.id}/move-to" in str(form.get("action")))
    fields = {str(one.get("name")): str(one.get("value")) for one in button.iter("input")}
    client.send(f"/publishing/{row.id}/move-to", fields)
    assert factories.state(database, row.id)[0] is State.SCHEDULED


def test_an_approved_post_without_a_time_gets_one_by_a_tap_or_a_form(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
) -> None:
    tapped, formed = (drafts.approved(session, on, clock.now()) for _ in range(2))
    session.commit()
    sign_in("communications")
    page = client.page("/publishing")
    button = next(form for form in page.all("form") if f"{tapped}/plan" in str(form.get("action")))
    fields = {str(one.get("name")): str(one.get("value")) for one in button.iter("input")}
    assert "er på planen" in client.send(f"/publishing/posts/{tapped}/plan", fields).text("main")
    with database.reader() as read:
        row = factories.of_draft(read, tapped)
        assert row.planned_by.startswith("user:") and row.state == State.SCHEDULED
    assert "Vælg en tid" in client.page(f"/publishing/posts/{formed}/time").text("h1")
    sent = {"day": "2026-11-06", "time": "10.00"}
    assert "er på planen" in client.send(f"/publishing/posts/{formed}/time", sent).text("main")
    again = client.post(
        f"/publishing/posts/{formed}/plan", data={"at": "2026-11-06T12:00"}, follow_redirects=True
    )
    assert "allerede på planen" in again.get_data(as_text=True)


def test_publish_now_asks_once_and_then_it_is_out(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
    settings: Settings,
) -> None:
    row = planned(session, on)
    sign_in("communications")
    assert "øveprofilen" in client.page(f"/publishing/{row.id}/now").text("main")
    client.send(f"/publishing/{row.id}/now", {"version": row.version})
    factories.tick(database, settings)
    page = client.page(f"/publishing/{row.id}").text("main")
    assert "udgivet" in page and "Se det" in page
    assert client.get(f"/publishing/posts/{row.draft_id}").location.endswith(row.id)
    refused = client.post(f"/publishing/{row.id}/off", follow_redirects=True).get_data(as_text=True)
    assert "ude eller på vej" in refused


def test_what_nobody_knows_is_settled_by_whoever_has_looked(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
) -> None:
    rows = [planned(session, on, f"2026-11-03 {hour}:00") for hour in (10, 12)]
    for row in rows:
        row.state, row.way, row.publish_started_at = State.NEEDS_REVIEW, "api", clock.now()
        session.add(row)
    session.commit()
    sign_in("communications")
    assert "Kræver et menneske" in client.page("/publishing").text("main")
    yes, no = rows
    page = client.page(f"/publishing/{yes.id}")
    assert "Er opslaget ude?" in page.text("main")
    address = f"/publishing/{yes.id}/is-it-out"
    assert "begynder med https" in client.send(address, {"answer": "yes", "version": yes.version}, 400).text(
        "main"
    )
    client.send(
        address, {"answer": "yes", "permalink": "https://www.instagram.com/p/x/", "version": yes.version}
    )
    assert factories.state(database, yes.id)[0] is State.PUBLISHED
    page = client.send(f"/publishing/{no.id}/is-it-out", {"answer": "no", "version": no.version})
    assert "Skal det sendes igen?" in page.text("main") and "Udgiv nu" in page.text("main")
    assert factories.state(database, no.id) == (State.CANCELLED, "not_published")


def test_the_hosts_week_and_the_list_of_posts_show_that_it_is_out(
    session: Session,
    client: InspectingClient,
    on: drafts.Stage,
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    first, second = planned(session, on, "2026-11-02 10:00"), planned(session, on, "2026-11-03 10:00")
    at("2026-11-02 10:00")
    factories.tick(database, settings)
    client.get(f"/host/{on.token}")
    page = client.page("/my-week")
    assert "udgivet" in page.text("main") and "planlagt" in page.text("main")
    link = next(one.get("href") for one in page.all("a") if "/my-week/practice/" in str(one.get("href")))
    assert "Dagens opslag" in client.page(str(link)).text("h1")
    assert first.id != second.id


def test_technical_details_are_folded_away_and_in_words(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    session.add(
        Attempt(
            publication_id=row.id, step="prepare", request="POST /media", digest="0" * 64,
            started_at=clock.now(), ended_at=clock.now() + timedelta(seconds=1), http_status=400,
            error_code=190, error_subcode=463, trace_id="Abc", answer="reconnect",
        )
    )  # fmt: skip
    session.commit()
    sign_in("communications")
    text = client.page(f"/publishing/{row.id}").text("main")
    assert "Overdrog billederne" in text and "HTTP 400 190/463" in text and "Abc" in text
