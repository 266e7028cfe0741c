from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.accounts import rules
from branding.accounts.values import Grant
from branding.core.actor import Role
from branding.core.errors import RuleBroken

NOW = datetime(2022, 10, 17, 9, tzinfo=UTC)


def refusal(password: str, name: str = "Anna Prøve", email: str = "anna.proeve@example.dk") -> str:
    with pytest.raises(RuleBroken) as error:
        rules.check_password(password, name=name, email=email)
    assert error.value.field == "password"
    return error.value.code


def test_three_words_are_a_good_password() -> None:
    rules.check_password("tre gule ænder flyver", name="Anna Prøve", email="anna@example.dk")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elleve tegn", "password_short"),
        ("x" * 201, "password_long"),
        ("Adgangskode123", "password_common"),
        ("Password 1234", "password_common"),
        ("abababababababab", "password_common"),
        ("Anna.Prøve.2022", "password_own"),
        ("anna.proeve@example.dk", "password_own"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, code: str) -> None:
    assert refusal(password) == code


def test_a_name_inside_a_long_password_is_allowed() -> None:
    rules.check_password("Anna cykler hjem i regnvejr", name="Anna Prøve", email="anna@example.dk")


def test_the_fifth_refusal_locks() -> None:
    assert not rules.locks_now(3)
    assert rules.locks_now(4)


def test_a_lock_ends_after_a_quarter_of_an_hour_or_when_the_person_came_in() -> None:
    lock = NOW - timedelta(minutes=14)
    assert rules.is_locked(NOW, last_success=None, last_lock=lock)
    assert rules.is_locked(NOW, last_success=lock - timedelta(days=1), last_lock=lock)
    assert not rules.is_locked(NOW, last_success=lock + timedelta(minutes=1), last_lock=lock)
    assert not rules.is_locked(NOW + timedelta(minutes=1), last_success=None, last_lock=lock)
    assert not rules.is_locked(NOW, last_success=None, last_lock=None)


def test_refusals_before_the_latest_success_do_not_count() -> None:
    success = NOW - timedelta(minutes=3)
    assert rules.lock_window_start(NOW, last_success=success, last_lock=None) == success
    assert rules.lock_window_start(NOW, last_success=None, last_lock=None) == NOW - rules.LOCK


@pytest.mark.parametrize(
    ("grants", "field"),
    [
        (set(), "roles"),
        ({Grant(Role.COORDINATOR)}, "areas"),
        ({Grant(Role.READER, 3)}, "areas"),
        ({Grant(Role.HOST)}, "roles"),
    ],
)
def test_roles_that_make_no_sense_are_refused(grants: set[Grant], field: str) -> None:
    with pytest.raises(RuleBroken) as error:
        rules.check_grants(grants)
    assert error.value.field == field


def test_a_coordinator_may_have_two_areas_and_another_role() -> None:
    rules.check_grants({Grant(Role.COORDINATOR, 1), Grant(Role.COORDINATOR, 2), Grant(Role.READER)})


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Edg/130.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_by_its_families(agent: str, device: str) -> None:
    assert rules.device_of(agent) == device


@given(st.text())
def test_a_device_never_carries_a_version(agent: str) -> None:
    found = rules.device_of(f"{agent}/1.2.3")
    assert len(found) <= 60
    assert not any(letter.isdigit() for letter in found)
