"""Commands about what was written down: report, audit and consent."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from branding.audit import service as audit
from branding.cli.stafet import Stafet, errors, made
from branding.consent.service import proving
from branding.core import clock
from branding.core.actor import SYSTEM
from branding.reports.values.orders import Form, Kind


@click.command("report")
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

    database = made(stafet)
    with errors(), create_app(stafet.settings, database).app_context(), database.reader() as session:
        content = ordered(
            session, Kind(kind), (first, last), unit or "", Form(form), leaders, now=clock.now()
        )
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
    click.echo(f"{out}: {len(content)} bytes")


@click.group("audit")
def audit_group() -> None:
    """The audit log."""


@audit_group.command()
@click.pass_obj
def verify(stafet: Stafet) -> None:
    """Check the hash chain of the audit log."""
    with errors(), made(stafet).reader() as session:
        verdict = audit.verify(session)
    if not verdict.holds:
        raise click.ClickException(f"The chain is broken at entry {verdict.broken_at}.")
    click.echo(f"{verdict.entries} entries, all as they were written. End of the chain: {verdict.last_hash}")


@audit_group.command()
@click.argument("month")
@click.pass_obj
def drop(stafet: Stafet, month: str) -> None:
    """Erase the entries of all months up to and including a sealed MONTH (2026-10)."""
    with errors(), made(stafet).transaction() as session:
        dropped = audit.drop_through(session, SYSTEM, month, now=clock.now())
    click.echo(f"{dropped} entries erased; the chain holds from the next one on.")


@click.group("consent")
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
