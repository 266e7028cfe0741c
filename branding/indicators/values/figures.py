"""Key figures: series of numbers that the work is for, as they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branding.core.text import Text


@dataclass(frozen=True, slots=True)
class Span:
    """A month, a quarter or a year: ``2022-03``, ``2022-K1`` or ``2022``."""

    code: str
    first: date
    last: date
    name: Text


@dataclass(frozen=True, slots=True)
class PointView:
    """One number of a series."""

    id: int
    span: Span
    value: Decimal
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One key figure over time, the oldest number first."""

    id: int
    name: str
    unit: str
    points: tuple[PointView, ...]
    version: int


@dataclass(frozen=True, slots=True)
class PointRequest:
    """A number for a period; a series that is not there yet is made."""

    series: str
    unit: str
    span: Span
    value: Decimal
    note: str = ""
