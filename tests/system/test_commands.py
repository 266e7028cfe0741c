"""The commands as people type them: each in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from sqlmodel import select

from branding.consent.rules.proving import sealed
from branding.core.db import Database
from branding.core.settings import Settings
from branding.outbox.models import OutboxMessage
from tests.house.sources import ROOT
from tests.support.databases import IS_POSTGRES, new_postgres
from tests.support.prepared import copied
from tests.support.running import command, environment, free_port, running, wait_for
from tests.support.typed import Done, branding, branding_anew

ROTATIONS = ROOT / "schedules" / "rotations"
#: A database on this process's PostgreSQL.
_BEGUN = "stafet_begun"
AREAS, SOH = ROTATIONS / "takeover-specialomraader-2022.csv", ROTATIONS / "takeover-soh-2022.csv"


@pytest.fixture
def more(worker_id: str) -> dict[str, str]:
    """On PostgreSQL the commands get a database of their own."""
    return {"DATABASE_URL": new_postgres(f"stafet_commands_{worker_id}")} if IS_POSTGRES else {}


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``branding init`` has made of an empty folder: once, to be copied."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    folder.mkdir()
    more = {"DATABASE_URL": new_postgres(_BEGUN)} if IS_POSTGRES else {}
    assert init(folder, more, run=branding_anew).returncode == 0
    return folder


@pytest.fixture
def begun(tmp_path: Path, _begun: Path, worker_id: str) -> dict[str, str]:
    """An organisation of one's own lies in ``tmp_path``; this is what the environment must say of it."""
    copied(_begun, tmp_path)
    name = f"stafet_commands_{worker_id}"
    return {"DATABASE_URL": new_postgres(name, template=_BEGUN)} if IS_POSTGRES else {}


def init(folder: Path, more: dict[str, str], *flags: str, run: Callable[..., Done] = branding) -> Done:
    return run(
        folder, "init", "--name", "Kommune Prøve", "--handle", "proeve", "--admin-name", "Eva Prøve",
        "--admin-email", "eva@example.dk", "--password", "tre gule ænder flyver", *flags, **more,
    )  # fmt: skip


def mails(folder: Path, more: dict[str, str]) -> list[str]:
    database = Database.of(Settings.from_environment(environment(folder, **more)))
    with database.reader() as session:
        found = list(session.exec(select(OutboxMessage.body)))
    database.close()
    return found


def test_both_tables_import_exactly_and_a_second_time_change_nothing(
    tmp_path: Path, more: dict[str, str]
) -> None:
    assert init(tmp_path, more).returncode == 0
    areas = ("import-rotation", str(AREAS), "--plan", "Områder", "--year", "2022", "--create-units")
    dry = branding(tmp_path, *areas, "--dry-run", **more)
    assert "Would be 9 new" in dry.stdout, dry.stdout + dry.stderr
    first = branding(tmp_path, *areas, **more)
    assert "Saved: 9 new, 0 changed, 0 unchanged" in first.stdout, first.stdout + first.stderr
    again = branding(tmp_path, *areas, **more)
    assert "0 new, 0 changed, 9 unchanged" in again.stdout
    soh = ("import-rotation", str(SOH), "--plan", "SOH", "--year", "2022", "--under", "SOH")
    refused = branding(tmp_path, *soh, **more)
    assert refused.returncode == 1 and "Engtoften" in refused.stderr and "Traceback" not in refused.stderr
    assert "7 new" in branding(tmp_path, *soh, "--create-units", **more).stdout
    assert "entries, all as they were written" in branding(tmp_path, "audit", "verify", **more).stdout


def test_bad_input_is_a_plain_sentence_and_saves_nothing(tmp_path: Path, begun: dict[str, str]) -> None:
    more = begun
    file = tmp_path / "table.csv"
    for content, words in (
        (b"Uge;Enhed\n60;SOH\n", "60"),
        (b"PK\x03\x04 not really a workbook", "workbook|file|spreadsheet"),
        (b"", "empty|table|file"),
    ):
        file.write_bytes(content)
        found = branding(
            tmp_path, "import-rotation", str(file), "--plan", "X", "--year", "2022", "--create-units", **more
        )
        assert found.returncode == 1
        assert re.search(words, found.stderr), found.stderr
        assert "Traceback" not in found.stderr


def test_init_does_not_replace_an_organisation_of_ones_own(tmp_path: Path, begun: dict[str, str]) -> None:
    more = begun
    for flags in ((), ("--replace-demo",)):
        again = init(tmp_path, more, *flags)
        assert again.returncode == 1 and "Kommune Prøve" in again.stderr


