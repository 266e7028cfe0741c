"""Early involvement: whose leader is asked, when, and what the answers add up to.

Source: decisions.md 19 (the afdelingsleder hears eight weeks ahead and OKs the
host with one tap; employees volunteer on a list).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from branding.organisation.values import UnitView
from branding.rotation.values import SlotStatus
from branding.takeovers.values import HostView, LeaderAnswer, LeaderState, TakeoverStatus, TakeoverView

#: A leader hears this long before the unit's first day.
AHEAD = timedelta(weeks=8)
#: As early as a reminder may tell one.
FAR_AHEAD = timedelta(weeks=12)
#: A name stays on the list for a year, and a month when it was taken off.
KEPT, KEPT_REMOVED = timedelta(days=365), timedelta(days=30)


def answering_unit(unit: UnitView, units: Mapping[int, UnitView]) -> UnitView | None:
    """The unit whose leader answers for this one: itself, else its specialområde; None: nobody does."""
    if unit.leader_email:
        return unit
    area = units[unit.area_id]
    return area if area.leader_email else None


def days_of_units(
    slot_unit: int,
    slot_days: tuple[date, date],
    takeovers: Iterable[TakeoverView],
    inside: Iterable[int],
) -> tuple[date, date] | None:
    """The days that some units have of a slot: all of it when it is theirs, else those of their takeovers."""
    wanted = set(inside)
    if slot_unit in wanted:
        return slot_days
    own = [t for t in takeovers if t.unit_id in wanted and t.status != TakeoverStatus.CANCELLED]
    return (min(t.starts_on for t in own), max(t.ends_on for t in own)) if own else None


def is_settled(status: SlotStatus, takeovers: Iterable[TakeoverView]) -> bool:
    """A tentative slot is nobody's news yet, unless somebody plans its days already."""
    return status == SlotStatus.CONFIRMED or (
        status == SlotStatus.TENTATIVE and any(t.status != TakeoverStatus.CANCELLED for t in takeovers)
    )


def is_still_leader(asked: str, unit: UnitView) -> bool:
    """Whether the address that was asked is the one of the unit's leader today."""
    return asked == unit.leader_email


def is_time_to_ask(starts_on: date, today: date) -> bool:
    """Eight weeks ahead, or at once when it is nearer; never when it has begun."""
    return today < starts_on <= today + AHEAD


def may_answer(takeover: TakeoverView, today: date) -> bool:
    """A leader may answer, and change the answer, until the takeover begins."""
    is_open = takeover.status not in (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED, TakeoverStatus.LIVE)
    return is_open and today < takeover.starts_on


def leader_state(hosts: Iterable[HostView], *, has_leader: bool) -> LeaderState:
    """What the leader's answers about a takeover's hosts add up to: one no, or one missing, decides."""
    answers = [host.leader_answer for host in hosts]
    if LeaderAnswer.NO in answers:
        return LeaderState.NO
    if answers and all(answer == LeaderAnswer.OK for answer in answers):
        return LeaderState.OK
    return LeaderState.WAITING if has_leader else LeaderState.NOBODY
