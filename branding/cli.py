"""The command ``branding``: run, serve, worker, simulate, init, migrate, import-rotation, report,
reset-second-step, audit, consent and doctor."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.exc import ArgumentError, OperationalError

from branding import doctor
from branding.accounts import queries as accounts
from branding.accounts import service as accounts_service
from branding.audit import service as audit
from branding.consent.service import proving
from branding.core import clock, log
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.errors import StafetError
from branding.core.settings import Settings, keys_in
from branding.migrations import schema
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.organisation import values as organisation_values
from branding.reports.values.orders import Form, Kind
from branding.rotation import service as rotation

DEMO_ADDRESS = "127.0.0.1"


class Stafet:
    """Settings and database of one command; keys are made in the data folder the first time."""

    def __init__(self) -> None:
        self.settings = Settings.from_environment()
        if not self.settings.has_keys:
            self.settings = self.settings.with_keys(keys_in(self.settings.data_dir / "keys"))
        self.database = Database.of(self.settings)


@click.group(help="Stafet: planning of Instagram takeovers.")
@click.pass_context
def main(context: click.Context) -> None:
    log.configure()
    try:
        context.obj = Stafet()
    except (ValueError, ArgumentError) as error:
        raise click.ClickException(f"A setting cannot be read. {error}") from None
    context.call_on_close(context.obj.database.close)


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def run(stafet: Stafet, port: int) -> None:
    """Set up what is missing and serve on this machine, jobs included; an empty database gets the demo."""
    from waitress import create_server

    from branding import demo, worker
    from branding.app import create_app
    from branding.web.limits import MOST_WITH_FILES

    address = stafet.settings.base_url or f"http://{DEMO_ADDRESS}:{port}"
    settings = replace(stafet.settings, base_url=address)
    schema.upgrade(stafet.database)
    app = create_app(settings, stafet.database)
    with app.app_context():
        demo.load_if_empty(stafet.database)
    try:
        # Requests wait in memory: a picture as it came is never on the disk.
        server = create_server(app, host=DEMO_ADDRESS, port=port, threads=8, inbuf_overflow=MOST_WITH_FILES)
    except OSError:
        raise click.ClickException(f"Port {port} is taken. Try ./run --port {port + 1}") from None
    scheduler = worker.start(app)
    _greet(stafet.database, address)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    finally:
        scheduler.shutdown(wait=False)


def _greet(database: Database, address: str) -> None:
    from branding import demo  # most commands need neither it nor the rooms that it fills

    with database.reader() as session:
        found = organisation.find_organisation(session)
    click.echo(f"\n  Stafet kører på {address}   (Ctrl+C stopper)\n")
    if found and found.is_demo:
        click.echo(demo.greeting(address))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.pass_obj
def serve(stafet: Stafet, host: str, port: int, workers: int) -> None:
    """Serve in production with gunicorn; jobs run in ``branding worker``."""
    found = [f for f in doctor.findings(stafet.settings, stafet.database) if f.stops_production]
    if found:
        raise click.ClickException("Stafet does not start:\n" + "\n".join(f"- {f.text}" for f in found))
    stafet.database.close()
    os.execvp(  # noqa: S606 - no shell: gunicorn replaces this process
        sys.executable,
        [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--workers", str(workers),
         "--threads", "4", "branding.app:application()"],
    )  # fmt: skip


@main.command()
@click.pass_obj
def worker(stafet: Stafet) -> None:
    """Run the jobs of ``schedules/jobs.toml``; any number of workers may run."""
    from branding import worker as clockwork
    from branding.app import create_app

    with _errors():
        _made(stafet)
    scheduler = clockwork.start(create_app(stafet.settings, stafet.database))
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    log.event("worker.started", jobs=len(clockwork.timetable()))
    stop.wait()
    scheduler.shutdown()


@main.command()
@click.option("--port", default=8010, show_default=True)
@click.pass_obj
def simulate(stafet: Stafet, port: int) -> None:
    """Play Instagram, Facebook and LinkedIn on this machine, to try publishing without an account."""
    from branding.simulator import play, server

    try:
        playing = server.make(port)
    except (OSError, SystemExit):
        raise click.ClickException(f"Port {port} is taken. Try branding simulate --port {port + 1}") from None
    play.until_stopped(playing, stafet.settings.data_dir / "simulator.toml", say=click.echo)


@main.command()
@click.pass_obj
def migrate(stafet: Stafet) -> None:
    """Bring the database to the newest schema."""
    schema.upgrade(stafet.database)
    click.echo("The database is up to date.")


@main.command()
@click.option("--name", prompt="Organisation", help="The organisation's name.")
@click.option("--handle", prompt="Instagram profile", help="The profile that is lent out.")
@click.option("--admin-name", prompt="First administrator's name")
@click.option("--admin-email", prompt="First administrator's mail")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@click.option("--replace-demo", is_flag=True, help="Empty the example data first.")
@click.pass_obj
def init(stafet: Stafet, name: str, handle: str, admin_name: str, admin_email: str, password: str,
         replace_demo: bool) -> None:  # fmt: skip
    """Make your own organisation in an empty database, or in the demo's place."""
    from branding.app import begin_anew

    schema.upgrade(stafet.database)
    schema.tables()  # every table is emptied, also those of rooms that this command never opens
    request = organisation_values.StartRequest(name, handle, admin_name, admin_email, password)
    with _errors(), stafet.database.transaction() as session:
        found = organisation.find_organisation(session)
        if found and not (found.is_demo and replace_demo):
            hint = (
                "Use --replace-demo to empty the example data." if found.is_demo else "Nothing was changed."
            )
            raise click.ClickException(f"There is an organisation already: {found.name}. {hint}")
        begin_anew(session)
        organisation_service.start_own(session, request, now=clock.now())
    click.echo(f"{name} is ready. {admin_name} signs in with {admin_email}.")


