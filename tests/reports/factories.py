"""What tests of reports begin with: people who read, an area, and a takeover with a host who has answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.accounts import service as accounts
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.reports import jobs
from branding.reports.models import ReportFile
from branding.reports.values.orders import Form, Kind
from branding.reports.values.schedules import Rhythm, Scheduled, Span
from branding.takeovers.service import evaluations
from branding.takeovers.values import Evaluate, Recommend
from tests.takeovers import factories as takeovers
from tests.takeovers.factories import World

#: The host of every takeover in these tests.
HOST = "Anna Prøve"
SCHEDULED = Scheduled(
    Kind.CONTENT_PLAN, Form.CSV, Rhythm.MONTHLY, Span.THIS_AND_NEXT_WEEK, None, False,
    ("netvaerk@example.dk", "leder@example.dk"), False,
)  # fmt: skip
AS_LINK = replace(SCHEDULED, form=Form.HTML, for_leaders=True, as_link=True)


def person(session: Session, role: Role, area_id: int | None = None) -> Actor:
    """Somebody with an account."""
    name = f"{role.title()} Prøve"
    email = f"{role}{area_id or ''}@example.dk"
    user_id = accounts.add_user(session, name, email, {(role, area_id)}, now=clock.now())
    units = frozenset() if area_id is None else frozenset({area_id})
    return Actor("user", user_id, name, email, frozenset({role}), units)


def held(session: Session, now: datetime) -> World:
    """A takeover in week 45 of 2026, closed, with an answer."""
    world = takeovers.world(session, now)
    host_id = takeovers.held(session, world, now)
    answer = Evaluate(5, Recommend.YES, "Tag billederne om morgenen.")
    actor = takeovers.as_host(host_id, world.area)
    evaluations.evaluate(session, actor, answer, today=date(2026, 11, 9), now=now)
    return world


def make(database: Database, settings: Settings) -> None:
    """Everything that was ordered."""
    jobs.make(Job("reports.make", database, settings, clock.now()))


def order_due(database: Database, settings: Settings) -> None:
    jobs.order_due(Job("reports.order_due", database, settings, clock.now()))


def stages(database: Database) -> list[tuple[str, str]]:
    """How far each file has come, and what stopped it."""
    with database.reader() as session:
        return [(row.stage, row.error) for row in _rows(session)]


def _rows(session: Session) -> Iterable[ReportFile]:
    return session.exec(select(ReportFile).order_by(col(ReportFile.id)))
