"""Planning when something is odd: times that have passed, stale buttons, channels without a profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from branding.consent.values.records import Channel
from branding.core import clock
from branding.core.db import Database
from branding.drafts.service import saving
from branding.publishing.queries.publications import of_drafts
from branding.publishing.service import planning
from branding.publishing.values.states import State
from tests.drafts import factories as drafts
from tests.publishing import factories
from tests.publishing.test_plan_pages import At, due, on, planned
from tests.support.client import InspectingClient

__all__ = ["on"]


def test_a_first_time_that_has_passed_sends_nothing_at_once(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage, at: At
) -> None:
    draft_id = drafts.approved(session, on, clock.now())
    session.commit()
    at("2026-11-02 12:00")
    sign_in("communications")
    address = f"/publishing/posts/{draft_id}"
    sent = {"day": "2026-11-02", "time": "10:00"}
    assert "Tiden er gået" in client.send(f"{address}/time", sent, 400).text("main")
    page = client.send(f"{address}/plan", {"at": "2026-11-02T10:00"})
    assert "Tiden er gået" in page.text("main")
    assert not of_drafts(session, [draft_id])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1999-12-31"])
def test_a_day_at_the_end_of_all_days_is_a_mistake_and_no_failure(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage, day: str
) -> None:
    row = planned(session, on)
    sign_in("communications")
    sent = {"day": day, "time": "00:00", "version": row.version}
    assert "Vælg en dag" in client.send(f"/publishing/{row.id}/move", sent, 400).text("main")
    answer = client.post(f"/publishing/{row.id}/drag", data=sent)
    assert answer.status_code == 200 and answer.get_json()["is_done"] is False


def test_a_stale_form_shows_both_times_and_a_stale_button_leads_back(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    row = planned(session, on)
    sign_in("communications")
    sent = {"day": "2026-11-04", "time": "14:30", "version": row.version + 5}
    page = client.send(f"/publishing/{row.id}/move", sent, 409).text("main")
    assert "14.30" in page and "10.00" in page and "4. nov." in page and "3. nov." in page
    for action, more in (("move-to", {"at": "2026-11-04T14:30"}), ("off", {})):
        back = client.send(f"/publishing/{row.id}/{action}", {"version": row.version + 5, **more})
        assert "Det her er ændret, siden du åbnede siden." in back.text("main")


def test_undo_does_not_undo_what_somebody_else_did_since(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
) -> None:
    row = planned(session, on)
    sign_in("communications")
    sent = {"day": "2026-11-04", "time": "14:30", "version": row.version}
    page = client.send(f"/publishing/{row.id}/move", sent)
    undo = next(one.get("action") for one in page.all("form") if "move-to" in (one.get("action") or ""))
    with database.transaction() as write:
        now, version = clock.now(), factories.row(database, row.id).version
        planning.move_to(write, factories.KAREN, row.id, due("2026-11-05 09:00"), version, now=now)
    client.send(str(undo), {})
    assert factories.row(database, row.id).due_at == due("2026-11-05 09:00")


def test_a_channel_on_which_nobody_has_a_profile_is_said_to_whoever_plans(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    now = clock.now()
    draft_id = drafts.begun(session, on, now, due_at=due("2026-11-03 10:00"))
    both = (Channel.INSTAGRAM, Channel.LINKEDIN)
    saving.change(session, on.host, draft_id, lambda content: replace(content, channels=both), now=now)
    assert drafts.send(session, on, draft_id, now).is_done
    assert drafts.approve(session, on, draft_id, now).is_done
    planning.plan_approved(session, now=now)
    row = factories.of_draft(session, draft_id)
    session.commit()
    assert row.state == State.SCHEDULED
    sign_in("communications")
    said = "ikke på LinkedIn: der er ingen profil"
    assert said in client.page("/publishing").text("main")
    assert said in client.page(f"/publishing/{row.id}").text("main")


def test_pausing_twice_is_one_pause(
    client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage, session: Session
) -> None:
    session.commit()
    sign_in("communications")
    sent = {"profile": "", "reason": "En alvorlig hændelse"}
    client.send("/publishing/pause", sent)
    assert "allerede sat på pause" in client.send("/publishing/pause", sent, 400).text("main")
