"""Tables of the strategy map: its nodes, their indicators, and results that were written down."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.indicators.values.measures import Kind, Measure, PeriodKind
from branding.indicators.values.tree import NodeKind, NodeStatus


class MapNode(SQLModel, table=True):
    """One box of the strategy map: a vision, a goal, an initiative."""

    __tablename__ = "map_node"
    __table_args__ = (
        CheckConstraint(values_in("kind", NodeKind), name="kind"),
        CheckConstraint(values_in("status", NodeStatus), name="status"),
        Index("ix_map_node_parent", "parent_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: vision, strategic, perspective, audience, goal or initiative.
    kind: str = Field(max_length=12)
    #: What it answers the why of; empty at the top.
    parent_id: int | None = Field(default=None, foreign_key="map_node.id")
    #: Its place among those with the same parent and kind.
    place: int = Field(default=0)
    #: What it says.
    text: str = Field(max_length=200)
    #: Who answers for it, as written.
    responsible: str = Field(default="", max_length=120)
    #: Anything else worth knowing.
    note: str = Field(default="", max_length=1000)
    #: Where an initiative stands.
    status: str = Field(default="running", max_length=10)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)
    #: Set when it was put away.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Indicator(SQLModel, table=True):
    """How one sees that an initiative does what it is for."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint(values_in("kind", Kind), name="kind"),
        CheckConstraint(values_in("period", PeriodKind), name="period"),
        CheckConstraint(values_in("measure", Measure), name="measure"),
        CheckConstraint("every BETWEEN 1 AND 52", name="every"),
        Index("ix_indicator_initiative", "initiative_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Of which initiative.
    initiative_id: int = Field(foreign_key="map_node.id")
    #: Its place among the initiative's indicators.
    place: int = Field(default=0)
    #: What is looked at; empty while nobody has decided.
    name: str = Field(default="", max_length=200)
    #: count, at_least, share, increase, milestone or undecided.
    kind: str = Field(max_length=10)
    #: The kind as written, when it was not understood.
    kind_text: str = Field(default="", max_length=200)
    #: What is to be reached, as a decimal number with a point.
    target: str | None = Field(default=None, max_length=24)
    #: The target as written, when it is no number.
    target_text: str = Field(default="", max_length=200)
    #: What is counted, as a word: opslag, %.
    unit: str = Field(default="", max_length=40)
    #: Which days belong together.
    period: str = Field(max_length=10)
    #: How many weeks together, when the period is some weeks.
    every: int = Field(default=1)
    #: The first day of a named period.
    starts_on: date | None = Field(default=None)
    #: The last day of a named period.
    ends_on: date | None = Field(default=None)
    #: The period as it was written.
    period_text: str = Field(default="", max_length=200)
    #: Nothing before this day is judged; fortnights are counted from its year's first Monday.
    begins_on: date
    #: When a milestone is to be reached.
    due_on: date | None = Field(default=None)
    #: When it was.
    done_on: date | None = Field(default=None)
    #: How it counts itself; hand when somebody writes it down.
    measure: str = Field(default="hand", max_length=12)
    #: The channel or the kind of activity that is counted.
    counts: str = Field(default="", max_length=40)
    #: Who answers for it, as written.
    responsible: str = Field(default="", max_length=120)
    #: Anything else worth knowing.
    note: str = Field(default="", max_length=1000)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)
    #: Set when it was put away.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class IndicatorReading(SQLModel, table=True):
    """A result for one period that somebody wrote down."""

    __tablename__ = "indicator_reading"
    __table_args__ = (UniqueConstraint("indicator_id", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Of which indicator.
    indicator_id: int = Field(foreign_key="indicator.id")
    #: The first day of the period it is for.
    starts_on: date
    #: The last day of that period.
    ends_on: date
    #: The result, as a decimal number with a point.
    value: str = Field(max_length=24)
    #: Where it comes from.
    note: str = Field(default="", max_length=1000)
    #: Who wrote it down: user:3.
    made_by: str = Field(max_length=24)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)
