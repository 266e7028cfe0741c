"""The strategy map and the key figures of 2022 in the example, with some results that people wrote down."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session

from branding.core import clock, files
from branding.core.actor import Actor
from branding.indicators import queries
from branding.indicators.service import figures, importing, indicators, readings, tying
from branding.indicators.values.measures import ReadingRequest
from branding.indicators.values.standing import IndicatorView
from branding.plan import queries as plan
from branding.plan.values import ChannelKind, Status
from branding.rotation.spreadsheet import read_file

#: The map was made for 2022.
BEGINS_ON = date(2022, 1, 1)
_PILOT_DONE = date(2022, 6, 5)
#: Name, a day in the period, result and where it comes from.
_RESULTS = (
    ("Cases optaget", date(2022, 3, 31), "2", "To af tre blev optaget; den tredje fik forfald."),
    ("Intern jobrotation", date(2021, 12, 31), "11", "Opgjort af HR"),
    ("Intern jobrotation", date(2022, 12, 31), "14", "Opgjort af HR"),
)
#: What a year of job rotation came to, for the last year and this one.
_LATELY = ("17", "19")


def strategy(session: Session, karen: Actor, now: datetime) -> None:
    """Everything through the same services that people use."""
    folder = files.shipped("schedules") / "examples"
    table = read_file((folder / "strategy-map-2022.csv").read_bytes())
    importing.import_map(session, karen, table, BEGINS_ON, now=now)
    figures.import_figures(session, karen, read_file((folder / "key-figures.csv").read_bytes()), now=now)
    today = clock.local(now).date()
    known = {(one.initiative, one.name): one for one in queries.strategy_map(session, today).all_indicators()}
    by_name = {name: one for (_, name), one in known.items()}
    for name, on, value, note in _RESULTS:
        if on > today:
            continue  # the example may be shown on any day
        _write(session, karen, by_name[name], on, value, note, today, now)
    for years, value in zip((1, 0), _LATELY, strict=True):
        on = min(date(today.year - years, 12, 31), today)
        if on.year > BEGINS_ON.year:
            _write(session, karen, by_name["Intern jobrotation"], on, value, "Opgjort af HR", today, now)
    if today >= _PILOT_DONE:
        indicators.tick(session, karen, by_name["Pilot gennemført"].id, _PILOT_DONE, today=today, now=now)
    for initiative, name, due_on in (
        ("Nøglepersoner inddraget", "Projekt gennemført", today + timedelta(days=75)),
        (
            "Ny weborganisation, brugerrejser, håndbog, sider",
            "Projekt gennemført",
            today - timedelta(days=20),
        ),
    ):
        _due(session, karen, known[initiative, name], due_on, now)
    _tie(session, karen, "Messestand og fælles budskaber", ChannelKind.FAIR, today, now)


def _tie(
    session: Session, karen: Actor, initiative: str, kind: ChannelKind, today: date, now: datetime
) -> None:
    """The latest activities on a channel belong to what they are for."""
    found = plan.activities_between(session, today - timedelta(days=360), today)
    ids = [one.id for one in found if one.channel.kind is kind and one.status is not Status.CANCELLED][-3:]
    node = next(one for one in queries.initiatives(session) if one.text == initiative)
    tying.tie_activities(session, karen, node.id, ids, ids, now=now)


def _write(
    session: Session,
    karen: Actor,
    one: IndicatorView,
    on: date,
    value: str,
    note: str,
    today: date,
    now: datetime,
) -> None:
    request = ReadingRequest(on, Decimal(value), note)
    readings.write_reading(session, karen, one.id, request, today=today, now=now)


def _due(session: Session, karen: Actor, one: IndicatorView, due_on: date, now: datetime) -> None:
    indicators.set_due(session, karen, one.id, due_on, one.facts.version, now=now)