@main.command("import-rotation")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", required=True, help="The plan's name; made when it is new.")
@click.option("--year", required=True, type=click.IntRange(2000, 2100))
@click.option("--under", help="Short name of the specialområde whose afdelinger take turns.")
@click.option("--profile", help="The profile that is lent out; needed when there are several.")
@click.option("--create-units", is_flag=True, help="Create units that nobody knows.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, save nothing.")
@click.pass_obj
def import_rotation(stafet: Stafet, file: Path, plan: str, year: int, under: str | None, profile: str | None,
                    create_units: bool, dry_run: bool) -> None:  # fmt: skip
    """Import a rotation from CSV, XLSX or ODS."""
    with _errors(), _made(stafet).transaction() as session:
        report = rotation.import_rotation(
            session, SYSTEM, file.read_bytes(), plan_name=plan, year=year, under=under,
            create_units=create_units, profile=profile, dry_run=dry_run, now=clock.now(),
        )  # fmt: skip
    for row in report.rows:
        what = row.holiday or " · ".join(part for part in (row.unit, row.profession, row.topic) if part)
        weeks = f"{row.block.first.year} uge {row.block.label}" if row.block else "?"
        click.echo(f"  {row.mark:<10} {weeks:<16} {what}")
    for warning in report.warnings:
        click.echo(f"  note: {warning}")
    for problem in report.problems:
        read = f"“{problem.read}”. " if problem.read else ""
        click.echo(f"  row {problem.row}, {problem.column}: {read}{problem.text}", err=True)
    done = "Would be" if dry_run else "Saved:"
    if not report.is_faultless:
        raise click.ClickException(f"{len(report.problems)} cells cannot be used. Nothing was saved.")
    click.echo(f"{done} {report.new} new, {report.changed} changed, {report.unchanged} unchanged.")


