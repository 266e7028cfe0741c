"""What an activity may be, and how it is copied to another year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week, weeks_in
from branding.core.text import say
from branding.plan.rules.addresses import check_address
from branding.plan.values import ActivityRequest, ActivityView, Shown

_LONGEST = timedelta(days=366)
#: What the calendar shows.
_YEARS = range(2000, 2100)
#: The order of the board's columns.
COLUMNS = (Shown.LATE, Shown.IDEA, Shown.PLANNED, Shown.IN_PROGRESS, Shown.DONE)


def check_activity(request: ActivityRequest) -> ActivityRequest:
    """An activity that can stand in the plan; RuleBroken names the field that cannot."""
    title = " ".join(request.title.split())
    if not title:
        raise RuleBroken("no_title", say("Write a title."), "title")
    if request.starts_on.year not in _YEARS or request.ends_on.year not in _YEARS:
        raise RuleBroken("bad_day", say("Choose a day between 2000 and 2099."), "starts_on")
    if request.ends_on < request.starts_on:
        raise RuleBroken("ends_early", say("The last day comes before the first."), "ends_on")
    if request.ends_on - request.starts_on > _LONGEST:
        raise RuleBroken("too_long", say("An activity lasts at most a year."), "ends_on")
    link = check_address(request.link) if request.link.strip() else ""
    # An account has its own name: only who has none is written down.
    name = "" if request.responsible_id else " ".join(request.responsible_name.split())
    return replace(request, title=title, link=link, responsible_name=name)


def same_day_in(year: int, day: date) -> date | None:
    """The day of the same ISO week and weekday in another ISO year; none when that year has no week 53."""
    week = Week.of(day)
    if week.number > weeks_in(year):
        return None
    return date.fromisocalendar(year, week.number, day.isoweekday())


def moved(activity: ActivityView, to: date) -> tuple[date, date]:
    """First and last day when it begins on another day: it lasts as long as before."""
    return to, to + (activity.ends_on - activity.starts_on)


def is_same(activity: ActivityView, title: str, channel_id: int, starts_on: date) -> bool:
    """Whether somebody would take the two for the same line of the plan."""
    names = activity.title.casefold(), activity.channel.id, activity.starts_on
    return names == (title.casefold(), channel_id, starts_on)
