"""Tables of key figures."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime


class KeySeries(SQLModel, table=True):
    """One key figure over time, such as sickness absence."""

    __tablename__ = "key_series"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    #: What it is called.
    name: str = Field(max_length=120)
    #: Its place in the list.
    place: int = Field(default=0)
    #: What the numbers are in: %, ansatte.
    unit: str = Field(default="", max_length=40)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)


class KeyFigure(SQLModel, table=True):
    """One number of a series."""

    __tablename__ = "key_figure"
    __table_args__ = (
        UniqueConstraint("series_id", "period"),
        Index("ix_key_figure_time", "series_id", "starts_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Of which series.
    series_id: int = Field(foreign_key="key_series.id")
    #: The month, quarter or year: 2022-03, 2022-K1 or 2022.
    period: str = Field(max_length=10)
    #: Its first day.
    starts_on: date
    #: The number, as a decimal number with a point.
    value: str = Field(max_length=24)
    #: What one must know to read it.
    note: str = Field(default="", max_length=1000)
    #: Who wrote it down: user:3.
    made_by: str = Field(max_length=24)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)
