"""What tests of publishing begin with: an approved post in the plan, a channel, and a worker's tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, select

from branding.consent.service.withdrawing import withdraw
from branding.consent.values.records import Via
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.settings import Settings
from branding.outbox.values import Mail
from branding.publishing.models import Alert, Connection, PracticePost, Publication, Takedown
from branding.publishing.queries.comments import waiting
from branding.publishing.service import commenting, following, planning, reconciling, running, sweeping
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.states import State, Way
from tests.consent import factories as consent
from tests.drafts import factories as drafts
from tests.drafts.factories import Stage

#: Communications' Karen, who plans.
KAREN = Actor("user", 1, "Karen", roles=frozenset({Role.COMMUNICATIONS}))


def connect(session: Session, on: Stage, way: Way = Way.PRACTICE, **given: object) -> Connection:
    """How the takeover's profile is posted to."""
    row = Connection(profile_id=on.world.profile, way=way, test=[], **given)  # type: ignore[arg-type]
    session.add(row)
    session.flush()
    return row


def planned(session: Session, on: Stage, now: datetime, due_at: datetime, **begin: object) -> Publication:
    """An approved post with nobody in it, in the plan."""
    draft_id = drafts.approved(session, on, now, due_at=due_at, **begin)
    planning.plan_approved(session, now=now)
    return of_draft(session, draft_id)


def of_draft(session: Session, draft_id: str) -> Publication:
    return session.exec(select(Publication).filter_by(draft_id=draft_id)).one()


def outlets(database: Database, settings: Settings) -> Outlets:
    return Outlets(database, settings, clock.now)


def tick(database: Database, settings: Settings) -> int:
    """What a worker does every few seconds."""
    with database.transaction() as session:
        planning.plan_approved(session, now=clock.now())
    count = running.publish_due(outlets(database, settings))
    reconciling.reconcile_due(outlets(database, settings))
    following.follow_due(outlets(database, settings))
    return count


def sweep(database: Database) -> int:
    return sweeping.sweep_planned(database, now=clock.now())


def state(database: Database, publication_id: str) -> tuple[State, str]:
    """Where it stands, and why."""
    with database.reader() as session:
        row = session.get(Publication, publication_id)
        assert row is not None
        return State(row.state), row.code


def row(database: Database, publication_id: str) -> Publication:
    with database.reader() as session:
        found = session.get(Publication, publication_id)
        assert found is not None
        return found


def feed(database: Database) -> list[PracticePost]:
    """What stands on the practice profile."""
    with database.reader() as session:
        return [one for one in session.exec(select(PracticePost)) if one.removed_at is None]


def out(
    database: Database, settings: Settings, session: Session, on: Stage, at: Callable[[str], datetime]
) -> tuple[Publication, str, str]:
    """A post with a colleague in it that went out at 10:00: the row, the person and the consent."""
    now = clock.now()
    someone = consent.colleague(session, on.world.area, now=now, label="Alma Prøve")
    answer = consent.oral(session, someone, target_ref=on.place, now=now)
    draft_id = drafts.with_person(session, on, now, someone, due_at=now + timedelta(hours=1))
    assert drafts.approve(session, on, draft_id, now).is_done
    planning.plan_approved(session, now=now)
    row = of_draft(session, draft_id)
    session.commit()
    at("2026-11-02 10:00")
    tick(database, settings)
    session.refresh(row)
    session.commit()
    return row, someone, answer


def take_back(session: Session, subject_id: str, consent_id: str | None, now: datetime) -> str:
    """Somebody told an employee."""
    new = NewWithdrawal(subject_id, now, consent_id, None, Via.EMPLOYEE)
    found = withdraw(session, drafts.COMMUNICATIONS, new, lambda told: Mail(told.email, "x", "x"), now=now)
    session.commit()
    return found


def open_duties(database: Database) -> list[Takedown]:
    with database.reader() as session:
        query = select(Takedown).where(Takedown.done_at == None).order_by(Takedown.due_at)  # type: ignore[arg-type] # noqa: E711
        return list(session.exec(query))


def alerts(database: Database, *, is_open: bool = True) -> list[str]:
    """Events that were said, in the order of their making."""
    with database.reader() as session:
        rows = session.exec(select(Alert).order_by(Alert.id))  # type: ignore[arg-type]
        return [row.event for row in rows if not is_open or row.ended_at is None]


def remind_of_comments(database: Database, *, now: datetime) -> int:
    """What a rule of reminders does at 10 and at 16; how many were reminded."""
    with database.transaction() as session:
        return sum(commenting.remind(session, key, now=now) for key in waiting(session, now))
