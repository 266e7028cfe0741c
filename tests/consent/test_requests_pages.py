"""Questions: asking again, mails, undoing, lapsing, and shoots with one code."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import col, select

from branding.consent.models import Consent, ConsentRequest, PublicationPolicy, Shoot, SigningLink, Subject
from branding.consent.queries import requests as queries
from branding.consent.service import requests as service
from branding.core import clock
from branding.core.db import Database
from branding.organisation import service as organisation
from branding.outbox.models import OutboxMessage
from tests.consent.test_signing_pages import added, answers, asked, opened
from tests.support.client import InspectingClient
from tests.support.people import make_area

SHOOT = {"title": "Sommerfest", "held_on": "2026-11-23", "media": "photo", "channels": "instagram"}


@pytest.fixture(autouse=True)
def coordinator(
    at: Callable[[str], datetime], database: Database, area: int, sign_in: Callable[..., int]
) -> int:
    moment = at("2026-11-23 10:00")
    with database.transaction() as session:
        organisation.set_up_organisation(session, "Prøveområdet", now=moment)
    return sign_in("coordinator", area)


def test_asked_again_about_the_same_the_earlier_links_are_closed(
    client: InspectingClient, area: int, database: Database
) -> None:
    subject_id = added(client, area)
    first = opened(client, asked(client, subject_id))
    with database.reader() as session:
        shoot = session.exec(select(Shoot.id)).one()
    second = opened(client, asked(client, subject_id, about=shoot))
    client.page(first, status=410)
    client.page(second)
    with database.reader() as session:
        closed = session.exec(select(ConsentRequest.id).where(ConsentRequest.outcome == "cancelled")).one()
    client.send(f"/consent/requests/{closed}/resume", status=400)
    client.page(first, status=410)


def test_a_mail_holds_the_link_and_no_name(client: InspectingClient, area: int, database: Database) -> None:
    request_id = asked(client, added(client, area, email="vega@example.dk"))
    page = client.send(f"/consent/requests/{request_id}/mail")
    assert "vega@example.dk" in page.text()
    with database.reader() as session:
        mail = session.exec(select(OutboxMessage)).one()
        link = session.exec(select(SigningLink)).one()
    assert "Vega" not in mail.subject + mail.body and link.token_hash not in mail.body
    address = re.findall(r"/sign/[\w-]+", mail.body)[0]
    client.page(address)
    client.send(f"/consent/requests/{request_id}/cancel")
    with database.reader() as session:
        assert session.exec(select(OutboxMessage)).one().status == "cancelled"


def test_without_a_mail_address_nothing_is_sent(client: InspectingClient, area: int) -> None:
    request_id = asked(client, added(client, area))
    client.send(f"/consent/requests/{request_id}/mail", status=400)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"channels": ""}, "mindst ét sted"),
        ({"media": ""}, "billeder, film"),
        ({"title": ""}, "hvad det hedder"),
        ({"has_power": "y"}, "hvorfor du selv spørger"),
        ({"lasts_until": "2028-01-01"}, "højst"),
        ({"lasts_until": "2020-01-01"}, "være gået"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    client: InspectingClient, area: int, facts: dict[str, str], says: str
) -> None:
    subject_id = added(client, area)
    data = {"about": "new", "title": "Fest", "media": "photo", "channels": "instagram", **facts}
    data = {key: value for key, value in data.items() if value}
    page = client.send(f"/consent/people/{subject_id}/ask", data, status=400)
    assert says in page.text()


def test_a_manager_who_asks_says_why(client: InspectingClient, area: int, database: Database) -> None:
    asked(client, added(client, area), has_power="y", power_reason="Ingen andre er på vagt")
    with database.reader() as session:
        row = session.exec(select(ConsentRequest)).one()
    assert row.asker_has_power and row.power_reason == "Ingen andre er på vagt"


def test_questions_lapse_with_their_half_answers(
    client: InspectingClient, area: int, database: Database, at: Callable[[str], datetime]
) -> None:
    link = opened(client, asked(client, added(client, area)))
    look = client.send(link, answers(client.page(link), by_mark="y"))
    client.send(link, {**look.fields(), "step": "send"})
    later = at("2026-12-24 10:00")
    with database.transaction() as session:
        assert session.exec(select(ConsentRequest)).one().partial_sealed
        assert service.lapse_requests(session, now=later) == 1
        assert service.lapse_requests(session, now=later) == 0
    with database.reader() as session:
        row = session.exec(select(ConsentRequest)).one()
    assert (row.outcome, row.partial_sealed) == ("lapsed", "")
    client.page(link, status=410)


def test_another_units_questions_are_not_there(
    client: InspectingClient,
    area: int,
    database: Database,
    sign_in: Callable[..., int],
    at: Callable[[str], datetime],
) -> None:
    request_id = asked(client, added(client, area))
    shoot = client.post("/consent/shoots/new", data={**SHOOT, "unit_id": area}).location
    at("2026-11-23 10:01")
    sign_in("coordinator", make_area(database, "Specialområde Voksne", "SVO"))
    client.page(f"/consent/requests/{request_id}", status=404)
    client.page(f"/consent/requests/{request_id}/scan", status=404)
    assert client.get(f"/consent/requests/{request_id}/paper.pdf").status_code == 404
    for what in ("sign-here", "link", "mail", "cancel", "resume"):
        client.send(f"/consent/requests/{request_id}/{what}", status=404)
    client.page(shoot, status=404)
    for what in ("close", "reopen"):
        client.send(f"{shoot}/{what}", status=404)
    client.send(f"{shoot}/blanks", {"kind": "citizen", "count": "1"}, status=404)
    code = _one(database).code
    client.send("/consent/paper", {"code": code}, status=400)


def _one(database: Database) -> ConsentRequest:
    with database.reader() as session:
        return session.exec(select(ConsentRequest)).one()


def shoot_link(client: InspectingClient, database: Database, address: str) -> str:
    from branding.consent.queries import shoots

    with database.reader() as session:
        return f"/shoot/{shoots.token_of(session, address.rsplit('/', 1)[-1])}"


def test_everybody_at_a_shoot_answers_by_one_code(
    client: InspectingClient, area: int, database: Database
) -> None:
    address = client.post("/consent/shoots/new", data={**SHOOT, "unit_id": area}).location
    assert client.get(f"{address}/sheet.pdf").mimetype == "application/pdf"
    link = shoot_link(client, database, address)
    assert "Sommerfest" in client.page(link).text("h1")
    assert "under 18 år" in client.page(link).text()
    for label, kind in (("Alma", "colleague"), ("Vega", "citizen")):
        sign = client.post(link, data={"label": label, "kind": kind}).location
        page = client.page(sign)
        look = client.send(sign, answers(page, name=label))
        client.send(sign, {**look.fields(), "step": "send"})
    page = client.page(address)
    assert "2 personer indtil nu" in page.text()
    with database.reader() as session:
        forms = session.exec(select(Consent.form_id).order_by(col(Consent.form_id))).all()
        assert forms == ["citizen_easy-1-da", "colleague_written-1-da"]
    client.send(f"{address}/close")
    client.page(link, status=410)
    client.send(f"{address}/reopen")
    client.page(link)
    client.page("/shoot/unknown", status=404)


def test_programs_and_empty_names_come_to_nothing_at_a_shoot(
    client: InspectingClient, area: int, database: Database
) -> None:
    address = client.post("/consent/shoots/new", data={**SHOOT, "unit_id": area}).location
    link = shoot_link(client, database, address)
    client.post(link, data={"label": "Bot", "kind": "other", "website": "http"})
    client.send(link, {"label": "", "kind": "other"}, status=400)
    with database.reader() as session:
        assert not session.exec(select(Subject)).all()


def test_a_code_closes_by_itself_two_days_after(
    client: InspectingClient, area: int, database: Database, at: Callable[[str], datetime]
) -> None:
    address = client.post("/consent/shoots/new", data={**SHOOT, "unit_id": area}).location
    link = shoot_link(client, database, address)
    at("2026-11-24 23:59")
    client.page(link)
    at("2026-11-25 00:00")
    client.page(link, status=410)


def test_secrets_are_kept_as_hashes_only(client: InspectingClient, area: int, database: Database) -> None:
    link = opened(client, asked(client, added(client, area)))
    token = link.rsplit("/", 1)[-1]
    with database.reader() as session:
        row = session.exec(select(SigningLink)).one()
        assert row.token_hash == queries.token_hash(token) != token
        assert queries.find_link(session, token, clock.now()) is not None
    assert len(token) >= 43


def test_who_must_be_written_in_first_is_one_tap_away(client: InspectingClient, area: int) -> None:
    subject_id = added(client, area, route="self_guardian")
    data = {"about": "new", "title": "Fest", "media": "photo", "channels": "instagram"}
    page = client.send(f"/consent/people/{subject_id}/ask", data, status=400)
    assert f"/consent/people/{subject_id}/representations/new" in [a.get("href") for a in page.all("a")]


def test_where_a_yes_would_open_nothing_it_is_said_before_asking(
    client: InspectingClient, area: int, database: Database
) -> None:
    subject_id = added(client, area)
    address = f"/consent/people/{subject_id}/ask"
    told = client.page(address).text("main")
    assert "Vega kan ikke vises, før enheden har en vurdering." in told and "Vent med at spørge." in told
    closed = PublicationPolicy(kind="citizen", openness="forbidden", changed_at=clock.now())
    with database.transaction() as session:
        session.add(closed)
    assert "Borgere er lukket i enheden" in client.page(address).text("main")
    with database.transaction() as session:
        session.exec(select(PublicationPolicy)).one().openness = "allowed"
    assert "Vent med at spørge." not in client.page(address).text("main")
