"""Taking the next publication that is due: one worker, one publication, and no two at once on a profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from branding.consent.values.gate import Stage
from branding.core import log
from branding.core.actor import SYSTEM
from branding.core.db import UtcDateTime
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.drafts.queries.going_out import find_approved, held
from branding.drafts.service.going_out import check_slot
from branding.publishing.models import Connection, Pause, Publication
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.states import CLAIMABLE
from branding.publishing.rules.times import LATE, LEASE, is_too_late
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.failing import note_failure
from branding.publishing.service.hand import hand_over
from branding.publishing.service.judging import Asked, ask, check_yes, note_answer
from branding.publishing.service.leases import Held
from branding.publishing.service.moving import move
from branding.publishing.service.outlets import way_of
from branding.publishing.service.settling import note_unclear
from branding.publishing.service.stopping import take_out
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Failure, Sent, Step
from branding.publishing.values.states import REPEATABLE, State, Way


class NotClaimed(Exception):
    """An error of ours while a publication was taken up; nothing of it was saved."""

    def __init__(self, publication_id: str) -> None:
        super().__init__()
        self.publication_id = publication_id


@dataclass(frozen=True, slots=True)
class Claimed:
    """``held`` is empty when the publication was dealt with at once: stopped, missed or handed over."""

    publication_id: str
    held: Held | None = None


def claim_next(session: Session, *, now: datetime) -> Claimed | None:
    """The publication that has been due longest, with the gate asked; None when nothing is due.

    The caller commits before it calls anybody.  :class:`NotClaimed` says whom an error of ours is about.
    """
    row = _take(session, now)
    if row is None:
        return None
    publication_id = row.id
    try:
        claimed = _taken_up(session, row, now)
        session.flush()
    except Exception as error:
        raise NotClaimed(publication_id) from error
    return claimed


def _taken_up(session: Session, row: Publication, now: datetime) -> Claimed:
    way = way_of(session, row.profile_id)
    if way is Way.HAND and now < row.due_at:  # it was to be begun ahead, by a channel's interface
        move(session, SYSTEM, row, State.SCHEDULED, now=now)
        row.next_attempt_at = row.due_at
        return Claimed(row.id)
    if lawful(session, row, now=now) is None:
        return Claimed(row.id)
    row.way = way
    if way is Way.HAND:
        hand_over(session, row, now=now)
        return Claimed(row.id)
    return Claimed(row.id, Held(row.id, row.claim, way))


def put_off(session: Session, publication_id: str, *, now: datetime) -> None:
    """What cannot be taken up is tried again later, so that the next one's turn comes."""
    row = publication_row(session, publication_id)
    if row.state not in CLAIMABLE:
        return
    move(session, SYSTEM, row, State.CLAIMED, now=now)
    note_failure(session, row, Failure(Step.PREPARE, Sent.NO, "crash"), now=now)


def is_any_lost(session: Session, *, now: datetime) -> bool:
    """Whether a worker died, or slept, in the one call."""
    return session.exec(_lost(now).limit(1)).first() is not None


def lost_to_unknown(session: Session, *, now: datetime) -> int:
    """A worker that died in the one call: nobody knows, so nobody repeats it."""
    rows = session.exec(_lost(now)).all()
    for row in rows:
        try:
            with session.begin_nested():
                note_unclear(session, row, code="worker_lost", now=now)
        except Exception as error:  # noqa: BLE001 - one that cannot be understood stops no other
            log.failure("publishing.lost_and_unclear", error, publication=row.id)
    return len(rows)


def _lost(now: datetime) -> SelectOfScalar[Publication]:
    return select(Publication).where(
        Publication.state == State.PUBLISHING, col(Publication.lease_until) < now
    )


def is_any_due(session: Session, *, now: datetime) -> bool:
    """Looked at without the write lock: most ticks find nothing."""
    return session.exec(_due(), params=_moments(now)).first() is not None


def _take(session: Session, now: datetime) -> Publication | None:
    # "=", not "IN": PostgreSQL may run the subquery of an IN once for each row, and take several.
    first = _due().with_for_update(skip_locked=True).scalar_subquery()
    taken = (
        update(Publication)
        .where(col(Publication.id) == first)
        .values(state=State.CLAIMED, state_since=now, claim=new_id(), lease_until=now + LEASE, code="")
        .returning(Publication)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalars(taken, params=_moments(now)).first()


def _moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "too_late": now - LATE}


@cache
def _due() -> SelectOfScalar[str]:
    """The one that has been due longest, on a profile where nobody is at work, nothing paused or broken."""
    now, too_late = bindparam("now", type_=UtcDateTime), bindparam("too_late", type_=UtcDateTime)
    other = aliased(Publication)
    busy = select(other.profile_id).where(
        col(other.lease_until) > now, col(other.state).in_((*REPEATABLE, State.PUBLISHING))
    )
    paused = exists().where(
        col(Pause.ended_at).is_(None),
        or_(col(Pause.profile_id).is_(None), col(Pause.profile_id) == col(Publication.profile_id)),
    )
    broken = exists().where(
        col(Connection.profile_id) == col(Publication.profile_id),
        col(Connection.way) == Way.API,
        col(Connection.broken_at).is_not(None),
    )
    return (
        select(Publication.id)
        .where(
            col(Publication.state).in_(CLAIMABLE),
            col(Publication.next_attempt_at) <= now,
            or_(col(Publication.lease_until).is_(None), col(Publication.lease_until) < now),
            col(Publication.profile_id).not_in(busy),
            ~paused,
            or_(~broken, col(Publication.due_at) < too_late),  # that it is missed is said all the same
        )
        .order_by(col(Publication.next_attempt_at), col(Publication.id))
        .limit(1)
    )


def lawful(session: Session, row: Publication, *, now: datetime) -> Asked | None:
    """The gate's yes for this instant, or None when the publication was stopped, missed or put off."""
    if is_too_late(row.due_at, now):
        move(session, SYSTEM, row, State.MISSED, code="late", now=now)
        raise_alert(session, Event.MISSED, f"{row.id}:{row.version}", about=row, code="late", now=now)
        return None
    _kept = held(session, row.draft_id)
    draft = find_approved(session, row.draft_id)
    if draft is None or draft.version_hash != row.version_hash:
        take_out(session, row, "content_changed", now=now)
        return None
    try:
        check_slot(session, row.draft_id, row.due_at)
    except RuleBroken as error:
        take_out(session, row, error.code, now=now)
        return None
    asked = ask(session, SYSTEM, row, Stage.PUBLISH, now=now)
    if not asked.decision.allowed:
        take_out(session, row, asked.code, decision_id=asked.decision_id, now=now)
        return None
    check_yes(session, asked, row, now)
    note_answer(row, asked)
    return asked
