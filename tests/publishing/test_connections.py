"""How profiles are connected: the pages, what is kept, what is said of tokens, and the Friday's test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core.db import Database
from branding.core.errors import Conflict, Missing, NotAllowed
from branding.core.settings import Settings
from branding.publishing.channels.instagram import InstagramClient
from branding.publishing.models import Alert, Connection
from branding.publishing.queries.connections import connection_of
from branding.publishing.service import connecting, connections, tokens
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Check, NewToken
from branding.publishing.values.calls import Tested as Line
from branding.publishing.values.connections import ConnectRequest
from branding.publishing.values.states import Flavour, Way
from branding.simulator import world
from tests.publishing import factories as f
from tests.support import application
from tests.support.client import InspectingClient
from tests.support.simulated import Simulated

At = Callable[[str], datetime]
FINE = tuple(Line(check, True) for check in Check)


@pytest.fixture
def pointed(settings: Settings, simulated: Simulated, tmp_path: Path) -> Settings:
    """A Stafet that speaks to the simulator."""
    return replace(settings, apis=simulated.settings_file(tmp_path / "apis"))


@pytest.fixture
def app(pointed: Settings, database: Database) -> Iterator[Flask]:
    with application.shared(pointed, database) as found:
        yield found


def request(token: str = world.FACEBOOK_TOKEN, version: int = 0, **more: object) -> ConnectRequest:
    given = {"flavour": Flavour.FACEBOOK_LOGIN} | more
    return ConnectRequest(world.IG_ACCOUNT, token, version, **given)  # type: ignore[arg-type]


def connected(session: Session, on: f.Stage, now: datetime, **more: object) -> int:
    profile: int = on.world.profile
    connections.connect(session, f.KAREN, profile, request(**more), FINE, now=now)  # type: ignore[arg-type]
    session.commit()
    return profile


def alerts(database: Database) -> list[tuple[str, str]]:
    with database.reader() as session:
        return [(one.event, one.code) for one in session.exec(select(Alert).order_by(Alert.id))]  # type: ignore[arg-type]


def test_without_a_row_somebody_posts_by_hand(session: Session, on: f.Stage) -> None:
    found = connection_of(session, on.world.profile)
    assert found.way is Way.HAND and found.version == 0
    with pytest.raises(Missing):
        connections.access_of(session, on.world.profile)


def test_the_token_is_sealed_and_an_empty_one_changes_nothing(
    session: Session, on: f.Stage, now: datetime
) -> None:
    profile = connected(session, on, now)
    row = session.get_one(Connection, profile)
    assert world.FACEBOOK_TOKEN not in row.token_sealed
    connections.connect(session, f.KAREN, profile, request("", 1), FINE, now=now)
    access = connections.access_of(session, profile)
    assert access.token == world.FACEBOOK_TOKEN and world.FACEBOOK_TOKEN not in repr(access)
    entries = session.exec(select(AuditEntry)).all()
    assert not any(world.FACEBOOK_TOKEN in str(entry) for entry in entries)


def test_a_sealed_token_that_is_moved_to_another_row_does_not_open(
    session: Session, on: f.Stage, now: datetime
) -> None:
    profile = connected(session, on, now)
    row = session.get_one(Connection, profile)
    row.token_sealed = row.token_sealed[:-8] + "AAAAAAA="
    assert connections.access_of(session, profile).token == "unreadable"


def test_what_the_channel_does_not_let_in_is_not_saved(session: Session, on: f.Stage, now: datetime) -> None:
    wrong = (Line(Check.REACHED, True), Line(Check.TOKEN, False, "token_dead"))
    with pytest.raises(connections.NotLetIn):
        connections.connect(session, f.KAREN, on.world.profile, request(), wrong, now=now)
    assert session.get(Connection, on.world.profile) is None


def test_the_second_of_two_editors_is_told(session: Session, on: f.Stage, now: datetime) -> None:
    profile = connected(session, on, now)
    with pytest.raises(Conflict):
        connections.set_way(session, f.KAREN, profile, Way.HAND, 0, now=now)
    connections.set_way(session, f.KAREN, profile, Way.HAND, 1, now=now)
    connections.set_way(session, f.KAREN, profile, Way.API, 2, now=now)
    with pytest.raises(NotAllowed):
        connections.disconnect(session, on.host, profile, 3, now=now)
    connections.disconnect(session, f.KAREN, profile, 3, now=now)
    assert session.get_one(Connection, profile).token_sealed == ""


def test_a_dead_connection_is_said_once_until_it_is_mended(
    database: Database, session: Session, on: f.Stage, now: datetime
) -> None:
    profile = connected(session, on, now)
    for minutes in range(3):
        connections.mark_broken(session, profile, "190/463", now=now + timedelta(minutes=minutes))
    session.commit()
    assert alerts(database) == [("reconnect", "190/463")]
    connections.keep_test(session, profile, FINE, now=now)
    session.commit()
    assert connection_of(session, profile).broken_at is None
    connections.mark_broken(session, profile, "190/463", now=now + timedelta(days=1))
    session.commit()
    assert len(alerts(database)) == 2


def test_what_cannot_be_reached_today_is_not_called_dead(
    database: Database, session: Session, on: f.Stage, now: datetime
) -> None:
    profile = connected(session, on, now)
    away = (Line(Check.REACHED, False, "unreachable"),)
    connections.keep_test(session, profile, away, now=now)
    session.commit()
    assert alerts(database) == [] and connection_of(session, profile).broken_at is None


@pytest.mark.parametrize(
    ("days", "code"), [(15, ""), (14, "days_14"), (8, "days_14"), (7, "days_7"), (1, "days_1")]
)
def test_the_end_of_a_token_is_said_14_7_and_1_days_ahead(
    database: Database, session: Session, on: f.Stage, now: datetime, pointed: Settings, days: int, code: str
) -> None:
    connected(session, on, now, expires_at=now + timedelta(days=days))
    for _ in range(2):
        tokens.refresh_tokens(database, pointed, now=now)
    assert alerts(database) == ([(Event.TOKEN_SOON, code)] if code else [])


def test_a_token_that_has_run_out_is_a_dead_connection(
    database: Database, session: Session, on: f.Stage, now: datetime, pointed: Settings
) -> None:
    connected(session, on, now, expires_at=now + timedelta(days=1))
    tokens.refresh_tokens(database, pointed, now=now + timedelta(days=2))
    assert alerts(database) == [(Event.RECONNECT, "token_ended")]


def test_a_token_is_renewed_in_its_last_30_days_and_the_new_one_is_used(
    database: Database, session: Session, on: f.Stage, now: datetime, pointed: Settings, simulated: Simulated
) -> None:
    more = {"flavour": Flavour.INSTAGRAM_LOGIN, "expires_at": now + timedelta(days=20)}
    profile = connected(session, on, now, token=world.INSTAGRAM_TOKEN, **more)
    assert tokens.refresh_tokens(database, pointed, now=now) == 0  # younger than a day
    simulated.reset()
    simulated.token(world.INSTAGRAM_TOKEN, "instagram", issued_ago=2 * 86400)
    assert tokens.refresh_tokens(database, pointed, now=now + timedelta(days=2)) == 1
    with database.reader() as reading:
        new = connections.access_of(reading, profile)
    assert new.token != world.INSTAGRAM_TOKEN and new.token_expires_at == now + timedelta(days=60)
    assert alerts(database) == []


def test_a_token_that_cannot_be_renewed_any_more_is_said(
    database: Database, session: Session, on: f.Stage, now: datetime, pointed: Settings, simulated: Simulated
) -> None:
    more = {"flavour": Flavour.INSTAGRAM_LOGIN, "expires_at": now + timedelta(days=20)}
    profile = connected(session, on, now, token=world.INSTAGRAM_TOKEN, **more)
    simulated.token(world.INSTAGRAM_TOKEN, "instagram", expires_in=-1)
    assert tokens.refresh_tokens(database, pointed, now=now + timedelta(days=2)) == 0
    assert alerts(database) == [(Event.RECONNECT, "token_dead")]
    with database.reader() as reading:
        assert connections.access_of(reading, profile).token == world.INSTAGRAM_TOKEN


def test_on_friday_the_profiles_of_next_week_are_tried(
    database: Database,
    session: Session,
    on: f.Stage,
    now: datetime,
    at: At,
    pointed: Settings,
    simulated: Simulated,
) -> None:
    """The takeover begins in week 45."""
    profile = connected(session, on, now)
    simulated.token(world.FACEBOOK_TOKEN, "facebook", scopes=["instagram_basic"])
    assert tokens.try_next_week(database, pointed, now=at("2026-10-16 09:00")) == 0
    assert tokens.try_next_week(database, pointed, now=at("2026-10-30 09:00")) == 1
    assert alerts(database) == [(Event.RECONNECT, "permission_missing")]
    with database.reader() as reading:
        test = connection_of(reading, profile).test
    assert test[-1]["detail"] == "instagram_content_publish"


def test_every_answer_of_a_test_has_words() -> None:
    codes = ("unreachable", "strange_answer", "version_ended", "token_dead", "wrong_flavour", "refused",
             "account_not_found", "permission_missing", "extra_missing", "quota_full", "throttled",
             "pictures_unreachable")  # fmt: skip
    for check in Check:
        for code in codes:
            (line,) = connecting.explained([Line(check, False, code, "x")])
            assert str(line.label) and str(line.wrong) and str(line.remedy)
    assert connecting.explained([Line(Check.QUOTA, True, "", "1/50")])[0].detail == "1/50"


def test_communications_connects_a_profile_on_the_pages(
    client: InspectingClient,
    sign_in: Callable[..., int],
    session: Session,
    on: f.Stage,
    now: datetime,
    simulated: Simulated,
) -> None:
    session.commit()
    simulated.options(instant=True)
    sign_in("communications")
    here = f"/profiles/{on.world.profile}/connection"
    assert "I hånden" in client.page(here).text()
    asked = client.send(f"{here}/way", {"way": "api", "version": "0"})
    assert "adgangsnøgle" in asked.text().lower()
    form = {
        "flavour": "facebook_login",
        "account_id": world.IG_ACCOUNT,
        "token": "EAAforkert",
        "version": "0",
    }
    refused = client.send(f"{here}/connect", form, status=400)
    assert "Adgangsnøglen gælder ikke" in refused.text() and "EAAforkert" not in refused.source
    done = client.send(f"{here}/connect", form | {"token": f" {world.FACEBOOK_TOKEN} "})
    assert "er forbundet" in done.text() and "0 af 50 opslag" in done.text()
    assert world.FACEBOOK_TOKEN not in done.source
    simulated.token(world.FACEBOOK_TOKEN, "facebook", scopes=["instagram_basic"])
    tested = client.send(f"{here}/test")
    assert "instagram_content_publish" in tested.text() and "lukket os ind" in tested.text()
    fields = client.page(here).fields(f"{here}/disconnect")
    gone = client.send(f"{here}/disconnect", {"version": fields["version"]})
    assert "Nøglen er glemt" in gone.text()


def test_communications_chooses_who_posts_by_hand(
    client: InspectingClient,
    sign_in: Callable[..., int],
    database: Database,
    session: Session,
    on: f.Stage,
    now: datetime,
) -> None:
    session.commit()
    user_id = sign_in("communications")
    here = f"/profiles/{on.world.profile}/connection"
    client.send(f"{here}/hand", {"user_id": str(user_id), "version": "0"})
    client.send(f"{here}/way", {"way": "practice", "version": "1"})
    with database.reader() as reading:
        found = connection_of(reading, on.world.profile)
    assert (found.hand_user_id, found.way) == (user_id, Way.PRACTICE)
    assert client.post(f"{here}/way", data={"way": "pigeon", "version": "2"}).status_code == 404


def test_what_was_asked_of_a_channel_says_nothing_about_a_connection_that_was_made_meanwhile(
    database: Database, session: Session, on: f.Stage, now: datetime, pointed: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    more = {"flavour": Flavour.INSTAGRAM_LOGIN, "expires_at": now + timedelta(days=20)}
    profile = connected(session, on, now, token=world.INSTAGRAM_TOKEN, **more)
    other = "IGanother"

    def meanwhile(*_: object) -> None:
        with database.transaction() as writing:
            version = connection_of(writing, profile).version
            wanted = request(other, version, **more)
            connections.connect(writing, f.KAREN, profile, wanted, FINE, now=now)

    def refreshed(*_: object) -> NewToken:
        meanwhile()
        return NewToken("IGrenewed", now + timedelta(days=60))

    def asked(*_: object) -> list[Line]:
        meanwhile()
        return [Line(Check.TOKEN, False, "token_dead")]

    monkeypatch.setattr(InstagramClient, "refreshed", refreshed)
    tokens.refresh_tokens(database, pointed, now=now + timedelta(days=2))
    with database.reader() as reading:
        assert connections.access_of(reading, profile).token == other
    other = "IGthird"
    monkeypatch.setattr(connecting, "ask", asked)
    tokens.try_connections(database, pointed, [profile], now=now)
    with database.reader() as reading:
        assert connection_of(reading, profile).broken_at is None
