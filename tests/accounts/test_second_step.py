from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, select

from branding.accounts import one_time_codes, queries, rules, service
from branding.accounts.models import RecoveryCode, SecondStep, SignIn
from branding.accounts.service import SignInRefused
from branding.accounts.values import Grant, PersonRequest, Waits
from branding.audit.models import AuditEntry
from branding.core import clock, policy
from branding.core.actor import STAFF_ROLES, Actor, Role
from branding.core.db import Database
from branding.core.errors import NotAllowed, RuleBroken
from tests.accounts.factories import EMAIL, PASSWORD, admin, person
from tests.support.client import InspectingClient
from tests.support.html import text_of

At = Callable[[str], datetime]
HALF_MINUTE = timedelta(seconds=30)


def set_up(session: Session, user_id: int, *, now: datetime) -> tuple[pyotp.TOTP, list[str]]:
    """The phone's app and the codes on paper of somebody who turns it on."""
    token = service.open_session(session, user_id, device="", now=now)
    sign_in = session.exec(select(SignIn).where(SignIn.token_hash == queries.token_hash(token))).one()
    new = service.new_second_step(session, user_id, EMAIL, "QR")
    app = pyotp.TOTP(new.secret)
    codes = service.set_up_second_step(session, user_id, sign_in.id or 0, new.sealed, app.at(now), now=now)
    session.commit()
    return app, codes


def tags(session: Session) -> list[str]:
    found = list(session.exec(select(AuditEntry.tag).order_by(AuditEntry.id)))  # type: ignore[arg-type]
    session.commit()  # gives the write lock back
    return found


@given(st.integers(50_000_000, 70_000_000), st.integers(0, 29), st.integers(-5, 5))
def test_a_code_is_right_for_its_half_minute_and_one_on_each_side(
    step_now: int, second: int, off: int
) -> None:
    now, secret = datetime.fromtimestamp(30 * step_now + second, clock.UTC), 4 * "JBSWY3DP"
    code = pyotp.TOTP(secret).at(now + off * HALF_MINUTE)
    step = one_time_codes.accepted_step(secret, code, now=now, drift=rules.DRIFT, after=0)
    nearby = [pyotp.TOTP(secret).at(now + n * HALF_MINUTE) for n in (-1, 0, 1)]
    assert (step is not None) == (code in nearby)
    assert (
        step is None
        or one_time_codes.accepted_step(secret, code, now=now, drift=rules.DRIFT, after=step + 2) is None
    )


def test_waiting_is_decided_by_what_is_set_up_and_what_is_required() -> None:
    found = {(has, must): rules.waits_for(has, must) for has in (True, False) for must in (True, False)}
    assert found == {
        (True, True): Waits.CODE,
        (True, False): Waits.CODE,
        (False, True): Waits.SET_UP,
        (False, False): None,
    }


def test_the_password_alone_opens_nothing_and_the_code_opens_all(
    session: Session, client: InspectingClient, at: At
) -> None:
    now = at("2026-10-19 09:00")
    app, _ = set_up(session, person(session), now=now)
    later = at("2026-10-19 12:00")
    page = client.send("/sign-in", {"email": EMAIL, "password": PASSWORD, "next": "/takeovers"})
    assert page.path == "/sign-in/second-step"
    assert client.page("/account").path == "/sign-in"
    assert client.page("/plans").path == "/sign-in"
    page = client.send("/sign-in/second-step", {"code": app.at(later)[:3] + " " + app.at(later)[3:]})
    assert page.path == "/takeovers"
    assert client.page("/account").path == "/account"


def test_no_code_works_twice(session: Session, at: At) -> None:
    user_id = person(session)
    app, paper = set_up(session, user_id, now=at("2026-10-19 09:00"))
    for code in (app.at(now := at("2026-10-19 12:00")), paper[0]):
        for is_first in (True, False):
            token = service.sign_in(session, EMAIL, PASSWORD, device="", now=now)
            half = queries.find_half_signed_in(session, token, now)
            assert half is not None and queries.find_signed_in(session, token, now) is None
            if is_first:
                service.take_second_step(session, half, code, now=now)
                assert queries.find_signed_in(session, token, now)
            else:
                with pytest.raises(SignInRefused):
                    service.take_second_step(session, half, code, now=now)
    assert queries.second_step_view(session, user_id).codes_left == len(paper) - 1
    assert "accounts:second-step:recovered" in tags(session)


