"""The queue of posts: who sees which, in which order, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session

from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.drafts.queries import queue as queries
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import drafts, going_out, reviewing
from branding.drafts.service.queue import next_waiting, queue, units_of
from branding.drafts.values.drafts import DraftState, Start
from branding.drafts.values.kinds import PostKind
from branding.drafts.values.queue import Tab
from tests.drafts import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


def _ids(session: Session, actor: Actor, tab: Tab, now: datetime) -> list[str]:
    return [row.draft.id for row in queue(session, actor, tab, 1, now=now).rows]


def test_what_is_due_first_is_on_top_and_what_has_no_time_is_last(
    session: Session, on: f.Stage, now: datetime
) -> None:
    without = f.submitted(session, on, now)
    later = f.submitted(session, on, now, due_at=now + timedelta(days=3))
    sooner = f.submitted(session, on, now, due_at=now + timedelta(days=1))
    assert _ids(session, on.coordinator, Tab.WAITING, now) == [sooner, later, without]


def test_ones_own_post_waits_for_somebody_else(session: Session, on: f.Stage, now: datetime) -> None:
    own = f.begun(session, on, now, actor=on.coordinator)
    assert f.send(session, on, own, now, on.coordinator).is_done
    for_host = f.begun(session, on, now)
    assert f.send(session, on, for_host, now, on.coordinator).is_done
    assert _ids(session, on.coordinator, Tab.WAITING, now) == []
    assert set(_ids(session, f.COMMUNICATIONS, Tab.WAITING, now)) == {own, for_host}
    everything = queue(session, on.coordinator, Tab.ALL, 1, now=now).rows
    assert [row.is_own for row in everything] == [True, True]


def test_a_coordinator_sees_no_other_area(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    elsewhere = replace(on.coordinator, units=frozenset({on.world.other_area}))
    nowhere = replace(on.coordinator, units=frozenset())
    dpo = Actor("user", 8, roles=frozenset({Role.DPO}))
    for tab in Tab:
        assert _ids(session, elsewhere, tab, now) == [] == _ids(session, nowhere, tab, now)
    assert sum(queue(session, elsewhere, Tab.ALL, 1, now=now).counts.values()) == 0
    assert _ids(session, dpo, Tab.ALL, now) == [draft_id]


def test_each_post_lies_under_its_tabs(session: Session, on: f.Stage, now: datetime) -> None:
    writing, sent = f.begun(session, on, now), f.submitted(session, on, now)
    approved, held = f.approved(session, on, now), f.submitted(session, on, now)
    reviewing.hold(session, on.coordinator, held, "", draft_row(session, held).version, now=now)
    idea = drafts.start(session, on.coordinator, Start(PostKind.DAILY, unit_id=on.world.area), now=now)
    gone = f.begun(session, on, now)
    drafts.drop(session, on.host, gone, now=now)
    session.flush()
    out = f.approved(session, on, now)
    going_out.mark_out(session, out, now=now)
    later = now + timedelta(hours=24)
    found = {tab: set(_ids(session, f.COMMUNICATIONS, tab, later)) for tab in Tab}
    assert found == {
        Tab.WAITING: {sent},
        Tab.OTHERS: {held},
        Tab.STALLED: {sent, held},
        Tab.WRITING: {writing},
        Tab.APPROVED: {approved},
        Tab.OUT: {out},
        Tab.IDEAS: {idea},
        Tab.ALL: {writing, sent, approved, out, held, idea},
    }
    assert queue(session, f.COMMUNICATIONS, Tab.ALL, 1, now=later).counts == {
        tab: len(ids) for tab, ids in found.items()
    }


def test_what_waits_for_others_is_ones_own_and_what_is_on_hold_with_its_word(
    session: Session, on: f.Stage, now: datetime
) -> None:
    own = f.begun(session, on, now, actor=on.coordinator)
    assert f.send(session, on, own, now, on.coordinator).is_done
    held, _ = f.submitted(session, on, now), f.submitted(session, on, now)
    reviewing.hold(
        session, f.COMMUNICATIONS, held, "Vi venter på logoet", draft_row(session, held).version, now=now
    )
    found = {row.draft.id: row.word for row in queue(session, on.coordinator, Tab.OTHERS, 1, now=now).rows}
    assert found == {own: "", held: "Vi venter på logoet"}


def test_what_is_ahead_stands_above_what_is_over(session: Session, on: f.Stage, now: datetime) -> None:
    days = {n: f.submitted(session, on, now, due_at=now + timedelta(days=n)) for n in (3, 1, 2, 4)}
    without = f.submitted(session, on, now)
    at = now + timedelta(days=2, hours=1)
    assert _ids(session, on.coordinator, Tab.ALL, at) == [days[3], days[4], without, days[2], days[1]]


def test_a_post_has_stalled_after_a_day_and_not_before(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    just_before = now + timedelta(hours=24) - timedelta(seconds=1)
    assert _ids(session, on.coordinator, Tab.STALLED, just_before) == []
    (row,) = queue(session, on.coordinator, Tab.WAITING, 1, now=now + timedelta(hours=24)).rows
    assert row.is_stalled and row.draft.id == draft_id


def test_the_next_post_is_the_one_that_is_due_first(session: Session, on: f.Stage, now: datetime) -> None:
    later = f.submitted(session, on, now, due_at=now + timedelta(days=2))
    sooner = f.submitted(session, on, now, due_at=now + timedelta(days=1))
    session.flush()
    assert next_waiting(session, on.coordinator, later) == sooner
    assert next_waiting(session, on.coordinator, sooner) == later
    units = units_of(on.coordinator)
    assert queries.waiting_for(session, units, "user:2") == 2
    reviewing.send_back(session, on.coordinator, later, "Nej", draft_row(session, later).version, now=now)
    assert next_waiting(session, on.coordinator, sooner) is None


def test_a_page_takes_the_same_number_of_queries_however_many_posts(
    session: Session, database: Database, on: f.Stage, now: datetime
) -> None:
    def asked() -> int:
        said: list[str] = []
        event.listen(database.engine, "before_cursor_execute", listener := lambda *a: said.append(a[2]))
        queue(session, on.coordinator, Tab.ALL, 1, now=now)
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(said)

    f.submitted(session, on, now)
    session.flush()
    one = asked()
    for _ in range(4):
        f.submitted(session, on, now)
    session.flush()
    assert asked() == one


def test_a_page_beyond_the_last_shows_the_last(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    found = queue(session, on.coordinator, Tab.ALL, 99, now=now)
    assert (found.page, found.pages, [row.draft.id for row in found.rows]) == (1, 1, [draft_id])


def test_the_page_says_of_each_post_what_stands_in_its_way(
    session: Session,
    on: f.Stage,
    at: At,
    now: datetime,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    f.submitted(session, on, now, due_at=now + timedelta(days=1))
    f.begun(session, on, now, nobody=False)
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.page("/posts")
    text = page.text()
    assert "i morgen kl. 09.00" in text and "venter på godkendelse" in text and "i orden" in text
    assert "Anna Prøve" in text and "En helt almindelig formiddag" in text and "SOH" in text
    assert page.all("ol")[-1].find(".//img") is not None
    at("2026-11-04 10:00")
    assert "har ventet 2 dage" in client.page("/posts?tab=stalled").text()
    assert "Skriv for hvert billede" in client.page("/posts?tab=writing").text()


@pytest.mark.parametrize("tab", list(Tab))
def test_an_empty_tab_says_what_belongs_there(
    session: Session, on: f.Stage, client: InspectingClient, sign_in: Callable[..., int], tab: Tab
) -> None:
    session.commit()
    sign_in("communications")
    page = client.page(f"/posts?tab={tab}")
    assert len(page.with_class("empty")) == 1 and len(page.with_class("queue-row")) == 0


def test_the_state_of_a_draft_that_is_thrown_away_is_shown_nowhere(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    drafts.drop(session, on.host, draft_id, now=now)
    session.flush()
    assert draft_row(session, draft_id).state == DraftState.DROPPED
    assert all(_ids(session, f.COMMUNICATIONS, tab, now) == [] for tab in Tab)
