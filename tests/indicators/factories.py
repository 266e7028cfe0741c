"""What tests of indicators begin with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from branding.core.actor import Actor, Role
from branding.core.files import shipped
from branding.indicators.service import importing, nodes
from branding.indicators.values.facts import Facts
from branding.indicators.values.measures import Aim, Kind, Measure, PeriodKind, Rhythm
from branding.indicators.values.standing import IndicatorFacts, ReadingView
from branding.indicators.values.tree import NodeKind, NodeRequest
from branding.rotation.spreadsheet import read_file

COMMUNICATIONS = Actor("user", 1, "Karen", "karen@example.dk", frozenset({Role.COMMUNICATIONS}))
READER = Actor("user", 2, "Lis", "lis@example.dk", frozenset({Role.READER}))
BEGINS = date(2022, 1, 1)


def table(name: str = "strategy-map-2022.csv") -> bytes:
    return (shipped("schedules") / "examples" / name).read_bytes()


def import_2022(session: Session, now: datetime) -> None:
    importing.import_map(session, COMMUNICATIONS, read_file(table()), BEGINS, now=now)


def rhythm(kind: PeriodKind = PeriodKind.WEEK, begins_on: date = BEGINS, every: int = 1) -> Rhythm:
    return Rhythm(kind, begins_on, every)


def aim(
    kind: Kind = Kind.COUNT,
    target: str | None = "1",
    of: Rhythm | None = None,
    measure: Measure = Measure.CHANNEL,
) -> Aim:
    counts = "linkedin" if measure is not Measure.HAND else ""
    return Aim(kind, of or rhythm(), Decimal(target) if target else None, "", measure, counts)


def indicator(of: Aim, number: int = 1) -> IndicatorFacts:
    return IndicatorFacts(number, 7, 1, "Opslag", of, "Stab", "", "", "", 1)


def done(*days: date) -> Facts:
    """Activities on LinkedIn."""
    return Facts(days={(Measure.CHANNEL, "linkedin"): tuple(sorted(days))})


def written(now: datetime, *results: tuple[date, date, str]) -> Facts:
    """Results that somebody wrote down."""
    rows = [
        ReadingView(n, 1, first, last, Decimal(value), "", "user:1", now, 1)
        for n, (first, last, value) in enumerate(results, 1)
    ]  # fmt: skip
    return Facts(readings={1: tuple(rows)})


def small_map(session: Session, now: datetime) -> dict[str, int]:
    """One path from the vision to an initiative."""
    ids: dict[str, int] = {}
    parent: int | None = None
    for kind in (
        NodeKind.VISION,
        NodeKind.PERSPECTIVE,
        NodeKind.AUDIENCE,
        NodeKind.GOAL,
        NodeKind.INITIATIVE,
    ):
        parent = nodes.add_node(session, COMMUNICATIONS, kind, parent, NodeRequest(f"Prøve {kind}"), now=now)
        ids[kind.value] = parent
    return ids
