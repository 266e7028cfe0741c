"""The front page: the next weeks, and what waits for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from branding.consent.values.board import Tab, ToDo
from branding.consent.values.people import Kind
from branding.core.isoweek import Week, span
from branding.core.text import Text, say, say_n
from branding.home.values import ComingWeek, Stage, Turn, Waiting
from branding.organisation.values import UnitView
from branding.rotation.values import HolidayView
from branding.rotation.values.swaps import SwapView
from branding.takeovers.values import LoginView, RefusedHost, TakeoverStatus

#: Early involvement: the unit hears eight weeks ahead (domain.md, "Plan").
WEEKS_AHEAD = 8
#: An invitation may lie this long before anybody is reminded of it.
PATIENCE = timedelta(days=3)
#: From this month a missing holiday table of the next year is worth saying.
_HOLIDAYS_FROM_MONTH = 8


def greeting(moment: datetime) -> Text:
    """``moment`` in Danish time."""
    if 4 <= moment.hour < 10:
        return say("Good morning")
    return say("Good day") if 10 <= moment.hour < 18 else say("Good evening")


def coming_weeks(
    turns: Iterable[Turn], holidays: Iterable[HolidayView], today: date
) -> tuple[ComingWeek, ...]:
    """This week and the next, with who has them."""
    turns, names, this = list(turns), {one.week: one.name for one in holidays}, Week.of(today)
    return tuple(
        ComingWeek(
            week,
            tuple(t for t in turns if t.slot.starts_on <= week.sunday and t.slot.ends_on >= week.monday),
            names.get(week, ""),
            week == this,
        )
        for week in span(this, WEEKS_AHEAD)
    )


def turns_waiting(turns: Iterable[Turn], now: datetime, today: date) -> list[Waiting]:
    """Turns of the next weeks without a host, and invitations that nobody answers; nearest first."""
    limit = today + timedelta(weeks=WEEKS_AHEAD)
    found: list[Waiting] = []
    for turn in turns:
        if turn.slot.ends_on < today or turn.slot.starts_on > limit:
            continue
        if turn.stage == Stage.MISSING:
            found.append(_without_host(turn))
        else:
            found += _half_empty(turn, today)
        found += _unanswered(turn, now)
    return sorted(found, key=lambda one: one.when or today)


def _without_host(turn: Turn) -> Waiting:
    unit, when = turn.unit, turn.slot.starts_on
    planned = [t for t in turn.takeovers if t.status == TakeoverStatus.PLANNED]
    if planned:
        return Waiting(
            say("Find a host"),
            "takeovers.takeover_page",
            {"takeover_id": planned[0].id},
            unit=unit,
            when=when,
        )
    text = say("Plan the takeover and find a host")
    return Waiting(text, "takeovers.slot_page", {"slot_id": turn.slot.id}, unit=unit, when=when)


def _half_empty(turn: Turn, today: date) -> list[Waiting]:
    """Weeks of a turn that nobody hosts although its other weeks have a host."""
    running = [t for t in turn.takeovers if t.status != TakeoverStatus.CANCELLED]
    empty = [
        week
        for week in turn.slot.block
        if week.sunday >= today
        and not any(t.starts_on <= week.sunday and t.ends_on >= week.monday for t in running)
    ]
    return [
        Waiting(
            say("Find a host for the whole turn"),
            "takeovers.slot_page",
            {"slot_id": turn.slot.id},
            unit=turn.unit,
            when=week.monday,
        )
        for week in empty[:1]
    ]


def _unanswered(turn: Turn, now: datetime) -> list[Waiting]:
    return [
        Waiting(
            say("%(name)s has not answered the invitation", name=host.name),
            "takeovers.takeover_page",
            {"takeover_id": takeover.id},
            unit=turn.unit,
            when=takeover.starts_on,
        )
        for takeover in turn.takeovers
        if takeover.status == TakeoverStatus.INVITED
        for host in takeover.hosts
        if host.invited_at and not host.accepted_at and now - host.invited_at >= PATIENCE
    ]


def holidays_waiting(holidays: Sequence[HolidayView], today: date) -> list[Waiting]:
    """A reminder in good time when nobody has entered next year's holiday weeks."""
    following = today.year + 1
    if today.month < _HOLIDAYS_FROM_MONTH or any(one.week.year == following for one in holidays):
        return []
    text = say("Enter the holiday weeks of %(year)s, so that the plan can skip them", year=following)
    return [Waiting(text, "rotation.holidays_page", {"year": following})]