def test_five_wrong_codes_lock_the_second_step_also_for_the_right_one(
    session: Session, client: InspectingClient, at: At
) -> None:
    app, _ = set_up(session, person(session), now=at("2026-10-19 09:00"))
    now = at("2026-10-19 12:00")
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    for _ in range(rules.TRIES):
        assert client.post("/sign-in/second-step", data={"code": "000000"}).status_code == 400
    page = client.send("/sign-in/second-step", {"code": app.at(now)}, status=400)
    assert "15" in page.text()
    assert tags(session).count("accounts:second-step:refused") == rules.TRIES
    assert tags(session).count("accounts:second-step:locked") == 1
    now = at("2026-10-19 12:16")
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert client.send("/sign-in/second-step", {"code": app.at(now)}).path == "/"


def test_a_code_from_paper_lets_its_owner_in_past_a_lock_that_somebody_else_made(
    session: Session, client: InspectingClient, at: At
) -> None:
    app, paper = set_up(session, person(session), now=at("2026-10-19 09:00"))
    now = at("2026-10-19 12:00")
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    for _ in range(rules.TRIES):
        assert client.post("/sign-in/second-step", data={"code": "000000"}).status_code == 400
    page = client.send("/sign-in/second-step", {"code": app.at(now)}, status=400)
    assert "nødkoder" in page.text()
    assert client.send("/sign-in/second-step", {"code": paper[0]}).path == "/"


@pytest.mark.parametrize("code", ["æøå", "１２３４５６", "٣٤٥٦٧٨", "- -", "0" * 40])
def test_a_code_in_odd_letters_is_a_wrong_code(
    session: Session, client: InspectingClient, at: At, code: str
) -> None:
    set_up(session, person(session), now=at("2026-10-19 09:00"))
    at("2026-10-19 12:00")
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert client.post("/sign-in/second-step", data={"code": code}).status_code == 400


def test_wrong_codes_on_a_computer_left_open_lock_too(
    session: Session, client: InspectingClient, at: At
) -> None:
    app, _ = set_up(session, person(session), now=at("2026-10-19 09:00"))
    now = at("2026-10-19 12:00")
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    client.send("/sign-in/second-step", {"code": app.at(now)})
    now = at("2026-10-19 12:01")
    for address in ("codes", "off", "codes", "off", "codes"):
        assert client.post(f"/account/second-step/{address}", data={"code": "000000"}).status_code == 400
    assert client.post("/account/second-step/off", data={"code": app.at(now)}).status_code == 400
    assert tags(session).count("accounts:second-step:locked") == 1


def test_half_a_sign_in_is_not_shown_as_a_device_that_is_in(session: Session, at: At) -> None:
    user_id = person(session)
    app, _ = set_up(session, user_id, now=at("2026-10-19 09:00"))
    now = at("2026-10-19 12:00")
    before = queries.open_sign_ins(session, user_id, now)
    token = service.sign_in(session, EMAIL, PASSWORD, device="Fremmed", now=now)
    assert queries.open_sign_ins(session, user_id, now) == before
    half = queries.find_half_signed_in(session, token, now)
    assert half is not None
    service.take_second_step(session, half, app.at(now), now=now)
    assert [one.device for one in queries.open_sign_ins(session, user_id, now)] == ["Fremmed", ""]


def test_a_second_step_that_was_turned_off_counts_for_nothing_when_it_is_required_later(
    session: Session, at: At
) -> None:
    user_id = person(session)
    app, _ = set_up(session, user_id, now=at("2026-10-19 09:00"))
    now = at("2026-10-19 12:00")
    token = service.sign_in(session, EMAIL, PASSWORD, device="", now=now)
    half = queries.find_half_signed_in(session, token, now)
    assert half is not None
    service.take_second_step(session, half, app.at(now), now=now)
    me, later = Actor("user", user_id, roles=frozenset({Role.READER})), now + 2 * HALF_MINUTE
    service.turn_off_second_step(session, me, app.at(later), now=later)
    assert queries.find_signed_in(session, token, later), "nobody is thrown out by turning it off"
    boss = admin(session)
    service.require_second_step(session, boss, [Role.DPO], now=later)
    request = PersonRequest("Anna Prøve", EMAIL, frozenset({Grant(Role.DPO)}))
    service.change_person(
        session, boss, user_id, request, queries.person(session, user_id).version, now=later
    )
    assert queries.find_signed_in(session, token, later) is None


def test_half_a_sign_in_is_over_after_a_quarter_of_an_hour(
    session: Session, client: InspectingClient, at: At
) -> None:
    app, _ = set_up(session, person(session), now=at("2026-10-19 09:00"))
    at("2026-10-19 12:00")
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    now = at("2026-10-19 12:15")
    assert client.send("/sign-in/second-step", {"code": app.at(now)}).path == "/sign-in"


def test_turning_it_on_ends_every_other_sign_in(session: Session, at: At) -> None:
    now, user_id = at("2026-10-19 09:00"), person(session)
    elsewhere = service.open_session(session, user_id, device="", now=now)
    set_up(session, user_id, now=now)
    assert queries.find_signed_in(session, elsewhere, now) is None
    assert queries.find_half_signed_in(session, elsewhere, now) is None


