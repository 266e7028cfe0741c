"""Tables of planning: what units ask for, and plans that are proposed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.rotation.values.planning import REASON_LENGTH, ProposalKind, ProposalState, RequestKind


class WeekRequest(SQLModel, table=True):
    """What a unit asks of the planner: weeks that it wishes for, or weeks that it cannot have."""

    __tablename__ = "week_request"
    __table_args__ = (
        CheckConstraint(values_in("kind", RequestKind), name="kind"),
        CheckConstraint("iso_week BETWEEN 1 AND 53", name="iso_week"),
        CheckConstraint("weeks BETWEEN 1 AND 53", name="weeks"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose weeks they are; an area's blocked weeks count for its departments too.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: Set when it counts in this plan only.
    plan_id: int | None = Field(default=None, foreign_key="plan.id", index=True)
    #: wish or blocked.
    kind: str
    #: The ISO year of the first week.
    iso_year: int
    #: The number of the first week.
    iso_week: int
    #: How many weeks in a row.
    weeks: int = Field(default=1)
    #: Monday of the first week.
    starts_on: date = Field(index=True)
    #: Sunday of the last week.
    ends_on: date
    #: Why, in a few words and without personal matters.
    reason: str = Field(default="", max_length=REASON_LENGTH)
    #: The user who wrote it down.
    made_by: int | None = Field(default=None)
    #: When it was written down.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was taken away; deleted 30 days later.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class PlanProposal(SQLModel, table=True):
    """A plan that is proposed and not yet used: the question, the answers, and the way back."""

    __tablename__ = "plan_proposal"
    __table_args__ = (
        CheckConstraint(values_in("kind", ProposalKind), name="kind"),
        CheckConstraint(values_in("state", ProposalState), name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The plan that it was asked for.
    plan_id: int = Field(foreign_key="plan.id", index=True)
    #: fill, replan or copy.
    kind: str
    #: What was asked for, as the form sent it.
    request: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: A fingerprint of everything it was computed from.
    stamp: str = Field(max_length=64)
    #: The built-in answer: who has each tile.
    greedy: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The solver's answer, when it has found one.
    best: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    #: Where the search for the best answer stands.
    state: str = Field(index=True)
    #: How far the solver has come: its aim, best value and bound.
    progress: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The user who asked.
    asked_by: int | None = Field(default=None)
    #: When it was asked for.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Until when a worker has it to itself.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When it was used.
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What was written when it was used: what an undo takes back.
    undo: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    #: When the use was taken back.
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
