"""The quarter's follow-up: every indicator, what became of it, and the key figures beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from branding.core.text import say
from branding.indicators.values.figures import SeriesView
from branding.indicators.values.standing import STATE_NAMES, MapView, PeriodStanding, State
from branding.reports.values.report import Chart, Column, Figure, Report, Series, Table, Type, Value

_WELL = (State.ON_TRACK, State.MET)
#: What a period that is over has come to.
_JUDGED = (State.MET, State.MISSED)
#: Of what has no end.
_NO_DAYS = (None, None)
_BADLY = (State.BEHIND, State.MISSED)


def strategy_report(
    there: MapView,
    standings: Sequence[PeriodStanding],
    figures: Sequence[SeriesView],
    first: date,
    last: date,
    scope: tuple[str, ...],
) -> Report:
    """``there``: the map on the last day, or today; ``standings``: every period in the time."""
    tally = there.tally()
    decided = sum(number for state, number in tally.items() if state is not State.UNDECIDED)
    well = sum(tally.get(state, 0) for state in _WELL)
    return Report(
        title=say("Strategy follow-up"),
        first=first,
        last=last,
        scope=scope,
        figures=(
            Figure(say("of %(n)s indicators are on track or met", n=decided), well),
            Figure(say("are behind or missed"), sum(tally.get(state, 0) for state in _BADLY)),
            Figure(say("are not decided yet"), tally.get(State.UNDECIDED, 0)),
        ),
        chart=_chart(tally) if tally else None,
        tables=(_indicators(there, standings), _periods(standings), _figures(figures, first, last)),
        notes=(
            say("Key figures stand beside the activity. Nothing says that one is the cause of the other."),
        ),
    )


def _chart(tally: Mapping[State, int]) -> Chart:
    bad = sum(tally.get(state, 0) for state in _BADLY)
    return Chart(
        say("Where the indicators stand"),
        say("%(bad)s of %(all)s indicators are behind or missed.", bad=bad, all=sum(tally.values())),
        tuple(STATE_NAMES[state] for state in tally),
        (Series(say("Indicators"), tuple(float(number) for number in tally.values())),),
    )


def _indicators(there: MapView, standings: Sequence[PeriodStanding]) -> Table:
    periods: dict[int, list[State]] = {}
    for each in standings:
        periods.setdefault(each.indicator.id, []).append(each.standing.state)
    rows: list[tuple[Value, ...]] = []
    for one in there.all_indicators():
        states = periods.get(one.id, [])
        judged = [state for state in states if state in _JUDGED]
        rows.append(
            (
                one.initiative,
                one.name,
                one.aim_text,
                one.responsible,
                one.standing.name,
                one.standing.why,
                sum(state is State.MET for state in judged) if judged else None,
                len(judged) or None,
            )
        )
    return Table(
        say("Indicator by indicator"),
        (
            Column(say("Initiative")),
            Column(say("Indicator")),
            Column(say("Aim")),
            Column(say("Responsible")),
            Column(say("Status now")),
            Column(say("Why")),
            Column(say("Periods met"), Type.WHOLE),
            Column(say("Periods that are over"), Type.WHOLE),
        ),
        tuple(rows),
        say("There are no indicators on the strategy map yet."),
    )


def _periods(standings: Sequence[PeriodStanding]) -> Table:
    return Table(
        say("Period by period"),
        (
            Column(say("Indicator")),
            Column(say("Period")),
            Column(say("First day"), Type.DAY),
            Column(say("Last day"), Type.LAST_DAY),
            Column(say("Result"), Type.DECIMAL),
            Column(say("Target"), Type.DECIMAL),
            Column(say("Status")),
        ),
        tuple(
            (
                one.name,
                one.label,
                *(_NO_DAYS if one.period.last.year == date.max.year else (one.period.first, one.period.last)),
                None if one.value is None else float(one.value),
                None if one.target is None else float(one.target),
                one.standing.name,
            )
            for one in standings
        ),
        say("No indicator has a period in this time."),
    )


def _figures(series: Sequence[SeriesView], first: date, last: date) -> Table:
    """Each key figure's latest number, and the one of the same period a year before."""
    rows: list[tuple[Value, ...]] = []
    for one in series:
        points = [point for point in one.points if point.span.last <= last]
        if not points:
            continue
        newest = points[-1]
        before = [
            point
            for point in points
            if (point.span.first.month, point.span.first.year + 1)
            == (newest.span.first.month, newest.span.first.year)
            and point.span.last.month == newest.span.last.month
        ]
        rows.append(
            (
                one.name,
                one.unit,
                newest.span.name,
                float(newest.value),
                float(before[-1].value) if before else None,
                newest.note,
            )
        )
    return Table(
        say("Key figures"),
        (
            Column(say("Key figure")),
            Column(say("Unit of measure")),
            Column(say("Newest")),
            Column(say("Figure"), Type.DECIMAL),
            Column(say("A year before"), Type.DECIMAL),
            Column(say("Note")),
        ),
        tuple(rows),
        say("No key figures are written down."),
    )