def test_a_link_by_mail_is_a_first_step_too(session: Session, client: InspectingClient, at: At) -> None:
    from branding.accounts.service.secrets import new_link
    from branding.accounts.values import LinkPurpose

    now, user_id = at("2026-10-19 09:00"), person(session)
    set_up(session, user_id, now=now)
    _, token = new_link(session, user_id, LinkPurpose.SIGN_IN, now)
    session.commit()
    assert client.send(f"/sign-in/link/{token}").path == "/sign-in/second-step"
    assert client.page("/account").path == "/sign-in"


def required(session: Session, *roles: Role) -> None:
    boss = admin(session, "boss@example.dk")
    set_up(session, boss.id or 0, now=clock.now())
    service.require_second_step(session, boss, roles, now=clock.now())
    session.commit()


def test_a_required_role_sets_it_up_before_anything_opens(
    session: Session, client: InspectingClient, at: At
) -> None:
    now = at("2026-10-19 09:00")
    person(session, role=Role.COMMUNICATIONS)
    required(session, Role.COMMUNICATIONS)
    page = client.send("/sign-in", {"email": EMAIL, "password": PASSWORD, "next": "/plans"})
    assert page.path == "/sign-in/second-step"
    assert "viewBox" in page.source.partition('class="qr"')[2], "without it the picture would be cut off"
    assert client.page("/plans").path == "/sign-in"
    secret = "".join(text_of(page.with_class("key")[0]).split())
    wrong = client.send("/sign-in/second-step", {**page.fields(), "code": "123"}, status=400)
    assert "".join(text_of(wrong.with_class("key")[0]).split()) == secret, "the app was scanned already"
    done = client.send("/sign-in/second-step", {**wrong.fields(), "code": pyotp.TOTP(secret).at(now)})
    assert len(done.with_class("codes")[0].findall("li")) == rules.RECOVERY_CODES
    assert client.page("/sign-in/second-step/done").path == "/plans"


def test_a_role_that_becomes_required_is_out_at_once_and_a_role_given_later_too(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: At
) -> None:
    at("2026-10-19 09:00")
    user_id = sign_in("reader")
    required(session, Role.DPO)
    assert client.page("/account").path == "/account"
    boss = admin(session, "other@example.dk")
    grants = queries.grants_of(session, user_id)
    changed = queries.person(session, user_id)
    request = PersonRequest(changed.name, changed.email, grants | {Grant(Role.DPO)})
    service.change_person(session, boss, user_id, request, changed.version, now=clock.now())
    session.commit()
    assert client.page("/account").path == "/sign-in"


def test_an_administrator_who_has_none_cannot_require_it_of_administrators(session: Session) -> None:
    boss = admin(session)
    with pytest.raises(RuleBroken, match="own_first"):
        service.require_second_step(session, boss, [Role.ADMIN], now=clock.now())
    service.require_second_step(session, boss, [Role.COMMUNICATIONS, Role.READER], now=clock.now())
    assert [one.role for one in queries.role_requirements(session) if one.is_required] == [
        Role.COMMUNICATIONS
    ], "only the roles that see the most can be required"


def test_it_is_turned_off_with_a_code_and_never_where_it_is_required(session: Session, at: At) -> None:
    now = at("2026-10-19 09:00")
    user_id = person(session, role=Role.DPO)
    me = Actor("user", user_id, roles=frozenset({Role.DPO}))
    app, paper = set_up(session, user_id, now=now)
    now = at("2026-10-19 12:00")
    with pytest.raises(RuleBroken):
        service.turn_off_second_step(session, me, "000000", now=now)
    required(session, Role.DPO)
    with pytest.raises(RuleBroken, match="second_step_required"):
        service.turn_off_second_step(session, me, app.at(now), now=now)
    fresh = service.renew_recovery_codes(session, me, app.at(now), now=now)
    assert not set(fresh) & set(paper)
    with pytest.raises(RuleBroken):
        service.renew_recovery_codes(session, me, paper[0], now=now)
    service.require_second_step(session, replace(me, roles=frozenset({Role.ADMIN})), [], now=now)
    service.turn_off_second_step(session, me, fresh[0], now=now)
    assert session.exec(select(RecoveryCode).where(RecoveryCode.user_id == user_id)).first() is None
    assert queries.find_second_step(session, user_id) is None


