"""The rest of the kernel: alphabet, keys, settings, the clock, texts, policy and the database's promises."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from branding.core import clock, log, policy
from branding.core.actor import ANONYMOUS, SYSTEM, Actor, Role
from branding.core.danish import genitive, sort_key
from branding.core.db import Database, UtcDateTime, alive, taken
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.core.settings import Settings, keys_in
from branding.core.text import say, say_n
from branding.organisation.models import Profession


def test_names_are_listed_in_danish_order() -> None:
    names = ["Århus", "Aarslev", "Østbirk", "Zebra", "Ærø", "André", "Andre", "Bo", "ål"]
    assert sorted(names, key=sort_key) == [
        "André",
        "Andre",
        "Bo",
        "Zebra",
        "Ærø",
        "Østbirk",
        "ål",
        "Århus",
        "Aarslev",
    ]


def test_the_genitive_takes_an_s_or_an_apostrophe_as_danish_does() -> None:
    assert [genitive(name) for name in ("Vega", "Mor Karlsen", "Jens", "Max")] == [
        "Vegas", "Mor Karlsens", "Jens'", "Max'",
    ]  # fmt: skip


def test_keys_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    keys = keys_in(tmp_path / "keys")
    assert keys == keys_in(tmp_path / "keys")
    assert len(keys.secret_key) == 64 and keys.secret_key != keys.audit_key
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "keys").iterdir())


def test_two_processes_that_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    keys_in(folder)
    (folder / "audit.key").write_text("")  # the other one has made the file and is about to fill it
    with pytest.raises(ValueError, match=r"audit\.key"):
        keys_in(folder)
    (folder / "audit.key").unlink()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: keys_in(folder), range(8)))
    assert len(set(found)) == 1 and len(found[0].audit_key) == 64


def test_settings_have_defaults_that_may_be_published_and_no_secrets() -> None:
    found = Settings.from_environment({})
    assert (found.secret_key, found.audit_key, found.base_url, found.smtp_password) == ("", "", "", "")
    assert not found.sends_mail and found.database_url.startswith("sqlite:///")
    given = Settings.from_environment(
        {"DATABASE_URL": "postgres://u@h/d", "STAFET_BASE_URL": "https://s.dk/"}
    )
    assert (given.database_url, given.base_url) == ("postgresql+psycopg://u@h/d", "https://s.dk")


def test_the_clock_is_aware_and_days_are_danish(at: Callable[[str], datetime]) -> None:
    assert at("2026-07-01 00:30") == datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert clock.today() == date(2026, 7, 1)
    assert clock.at_local(date(2026, 10, 25), 12) == datetime(2026, 10, 25, 11, tzinfo=UTC)


def test_a_moment_comes_back_as_it_was_and_a_naive_one_is_refused(session: Session) -> None:
    summer = timezone(timedelta(hours=2))
    column = UtcDateTime()
    stored = column.process_bind_param(datetime(2026, 10, 25, 2, 30, tzinfo=summer), None)
    assert column.process_result_value(stored, None) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert column.process_result_value(datetime(2026, 1, 1), None) == datetime(2026, 1, 1, tzinfo=UTC)  # noqa: DTZ001
    with pytest.raises(ValueError, match="naive"):
        column.process_bind_param(datetime(2026, 1, 1), None)  # noqa: DTZ001


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.reader() as session:
        assert alive(session)
        session.add(Profession(name="Pædagog", sort_key="p"))
        with pytest.raises(RuntimeError, match="asked to write"):
            session.flush()


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as session:
            session.add(Profession(name="Pædagog", sort_key="p"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reader() as session:
        assert session.get(Profession, 1) is None


def test_two_writers_who_change_the_same_row_lose_nothing(database: Database) -> None:
    """Each reads before it writes, so the second must not have read what the first is about to change."""
    with database.transaction() as session:
        session.add(Profession(id=1, name="Pædagog", sort_key="p", version=0))

    def count_up(_: int) -> None:
        for _ in range(10):
            with database.transaction() as session:
                found = session.get(Profession, 1)
                assert found is not None
                found.version += 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(4)))
    with database.reader() as session:
        kept = session.get(Profession, 1)
    assert kept is not None and kept.version == 40


def test_an_error_of_the_database_does_not_say_the_values(database: Database) -> None:
    with database.reader() as session, pytest.raises(SQLAlchemyError) as error:
        session.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "Anna Hemmelig"})
    assert "Hemmelig" not in str(error.value)


def test_a_broken_unique_constraint_becomes_the_error_of_a_field_and_the_rest_lives_on(
    session: Session,
) -> None:
    names = {"uq_profession_name": ("name", say("It is there already."))}
    session.add(Profession(name="Pædagog", sort_key="p"))
    session.flush()
    with pytest.raises(RuleBroken) as refusal, taken(session, names):
        session.add(Profession(name="Pædagog", sort_key="p"))
    assert refusal.value.field == "name"
    with taken(session, names):
        session.add(Profession(name="SOSU", sort_key="s"))


def test_texts_read_as_english_in_logs() -> None:
    assert str(say("Week %(week)s", week=3)) == "Week 3"
    assert [str(say_n("%(num)s day", "%(num)s days", n)) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert str(say("100 % sure")) == "100 % sure"


def test_a_coordinator_covers_own_units_only() -> None:
    own = Actor("user", 1, roles=frozenset({Role.COORDINATOR}), units=frozenset({3}))
    assert policy.covers(own, "takeovers:takeover:edit", 3)
    assert not policy.covers(own, "takeovers:takeover:edit", 4)
    assert not policy.covers(own, "takeovers:takeover:edit", None)
    with pytest.raises(Missing):
        policy.check(own, "takeovers:takeover:edit", 4)
    with pytest.raises(NotAllowed):
        policy.check(own, "rotation:plan:edit")
    policy.check(SYSTEM, "rotation:plan:edit")
    assert not any(policy.may(ANONYMOUS, action) for action in policy.ACTIONS)


def test_two_roles_add_up() -> None:
    both = Actor("user", 1, roles=frozenset({Role.COORDINATOR, Role.READER}), units=frozenset({3}))
    assert policy.covers(both, "takeovers:takeover:view", 4)
    assert not policy.covers(both, "takeovers:takeover:edit", 4)


#: The one action that a host has without a unit: the link itself says which takeover.
_WEEK = "takeovers:host:week"


def test_a_host_has_nothing_but_the_own_takeover() -> None:
    host = Actor("host", 1, roles=frozenset({Role.HOST}), units=frozenset({3}))
    own = {action.partition(":")[0] for action in policy.ACTIONS if policy.may(host, action)}
    assert own == {"takeovers", "drafts", "media"}
    assert not any(host.roles & action.everywhere for name, action in policy.ACTIONS.items() if name != _WEEK)
    assert not policy.covers(host, "media:item:edit", 4)


def test_a_log_line_holds_the_event_and_ids_and_no_words_of_the_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure()
    try:
        raise ValueError("Anna Hemmelig")
    except ValueError as error:
        log.failure("x.failed", error, message=7)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["message"], line["error"]) == ("x.failed", 7, "ValueError")
    assert "Hemmelig" not in json.dumps(line)
    logging.getLogger("stafet").handlers.clear()
