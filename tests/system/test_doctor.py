"""The command line when something is missing: one plain line, never a traceback, never half a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from branding import cli, doctor
from branding.accounts import service as accounts
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.settings import Settings
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.rotation import service as rotation
from tests.support.client import InspectingClient

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def branding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Run a command on a data folder where nothing has been set up, or on the database that is named."""

    def run(*arguments: str, **environment: str) -> Result:
        env = {"STAFET_DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": "", **environment}
        return CliRunner().invoke(cli.main, arguments, env=env)

    return run


def assert_refused(result: Result, *words: str) -> None:
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.exception
    assert all(word in result.output for word in words), result.output


def test_commands_on_a_database_that_nobody_has_made_say_so(
    branding: Callable[..., Result], tmp_path: Path
) -> None:
    table = tmp_path / "plan.csv"
    table.write_text("Uge;Specialområde\n33;SOH\n")
    for command in (
        ("import-rotation", str(table), "--plan", "P", "--year", "2022"),
        ("audit", "verify"),
        ("audit", "drop", "2026-01"),
        ("worker",),
    ):
        assert_refused(branding(*command), "branding migrate")


def test_a_database_that_is_not_there_is_one_line(branding: Callable[..., Result]) -> None:
    away = "postgresql://nobody:secret@127.0.0.1:9/x"
    result = branding("audit", "verify", DATABASE_URL=away)
    assert_refused(result, "does not answer")
    assert "secret" not in result.output


def test_a_setting_that_is_not_a_number_is_named(branding: Callable[..., Result]) -> None:
    assert_refused(branding("doctor", SMTP_PORT="smtp"), "SMTP_PORT")


def test_the_first_administrator_needs_a_mail_address(branding: Callable[..., Result]) -> None:
    facts = ("--name", "Kommunen", "--handle", "kommunen", "--admin-name", "Anna")
    made = ("--password", "en lang adgangskode 77")
    assert_refused(branding("init", *facts, "--admin-email", "anna", *made), "mail address")
    assert branding("init", *facts, "--admin-email", "anna@example.dk", *made).exit_code == 0


def test_doctor_reads_a_real_organisation(database: Database, settings: Settings) -> None:
    """On PostgreSQL a reader may not lock rows, so nothing that doctor asks may try to."""
    with database.transaction() as session:
        organisation_service.set_up_organisation(session, "Kommunen", now=NOW)
        accounts.create_first_admin(session, "Anna", "anna@example.dk", "en lang adgangskode 77", NOW)
        assert organisation.find_organisation(session) is not None
    found = [finding.text for finding in doctor.findings(settings, database)]
    assert not any("does not answer" in text for text in found), found
    assert any("Only one person is administrator" in text for text in found)


def test_a_holiday_table_without_next_year_is_told_on_the_page_and_by_the_doctor(
    database: Database,
    settings: Settings,
    client: InspectingClient,
    sign_in: Callable[..., int],
    at: Callable[[str], datetime],
) -> None:
    at("2027-05-03 09:00")
    with database.transaction() as session:
        organisation_service.set_up_organisation(session, "Kommune Prøve", now=NOW)
        rotation.seed_holiday_weeks(session, SYSTEM, now=NOW)
    told = [finding.text for finding in doctor.findings(settings, database)]
    assert "The holiday table has no weeks for 2028." in told
    sign_in("communications")
    assert "2028" in client.page("/holiday-weeks").text()
    at("2026-05-03 09:00")
    assert "2028" not in client.page("/holiday-weeks").text()
    assert not [one.text for one in doctor.findings(settings, database) if "holiday table" in one.text]
