"""The host asks colleagues on the phone, and says yes for herself with the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from branding.consent.models import Consent, ConsentRequest, ConsentRules, ConsentScope, Subject, Withdrawal
from branding.consent.values.answers import Asked
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.outbox.models import OutboxMessage
from branding.takeovers.guide import RULES
from branding.takeovers.service import week
from tests.consent.factories import citizen, colleague, oral, written
from tests.support.client import InspectingClient
from tests.takeovers import factories
from tests.takeovers.factories import World

YES = {
    "answer": "yes",
    "name": "Alma Prøve",
    "said_instagram": "y",
    "said_yes": "y",
    "may_name": "yes",
    "may_voice": "no",
}


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-26 09:00")


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    with database.transaction() as session:
        return factories.world(session, now)


@pytest.fixture
def host(client: InspectingClient, database: Database, world: World, now: datetime) -> int:
    """A host whose link this client has opened; returns the host's id."""
    with database.transaction() as session:
        takeover_id = factories.takeover(session, world, now)
        host_id, token = factories.invited(session, takeover_id, now)
        factories.accepted(session, host_id, now)
    client.get(f"/host/{token}")
    return host_id


def consents(database: Database) -> list[Consent]:
    with database.reader() as session:
        return list(session.exec(select(Consent).where(Consent.evidence == "oral")))


def ref(database: Database) -> str:
    with database.reader() as session:
        return session.exec(select(Consent.target_ref).where(Consent.evidence == "click_authenticated")).one()


def test_accepting_the_rules_is_the_hosts_own_consent(session: Session, world: World, now: datetime) -> None:
    takeover_id = factories.takeover(session, world, now)
    host_id, _ = factories.invited(session, takeover_id, now)
    factories.accepted(session, host_id, now)
    factories.accepted(session, host_id, now)
    row = session.exec(select(Consent)).one()
    assert (row.evidence, row.target_ref, row.told_instagram) == (
        "click_authenticated", f"takeover:{takeover_id}", True,
    )  # fmt: skip
    assert session.exec(select(Subject.reference)).one() == f"host:{host_id}"
    week.decline(session, factories.as_host(host_id), today=now.date(), now=now)
    assert session.exec(select(Withdrawal)).one().consent_id == row.id
    factories.accepted(session, host_id, now)
    assert len(session.exec(select(Consent)).all()) == 2


def test_the_rules_say_so_in_one_plain_line(client: InspectingClient, host: int) -> None:
    assert "selv at blive vist på Instagram" in client.page("/my-week/rules").text()
    assert len(RULES) == 6


def test_the_host_sees_and_takes_back_the_own_yes(
    client: InspectingClient, database: Database, host: int
) -> None:
    page = client.send("/my-week/my-own-yes")
    assert page.path.startswith("/my-consent/")
    client.send(page.path.replace("my-consent", "withdraw"))
    with database.reader() as session:
        assert session.exec(select(Withdrawal)).one().via == "link"


def test_a_colleague_is_written_down_on_one_page(
    client: InspectingClient, database: Database, host: int
) -> None:
    page = client.page("/my-week/colleagues/new")
    inputs = [one for one in page.all("main")[0].iter("input") if one.get("type") in ("checkbox", "radio")]
    assert len(inputs) == 6
    assert not any(one.get("checked") is not None for one in inputs)
    done = client.send("/my-week/colleagues/new", YES)
    assert "Alma Prøve" in done.text()
    assert "/my-consent/" in done.text("main")
    row = consents(database)[0]
    assert (row.target_ref, row.target_label, row.place) == (
        ref(database), "Takeover i uge 45, Specialområde Hjerneskade", "Specialområde Hjerneskade",
    )  # fmt: skip
    with database.reader() as session:
        scope = session.exec(select(ConsentScope).where(ConsentScope.consent_id == row.id)).one()
    assert (scope.may_name, scope.may_voice) == (True, False)
    assert "sagde ja" in client.page("/my-week/colleagues").text()


def test_the_receipt_goes_out_when_there_is_a_mail(
    client: InspectingClient, database: Database, host: int
) -> None:
    client.send("/my-week/colleagues/new", {**YES, "email": "alma@example.dk"})
    with database.reader() as session:
        mail = session.exec(select(OutboxMessage).where(OutboxMessage.to_address == "alma@example.dk")).one()
    assert "Alma" not in mail.subject
    assert "Hej Alma" in mail.body
    assert "Prøve" not in mail.body.replace("Prøveområdet", "")


@pytest.mark.parametrize("left_out", ["said_instagram", "said_yes", "may_name", "may_voice", "name"])
def test_nothing_is_taken_for_granted(
    client: InspectingClient, database: Database, host: int, left_out: str
) -> None:
    client.send("/my-week/colleagues/new", {k: v for k, v in YES.items() if k != left_out}, 400)
    assert consents(database) == []


