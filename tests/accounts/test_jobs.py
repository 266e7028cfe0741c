from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from branding.accounts import jobs, service
from branding.accounts.models import SignIn
from branding.core import clock
from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from tests.accounts.factories import person


def test_the_purge_deletes_what_ended_a_month_ago_and_runs_twice_unharmed(
    session: Session, database: Database, settings: Settings
) -> None:
    service.open_session(session, person(session), device="", now=clock.now() - timedelta(days=50))
    service.open_session(session, person(session, email="bo@example.dk"), device="", now=clock.now())
    session.commit()
    for _ in range(2):
        jobs.purge(Job("accounts.purge", database, settings, clock.now()))
    assert len(session.exec(select(SignIn)).all()) == 1
