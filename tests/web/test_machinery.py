"""The web machinery: headers, addresses, errors as pages, languages and the one commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask, abort
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from branding.app import create_app
from branding.core.db import Database
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.isoweek import Week
from branding.core.settings import Settings
from branding.core.text import Text, say, say_n
from branding.organisation.models import Profession
from branding.web import filters
from branding.web.guards import public
from branding.web.i18n import translate
from branding.web.safe_address import own_address
from branding.web.transaction import db
from tests.support.client import InspectingClient


@pytest.mark.parametrize(
    "address",
    ["https://evil.dk", "//evil.dk", "/\\evil.dk", "\\\\evil.dk", "javascript:alert(1)", "evil", "",
     "/\n/evil.dk", "http:/evil", "/\t/evil.dk", "//["],
)  # fmt: skip
def test_only_our_own_addresses_are_opened(address: str) -> None:
    assert own_address(address) == "/"


@given(st.text(max_size=30))
def test_no_text_leads_to_another_site(text: str) -> None:
    found = own_address(text)
    assert found.startswith("/") and not found.startswith(("//", "/\\"))


def test_an_own_address_keeps_its_query() -> None:
    assert own_address("/calendar/year/2022?plan=1") == "/calendar/year/2022?plan=1"


def test_every_answer_carries_the_security_headers(client: InspectingClient) -> None:
    for address in ("/sign-in", "/nowhere", "/health", "/static/css/base.css"):
        with client.get(address) as response:
            headers = response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_health_answers_with_the_jobs(client: InspectingClient) -> None:
    found = client.get("/health").get_json()
    assert found["database"] is True and found["jobs"] == {}


def test_the_language_is_danish_until_the_person_chooses(client: InspectingClient) -> None:
    assert client.page("/accessibility").text("h1") == "Tilgængelighed"
    page = client.send("/language", {"language": "en", "back": "/accessibility"})
    assert (page.path, page.text("h1")) == ("/accessibility", "Accessibility")
    assert client.send("/language", {"language": "xx", "back": "//evil.dk"}).path != "//evil.dk"


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """These tests add routes and settings to it."""
    return own_app


def _route(app: Flask, address: str, method: str, view: Callable[[], object]) -> None:
    app.add_url_rule(address, f"probe{address}", public(view), methods=[method])


@pytest.fixture
def probed(app: Flask) -> Flask:
    """The app with routes that go wrong in every way."""

    def wrong(error: Exception) -> Callable[[], object]:
        def view() -> object:
            db().add(Profession(name="Half", sort_key="h"))
            raise error

        return view

    def kept() -> dict[str, str]:
        db().add(Profession(name="Kept", sort_key="k"))
        return {}

    def reads() -> dict[str, str]:
        db().add(Profession(name="Got", sort_key="g"))
        db().flush()
        return {}

    both = [(say("First day"), date(2026, 11, 2))]
    _route(app, "/probe/rule", "POST", wrong(RuleBroken("x", say("The last day is before the first."))))
    _route(app, "/probe/missing", "POST", wrong(Missing("slot", 1)))
    _route(
        app,
        "/probe/conflict",
        "POST",
        wrong(Conflict("x", say("Somebody else has just changed this takeover."), both, both)),
    )
    _route(app, "/probe/crash", "POST", wrong(ValueError("Anna Hemmelig")))
    _route(app, "/probe/big", "POST", lambda: abort(413))
    _route(app, "/probe/kept", "POST", kept)
    _route(app, "/probe/reads", "GET", reads)
    return app


@pytest.mark.parametrize(
    ("address", "status"),
    [("rule", 400), ("missing", 404), ("conflict", 409), ("crash", 500), ("big", 413), ("kept", 200)],
)
def test_errors_are_pages_and_never_half_saved(
    probed: Flask, client: InspectingClient, database: Database, address: str, status: int
) -> None:
    response = client.post(f"/probe/{address}")
    text = response.get_data(as_text=True)
    assert response.status_code == status
    assert "Traceback" not in text and "Hemmelig" not in text
    with database.reader() as session:
        saved = [row.name for row in session.exec(select(Profession))]
    assert saved == (["Kept"] if address == "kept" else [])


def test_without_its_database_stafet_says_so_in_plain_words(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """The frame of an error page reads the database too, so there must be a way to do without."""
    away = replace(settings, database_url="postgresql+psycopg://nobody:hemmelig@127.0.0.1:9/x")
    response = create_app(away).test_client().get("/sign-in")
    assert response.status_code == 500
    assert response.get_data(as_text=True).startswith("Der gik noget galt")
    assert "Traceback" not in capsys.readouterr().err


def test_a_get_that_writes_fails(probed: Flask, client: InspectingClient, database: Database) -> None:
    assert client.get("/probe/reads").status_code == 500
    with database.reader() as session:
        assert not list(session.exec(select(Profession)))


def test_a_form_without_its_token_is_refused_kindly(app: Flask, client: InspectingClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    response = client.post("/sign-in", data={"email": "a@example.dk", "password": "x"})
    assert response.status_code == 400
    assert "Siden havde været åben for længe" in response.get_data(as_text=True)


def test_dates_and_weeks_are_written_as_danes_write_them(app: Flask) -> None:
    with app.test_request_context():
        assert filters.week(42) == "uge 42"
        assert filters.day(date(2022, 10, 17)) == "man. 17. okt."
        assert filters.long_day(date(2022, 10, 17)) == "mandag den 17. oktober 2022"
        assert filters.week_period(Week(2022, 42)) == "Uge 42 · 17.-23. okt."
        assert filters.week_period(Week(2022, 44)) == "Uge 44 · 31. okt.-6. nov."
        assert filters.period(date(2026, 12, 28), date(2027, 1, 3)) == "28. dec. 2026-3. jan. 2027"
        assert filters.weeks(date(2022, 8, 15), date(2022, 8, 28)) == "uge 33-34"
        assert filters.listed(["Bo"]) == "Bo"
        assert filters.listed(["Bo", "Frida", "Vega"]) == "Bo, Frida og Vega"
        assert (
            filters.moment(datetime.fromisoformat("2022-10-17T08:05:00+00:00")) == "man. 17. okt. kl. 10.05"
        )


def test_texts_inside_texts_and_days_are_translated_too(app: Flask) -> None:
    with app.test_request_context():
        text = say("Choose days from %(first)s to %(last)s: those are the weeks of the slot.",
                   first=date(2026, 11, 2), last=say("today"))  # fmt: skip
        assert translate(text) == "Vælg dage fra man. 2. nov. til i dag: det er turens uger."
        assert translate(say_n("%(num)s day to go", "%(num)s days to go", 1)) == "1 dag igen"
        assert translate(say_n("%(num)s day to go", "%(num)s days to go", 3)) == "3 dage igen"


@pytest.mark.parametrize("where", ["/sign-in?next=%00", "/audit?tag=a%00b", "/audit?tag=a&tag=%00"])
def test_a_nul_in_an_address_is_refused(client: InspectingClient, where: str) -> None:
    client.page(where, status=400)


def test_a_nul_in_a_form_is_refused_and_not_echoed(client: InspectingClient) -> None:
    page = client.send("/sign-in", {"email": "a\x00b@example.dk", "password": "x"}, status=400)
    assert "\x00" not in page.source


def test_a_sentence_that_ends_with_a_day_has_one_full_stop(app: Flask) -> None:
    with app.test_request_context("/"):
        said = translate(Text("Vi siger det igen %(day)s.", {"day": date(2026, 11, 24)}))
        assert said == "Vi siger det igen tirs. 24. nov."
        assert translate(Text("Til %(day)s.", {"day": date(2026, 5, 24)})).count(".") == 3
