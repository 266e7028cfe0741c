"""What may happen to a takeover, and what follows from who its hosts are.

Source: decisions.md 9 (a slot holds several takeovers; only takeovers on the
same profile may not overlap) and architecture.md section 6 (a host's link
opens one takeover, from invitation until it is closed, and its evaluation for two
weeks more).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import say
from branding.takeovers.values import Booking, HostView, LinkLife, PlanTakeover, TakeoverStatus

#: Before its first day: what the hosts decide.
OPEN = (
    TakeoverStatus.PLANNED,
    TakeoverStatus.HOST_FOUND,
    TakeoverStatus.INVITED,
    TakeoverStatus.ACCEPTED,
    TakeoverStatus.BRIEFED,
)
#: Nothing more will happen.
ENDED = (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)
#: Its hosts all said yes: when the last day is over, it has been held, whatever the worker has noticed.
_HELD = (TakeoverStatus.ACCEPTED, TakeoverStatus.BRIEFED, TakeoverStatus.LIVE, TakeoverStatus.CLOSED)
#: How long after its last day a host may still say how it went.
EVALUATION_OPEN = timedelta(days=14)


def status_of_host(host: HostView) -> TakeoverStatus:
    """How far one host has come."""
    if host.accepted_at and host.briefed_at:
        return TakeoverStatus.BRIEFED
    if host.accepted_at:
        return TakeoverStatus.ACCEPTED
    return TakeoverStatus.INVITED if host.invited_at else TakeoverStatus.HOST_FOUND


def status_of(hosts: Iterable[HostView]) -> TakeoverStatus:
    """How far a takeover has come before its first day: as far as the slowest of its hosts."""
    reached = [OPEN.index(status_of_host(host)) for host in hosts if host.declined_at is None]
    return OPEN[min(reached)] if reached else TakeoverStatus.PLANNED


def status_on(status: TakeoverStatus, starts_on: date, ends_on: date, today: date) -> TakeoverStatus:
    """What the calendar makes of a status: ready takeovers go live, live ones close.

    A takeover whose host never said yes does not go live by itself.
    """
    if status in (TakeoverStatus.ACCEPTED, TakeoverStatus.BRIEFED) and starts_on <= today:
        status = TakeoverStatus.LIVE
    if status == TakeoverStatus.LIVE and ends_on < today:
        return TakeoverStatus.CLOSED
    return status


def opens_week(status: TakeoverStatus, ends_on: date, today: date) -> bool:
    """Whether a host's link opens the takeover itself: until it is closed or cancelled."""
    return status not in ENDED and today <= ends_on


def link_life(status: TakeoverStatus, ends_on: date, today: date, *, has_accepted: bool) -> LinkLife:
    """What a host's link opens today.

    Afterwards a host who said yes can say how it went, for two weeks; of a takeover
    that was called off there is nothing to say.
    """
    if opens_week(status, ends_on, today):
        return LinkLife.WEEK
    is_over = status in _HELD and ends_on < today <= ends_on + EVALUATION_OPEN
    return LinkLife.EVALUATION if is_over and has_accepted else LinkLife.CLOSED


def check_open(status: TakeoverStatus) -> None:
    """Refuse changes to a takeover that has ended."""
    if status in ENDED:
        raise RuleBroken("takeover_ended", say("This takeover has ended, so it cannot be changed."))


def check_period(request: PlanTakeover, slot_starts_on: date, slot_ends_on: date) -> None:
    """A takeover lies inside the weeks of its slot."""
    if request.ends_on < request.starts_on:
        raise RuleBroken("period_backwards", say("The last day is before the first."), "ends_on")
    if request.starts_on < slot_starts_on or request.ends_on > slot_ends_on:
        field = "starts_on" if request.starts_on < slot_starts_on else "ends_on"
        text = say("Choose days from %(first)s to %(last)s: those are the weeks of the slot.",
                   first=slot_starts_on, last=slot_ends_on)  # fmt: skip
        raise RuleBroken("outside_slot", text, field)


def check_ahead(request: PlanTakeover, today: date) -> None:
    """Days that are all over are nobody's to give."""
    if request.ends_on < today:
        raise RuleBroken("days_over", say("Those days are over."), "ends_on")


def check_no_overlap(wanted: Booking, others: Iterable[Booking]) -> None:
    """Two takeovers on one profile never share a day."""
    for other in others:
        same = other.profile_id == wanted.profile_id and other.takeover_id != wanted.takeover_id
        if same and other.starts_on <= wanted.ends_on and wanted.starts_on <= other.ends_on:
            text = say("The profile is taken from %(first)s to %(last)s by another takeover.",
                       first=other.starts_on, last=other.ends_on)  # fmt: skip
            raise RuleBroken("profile_taken", text, "starts_on")


def free_days(earliest: date, slot_ends_on: date, taken: Iterable[Booking]) -> tuple[date, date] | None:
    """The days to suggest for a slot's next takeover: in the first week that has free ones."""
    busy = list(taken)
    week = Week.of(earliest)
    while week.monday <= slot_ends_on:
        free = [
            d for d in week.days if d >= earliest and not any(b.starts_on <= d <= b.ends_on for b in busy)
        ]
        if free:
            last = free[0]
            while last + timedelta(days=1) in free:
                last += timedelta(days=1)
            return free[0], last
        week += 1
    return None
