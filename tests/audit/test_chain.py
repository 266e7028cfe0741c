"""The audit log: nothing can be changed, cut out or cut off without being seen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, select

from branding.audit import queries, rules, service
from branding.audit.models import AuditEntry, AuditHead, AuditSeal, AuditValue
from branding.audit.values import Line, Link
from branding.core.actor import SYSTEM, Actor
from branding.core.db import Database
from branding.core.errors import RuleBroken
from tests.support.client import InspectingClient

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
USER = Actor("user", 7)


def fill(session: Session, count: int = 5, *, now: datetime = NOW) -> None:
    for n in range(count):
        service.record(session, USER, "rotation:slot:moved", "slot", n, changes={"week": (n, n + 1)}, now=now)


def test_an_untouched_log_holds(session: Session) -> None:
    assert service.verify(session).holds
    fill(session)
    verdict = service.verify(session)
    assert (verdict.holds, verdict.entries) == (True, 5)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE audit_entry SET actor_id = 8 WHERE id = 3",
        "UPDATE audit_entry SET tag = 'x' WHERE id = 3",
        "UPDATE audit_entry SET subject_id = '99' WHERE id = 3",
        "UPDATE audit_entry SET marks = '{}' WHERE id = 3",
        "DELETE FROM audit_entry WHERE id = 3",
        "DELETE FROM audit_entry WHERE id = 1",
        "DELETE FROM audit_entry WHERE id = 5",
        "DELETE FROM audit_entry",
    ],
)
def test_any_change_or_cut_is_seen(session: Session, damage: str) -> None:
    fill(session)
    session.execute(text("DELETE FROM audit_value"))
    session.execute(text(damage))
    session.expire_all()
    assert not service.verify(session).holds


def test_an_entry_that_was_put_in_by_hand_is_seen(session: Session) -> None:
    fill(session)
    head = session.get(AuditHead, 1)
    assert head is not None
    forged = AuditEntry(
        at=NOW, actor_kind="user", actor_id=7, tag="x", subject_kind="slot", subject_id="1", marks={},
        previous_hash=head.last_hash, hash="f" * 64,
    )  # fmt: skip
    session.add(forged)
    session.flush()
    head.last_id, head.last_hash = forged.id, forged.hash
    assert service.verify(session).broken_at == forged.id


def test_the_chain_holds_ids_and_keyed_hashes_and_never_a_value(session: Session) -> None:
    service.record(
        session, USER, "x:y:z", "host", 1, changes={"name": ("Anna Hemmelig", "Bo Hemmelig")}, now=NOW
    )
    entry = session.exec(select(AuditEntry)).one()
    assert "Hemmelig" not in str(entry.model_dump())
    value = session.exec(select(AuditValue)).one()
    assert (value.field, value.before, value.after) == ("name", "Anna Hemmelig", "Bo Hemmelig")
    session.delete(value)
    session.flush()
    assert service.verify(session).holds


def test_fields_that_stayed_the_same_are_left_out(session: Session) -> None:
    service.record(session, USER, "x:y:z", "slot", 1, changes={"a": (1, 1), "b": (1, 2)}, now=NOW)
    assert [value.field for value in session.exec(select(AuditValue))] == ["b"]


def test_past_months_are_sealed_once_and_can_be_dropped_whole(session: Session) -> None:
    for month in (7, 8, 9):
        fill(session, 3, now=datetime(2026, month, 10, tzinfo=UTC))
    assert service.seal_past_months(session, now=NOW) == ["2026-07", "2026-08"]
    assert service.seal_past_months(session, now=NOW) == []
    with pytest.raises(RuleBroken):
        service.drop_through(session, SYSTEM, "2026-09", now=NOW)
    assert service.drop_through(session, SYSTEM, "2026-07", now=NOW) == 3
    assert service.verify(session).holds
    assert service.drop_through(session, SYSTEM, "2026-08", now=NOW) == 3
    verdict = service.verify(session)
    assert (verdict.holds, verdict.entries) == (True, 5)


def test_dropping_everything_or_the_same_month_twice_leaves_a_chain_that_holds(session: Session) -> None:
    """On SQLite the numbers of an emptied table begin at 1 again, where the seal says: drop these."""
    fill(session, 3, now=datetime(2026, 7, 10, tzinfo=UTC))
    service.seal_past_months(session, now=NOW)
    assert service.drop_through(session, SYSTEM, "2026-07", now=NOW) == 3
    assert service.drop_through(session, SYSTEM, "2026-07", now=NOW) == 0
    fill(session, 2)
    verdict = service.verify(session)
    assert verdict.holds
    assert service.drop_through(session, SYSTEM, "2026-07", now=NOW) == 0
    assert service.verify(session).holds and service.verify(session).entries >= 3


def test_a_false_seal_does_not_hide_a_cut(session: Session) -> None:
    fill(session, 6, now=datetime(2026, 8, 1, tzinfo=UTC))
    third = session.exec(select(AuditEntry).where(AuditEntry.id == 3)).one()
    session.add(
        AuditSeal(
            month="2026-07", last_id=3, last_hash=third.hash, hash="0" * 64, sealed_at=NOW, dropped_at=NOW
        )
    )
    session.execute(text("DELETE FROM audit_value"))
    session.execute(text("DELETE FROM audit_entry WHERE id <= 3"))
    session.expire_all()
    assert not service.verify(session).holds


def test_a_refusal_is_recorded_although_the_request_is_rolled_back(
    client: InspectingClient, sign_in: Callable[..., int], database: Database
) -> None:
    user_id = sign_in("reader")
    assert client.get("/audit").status_code == 403
    with database.reader() as session:
        entries, _ = queries.entries(session, tag="web:page:refused")
    assert [(entry.actor_id, entry.subject_id) for entry in entries] == [(user_id, "audit:entry:view")]


def test_two_writers_at_once_make_one_chain(database: Database) -> None:
    def write(number: int) -> None:
        for n in range(10):
            with database.transaction() as session:
                service.record(session, USER, "x:y:z", "slot", f"{number}-{n}", now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with database.reader() as session:
        verdict = service.verify(session)
    assert (verdict.holds, verdict.entries) == (True, 40)


def test_the_page_shows_and_filters_what_happened(
    client: InspectingClient, sign_in: Callable[..., int], database: Database
) -> None:
    with database.transaction() as session:
        fill(session, 60)
        service.record(session, SYSTEM, "takeovers:host:named", "host", 5, now=NOW)
    dorte = sign_in("dpo", name="Dorte Prøve")
    with database.transaction() as session:
        service.record(session, Actor("user", dorte), "organisation:unit:renamed", "unit", 1, now=NOW)
    page = client.page("/audit")
    assert "Ældre" in page.text() and "Dorte Prøve" in page.text()
    page = client.page("/audit?tag=takeovers:")
    assert "takeovers:host:named" in page.text() and "rotation:slot:moved" not in page.text()
    assert "Intet at vise" in client.page("/audit?subject_kind=nothing").text()
    assert "Kæden er ubrudt" in client.page("/audit/verification").text()


def test_the_page_says_when_the_chain_is_broken(
    client: InspectingClient, sign_in: Callable[..., int], database: Database
) -> None:
    sign_in("admin")
    with database.transaction() as session:
        fill(session)
        session.execute(text("UPDATE audit_entry SET tag = 'x' WHERE id = 2"))
    assert "Kæden er brudt" in client.page("/audit/verification").text()


@given(st.lists(st.tuples(st.text(max_size=5), st.integers()), min_size=1, max_size=8), st.data())
def test_no_single_difference_goes_unseen(facts: list[tuple[str, int]], data: st.DataObject) -> None:
    links, previous = [], rules.GENESIS
    for number, (tag, subject) in enumerate(facts):
        line = Line(NOW + timedelta(seconds=number), "user", 1, tag, "slot", str(subject))
        mark = rules.link_hash("k", line, previous)
        links.append(Link(number + 1, line, previous, mark))
        previous = mark
    assert rules.verify("k", links, rules.GENESIS, len(links), previous).holds
    assert not rules.verify("other key", links, rules.GENESIS, len(links), previous).holds
    gone = data.draw(st.integers(0, len(links) - 1))
    assert not rules.verify("k", links[:gone] + links[gone + 1 :], rules.GENESIS, len(links), previous).holds
