"""Leaders, volunteers, evaluations and the lent login, as people click through them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core import clock
from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox.models import OutboxMessage
from branding.takeovers import jobs, letters, queries
from branding.takeovers.service import evaluations, hosts, leaders
from branding.takeovers.values import NameHost
from tests.support.client import InspectingClient
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, World

SignIn = Callable[..., int]
At = Callable[[str], datetime]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-05 09:00")


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    with database.transaction() as session:
        made = factories.world(session, now)
        factories.with_leaders(session, made, now)
        return made


@pytest.fixture
def takeover_id(database: Database, world: World, now: datetime) -> int:
    with database.transaction() as session:
        return factories.takeover(session, world, now)


@pytest.fixture
def run(app: Flask, database: Database, settings: Settings) -> Callable[..., None]:
    """Runs a job of takeovers, or what a reminder asks of it, twice: the second time does nothing."""

    def run(name: str, moment: datetime) -> None:
        with app.app_context():
            for _ in range(2):
                if name in REMINDED:
                    with database.transaction() as session:
                        REMINDED[name](session, moment)
                else:
                    getattr(jobs, name)(Job(name, database, settings, moment))

    return run


def ask_leaders(session: Session, now: datetime) -> None:
    write = partial(letters.leader, session, "leader_asked")
    leaders.ask_leaders(session, write, today=clock.local(now).date(), now=now)


def thank_hosts(session: Session, now: datetime) -> None:
    write = partial(letters.thanks, session)
    evaluations.thank_hosts(session, write, today=clock.local(now).date(), now=now)


#: When they are done, the rules of reminders say.
REMINDED = {"ask_leaders": ask_leaders, "thank_hosts": thank_hosts}


def outgoing(database: Database) -> list[OutboxMessage]:
    with database.reader() as session:
        return list(session.exec(select(OutboxMessage).order_by(OutboxMessage.id)))  # type: ignore[arg-type]


def address_in(mail: OutboxMessage) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)
    assert found is not None
    return found[1]


def refused_attempts(database: Database, tag: str) -> int:
    with database.reader() as session:
        return len(list(session.exec(select(AuditEntry).where(AuditEntry.tag == tag))))


def name(database: Database, takeover_id: int, now: datetime) -> int:
    request = NameHost("Mette Prøve", "mette@example.dk")
    with database.transaction() as session:
        return hosts.name_host(session, COMMUNICATIONS, takeover_id, request, today=now.date(), now=now)


def test_a_leader_oks_a_host_from_the_mail_with_one_tap(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, takeover_id: int,
    now: datetime, run: Callable[..., None],
) -> None:  # fmt: skip
    name(database, takeover_id, now)
    run("ask_leaders", now)
    (mail,) = outgoing(database)
    assert mail.to_address == "lone@example.dk"
    assert mail.subject == "Specialområde Hjerneskade har Instagram i uge 45-46"
    assert "Mette Prøve" in mail.body
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    address = address_in(mail)
    page = phone.page(address)
    assert page.text("h1") == "Specialområde Hjerneskade har Instagram i uge 45-46"
    host_id = 1
    page = phone.send(f"{address}/hosts/{host_id}", {"answer": "ok"})
    assert "Koordinatoren kan se, at Mette Prøve er OK." in page.text()
    page = phone.send(f"{address}/hosts/{host_id}", {"answer": "no", "note": "Hun er på kursus"})
    assert "du har sagt nej" in page.text() and "Jeg har ombestemt mig: OK" in page.text()
    phone.send(f"{address}/hosts/{host_id}", {"answer": "ok", "note": "x" * 301}, status=400)
    sign_in("communications")
    page = client.page(f"/takeovers/{takeover_id}")
    assert "lederen siger nej" in page.text() and "Hun er på kursus" in page.text()
    assert "Lederen har sagt nej. Find en anden vært, eller ring til lederen." in page.text()
    assert "Du må gerne invitere" not in page.text() and page.source.count("/hosts/1/invitation") == 1
    assert page.links()["Sæt en vært på"] == f"/takeovers/{takeover_id}/hosts/new"
    assert "Lederen siger nej til Mette Prøve" in client.page("/hosts/1/invitation").text()
    assert "lederen siger nej" in client.page("/takeovers").text()


def test_a_leader_hears_of_a_host_who_is_named_later(
    app: Flask, database: Database, takeover_id: int, now: datetime, run: Callable[..., None], at: At
) -> None:
    run("ask_leaders", now)
    later = at("2026-10-06 10:00")
    name(database, takeover_id, later)
    run("tell_leaders", later)
    asked, named = outgoing(database)
    assert named.subject == "Er det OK med Mette som vært i uge 45?"
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    for mail in (asked, named):
        assert "OK, det er fint" in phone.page(address_in(mail)).text()


def test_a_leader_puts_somebody_on_the_list_and_shares_a_link(
    app: Flask, database: Database, world: World, now: datetime, run: Callable[..., None]
) -> None:
    run("ask_leaders", now)
    address = address_in(outgoing(database)[0])
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    assert "Der er ikke peget på nogen endnu" in phone.page(address).text()
    page = phone.send(f"{address}/volunteers", {"name": "Bo Prøve", "email": "ikke en mail"}, status=400)
    assert "Der er ikke gemt noget endnu" in page.text()
    page = phone.send(f"{address}/volunteers", {"name": "Bo Prøve", "email": "bo@example.dk"})
    assert "Bo Prøve står på listen og får en mail om det." in page.text()
    mail = outgoing(database)[-1]
    assert (mail.to_address, mail.subject) == ("bo@example.dk", "Har du lyst til at være vært på Instagram?")
    poster = phone.send(f"{address}/volunteer-link")
    assert poster.path.endswith("/poster") and "<svg" in poster.source


@pytest.mark.parametrize("path", ["/leader/x", "/volunteer/x", "/volunteer/x/poster", "/volunteer/off/x"])
def test_secrets_that_never_were_say_so(client: InspectingClient, path: str) -> None:
    assert "Vi kender ikke linket" in client.page(path, status=404).text()


def test_a_leaders_link_closes_when_it_is_taken_back_and_when_the_weeks_are_over(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, world: World, now: datetime,
    run: Callable[..., None], at: At,
) -> None:  # fmt: skip
    run("ask_leaders", now)
    first = address_in(outgoing(database)[0])
    sign_in("coordinator", world.area)
    slot = client.page(f"/slots/{world.slot}")
    assert "Fik besked" in slot.text()
    client.send(f"/slots/{world.slot}/leaders/{world.area}")
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    assert "Linket er lukket" in phone.page(first, status=410).text()
    assert phone.post(f"{first}/hosts/1", data={"answer": "ok"}).status_code == 410
    assert phone.post(f"{first}/volunteers", data={"name": "B", "email": "b@example.dk"}).status_code == 410
    assert phone.post(f"{first}/volunteer-link").status_code == 410
    second = address_in(outgoing(database)[-1])
    phone.page(second)
    at("2026-11-16 08:00")
    assert "Ugerne er slut" in phone.page(second, status=410).text()
    at("2026-10-06 08:00")
    client.send(f"/slots/{world.slot}/leaders/{world.area}/revoke-link")
    assert "Linket er lukket" in phone.page(second, status=410).text()


def test_opening_a_leaders_link_writes_nothing(
    app: Flask, database: Database, takeover_id: int, now: datetime, run: Callable[..., None]
) -> None:
    name(database, takeover_id, now)
    run("ask_leaders", now)
    address = address_in(outgoing(database)[0])
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    for _ in range(3):
        phone.page(address)
    with database.reader() as session:
        assert queries.host_view(session, 1).leader_answer == ""


def test_an_employee_volunteers_by_the_poster_and_leaves_again(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, takeover_id: int, world: World
) -> None:
    sign_in("coordinator", world.area)
    assert "Ingen står på listen endnu" in client.page("/volunteers").text()
    poster = client.send("/volunteer-links", {"unit_id": world.department})
    address = poster.path.removesuffix("/poster")
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    form = phone.page(address)
    assert "slettes efter 12 måneder" in form.text()
    answers = {"name": "Mette Prøve", "email": "Mette@example.dk", "wish": "Ikke i juli", "profession_id": 0}
    assert "Skriv en mailadresse" in phone.send(address, answers | {"email": "nej"}, status=400).text()
    for _ in range(2):
        assert "Dejligt, at du har lyst!" in phone.send(address, answers).text()
    assert len(outgoing(database)) == 1
    page = client.page("/volunteers")
    assert "Mette Prøve" in page.text() and "Ikke i juli" in page.text()
    page = client.page(f"/takeovers/{takeover_id}")
    assert "Vil gerne være vært" in page.text()
    page = client.send(f"/takeovers/{takeover_id}/volunteers/1")
    assert "Mette Prøve er sat på som vært" in page.text() or "Mette Prøve" in page.text("h1")
    off = address_in(outgoing(database)[0])
    phone.page(off)
    phone.page(off)
    assert "Du er taget af listen" in phone.send(off).text()
    assert "Du er taget af listen" in phone.page(off, status=410).text()
    assert "Mette" not in client.page("/volunteers").text()


def test_a_program_that_fills_in_everything_gets_the_same_thanks_and_no_row(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, world: World
) -> None:
    sign_in("communications")
    address = client.send("/volunteer-links", {"unit_id": world.area}).path.removesuffix("/poster")
    answers = {"name": "X", "email": "x@example.dk", "profession_id": 0, "website": "spam"}
    assert "Dejligt, at du har lyst!" in client.send(address, answers).text()
    assert not outgoing(database)
    client.send("/volunteer-links/1/stop")
    for path in (address, f"{address}/poster"):
        assert "Linket er lukket" in client.page(path, status=410).text()
    assert client.post(address, data=answers).status_code == 410


def test_a_volunteer_is_chosen_from_the_list_and_removed_with_undo(
    app: Flask, client: InspectingClient, sign_in: SignIn, takeover_id: int, world: World
) -> None:
    sign_in("communications")
    address = client.send("/volunteer-links", {"unit_id": world.area}).path.removesuffix("/poster")
    for person in ("mette", "bo"):
        answers = {"name": f"{person.title()} Prøve", "email": f"{person}@example.dk", "profession_id": 0}
        client.send(address, answers)
    page = client.page("/volunteers/1/choose")
    page = client.send("/volunteers/1/choose", page.fields())
    assert page.path == f"/takeovers/{takeover_id}" and "Mette Prøve" in page.text("h1")
    assert "vært i uge 45" in client.page("/volunteers").text()
    page = client.send("/volunteers/2/remove")
    assert "Bo Prøve er taget af listen." in page.text()
    assert "Bo Prøve står på listen igen." in client.send("/volunteers/2/restore").text()
    client.send("/volunteers/2/choose", {"takeover_id": 999}, status=400)


def test_other_coordinators_find_neither_volunteers_nor_leaders(
    app: Flask, client: InspectingClient, sign_in: SignIn, takeover_id: int, world: World
) -> None:
    sign_in("communications")
    address = client.send("/volunteer-links", {"unit_id": world.area}).path.removesuffix("/poster")
    client.send(address, {"name": "Mette Prøve", "email": "mette@example.dk", "profession_id": 0})
    sign_in("coordinator", world.other_area)
    assert "Mette" not in client.page("/volunteers").text()
    client.page("/volunteers/1/choose", status=404)
    for path in (
        "/volunteers/1/remove", "/volunteers/1/restore", "/volunteer-links/1/stop",
        f"/takeovers/{takeover_id}/volunteers/1", f"/slots/{world.slot}/leaders/{world.area}",
        f"/slots/{world.slot}/leaders/{world.area}/revoke-link",
    ):  # fmt: skip
        assert client.post(path).status_code == 404, path
    assert client.post("/volunteer-links", data={"unit_id": world.area}).status_code == 400


def test_a_host_evaluates_by_the_thank_you_mail_and_a_second_answer_gets_a_plain_reason(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, world: World, now: datetime,
    run: Callable[..., None], at: At,
) -> None:  # fmt: skip
    with database.transaction() as session:
        factories.held(session, world, now)
        factories.delivered(session)
    run("thank_hosts", at("2026-11-09 08:00"))
    mail = outgoing(database)[-1]
    assert mail.subject == "Tak for din takeover!" and len(outgoing(database)) == 2
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    page = phone.page(address_in(mail))
    assert page.path == "/my-week/evaluation"
    for closed in ("/my-week", "/my-week/guide", "/my-week/rules"):
        assert phone.page(closed).path == "/my-week/evaluation"
    assert phone.post("/my-week/decline").status_code == 400
    assert "Vælg et af svarene." in phone.send("/my-week/evaluation", {"equipped": "4"}, status=400).text()
    answers = {"equipped": "4", "recommend": "yes", "advice": "Tag billederne om morgenen."}
    assert "Tak! Den næste vært læser det." in phone.send("/my-week/evaluation", answers).text()
    again = phone.send("/my-week/evaluation", answers | {"equipped": "1"}, status=409)
    assert "Du har allerede svaret. Tak!" in again.text() and "Ja, for det meste" in again.text()
    for role in ("reader", "dpo", "admin", "communications"):
        sign_in(role)
        page = client.page("/evaluations")
        assert "1 af 1" in page.text() and "100 %" in page.text() and "Anna" not in page.text()
    page = client.send("/evaluations/1/hide")
    assert "Rådet bliver ikke givet videre." in page.text() and "gives ikke videre" in page.text()
    at("2026-11-09 09:00")
    sign_in("reader")
    assert "om morgenen" not in client.page("/evaluations").text()
    sign_in("coordinator", world.other_area)
    assert client.post("/evaluations/1/show").status_code == 404
    at("2026-11-09 10:00")
    sign_in("coordinator", world.area)
    assert "om morgenen" in client.send("/evaluations/1/show").text()
    at("2026-11-22 23:00")
    assert "Dine svar" in phone.page("/my-week/evaluation").text()
    at("2026-11-23 08:00")
    assert "Linket er lukket" in phone.page("/my-week/evaluation", status=410).text()
    assert "Linket er lukket" in phone.page(address_in(mail), status=410).text()


def test_advice_from_earlier_hosts_stands_in_the_next_guide(
    app: Flask, database: Database, world: World, now: datetime, at: At
) -> None:
    with database.transaction() as session:
        earlier = factories.held(session, world, now)
        second = factories.takeover(session, world, now, starts_on=datetime(2026, 11, 9).date())  # noqa: DTZ001
        _, token = factories.invited(session, second, now, email="bo@example.dk")
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    phone.page(f"/host/{token}")
    assert "Råd fra tidligere værter" not in phone.page("/my-week/guide").text()
    assert phone.page("/my-week/evaluation").path == "/my-week"
    at("2026-11-09 08:00")
    with database.transaction() as session:
        from branding.takeovers.models import Evaluation

        session.add(
            Evaluation(host_id=earlier, equipped=5, recommend="yes", advice="Spis først.", answered_at=now)
        )
    guide = phone.page("/my-week/guide").text()
    assert "Råd fra tidligere værter" in guide and "Spis først." in guide and "Anna" not in guide


def test_the_login_is_shown_in_the_days_only_and_never_to_staff(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, world: World, takeover_id: int,
    now: datetime, at: At, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    with database.transaction() as session:
        host_id, token = factories.invited(session, takeover_id, now)
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    phone.page(f"/host/{token}")
    assert "lånes ikke ud" in phone.page("/my-week/login", status=403).text()
    address = f"/profiles/{world.profile}/login"
    sign_in("communications")
    assert "Det kan Stafet ikke tjekke" in client.page(address).text()
    client.send(address, {"username": "proeve"}, status=400)
    refused = client.send(address, {"username": "", "password": "Kun-for-vaerten-77"}, status=400)
    assert "Kun-for-vaerten-77" not in refused.source
    page = client.send(address, {"username": "proeve", "password": "Kun-for-vaerten-77"})
    assert "Kun-for-vaerten-77" not in page.source
    assert "sig ja til dem først" in phone.page("/my-week/login", status=403).text()
    with database.transaction() as session:
        factories.accepted(session, host_id, now)
    assert "ikke begyndt endnu" in phone.page("/my-week/login", status=403).text()
    live = at("2026-11-02 09:00")
    assert "ikke i gang" in phone.page("/my-week/login", status=403).text()
    with database.transaction() as session:
        factories.takeovers.advance(session, today=live.date(), now=live)
    assert "Se login" in phone.page("/my-week").links()
    assert "Kun-for-vaerten-77" not in phone.page("/my-week/login").source
    response = phone.post("/my-week/login")
    assert "Kun-for-vaerten-77" in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store" and response.status_code == 200
    assert refused_attempts(database, "takeovers:login:viewed") == 1
    assert refused_attempts(database, "takeovers:login:refused") == 4
    closed = at("2026-11-09 08:00")
    with database.transaction() as session:
        factories.takeovers.advance(session, today=closed.date(), now=closed)
    assert "slut" in phone.page("/my-week/login", status=403).text()
    sign_in("communications")
    page = client.page(f"/takeovers/{takeover_id}")
    assert "Skift adgangskoden til @proeve" in page.text()
    assert "Set af Anna Prøve, man. 2. nov. kl. 09.00" in page.text()
    assert "Anna Prøve har set adgangskoden. Skift den på Instagram nu." in client.page(address).text()
    client.send(address, {"username": "proeve", "password": "Kun-for-vaerten-77"}, status=400)
    client.page(f"{address}/off")
    page = client.send(f"{address}/off")
    assert "adgangskoden er slettet" in page.text()
    assert "har set adgangskoden" in page.text() and "Skift adgangskoden" in client.page("/").text()
    page = client.send(f"{address}/changed")
    assert "har set adgangskoden" not in page.text()
    with database.transaction() as session:
        assert queries.logins_to_change(session) == []
    assert "Kun-for-vaerten-77" not in caplog.text


@pytest.mark.parametrize("role", ["coordinator", "reader", "dpo"])
def test_a_login_is_no_business_of_other_roles(
    client: InspectingClient, sign_in: SignIn, world: World, role: str
) -> None:
    sign_in(role, world.area if role == "coordinator" else None)
    client.page(f"/profiles/{world.profile}/login", status=403)
    client.page(f"/profiles/{world.profile}/login/off", status=403)


def test_the_leader_of_a_unit_is_written_with_name_and_mail(
    client: InspectingClient, sign_in: SignIn, world: World
) -> None:
    sign_in("communications")
    page = client.page(f"/organisation/units/{world.department}")
    half = page.fields() | {"leader_name": "Dan Prøve"}
    assert "Skriv også lederens mailadresse." in client.send(page.path, half, status=400).text()
    client.send(page.path, half | {"leader_email": "dan@example.dk"})
    fields = client.page(f"/organisation/units/{world.department}").fields()
    assert (fields["leader_name"], fields["leader_email"]) == ("Dan Prøve", "dan@example.dk")


def test_volunteers_are_deleted_by_the_job(
    client: InspectingClient,
    sign_in: SignIn,
    database: Database,
    world: World,
    run: Callable[..., None],
    at: At,
) -> None:
    sign_in("communications")
    address = client.send("/volunteer-links", {"unit_id": world.area}).path.removesuffix("/poster")
    client.send(address, {"name": "Mette Prøve", "email": "mette@example.dk", "profession_id": 0})
    run("delete_volunteers", at("2027-10-05 09:00"))
    with database.reader() as session:
        assert queries.volunteers_of(session, [world.area]) == []
    assert refused_attempts(database, "takeovers:volunteer:deleted") == 1


HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} \"' & \u202egnp"


def test_hostile_words_stay_words_wherever_they_are_shown(
    app: Flask, client: InspectingClient, sign_in: SignIn, database: Database, world: World, takeover_id: int,
    now: datetime, run: Callable[..., None], at: At,
) -> None:  # fmt: skip
    """The client fails on any inline script; here the words are looked for as well."""
    sign_in("communications")
    unit = client.page(f"/organisation/units/{world.department}")
    client.send(unit.path, unit.fields() | {"name": f"Afdeling {HOSTILE}"})
    poster = client.send("/volunteer-links", {"unit_id": world.department})
    assert "<script>alert" not in poster.source and "&lt;script&gt;alert(1)" in poster.source
    address = poster.path.removesuffix("/poster")
    client.send(address, {"name": HOSTILE, "email": "x@example.dk", "wish": HOSTILE, "profession_id": 0})
    run("ask_leaders", now)
    leader = address_in(outgoing(database)[-1])
    host_id = name(database, takeover_id, now)
    client.send(f"{leader}/hosts/{host_id}", {"answer": "no", "note": HOSTILE})
    with database.transaction() as session:
        from branding.takeovers.models import Evaluation

        second = factories.takeover(session, world, now, starts_on=datetime(2026, 11, 9).date())  # noqa: DTZ001
        earlier, token = factories.invited(session, second, now)
        session.add(Evaluation(host_id=earlier, equipped=1, recommend="no", advice=HOSTILE, answered_at=now))
    phone: InspectingClient = app.test_client()  # type: ignore[assignment]
    phone.page(f"/host/{token}")
    shown = [client.page(path) for path in (
        "/volunteers", "/volunteers/1/choose", leader, f"/takeovers/{takeover_id}",
        f"/hosts/{host_id}/invitation",
    )] + [phone.page("/my-week/guide")]  # fmt: skip
    at("2026-11-20 09:00")
    sign_in("reader")
    for page in [*shown, client.page("/evaluations")]:
        assert "<script>alert" not in page.source and "{{ 7*7 }}" in page.text(), page.path


@pytest.mark.parametrize("answer", ["", "maybe", "OK"])
def test_an_answer_that_is_neither_yes_nor_no_is_none(
    client: InspectingClient, database: Database, takeover_id: int, now: datetime, run: Callable[..., None],
    answer: str,
) -> None:  # fmt: skip
    host_id = name(database, takeover_id, now)
    run("ask_leaders", now)
    address = address_in(outgoing(database)[0])
    client.send(f"{address}/hosts/{host_id}", {"answer": answer}, status=400)
    with database.reader() as session:
        assert queries.host_view(session, host_id).leader_answer == ""


def test_a_leaders_link_opens_nothing_when_somebody_else_leads_the_unit(
    client: InspectingClient, sign_in: SignIn, database: Database, takeover_id: int, world: World,
    now: datetime, run: Callable[..., None],
) -> None:  # fmt: skip
    host_id = name(database, takeover_id, now)
    run("ask_leaders", now)
    address = address_in(outgoing(database)[0])
    sign_in("communications")
    unit = client.page(f"/organisation/units/{world.area}")
    client.send(unit.path, unit.fields() | {"leader_name": "Nina Prøve", "leader_email": "nina@example.dk"})
    assert "Linket er lukket" in client.page(address, status=410).text()
    for path in (f"/hosts/{host_id}", "/volunteers", "/volunteer-link"):
        assert client.post(address + path, data={"answer": "ok"}).status_code == 410
    assert "Den nye leder får besked i morgen tidlig" in client.page(f"/slots/{world.slot}").text()


def test_a_name_cannot_write_lines_of_its_own_into_a_mail(
    client: InspectingClient, sign_in: SignIn, database: Database, world: World
) -> None:
    sign_in("communications")
    address = client.send("/volunteer-links", {"unit_id": world.area}).path.removesuffix("/poster")
    trap = "Mette\r\n\r\nKlik\there:\nhttp://example.org"
    client.send(address, {"name": trap, "email": "mette@example.dk", "profession_id": 0})
    (mail,) = outgoing(database)
    assert mail.body.startswith("Hej Mette\n\nTak for lysten!") and "example.org" not in mail.body


def test_the_thank_you_says_until_which_day_the_link_is_open(
    database: Database, world: World, now: datetime, run: Callable[..., None], at: At
) -> None:
    with database.transaction() as session:
        factories.held(session, world, now)
        factories.delivered(session)
    run("thank_hosts", at("2026-11-19 08:00"))  # the worker was down for ten days
    assert "Til og med søn. 22. nov. er linket åbent" in outgoing(database)[-1].body