@main.command("report")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--from", "first", default="", help="First week or day: 2022-W33 or 2022-08-15.")
@click.option("--to", "last", default="", help="Last week or day.")
@click.option("--unit", help="Short name of a specialområde or an afdeling; else all.")
@click.option("--format", "form", type=click.Choice([form.value for form in Form]), default="pdf")
@click.option("--leaders", is_flag=True, help="The version that names nobody.")
@click.option("-o", "out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def report_command(stafet: Stafet, kind: str, first: str, last: str, unit: str | None, form: str,
                   leaders: bool, out: Path) -> None:  # fmt: skip
    """Write a report of KIND to a file."""
    from branding.app import create_app
    from branding.reports.ordering import ordered

    database = _made(stafet)
    with _errors(), create_app(stafet.settings, database).app_context(), database.reader() as session:
        content = ordered(
            session, Kind(kind), (first, last), unit or "", Form(form), leaders, now=clock.now()
        )
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
    click.echo(f"{out}: {len(content)} bytes")


@main.command("reset-second-step")
@click.argument("email")
@click.pass_obj
def reset_second_step(stafet: Stafet, email: str) -> None:
    """Let the person with this EMAIL sign in by the first step only: when no administrator can get in."""
    with _errors(), _made(stafet).transaction() as session:
        user = accounts.find_user_by_email(session, email)
        if user is None or user.id is None:
            raise click.ClickException("Nobody has this mail address.")
        accounts_service.reset_second_step(session, SYSTEM, user.id, now=clock.now())
    click.echo(f"Two-step sign-in is reset for {email}, who is signed out everywhere.")


@main.group("audit")
def audit_group() -> None:
    """The audit log."""


@audit_group.command()
@click.pass_obj
def verify(stafet: Stafet) -> None:
    """Check the hash chain of the audit log."""
    with _errors(), _made(stafet).reader() as session:
        verdict = audit.verify(session)
    if not verdict.holds:
        raise click.ClickException(f"The chain is broken at entry {verdict.broken_at}.")
    click.echo(f"{verdict.entries} entries, all as they were written. End of the chain: {verdict.last_hash}")


@audit_group.command()
@click.argument("month")
@click.pass_obj
def drop(stafet: Stafet, month: str) -> None:
    """Erase the entries of all months up to and including a sealed MONTH (2026-10)."""
    with _errors(), _made(stafet).transaction() as session:
        dropped = audit.drop_through(session, SYSTEM, month, now=clock.now())
    click.echo(f"{dropped} entries erased; the chain holds from the next one on.")


@main.group("consent")
def consent_group() -> None:
    """Consents."""


@consent_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def verify_proof(stafet: Stafet, file: Path) -> None:
    """Say whether a proof (FILE) is genuine and unchanged: 0 yes, 1 changed, 3 not made by Stafet."""
    found = proving.check_file(stafet.settings.audit_key, file.read_bytes())
    if found.verdict == proving.Verdict.NOT_OURS:
        click.echo("Not a proof: it carries no seal of Stafet.", err=True)
        sys.exit(3)
    if found.verdict == proving.Verdict.CHANGED:
        click.echo("Not genuine: it was changed, or another installation made it.", err=True)
        sys.exit(1)
    click.echo("Genuine and unchanged.")
    if found.record:
        click.echo(f"Consent {found.record['consent']}, made {found.record['made_at']}, code {found.code}")


@main.command("doctor")
@click.pass_obj
def doctor_command(stafet: Stafet) -> None:
    """Say what is missing or wrong in this installation, in plain words."""
    found = doctor.findings(stafet.settings, stafet.database)
    for finding in found:
        click.echo(f"{'STOP' if finding.stops_production else 'note'}  {finding.text}")
    if not found:
        click.echo("Everything is in order.")
    sys.exit(1 if any(finding.stops_production for finding in found) else 0)


def _made(stafet: Stafet) -> Database:
    """The database, when it has this program's tables."""
    if not schema.is_current(stafet.database):
        raise click.ClickException("The database is not up to date: run `branding migrate`.")
    return stafet.database


@contextmanager
def _errors() -> Iterator[None]:
    """Our own errors, and a database that is not there, as one plain line without a traceback."""
    try:
        yield
    except StafetError as error:
        raise click.ClickException(str(error.text)) from None
    except OperationalError as error:
        raise click.ClickException(f"The database does not answer ({type(error).__name__}).") from None
