"""Reads of key figures, and of how much happened beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.indicators.models import KeyFigure, KeySeries
from branding.indicators.rules.figures import figure_rows, read_span
from branding.indicators.values.figures import PointView, SeriesView
from branding.plan import queries as plan
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus


def key_figures(session: Session) -> tuple[SeriesView, ...]:
    """Every series with its numbers in the order of time; two queries."""
    points: dict[int, list[PointView]] = {}
    query = select(KeyFigure).order_by(col(KeyFigure.starts_on), col(KeyFigure.period))
    for row in session.exec(query):
        points.setdefault(row.series_id, []).append(point_view(row))
    rows = session.exec(select(KeySeries).order_by(col(KeySeries.place), col(KeySeries.id)))
    return tuple(
        SeriesView(row.id or 0, row.name, row.unit, tuple(points.get(row.id or 0, ())), row.version)
        for row in rows
    )


def series_by_id(session: Session, series_id: int) -> SeriesView:
    row = series_row(session, series_id)
    query = select(KeyFigure).where(KeyFigure.series_id == series_id)
    found = session.exec(query.order_by(col(KeyFigure.starts_on), col(KeyFigure.period)))
    return SeriesView(series_id, row.name, row.unit, tuple(point_view(each) for each in found), row.version)


def series_row(session: Session, series_id: int) -> KeySeries:
    found = session.get(KeySeries, series_id)
    if found is None:
        raise Missing("key_series", series_id)
    return found


def point_row(session: Session, point_id: int) -> KeyFigure:
    found = session.get(KeyFigure, point_id)
    if found is None:
        raise Missing("key_figure", point_id)
    return found


def point_view(row: KeyFigure) -> PointView:
    span = read_span(row.period)
    assert span is not None, "only periods that were understood are stored"
    return PointView(row.id or 0, span, Decimal(row.value), row.note, row.version)


def activity_by_month(
    session: Session, first: date, last: date
) -> tuple[Mapping[date, int], Mapping[date, int]]:
    """Takeovers that ended and activities that were done, by the first day of the month."""
    held: dict[date, int] = {}
    for one in takeovers.takeovers_between(session, first, last, status=TakeoverStatus.CLOSED):
        if one.ends_on <= last:
            held[one.ends_on.replace(day=1)] = held.get(one.ends_on.replace(day=1), 0) + 1
    done: dict[date, int] = {}
    for activity in plan.done_between(session, first, last):
        done[activity.done_on.replace(day=1)] = done.get(activity.done_on.replace(day=1), 0) + 1
    return held, done


def figure_by_id(session: Session, point_id: int) -> tuple[SeriesView, PointView]:
    """One number with its series."""
    row = point_row(session, point_id)
    return series_by_id(session, row.series_id), point_view(row)


def exported_figures(session: Session) -> list[list[str]]:
    """The numbers as rows that read back as the same numbers."""
    return figure_rows(key_figures(session))
