"""Commands that set up: migrate, init, import-rotation, reset-second-step and doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from branding import doctor
from branding.accounts import queries as accounts
from branding.accounts import service as accounts_service
from branding.cli.stafet import Stafet, errors, made
from branding.core import clock
from branding.core.actor import SYSTEM
from branding.migrations import schema
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.organisation import values as organisation_values
from branding.rotation import service as rotation


@click.command()
@click.pass_obj
def migrate(stafet: Stafet) -> None:
    """Bring the database to the newest schema."""
    schema.upgrade(stafet.database)
    click.echo("The database is up to date.")


@click.command()
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
    with errors(), stafet.database.transaction() as session:
        found = organisation.find_organisation(session)
        if found and not (found.is_demo and replace_demo):
            hint = (
                "Use --replace-demo to empty the example data." if found.is_demo else "Nothing was changed."
            )
            raise click.ClickException(f"There is an organisation already: {found.name}. {hint}")
        begin_anew(session)
        organisation_service.start_own(session, request, now=clock.now())
    click.echo(f"{name} is ready. {admin_name} signs in with {admin_email}.")


@click.command("import-rotation")
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
    with errors(), made(stafet).transaction() as session:
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


@click.command("reset-second-step")
@click.argument("email")
@click.pass_obj
def reset_second_step(stafet: Stafet, email: str) -> None:
    """Let the person with this EMAIL sign in by the first step only: when no administrator can get in."""
    with errors(), made(stafet).transaction() as session:
        user = accounts.find_user_by_email(session, email)
        if user is None or user.id is None:
            raise click.ClickException("Nobody has this mail address.")
        accounts_service.reset_second_step(session, SYSTEM, user.id, now=clock.now())
    click.echo(f"Two-step sign-in is reset for {email}, who is signed out everywhere.")


@click.command("doctor")
@click.pass_obj
def doctor_command(stafet: Stafet) -> None:
    """Say what is missing or wrong in this installation, in plain words."""
    found = doctor.findings(stafet.settings, stafet.database)
    for finding in found:
        click.echo(f"{'STOP' if finding.stops_production else 'note'}  {finding.text}")
    if not found:
        click.echo("Everything is in order.")
    sys.exit(1 if any(finding.stops_production for finding in found) else 0)
