from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from branding.accounts import passwords, queries, service
from branding.accounts.models import SignIn, User
from branding.accounts.service import SignInRefused
from branding.audit.models import AuditEntry
from branding.core import clock
from branding.core.actor import Role
from branding.core.db import Database
from tests.accounts.factories import EMAIL, PASSWORD, admin, person
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


def test_the_right_password_lets_in_whatever_the_case_of_the_address(session: Session) -> None:
    user_id = person(session)
    token = service.sign_in(session, " Anna@Example.DK ", PASSWORD, device="", now=clock.now())
    found = queries.find_signed_in(session, token, clock.now())
    assert found is not None
    assert (found.user_id, found.roles) == (user_id, frozenset({Role.READER}))


def test_only_the_hash_of_the_secret_is_kept(session: Session) -> None:
    token = service.open_session(session, person(session), device="Prøve", now=clock.now())
    row = session.exec(select(SignIn)).one()
    assert token not in row.model_dump().values()
    assert row.token_hash == queries.token_hash(token)


def test_who_is_signed_in_takes_one_query(session: Session, database: Database) -> None:
    token = service.open_session(session, person(session), device="", now=clock.now())
    session.commit()
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    assert queries.find_signed_in(session, token, clock.now())
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 1


def test_a_sign_in_ends_after_fourteen_days(session: Session, at: At) -> None:
    start = at("2022-10-17 09:00")
    token = service.open_session(session, person(session), device="", now=start)
    assert queries.find_signed_in(session, token, start + timedelta(days=14, seconds=-1))
    assert queries.find_signed_in(session, token, start + timedelta(days=14)) is None


def test_an_old_hash_is_made_anew_at_the_next_sign_in(session: Session) -> None:
    from argon2 import PasswordHasher

    user = queries.user_by_id(session, person(session))
    user.password_hash = weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    service.sign_in(session, EMAIL, PASSWORD, device="", now=clock.now())
    assert user.password_hash != weak
    assert not passwords.is_outdated(user.password_hash or "")


def test_somebody_without_a_password_cannot_sign_in_with_one(session: Session) -> None:
    person(session, password=None)
    with pytest.raises(SignInRefused):
        service.sign_in(session, EMAIL, "nobody has this password", device="", now=clock.now())


def send(client: InspectingClient, email: str, password: str, next_: str = "") -> tuple[int, str]:
    answer = client.post("/sign-in", data={"email": email, "password": password, "next": next_})
    return answer.status_code, answer.headers.get("Location") or answer.get_data(as_text=True)


def test_signing_in_goes_on_to_the_page_that_was_asked_for(
    client: InspectingClient, session: Session
) -> None:
    person(session)
    asked = client.get("/account")
    assert asked.headers["Location"] == "/sign-in?next=/account"
    assert send(client, EMAIL, PASSWORD, "/account") == (303, "/account")
    assert client.page("/account").text("h1") == "Min konto"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/x.dk"],
)
def test_signing_in_never_leads_to_another_site(
    client: InspectingClient, session: Session, elsewhere: str
) -> None:
    person(session)
    assert send(client, EMAIL, PASSWORD, elsewhere) == (303, "/")


def test_a_wrong_password_and_an_unknown_address_read_the_same(
    client: InspectingClient, session: Session
) -> None:
    person(session)
    known = send(client, EMAIL, "forkert kodeord")
    unknown = send(client, "ukendt@example.dk", "forkert kodeord")
    assert known[0] == unknown[0] == 400
    # The token of the form holds the second in which the page was made.
    same = [re.sub(r'value="[\w.-]{40,}"', "", text) for _, text in (known, unknown)]
    assert same[0].replace(EMAIL, "") == same[1].replace("ukendt@example.dk", "")
    assert "forkert kodeord" not in known[1]