def test_only_another_administrator_resets_it(session: Session, at: At) -> None:
    now, user_id = at("2026-10-19 09:00"), person(session, role=Role.COMMUNICATIONS)
    set_up(session, user_id, now=now)
    token = service.sign_in(session, EMAIL, PASSWORD, device="", now=now + 10 * HALF_MINUTE)
    me = Actor("user", user_id, roles=frozenset({Role.COMMUNICATIONS}))
    with pytest.raises(NotAllowed):
        service.reset_second_step(session, me, user_id, now=now)
    boss = admin(session)
    with pytest.raises(RuleBroken):
        service.reset_second_step(session, boss, boss.id or 0, now=now)
    service.reset_second_step(session, boss, user_id, now=now)
    assert queries.find_half_signed_in(session, token, now + 10 * HALF_MINUTE) is None
    assert service.sign_in(session, EMAIL, PASSWORD, device="", now=now)


def test_the_secret_and_the_codes_lie_nowhere_in_the_clear(
    session: Session, database: Database, at: At
) -> None:
    user_id = person(session)
    app, paper = set_up(session, user_id, now=at("2026-10-19 09:00"))
    everything = ""
    with database.reader() as reader:
        for table in ("second_step", "recovery_code", "audit_entry", "audit_value", "sign_in"):
            everything += repr(list(reader.connection().execute(text(f'SELECT * FROM "{table}"'))))
    for secret in (app.secret, *paper, *(code.replace("-", "") for code in paper)):
        assert secret not in everything
    assert session.exec(select(SecondStep)).one().secret.startswith("v1.")


def test_every_step_is_in_the_log(session: Session, client: InspectingClient, at: At) -> None:
    at("2026-10-19 09:00")
    user_id = person(session, role=Role.DPO)
    set_up(session, user_id, now=clock.now())
    required(session, Role.DPO)
    boss = admin(session)
    service.reset_second_step(session, boss, user_id, now=clock.now())
    session.commit()
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert {
        "accounts:second-step:set-up",
        "accounts:second-step:required",
        "accounts:second-step:reset",
        "accounts:sign-in:half-opened",
    } <= set(tags(session))


@pytest.mark.parametrize("role", [role for role in STAFF_ROLES if role is not Role.ADMIN])
def test_only_administrators_say_who_must(
    client: InspectingClient, sign_in: Callable[..., int], area: int, role: Role
) -> None:
    me = sign_in(role, area if role is Role.COORDINATOR else None)
    assert client.get("/people/second-step").status_code == 403
    assert client.post("/people/second-step", data={"roles": "dpo"}).status_code == 403
    assert client.post(f"/people/{me}/second-step/reset").status_code == 403


def test_an_administrator_ticks_the_roles_that_must(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: At
) -> None:
    at("2026-10-19 09:00")
    sign_in("admin")
    page = client.send("/people/second-step", {"roles": ["dpo", "communications"]})
    ticked = [box.get("value") for box in page.all("input") if box.get("checked") is not None]
    assert ticked == ["communications", "dpo"]
    refused = client.send("/people/second-step", {"roles": ["admin"]}, status=400)
    ticked = [box.get("value") for box in refused.all("input") if box.get("checked") is not None]
    assert ticked == ["admin"], "the form keeps what was asked for"
    client.post("/people/second-step", data={"roles": "nonsense"})
    assert client.page("/people/second-step").text().count("0 af 0") == 2


def test_setting_it_up_on_an_open_computer_takes_the_present_password(
    session: Session, client: InspectingClient, at: At
) -> None:
    now = at("2026-10-19 09:00")
    user_id = person(session)
    client.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    page = client.page("/account/second-step")
    code = pyotp.TOTP("".join(text_of(page.with_class("key")[0]).split())).at(now)
    client.send("/account/second-step", {**page.fields(), "code": code, "current": "en gåde"}, status=400)
    assert queries.find_second_step(session, user_id) is None
    session.commit()
    client.send("/account/second-step", {**page.fields(), "code": code, "current": PASSWORD})
    assert "10" in client.page("/account/second-step").text()


def test_the_account_page_leads_through_it(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: At
) -> None:
    now = at("2026-10-19 09:00")
    sign_in("reader")
    assert "/account/second-step" in client.page("/account").links().values()
    page = client.page("/account/second-step")
    app = pyotp.TOTP("".join(text_of(page.with_class("key")[0]).split()))
    client.send("/account/second-step", {**page.fields(), "code": app.at(now)})
    page = client.page("/account/second-step")
    assert "10" in page.text()
    assert client.post("/account/second-step/codes", data={"code": "wrong"}).status_code == 400
    now = at("2026-10-19 09:05")
    assert client.send("/account/second-step/off", {"code": app.at(now)}).path == "/account"


def test_the_page_of_permissions_is_the_policy_table(
    client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("reader")
    page = client.page("/permissions")
    rows = [row for row in page.all("tr") if row.find("td") is not None]
    assert len(rows) == len(policy.ACTIONS)
    marked = sum(
        len([td for td in row.findall("td") if "is-none" not in (td.get("class") or "")]) for row in rows
    )
    assert marked == sum(len(action.everywhere | action.own_unit) for action in policy.ACTIONS.values())
