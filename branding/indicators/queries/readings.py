"""Reads of results that somebody wrote down."""

from __future__ import annotations

from sqlmodel import Session

from branding.indicators.queries.rows import reading_row, reading_rows, reading_view
from branding.indicators.values.standing import ReadingView


def readings_of(session: Session, indicator_id: int) -> list[ReadingView]:
    """In the order of time."""
    return [reading_view(row) for row in reading_rows(session, indicator_id)]


def reading_by_id(session: Session, reading_id: int) -> ReadingView:
    return reading_view(reading_row(session, reading_id))
