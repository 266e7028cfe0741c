"""What an activity may be, and how it is copied to another year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from branding.core.errors import RuleBroken
from branding.core.isoweek import YEARS, Week, weeks_in
from branding.core.text import say
from branding.plan.rules.addresses import check_address
from branding.plan.values import ActivityRequest, ActivityView, Shown, Status

_LONGEST = timedelta(days=366)
#: The order of the board's columns.
COLUMNS = (Shown.LATE, Shown.IDEA, Shown.PLANNED, Shown.IN_PROGRESS, Shown.DONE)


def check_activity(request: ActivityRequest) -> ActivityRequest:
    """An activity that can stand in the plan; RuleBroken names the field that cannot."""
    title = " ".join(request.title.split())
    if not title:
        raise RuleBroken("no_title", say("Write a title."), "title")
    check_day(request.starts_on)
    check_day(request.ends_on, "ends_on")
    if request.ends_on < request.starts_on:
        raise RuleBroken("ends_early", say("The last day comes before the first."), "ends_on")
    if request.ends_on - request.starts_on > _LONGEST:
        raise RuleBroken("too_long", say("An activity lasts at most a year."), "ends_on")
    link = check_address(request.link) if request.link.strip() else ""
    # An account has its own name: only who has none is written down.
    name = "" if request.responsible_id else " ".join(request.responsible_name.split())
    return replace(request, title=title, link=link, responsible_name=name)


def check_day(day: date, field: str = "starts_on") -> date:
    """A day that the calendar shows; RuleBroken for one of another millennium."""
    if day.year not in YEARS:
        raise RuleBroken("bad_day", say("Choose a day between 2000 and 2099."), field)
    return day


def same_day_in(year: int, day: date) -> date | None:
    """The day of the same ISO week and weekday in another ISO year; none when that year has no week 53."""
    week = Week.of(day)
    if week.number > weeks_in(year):
        return None
    return date.fromisocalendar(year, week.number, day.isoweekday())


def moved(activity: ActivityView, to: date) -> tuple[date, date]:
    """First and last day when it begins on another day: it lasts as long as before."""
    last = check_day(to, "day") + (activity.ends_on - activity.starts_on)
    return to, check_day(last, "day")


def as_request(one: ActivityView) -> ActivityRequest:
    """The activity as a form or a table would say it."""
    return ActivityRequest(
        title=one.title,
        channel_id=one.channel.id,
        kind=one.kind,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        status=one.status,
        at=one.at,
        unit_id=one.unit_id,
        audience=one.audience,
        goal=one.goal,
        responsible_id=one.responsible_id,
        responsible_name="" if one.responsible_id else one.responsible,
        link=one.link,
        note=one.note,
        initiative_ref=one.initiative_ref,
        format_id=one.format_id,
        slot_on=one.slot_on,
        version=one.version,
    )


def again(one: ActivityView, to: date) -> ActivityRequest:
    """The same once more from another day: planned, without what came of the first."""
    first, last = moved(one, to)
    return replace(
        as_request(one), starts_on=first, ends_on=last, status=Status.PLANNED, link="", format_id=None,
        slot_on=None, version=0,
    )  # fmt: skip


def line_of(title: str, channel_id: int, day: date, unit_id: int | None) -> tuple[object, ...]:
    """What two equal lines of the plan have in common, for tables and for copies."""
    return title.casefold(), channel_id, day, unit_id