def test_production_refuses_the_demo_plain_http_and_short_keys(
    tmp_path: Path, demo_loaded: dict[str, str]
) -> None:
    more = demo_loaded
    refused = branding(
        tmp_path,
        "serve",
        STAFET_SECRET_KEY="short",
        STAFET_AUDIT_KEY="short",
        STAFET_DATA_KEY="short",
        **more,
    )
    assert refused.returncode == 1
    for words in ("example data", "STAFET_BASE_URL", "32 characters"):
        assert words in refused.stderr
    assert init(tmp_path, more, "--replace-demo").returncode == 0
    healthy = branding(tmp_path, "doctor", STAFET_BASE_URL="https://stafet.example.dk", **more)
    assert healthy.returncode == 0, healthy.stdout
    assert "STOP" not in healthy.stdout and "SMTP_HOST" in healthy.stdout


def test_serve_and_worker_run_beside_each_other_in_production(tmp_path: Path, begun: dict[str, str]) -> None:
    more = begun
    port = free_port()
    settings = environment(tmp_path, STAFET_BASE_URL="https://stafet.example.dk", **more)
    with (tmp_path / "serve.log").open("wb") as log:
        both = [
            subprocess.Popen(command(*words), env=settings, stdout=log, stderr=log)
            for words in (("serve", "--port", str(port)), ("worker",))
        ]
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, both[0], tmp_path / "serve.log")
        answer = requests.get(f"{address}/sign-in", timeout=10)
        assert "Strict-Transport-Security" in answer.headers and "Eksempeldata" not in answer.text
        assert "Secure" in requests.post(f"{address}/language", timeout=10).headers.get(
            "Set-Cookie", "Secure"
        )
        for _ in range(100):
            jobs = requests.get(f"{address}/health", timeout=10).json()["jobs"]
            if "audit.seal_months" in jobs and "outbox.deliver" in jobs:
                break
            time.sleep(0.1)
        assert all(job["last_ok_at"] and not job["last_error"] for job in jobs.values()) and jobs
    finally:
        for process in both:
            process.terminate()
        codes = [process.wait(20) for process in both]
    assert codes == [0, 0]


def test_run_serves_the_demo_with_its_keys_kept_private_and_a_second_time_finds_it_again(
    tmp_path: Path, more: dict[str, str]
) -> None:
    with running(tmp_path, **more) as first:
        assert "Eksempeldata" in requests.get(f"{first.address}/sign-in", timeout=10).text
        printed = (tmp_path / "run.log").read_text()
        assert any(f"{first.address}/host/" in body for body in mails(tmp_path, more))
    for address in ("kommunikation", "koordinator", "leder", "dpo", "admin"):
        assert f"{address}@example.dk" in printed
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    secret = (tmp_path / "keys" / "secret.key").read_text()
    assert secret not in printed
    with running(tmp_path, **more) as second:
        assert requests.get(f"{second.address}/health", timeout=10).json()["database"] is True
    assert (tmp_path / "keys" / "secret.key").read_text() == secret
    assert "entries, all as they were written" in branding_anew(tmp_path, "audit", "verify", **more).stdout


def test_a_taken_port_is_a_plain_sentence(tmp_path: Path, demo_loaded: dict[str, str]) -> None:
    more = demo_loaded
    with running(tmp_path, **more) as site:
        port = site.address.rsplit(":", 1)[1]
        found = branding(tmp_path, "run", "--port", port, **more)
    assert found.returncode == 1 and "is taken" in found.stderr


@pytest.mark.parametrize("script", ["run", "test"])
def test_the_two_commands_use_only_the_standard_library(script: str) -> None:
    # -S leaves out everything that is installed: an import of it would fail.
    path = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r})"
    code = f"{path}; runpy.run_path({str(ROOT / script)!r}, run_name='looked at')"
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert found.returncode == 0, found.stderr


def test_a_lost_second_step_is_reset_from_the_command_line(tmp_path: Path, begun: dict[str, str]) -> None:
    more = begun
    assert "is reset" in branding(tmp_path, "reset-second-step", "Eva@example.dk", **more).stdout
    unknown = branding(tmp_path, "reset-second-step", "nobody@example.dk", **more)
    assert unknown.returncode == 1 and "Nobody" in unknown.stderr and "Traceback" not in unknown.stderr


def test_a_proof_is_checked_by_a_command(tmp_path: Path, begun: dict[str, str]) -> None:
    more = begun
    key = (tmp_path / "keys" / "audit.key").read_text().strip()
    file = tmp_path / "proof.pdf"
    file.write_bytes(sealed(key, b"%PDF-1.7\n%%EOF"))
    genuine = branding(tmp_path, "consent", "verify", str(file), **more)
    assert (genuine.returncode, genuine.stdout.strip()) == (0, "Genuine and unchanged.")
    file.write_bytes(file.read_bytes().replace(b"1.7", b"1.6"))
    assert branding(tmp_path, "consent", "verify", str(file), **more).returncode == 1
    file.write_bytes(b"%PDF-1.7\n%%EOF")
    foreign = branding(tmp_path, "consent", "verify", str(file), **more)
    assert foreign.returncode == 3
    assert "no seal" in foreign.stderr
