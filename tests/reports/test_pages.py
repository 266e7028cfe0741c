"""The pages of reports, by those who read, those who send, and strangers with a link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core.actor import Role
from branding.core.db import Database
from branding.core.settings import Settings
from branding.reports.models import ReportFile, ReportLink
from branding.reports.values.orders import Kind
from branding.takeovers.models import Evaluation
from branding.web.limits import limiter
from tests.reports import factories as f
from tests.support import people
from tests.support.client import InspectingClient
from tests.takeovers.factories import World

At = Callable[[str], datetime]
SignIn = Callable[..., int]
PERIOD = "from=2026-W44&to=2026-W46"
FORM = {
    "kind": "content-plan", "rhythm": "weekly", "span": "this_and_next_week", "unit": "", "form": "pdf",
    "mails": "netvaerk@example.dk", "version": "0",
}  # fmt: skip


@pytest.fixture
def world(session: Session, at: At) -> World:
    found = f.held(session, at("2026-10-01 09:00"))
    session.commit()
    at("2026-11-09 09:00")
    return found


def keep(client: InspectingClient, kind: str = "takeovers", more: str = "") -> int:
    """Order the report into the archive; returns its id."""
    answer = client.post(f"/reports/{kind}/keep?{PERIOD}{more}")
    assert answer.status_code == 303
    return int(answer.location.rsplit("/", 1)[1])


def new_link(client: InspectingClient, number: int) -> str:
    """Make a link to a file; returns its path."""
    page = client.send(f"/reports/archive/{number}/links")
    return str(urlsplit(next(word for word in page.source.split('"') if "/r/" in word)).path)


def test_every_report_can_be_read_and_an_empty_period_says_so(
    world: World, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("communications")
    client.page("/reports")
    for kind in Kind:
        client.page(f"/reports/{kind}?{PERIOD}")
        client.page(f"/reports/{kind}?from=2019-W01&to=2019-W02")
    empty = client.page("/reports/takeovers?from=2019-W01&to=2019-W02").source
    assert "Der er ikke noget i den periode" in empty
    assert f.HOST in client.page(f"/reports/takeovers?{PERIOD}").source
    assert "Tag billederne om morgenen." in client.page(f"/reports/experiences?{PERIOD}").source
    client.page("/reports/nothing", 404)


@pytest.mark.parametrize(
    "days", ["from=2026-W54", "from=9999-12-01&to=9999-12-31", "from=2026-W20&to=2026-W2"]
)
def test_days_that_cannot_be_are_told_of_on_the_page(
    world: World, client: InspectingClient, sign_in: SignIn, days: str
) -> None:
    sign_in("reader")
    assert 'role="alert"' in client.page(f"/reports/content-plan?{days}", 400).source
    client.page(f"/reports/content-plan/file/pdf?{days}", 404)


@pytest.mark.parametrize("kind", ["takeovers", "content-plan", "experiences"])
def test_no_host_is_named_to_leaders_in_any_form(
    world: World, client: InspectingClient, sign_in: SignIn, kind: str
) -> None:
    sign_in("communications")
    assert f.HOST not in client.page(f"/reports/{kind}?{PERIOD}&leaders=1").source
    for form in ("csv", "ics") if kind == "content-plan" else ("csv",):
        named = client.get(f"/reports/{kind}/file/{form}?{PERIOD}").get_data(as_text=True)
        nobody = client.get(f"/reports/{kind}/file/{form}?{PERIOD}&leaders=1").get_data(as_text=True)
        assert (f.HOST in named) == (kind != "experiences") and f.HOST not in nobody
    assert client.get(f"/reports/{kind}/file/exe?{PERIOD}").status_code == 404


def test_a_coordinator_reads_the_own_units_only(
    world: World, client: InspectingClient, sign_in: SignIn, database: Database, settings: Settings, at: At
) -> None:
    sign_in("communications")
    everything, of_soh = keep(client), keep(client, more=f"&unit={world.area}")
    sign_in("coordinator", world.other_area)
    assert f.HOST not in client.page(f"/reports/takeovers?{PERIOD}").source
    client.page(f"/reports/takeovers?{PERIOD}&unit={world.area}", 404)
    client.page("/reports/takeovers?unit=99999", 404)
    assert client.post(f"/reports/takeovers/keep?{PERIOD}&unit={world.area}").status_code == 404
    for number in (everything, of_soh):
        client.page(f"/reports/archive/{number}", 404)
        client.page(f"/reports/archive/{number}/file", 404)
        assert client.post(f"/reports/archive/{number}/retry").status_code == 404
    mine = keep(client)
    with client.application.app_context():
        f.make(database, settings)
    assert client.get(f"/reports/archive/{mine}/file").data.startswith(b"%PDF")
    assert f.HOST not in client.get(f"/reports/takeovers/file/csv?{PERIOD}").get_data(as_text=True)
    at("2026-11-09 09:01")
    sign_in("coordinator", world.area)
    client.page(f"/reports/archive/{mine}", 404)
    shown = client.page("/reports/archive").source
    assert f"/reports/archive/{of_soh}" in shown and f"/reports/archive/{everything}" not in shown
    assert f.HOST in client.page(f"/reports/takeovers?{PERIOD}").source


def test_only_communications_sends_reports_and_opens_them_to_others(
    world: World, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("communications")
    number = keep(client)
    for role in ("reader", "dpo", "admin"):
        sign_in(role)
        client.page(f"/reports/archive/{number}")
        assert client.get("/reports/schedules").status_code == 403
        assert client.post("/reports/schedules/new", data=FORM).status_code == 403
        assert client.post(f"/reports/archive/{number}/links").status_code == 403
    client.post("/sign-out")
    assert client.get("/reports").status_code in (302, 303, 403)


def test_a_report_is_kept_made_taken_along_and_opened_by_link(
    world: World, client: InspectingClient, sign_in: SignIn, database: Database, settings: Settings
) -> None:
    sign_in("communications")
    number = keep(client, more="&leaders=1")
    assert "Det tager et par sekunder" in client.page(f"/reports/archive/{number}").source
    assert '"is_under_way":true' in client.get(f"/reports/archive/{number}/progress").get_data(as_text=True)
    client.page(f"/reports/archive/{number}/file", 404)
    with client.application.app_context():
        f.make(database, settings)
    assert client.get(f"/reports/archive/{number}/file").data.startswith(b"%PDF")
    path = new_link(client, number)
    assert "/r/" not in client.page(f"/reports/archive/{number}").source  # shown once
    stranger = client.application.test_client()
    assert stranger.get(path).status_code == 200
    taken = stranger.get(f"{path}/file")
    assert taken.data.startswith(b"%PDF") and "attachment" in taken.headers["Content-Disposition"]
    client.send(f"/reports/archive/{number}/links/revoke")
    assert stranger.get(path).status_code == 404 and stranger.get(f"{path}/file").status_code == 404


def test_a_named_report_gets_no_link(world: World, client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    number = keep(client)
    assert "Kun udgaven uden navne" in client.send(f"/reports/archive/{number}/links").source


def test_links_end_and_cannot_be_guessed(
    world: World,
    client: InspectingClient,
    sign_in: SignIn,
    database: Database,
    settings: Settings,
    at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in("communications")
    number = keep(client, more="&leaders=1")
    with client.application.app_context():
        f.make(database, settings)
    path = new_link(client, number)
    with database.reader() as reading:
        (link,) = reading.exec(select(ReportLink))
        assert path.rsplit("/", 1)[1] not in link.token_hash
        tags = [entry for entry in reading.exec(select(AuditEntry)) if path[3:] in str(entry.__dict__)]
        assert tags == []
    at("2026-12-10 09:00")
    assert client.get(path).status_code == 404
    monkeypatch.setattr(limiter, "enabled", True)
    assert [client.get(f"/r/{n}").status_code for n in range(31)][-1] == 429


def test_a_page_by_link_shows_what_people_wrote_as_text(
    world: World, client: InspectingClient, sign_in: SignIn, database: Database, settings: Settings
) -> None:
    sign_in("communications")
    client.send("/reports/schedules/new", FORM | {
        "form": "html", "for_leaders": "y", "as_link": "y", "kind": "experiences", "span": "this_year",
    })  # fmt: skip
    with database.transaction() as session:
        (answer,) = session.exec(select(Evaluation))
        answer.advice = "<script>alert(1)</script></main><img src=x onerror=alert(1)>"
    client.post("/reports/schedules/1/run")
    with client.application.app_context():
        f.make(database, settings)
    shown = client.page(new_link(client, 1)).source
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown and "<img src=x" not in shown


def test_schedules_are_written_changed_turned_off_and_sent_now(
    world: World, client: InspectingClient, sign_in: SignIn, database: Database, settings: Settings
) -> None:
    sign_in("communications")
    assert "Intet bliver sendt af sig selv" in client.page("/reports/schedules").source
    client.page("/reports/schedules/new?kind=strategy")
    assert (
        "ikke en mailadresse"
        in client.send("/reports/schedules/new", FORM | {"mails": "netvaerk"}, 400).source
    )
    client.send("/reports/schedules/new", FORM | {"as_link": "y"}, 400)
    client.send(
        "/reports/schedules/new", FORM | {"mails": "\n".join(f"a{n}@example.dk" for n in range(31))}, 400
    )
    client.send("/reports/schedules/new", FORM)
    client.page("/reports/schedules/1")
    client.send("/reports/schedules/1", FORM | {"form": "xlsx", "version": "1"})
    client.send("/reports/schedules/1", FORM | {"version": "1"}, 409)
    assert "slået fra" in client.send("/reports/schedules/1/switch?to=off").source
    client.send("/reports/schedules/1/switch?to=on")
    client.send("/reports/schedules/1/run")
    with client.application.app_context():
        f.make(database, settings)
    assert "den seneste" in client.page("/reports/schedules").source
    assert client.get("/reports/archive/1/file").data.startswith(b"PK")
    client.page("/reports/schedules/9", 404)
    with database.reader() as reading:
        told = [str(entry.__dict__) for entry in reading.exec(select(AuditEntry))]
    assert not any("netvaerk@" in entry for entry in told)


def test_nothing_is_ordered_by_a_form_of_somebody_else(
    own_app: Flask, world: World, database: Database, at: At
) -> None:
    at("2026-11-09 09:00")
    own_app.config["WTF_CSRF_ENABLED"] = True
    client = own_app.test_client()
    people.sign_in(client, database, Role.COMMUNICATIONS, None)
    for address in ("/reports/takeovers/keep", "/reports/schedules/new", "/reports/archive/1/links"):
        assert client.post(address, data=FORM).status_code == 400
    with database.reader() as reading:
        assert not list(reading.exec(select(ReportFile)))