def swaps_waiting(swaps: Iterable[SwapView], units: Mapping[int, UnitView]) -> list[Waiting]:
    """Swaps that this reader can answer; nearest first."""
    return [
        Waiting(
            say("Say yes or no to a swap with %(unit)s", unit=_short(units[swap.slot.unit_id])),
            "rotation.swap_page",
            {"swap_id": swap.id},
            unit=units[swap.other.unit_id],
            when=swap.other.starts_on,
        )
        for swap in sorted(swaps, key=lambda one: one.other.starts_on)
    ]


def refusals_waiting(refused: Iterable[RefusedHost], units: Mapping[int, UnitView]) -> list[Waiting]:
    """Hosts to whom their leader said no: somebody else must be found."""
    return [
        Waiting(
            say("The leader said no to %(name)s. Find another host.", name=one.name),
            "takeovers.takeover_page",
            {"takeover_id": one.takeover_id},
            unit=units[one.unit_id],
            when=one.starts_on,
        )
        for one in refused
    ]


def logins_waiting(logins: Iterable[LoginView], handles: Mapping[int, str]) -> list[Waiting]:
    """Lent passwords that a host still knows."""
    return [
        Waiting(
            say(
                "Change the password of @%(handle)s: the last host still knows it",
                handle=handles[one.profile_id],
            ),
            "takeovers.login_page",
            {"profile_id": one.profile_id},
        )
        for one in logins
    ]


def _short(unit: UnitView) -> str:
    return unit.short_name or unit.name


def mails_waiting(failed: int) -> list[Waiting]:
    if not failed:
        return []
    text = say_n("%(num)s mail could not be delivered", "%(num)s mails could not be delivered", failed)
    return [Waiting(text, "outbox.messages_page")]


def posts_waiting(count: int) -> list[Waiting]:
    """What hosts have sent stands first: they wait for an answer while the week runs."""
    if not count:
        return []
    text = say_n("%(num)s post waits for your approval", "%(num)s posts wait for your approval", count)
    return [Waiting(text, "drafts.queue_page")]


def messages_waiting(count: int) -> list[Waiting]:
    """Somebody does not want to be shown any more: due the next working day, so it comes first."""
    if not count:
        return []
    text = say_n(
        "%(num)s message: somebody may not want to be shown",
        "%(num)s messages: somebody may not want to be shown",
        count,
    )
    return [Waiting(text, "consent.messages_page")]


def consents_waiting(found: ToDo) -> list[Waiting]:
    """Signatures to check, consents that end, and citizens whom nobody has asked."""
    lines: list[tuple[int, Text, dict[str, Any]]] = [
        (
            found.to_verify,
            say_n("%(num)s signature to check", "%(num)s signatures to check", found.to_verify),
            {"tab": Tab.TO_VERIFY},
        ),
        (
            found.expiring,
            say_n("%(num)s consent ends soon", "%(num)s consents end soon", found.expiring),
            {"tab": Tab.EXPIRING},
        ),
        (
            found.citizens_to_ask,
            say_n("%(num)s citizen to ask", "%(num)s citizens to ask", found.citizens_to_ask),
            {"tab": Tab.MISSING, "kind": Kind.CITIZEN},
        ),
    ]
    return [Waiting(text, "home.consents_page", values) for number, text, values in lines if number]
