"""Planning, cancelling and advancing takeovers."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import clock, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.rotation import queries as rotation
from branding.rotation.values import SlotStatus, SlotView
from branding.takeovers import queries, rules
from branding.takeovers.models import Takeover, TakeoverEvent
from branding.takeovers.service.checklist import add_lines
from branding.takeovers.service.leaders import stop_question
from branding.takeovers.service.login_changes import require_change
from branding.takeovers.service.telling import stop_invitation
from branding.takeovers.values import Booking, PlanTakeover, TakeoverStatus


def plan_takeover(session: Session, actor: Actor, request: PlanTakeover, *, now: datetime) -> int:
    """Give some days of a slot to hosts; returns the takeover's id."""
    slot = rotation.slot_view(session, request.slot_id)
    policy.check(actor, "takeovers:takeover:edit", slot.unit_id, thing="slot", key=slot.id)
    _check_slot(slot)
    if request.unit_id not in organisation.ids_under(session, frozenset({slot.unit_id})):
        raise RuleBroken(
            "other_unit", say("Choose the slot's own unit or one of its departments."), "unit_id"
        )
    rules.check_period(request, slot.starts_on, slot.ends_on)
    rules.check_ahead(request, clock.local(now).date())
    takeover = Takeover(
        slot_id=slot.id,
        unit_id=request.unit_id,
        profile_id=slot.profile_id,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        changed_at=now,
    )
    check_profile_free(session, takeover)
    session.add(takeover)
    session.flush()
    takeover_id = takeover.id or 0
    add_lines(session, takeover_id, takeover.starts_on, takeover.ends_on)
    note_status(session, actor, takeover, "", now=now)
    period = f"{takeover.starts_on}/{takeover.ends_on}"
    record(session, actor, "takeovers:takeover:planned", "takeover", takeover_id,
           changes={"period": (None, period)}, now=now)  # fmt: skip
    return takeover_id


def _check_slot(slot: SlotView) -> None:
    if slot.status == SlotStatus.CANCELLED:
        raise RuleBroken("slot_cancelled", say("The slot is cancelled. Put it back in the plan first."))


def free_days(session: Session, slot: SlotView, today: date) -> tuple[date, date] | None:
    """The days to suggest for the slot's next takeover; None when none are left."""
    taken = queries.bookings(session, slot.profile_id, slot.starts_on, slot.ends_on)
    return rules.free_days(max(slot.starts_on, today), slot.ends_on, taken)


def check_profile_free(session: Session, takeover: Takeover, days: tuple[date, date] | None = None) -> None:
    """Refuse a second takeover on the same profile and day.

    ``days`` are the ones to ask about when they are not the takeover's own yet.
    """
    first, last = days or (takeover.starts_on, takeover.ends_on)
    wanted = Booking(takeover.id, takeover.profile_id, first, last)
    rules.check_no_overlap(wanted, queries.bookings(session, takeover.profile_id, first, last))


def cancel_takeover(session: Session, actor: Actor, takeover_id: int, *, now: datetime) -> None:
    """Call it off.  The hosts' links stop working; ``reopen_takeover`` undoes it."""
    takeover = takeover_for(session, actor, takeover_id)
    rules.check_open(TakeoverStatus(takeover.status))
    for view in queries.hosts_of(session, [takeover_id]).get(takeover_id, []):
        host = queries.host_by_id(session, view.id)
        stop_invitation(session, host)
        stop_question(session, host, takeover.slot_id)
    takeover.changed_at = now
    set_status(session, actor, takeover, TakeoverStatus.CANCELLED, now=now)
    if queries.has_seen_login(session, takeover_id):
        require_change(session, takeover, now=now)


def reopen_takeover(session: Session, actor: Actor, takeover_id: int, *, today: date, now: datetime) -> None:
    """Take a cancellation back, if the days are still free."""
    takeover = takeover_for(session, actor, takeover_id)
    if takeover.status != TakeoverStatus.CANCELLED:
        return
    _check_slot(rotation.slot_view(session, takeover.slot_id))
    check_profile_free(session, takeover)
    takeover.changed_at = now
    set_status(session, actor, takeover, _status_now(session, takeover, today), now=now)


def takeover_for(session: Session, actor: Actor, takeover_id: int) -> Takeover:
    """The takeover to change, when it belongs to a unit the actor answers for."""
    takeover = queries.takeover_by_id(session, takeover_id)
    policy.check(actor, "takeovers:takeover:edit", takeover.unit_id, thing="takeover", key=takeover_id)
    return takeover


def follow_hosts(session: Session, actor: Actor, takeover: Takeover, *, today: date, now: datetime) -> None:
    """After a change to the hosts: let the takeover's status follow them."""
    if TakeoverStatus(takeover.status) not in rules.OPEN:
        return
    set_status(session, actor, takeover, _status_now(session, takeover, today), now=now)


def follow_answer(session: Session, actor: Actor, takeover: Takeover, *, today: date, now: datetime) -> None:
    """The same after a host's yes or no, which the host's own calendar shows: it counts in any case."""
    before = takeover.version
    follow_hosts(session, actor, takeover, today=today, now=now)
    if takeover.version == before:
        takeover.version += 1


def _status_now(session: Session, takeover: Takeover, today: date) -> TakeoverStatus:
    hosts = queries.hosts_of(session, [takeover.id or 0]).get(takeover.id or 0, [])
    return rules.status_on(rules.status_of(hosts), takeover.starts_on, takeover.ends_on, today)


def set_status(
    session: Session, actor: Actor, takeover: Takeover, status: TakeoverStatus, *, now: datetime
) -> None:
    """Write a new status with its date; nothing happens when it is the same."""
    before = takeover.status
    if before == status:
        return
    takeover.status = status
    takeover.version += 1
    note_status(session, actor, takeover, before, now=now)
    record(session, actor, "takeovers:takeover:status-changed", "takeover", takeover.id,
           changes={"status": (before, str(status))}, now=now)  # fmt: skip


def note_status(session: Session, actor: Actor, takeover: Takeover, before: str, *, now: datetime) -> None:
    session.add(
        TakeoverEvent(
            takeover_id=takeover.id or 0,
            at=now,
            status_before=str(before),
            status_after=str(takeover.status),
            actor_kind=actor.kind,
            actor_id=actor.id,
        )
    )
    session.flush()


def advance(session: Session, *, today: date, now: datetime) -> int:
    """Let ready takeovers go live on their first day and close after their last; returns how many."""
    due = queries.due_for_advance(session, today)
    for takeover in due:
        status = TakeoverStatus(takeover.status)
        if status != TakeoverStatus.LIVE and takeover.ends_on < today:
            # The worker was down all week: the timeline still tells both steps.
            set_status(session, SYSTEM, takeover, TakeoverStatus.LIVE, now=now)
        after = rules.status_on(TakeoverStatus(takeover.status), takeover.starts_on, takeover.ends_on, today)
        set_status(session, SYSTEM, takeover, after, now=now)
        if after == TakeoverStatus.CLOSED and queries.has_seen_login(session, takeover.id or 0):
            require_change(session, takeover, now=now)
    return len(due)


def any_due(session: Session, today: date) -> bool:
    """Whether ``advance`` has anything to do."""
    return bool(queries.due_for_advance(session, today))
