"""What people may ask of us: seeing, putting right, and being forgotten (R57, R58)."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.models import RightsRequest
from branding.consent.queries import rights as queries
from branding.consent.queries.subjects import subject_row
from branding.consent.rules.periods import months_after
from branding.consent.values.rights import Everything, NewRight
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say


def note_wish(
    session: Session, actor: Actor, subject_id: str, new: NewRight, *, today: date, now: datetime
) -> str:
    """Write down what a person asked for; an answer is due within a month (GDPR article 12(3))."""
    subject = subject_row(session, subject_id)
    policy.check(actor, "consent:rights:manage", subject.unit_id, thing="subject", key=subject_id)
    if new.received_on > today:
        raise RuleBroken("future", say("The day cannot be in the future."), "received_on")
    row = RightsRequest(
        id=new_id(),
        subject_id=subject_id,
        kind=new.kind,
        received_on=new.received_on,
        due_on=months_after(new.received_on, 1),
        registered_at=now,
    )
    session.add(row)
    session.flush()
    changes = {"kind": (None, new.kind.value)}
    record(session, actor, "consent:right:asked", "subject", subject_id, changes=changes, now=now)
    return row.id


def answer_wish(session: Session, actor: Actor, subject_id: str, wish_id: str, *, now: datetime) -> None:
    """Mark a wish as answered."""
    subject = subject_row(session, subject_id)
    policy.check(actor, "consent:rights:manage", subject.unit_id, thing="subject", key=subject_id)
    row = session.get(RightsRequest, wish_id)
    if row is None or row.subject_id != subject_id:
        raise Missing("rights_request", wish_id)
    if row.done_at is not None:
        return
    row.done_at, row.done_by = now, actor.id if actor.kind == "user" else None
    session.flush()
    changes = {"kind": (None, row.kind)}
    record(session, actor, "consent:right:answered", "subject", subject_id, changes=changes, now=now)


def reopen_wish(session: Session, actor: Actor, subject_id: str, wish_id: str, *, now: datetime) -> None:
    """The undo of :func:`answer_wish`."""
    subject = subject_row(session, subject_id)
    policy.check(actor, "consent:rights:manage", subject.unit_id, thing="subject", key=subject_id)
    row = session.get(RightsRequest, wish_id)
    if row is None or row.subject_id != subject_id:
        raise Missing("rights_request", wish_id)
    row.done_at = row.done_by = None
    session.flush()
    record(session, actor, "consent:right:reopened", "subject", subject_id, now=now)


def hand_out(session: Session, actor: Actor, subject_id: str, *, now: datetime) -> Everything:
    """Everything about the person, and a line in the log that it was handed out."""
    subject = subject_row(session, subject_id)
    policy.check(actor, "consent:rights:manage", subject.unit_id, thing="subject", key=subject_id)
    record(session, actor, "consent:subject:exported", "subject", subject_id, now=now)
    return queries.everything_about(session, subject_id)
