"""Copying a year's plan to another: the same ISO week and weekday; and taking a whole copy or import back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.isoweek import Week, weeks_in
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.plan.queries.activities import activities_between, batch_rows
from branding.plan.rules.activities import again, line_of, same_day_in
from branding.plan.service.activities import add_activity
from branding.plan.service.channels import EDIT
from branding.plan.values import ActivityView, Status


@dataclass(frozen=True, slots=True)
class Copyable:
    """An activity of the year before, and the day it would get."""

    activity: ActivityView
    #: None: the other year has no such week.
    to: date | None
    #: The other year's plan has it already.
    is_there: bool
    #: Its channel or its unit is put away.
    is_away: bool

    @property
    def is_open(self) -> bool:
        return self.to is not None and not self.is_there and not self.is_away

    @property
    def is_suggested(self) -> bool:
        """What fills a format's slot comes back with the format."""
        return self.is_open and self.activity.format_id is None


def copyable(session: Session, from_year: int, to_year: int) -> list[Copyable]:
    """The activities of an ISO year with their days in another; those that were called off are left out."""
    found = activities_between(session, *_days(from_year))
    there = {_line(one, one.starts_on) for one in activities_between(session, *_days(to_year))}
    away = {unit.id for unit in organisation.units(session, archived=True) if unit.is_archived}
    lines = []
    for one in found:
        if one.status != Status.CANCELLED and Week.of(one.starts_on).year == from_year:
            to = same_day_in(to_year, one.starts_on)
            is_there = to is not None and _line(one, to) in there
            lines.append(Copyable(one, to, is_there, one.channel.is_archived or one.unit_id in away))
    return lines


def copy_year(
    session: Session,
    actor: Actor,
    from_year: int,
    to_year: int,
    chosen: Collection[int],
    *,
    today: date,
    now: datetime,
) -> tuple[str, int]:
    """Plan the chosen ones again; returns what undoes it, and how many there are."""
    policy.check(actor, EDIT)
    if from_year == to_year:
        raise RuleBroken("same_year", say("Choose two different years."), "to_year")
    wanted = [one for one in copyable(session, from_year, to_year) if one.activity.id in set(chosen)]
    lines = [one for one in wanted if one.is_open]
    if not lines:
        raise RuleBroken("nothing_chosen", say("Choose what should be planned again."))
    batch = new_id()
    for one in lines:
        assert one.to is not None
        request = again(one.activity, one.to)
        add_activity(session, actor, request, today=today, now=now, batch=batch)
    changes = {"from": (None, from_year), "to": (None, to_year), "count": (None, len(lines))}
    record(session, actor, "plan:year:copied", "plan_batch", batch, changes=changes, now=now)
    return batch, len(lines)


def undo_batch(session: Session, actor: Actor, batch: str, *, now: datetime) -> tuple[int, int]:
    """Delete what came with a copy or an import and nobody has touched; returns how many went and stayed."""
    policy.check(actor, EDIT)
    rows = batch_rows(session, batch) if batch else ()
    fresh = [row for row in rows if row.version == 1]
    for row in fresh:
        session.delete(row)
    session.flush()
    if fresh:
        changes = {"count": (len(rows), len(rows) - len(fresh))}
        record(session, actor, "plan:year:undone", "plan_batch", batch, changes=changes, now=now)
    return len(fresh), len(rows) - len(fresh)


def _days(year: int) -> tuple[date, date]:
    return Week(year, 1).monday, Week(year, weeks_in(year)).sunday


def _line(one: ActivityView, day: date) -> tuple[object, ...]:
    return line_of(one.title, one.channel.id, day, one.unit_id)
