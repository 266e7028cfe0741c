"""Commands that go on until they are stopped: run, serve, worker and simulate."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import replace

import click

from branding import doctor
from branding.cli.stafet import Stafet, errors, made
from branding.core import log
from branding.core.db import Database
from branding.migrations import schema
from branding.organisation import queries as organisation

DEMO_ADDRESS = "127.0.0.1"


@click.command()
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


@click.command()
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


@click.command()
@click.pass_obj
def worker(stafet: Stafet) -> None:
    """Run the jobs of ``schedules/jobs.toml``; any number of workers may run."""
    from branding import worker as clockwork
    from branding.app import create_app

    with errors():
        made(stafet)
    scheduler = clockwork.start(create_app(stafet.settings, stafet.database))
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    log.event("worker.started", jobs=len(clockwork.timetable()))
    stop.wait()
    scheduler.shutdown()


@click.command()
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