def test_an_unknown_address_costs_as_much_time_as_a_known_one(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(session)
    tried: list[str | None] = []
    real = passwords.matches
    monkeypatch.setattr(
        passwords, "matches", lambda stored, given: tried.append(stored) or real(stored, given)
    )
    for email in (EMAIL, "ukendt@example.dk"):
        with pytest.raises(SignInRefused):
            service.sign_in(session, email, "forkert kodeord", device="", now=clock.now())
    assert len(tried) == 2


@pytest.mark.parametrize("email", [EMAIL, "ukendt@example.dk"])
def test_five_wrong_passwords_lock_the_address_for_a_quarter_of_an_hour(
    client: InspectingClient, session: Session, at: At, email: str
) -> None:
    at("2022-10-17 09:00")
    person(session)
    for minute in range(4):
        at(f"2022-10-17 09:0{minute}")
        assert "passer ikke sammen" in send(client, email, "forkert kodeord")[1]
    at("2022-10-17 09:04")
    assert "Vent 15 minutter" in send(client, email, "forkert kodeord")[1]
    at("2022-10-17 09:18")
    assert send(client, email, PASSWORD)[0] == 400
    at("2022-10-17 09:20")
    status, _ = send(client, email, PASSWORD)
    assert status == (303 if email == EMAIL else 400)


def test_wrong_passwords_spread_over_the_day_do_not_lock(
    client: InspectingClient, session: Session, at: At
) -> None:
    at("2022-10-17 07:00")
    person(session)
    for hour in range(8, 18):
        at(f"2022-10-17 {hour:02d}:00")
        assert send(client, EMAIL, "forkert kodeord")[0] == 400
    assert send(client, EMAIL, PASSWORD)[0] == 303


def test_a_success_starts_the_count_afresh(client: InspectingClient, session: Session, at: At) -> None:
    at("2022-10-17 08:00")
    person(session)
    for minute in (0, 1, 2, 3):
        at(f"2022-10-17 09:0{minute}")
        send(client, EMAIL, "forkert kodeord")
    at("2022-10-17 09:04")
    assert send(client, EMAIL, PASSWORD)[0] == 303
    client.post("/sign-out")
    at("2022-10-17 09:05")
    assert "passer ikke sammen" in send(client, EMAIL, "forkert kodeord")[1]


def test_refusals_are_in_the_log_without_the_address(client: InspectingClient, session: Session) -> None:
    send(client, "ukendt@example.dk", "forkert kodeord")
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.tag, entry.subject_kind) == ("accounts:sign-in:refused", "address")
    assert "ukendt" not in str(entry.model_dump())


def test_a_deactivated_person_cannot_sign_in_and_reads_the_usual_answer(
    client: InspectingClient, session: Session
) -> None:
    user_id = person(session)
    service.deactivate(session, admin(session), user_id, now=clock.now())
    session.commit()
    status, text = send(client, EMAIL, PASSWORD)
    assert status == 400
    assert "passer ikke sammen" in text


def test_signing_out_ends_the_sign_in_itself(client: InspectingClient, session: Session) -> None:
    person(session)
    send(client, EMAIL, PASSWORD)
    with client.session_transaction() as cookie:
        token = cookie["sign_in"]
    assert client.send("/sign-out").text("h1") == "Log ind"
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    assert client.get("/account").status_code == 303


def test_signing_in_makes_a_fresh_cookie_and_keeps_the_language(
    client: InspectingClient, session: Session
) -> None:
    person(session)
    with client.session_transaction() as cookie:
        cookie.update(language="en", host_link="x", planted="y")
    send(client, EMAIL, PASSWORD)
    with client.session_transaction() as cookie:
        assert cookie["language"] == "en"
        assert "planted" not in cookie
        assert "host_link" not in cookie


def test_a_person_who_reads_english_gets_english_pages(client: InspectingClient, session: Session) -> None:
    person(session, language="en")
    send(client, EMAIL, PASSWORD)
    assert client.page("/account").text("h1") == "My account"


def test_the_first_sign_in_is_when_somebody_joined(session: Session, at: At) -> None:
    user_id = person(session)
    user = session.get(User, user_id)
    assert user is not None
    joined = user.joined_at
    service.sign_in(session, EMAIL, PASSWORD, device="", now=clock.now())
    assert user.joined_at == joined
