"""The command ``branding``."""

from __future__ import annotations

import click
from sqlalchemy.exc import ArgumentError

from branding.cli import records, serving, setting_up
from branding.cli.stafet import Stafet
from branding.core import log


@click.group(help="Stafet: planning of Instagram takeovers.")
@click.pass_context
def main(context: click.Context) -> None:
    log.configure()
    try:
        context.obj = Stafet()
    except (ValueError, ArgumentError) as error:
        raise click.ClickException(f"A setting cannot be read. {error}") from None
    context.call_on_close(context.obj.database.close)


for command in (
    serving.run,
    serving.serve,
    serving.worker,
    serving.simulate,
    setting_up.migrate,
    setting_up.init,
    setting_up.import_rotation,
    setting_up.reset_second_step,
    setting_up.doctor_command,
    records.report_command,
    records.audit_group,
    records.consent_group,
):
    main.add_command(command)
