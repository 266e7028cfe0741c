"""Something went wrong: one button, consents frozen, the 72 hours, the decision, and the end of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from branding.consent.models import GateDecision
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Conflict, NotAllowed, RuleBroken
from branding.core.settings import Settings
from branding.publishing.models import Incident, Publication
from branding.publishing.queries.incidents import incident_row, incident_view
from branding.publishing.service import deleting, incidents
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import State
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], object]
DPO = Actor("user", 1, "Dorte", roles=frozenset({Role.DPO}))


@pytest.fixture
def post(
    database: Database, settings: Settings, session: Session, on: drafts.Stage, at: Callable[[str], object]
) -> Publication:
    f.connect(session, on)
    return f.out(database, settings, session, on, at)[0]  # type: ignore[arg-type]


@pytest.fixture
def case(session: Session, post: Publication) -> str:
    found = incidents.report(session, f.KAREN, post.id, "Et navneskilt kan læses.", now=clock.now())
    session.commit()
    return found


def test_one_button_takes_it_down_and_freezes_the_consents(
    database: Database, settings: Settings, session: Session, post: Publication, case: str
) -> None:
    row = incident_row(session, case)
    assert session.get(GateDecision, row.decision_id) is not None
    assert "navneskilt" not in row.what_sealed
    assert incident_view(session, row).what == "Et navneskilt kan læses."
    session.commit()
    assert Event.INCIDENT in f.alerts(database)
    assert deleting.take_down_due(f.outlets(database, settings)) == 1
    assert f.state(database, post.id) == (State.REMOVED, "incident")


def test_the_clock_reminds_24_and_6_hours_before_the_end_and_stops_with_the_decision(
    database: Database, session: Session, case: str, at: At
) -> None:
    """Known at 10:00 on Monday: the end is 10:00 on Thursday."""
    remind = lambda: incidents.remind(database, now=clock.now())  # noqa: E731
    at("2026-11-04 09:59")
    assert remind() == 0
    at("2026-11-04 10:00")
    assert remind() == 1 and remind() == 0
    at("2026-11-05 04:00")
    assert remind() == 1 and f.alerts(database).count(Event.INCIDENT_CLOCK) == 2
    decide(session, case)
    assert Event.INCIDENT_CLOCK not in f.alerts(database) and remind() == 0


def decide(session: Session, case: str, by: Actor = DPO, because: str = "Ingen risiko") -> None:
    incidents.decide(
        session,
        by,
        case,
        is_reported=True,
        because=because,
        case_number="2026-441-0001",
        version=incident_row(session, case).version,
        now=clock.now(),
    )
    session.commit()


def test_only_communications_and_the_data_protection_officer_decide_and_with_a_reason(
    session: Session, post: Publication, case: str
) -> None:
    units = frozenset({post.unit_id})
    coordinator = Actor("user", 2, "Bo", roles=frozenset({Role.COORDINATOR}), units=units)
    with pytest.raises(NotAllowed):
        decide(session, case, coordinator)
    with pytest.raises(RuleBroken):
        decide(session, case, because=" ")


def test_a_case_is_closed_after_the_decision_and_stands_then(
    database: Database, session: Session, case: str
) -> None:
    with pytest.raises(RuleBroken):
        incidents.close(session, DPO, case, 1, now=clock.now())
    with pytest.raises(Conflict):
        incidents.write(session, DPO, case, "x", "y", 7, now=clock.now())
    decide(session, case)
    incidents.close(session, DPO, case, 2, now=clock.now())
    session.commit()
    assert Event.INCIDENT not in f.alerts(database)
    with pytest.raises(RuleBroken):
        incidents.write(session, DPO, case, "x", "y", 3, now=clock.now())


def test_the_pages_lead_from_the_button_to_the_closed_case(
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: Publication,
) -> None:
    sign_in("dpo")
    assert "Ingen sager" in client.page("/publishing/incidents").text("main")
    client.page(f"/publishing/{post.id}/something-wrong")
    client.send(f"/publishing/{post.id}/something-wrong", {"what": "Forkert billede"})
    with database.reader() as reading:
        key = reading.exec(select(Incident.id)).one()
    at = f"/publishing/incidents/{key}"
    client.send(f"{at}/words", {"what": "Forkert billede", "told": "Lederen", "version": "1"})
    assert "72 timer" in client.page(at).text("main")
    client.send(f"{at}/decision", {"decision-version": "2"}, status=400)
    answers = {"decision-answer": "no", "decision-because": "Ingen kan genkendes", "decision-version": "2"}
    client.send(f"{at}/decision", answers)
    client.send(f"{at}/close", {"version": "3"})
    assert "Forkert billede" in client.page(at).text("main")
    client.page("/publishing/incidents")


def test_what_is_not_out_cannot_be_reported(session: Session, on: drafts.Stage) -> None:
    now = clock.now()
    row = f.planned(session, on, now, now + timedelta(hours=1))
    with pytest.raises(RuleBroken):
        incidents.report(session, f.KAREN, row.id, "", now=now)