def test_a_no_is_one_press(client: InspectingClient, database: Database, host: int) -> None:
    client.send("/my-week/colleagues/new", {"answer": "no", "name": "Bo"})
    assert consents(database)[0].is_refusal
    assert "sagde nej" in client.page("/my-week/colleagues").text()


def test_asking_again_keeps_the_person(client: InspectingClient, database: Database, host: int) -> None:
    client.send("/my-week/colleagues/new", YES)
    again = client.page("/my-week/colleagues").links()["Spørg igen Alma Prøve"]
    client.send(again, {**{k: v for k, v in YES.items() if k != "name"}, "may_voice": "yes"})
    rows = consents(database)
    assert len({row.subject_id for row in rows}) == 1
    assert len(rows) == 2


def test_a_colleague_who_regrets_is_taken_back_at_once(
    client: InspectingClient, database: Database, world: World, host: int, at: Callable[[str], datetime]
) -> None:
    now = at("2026-10-26 09:05")
    client.send("/my-week/colleagues/new", YES)
    with database.transaction() as session:
        stranger = colleague(session, world.area, now=now, label="Fremmed")
    alma = consents(database)[0].subject_id
    done = client.send(f"/my-week/colleagues/{alma}/regrets")
    assert "har fortrudt" in done.text("main") and "sagde ja" not in done.text("main")
    client.send(f"/my-week/colleagues/{alma}/regrets")
    with database.reader() as session:
        row = session.exec(select(Withdrawal)).one()
    assert (row.via, row.registered_by_kind, row.subject_id) == ("employee", "host", alma)
    assert client.post(f"/my-week/colleagues/{stranger}/regrets").status_code == 404
    at("2026-10-26 09:10")
    client.send(
        client.page("/my-week/colleagues").links()["Spørg igen Alma Prøve"], {**YES, "may_voice": "yes"}
    )
    assert "sagde ja" in client.page("/my-week/colleagues").text()


def test_a_yes_that_shows_nobody_is_no_yes_to_the_host(
    client: InspectingClient, database: Database, world: World, host: int, now: datetime
) -> None:
    about = ref(database)
    with database.transaction() as session:
        alma = colleague(session, world.area, now=now)
        oral(session, alma, now=now, target_ref=about)
        session.exec(select(Subject).where(Subject.id == alma)).one().hold = "protected_address"
    text = client.page("/my-week/colleagues").text()
    assert "Alma vent, ikke i orden endnu" in text


def test_the_host_sees_labels_of_this_takeover_and_never_the_register(
    client: InspectingClient, database: Database, world: World, host: int, now: datetime
) -> None:
    about = ref(database)
    with database.transaction() as session:
        ready = citizen(session, world.area, now=now, label="Vega")
        written(session, ready, now=now, target_ref=about)
        citizen(session, world.area, now=now, label="Hemmelig")
        other = colleague(session, world.area, now=now, label="Fremmed")
        oral(
            session, other, now=now, target_ref="takeover:999", asked=Asked("system", None, now), actor=SYSTEM
        )
    text = client.page("/my-week/colleagues").text()
    assert "Vega" in text
    assert "Hemmelig" not in text
    assert "Fremmed" not in text
    assert "Anna" not in text
    assert client.get(f"/my-week/colleagues/{other}").status_code == 404
    assert client.get(f"/my-week/colleagues/{ready}").status_code == 404
    assert client.get(f"/consent/people/{ready}").status_code in (303, 403)


def test_where_colleagues_sign_the_page_explains_itself(
    client: InspectingClient, database: Database, host: int
) -> None:
    with database.transaction() as session:
        session.add(ConsentRules(colleague_written=True))
    assert "skriver kolleger under" in client.page("/my-week/colleagues/new").text()
    done = client.send("/my-week/colleagues/new", {"name": "Alma Prøve", "email": "alma@example.dk"})
    assert "Nu skriver Alma under" in done.text()
    assert consents(database) == []
    with database.reader() as session:
        assert session.exec(select(ConsentRequest.target_ref)).one() == ref(database)
        mail = session.exec(select(OutboxMessage).where(OutboxMessage.to_address == "alma@example.dk")).one()
    assert "/sign/" in mail.body


def test_staff_writes_it_down_for_a_takeover(
    client: InspectingClient,
    database: Database,
    world: World,
    now: datetime,
    sign_in: Callable[..., int],
    at: Callable[[str], datetime],
) -> None:
    with database.transaction() as session:
        takeover_id = factories.takeover(session, world, now)
    sign_in("coordinator", world.area)
    address = f"/takeovers/{takeover_id}/colleagues/new"
    sent = {**YES, "about": f"takeover:{takeover_id}", "unit_id": world.area, "subject_id": ""}
    client.send(address, {**sent, "has_power": "y"}, 400)
    client.send(address, {**sent, "has_power": "y", "power_reason": "Ingen andre var der"})
    assert consents(database)[0].asker_has_power
    at("2026-10-26 10:00")
    sign_in("coordinator", world.other_area)
    assert client.get(address).status_code == 404
    sign_in("reader")
    assert client.get(address).status_code == 403
