"""A report as plain values: figures, a chart and tables.  Every form of it is written from these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branding.core.text import Text

#: Words of our own are a Text, what people wrote is a str, and what nobody knows is None, never 0.
Words = Text | str
Value = Text | str | int | float | date | None
#: Between the first week and the last one of a Type.WEEK.
BETWEEN = " – "


class Type(StrEnum):
    """What a column holds, so that a spreadsheet can count with it."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    SHARE = "share"  # 0.5 is half
    DAY = "day"
    WEEK = "week"  # 2022-W33; two with BETWEEN
    DAYS = "days"  # a period in words
    LAST_DAY = "last_day"  # follows a DAY; people read both as one period
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures that matter."""

    label: Words
    value: Value
    type: Type = Type.WHOLE


@dataclass(frozen=True, slots=True)
class Column:
    label: Words
    type: Type = Type.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """``empty`` is what is said instead when there are no rows."""

    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: Words


@dataclass(frozen=True, slots=True)
class Series:
    label: Words
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """``sentence`` says what the chart shows, for those who see it and those who do not."""

    title: Words
    sentence: Words
    labels: tuple[Words, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """``scope`` is what it is narrowed to, such as a unit; ``notes`` are how it was counted."""

    title: Words
    first: date
    last: date
    scope: tuple[Words, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    chart: Chart | None = None
    notes: tuple[Words, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing happened in the period."""
        return not any(table.rows for table in self.tables)
