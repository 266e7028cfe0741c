"""Deleting by the channel's interface, and asking it whether a post is gone; never twice blindly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from branding.core import log
from branding.core.actor import SYSTEM
from branding.core.errors import Missing
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Publication, Takedown
from branding.publishing.queries.down import takedown_row
from branding.publishing.queries.live import SEEN
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.answers import classify
from branding.publishing.rules.times import LEASE, next_try
from branding.publishing.service import takedowns
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.connections import mark_broken
from branding.publishing.service.failing import code_of
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Answer, CallFailed, CallRecord, Can, Failure
from branding.publishing.values.down import Duty, Proof
from branding.publishing.values.states import Way

#: What a channel has just deleted can be read for a moment longer.
_SETTLES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Task:
    takedown_id: str
    publication_id: str
    profile_id: int
    way: Way
    external_id: str
    attempts: int
    is_said: bool
    #: Only what must come down is deleted; of anything else it is asked whether it is there.
    must_go: bool


def take_down_due(outlets: Outlets) -> int:
    """Every duty that Stafet can do itself and whose time has come; returns how many were tried."""
    count = 0
    while True:
        with outlets.database.reader() as session:
            found = _next(session, outlets.now())
        if found is None:
            return count
        with outlets.database.transaction() as session:
            task = _claim(session, found, outlets.now())
        if task is not None:
            count += 1
            _work(outlets, task)


def _next(session: Session, now: datetime) -> str | None:
    query = (
        select(Takedown.id)
        .join(Publication, col(Publication.id) == col(Takedown.publication_id))
        .where(
            col(Takedown.done_at).is_(None),
            col(Takedown.next_attempt_at) <= now,
            col(Publication.state).in_(SEEN),
            col(Publication.external_id) != "",
        )
    )
    return session.exec(query.order_by(col(Takedown.next_attempt_at)).limit(1)).first()


def _claim(session: Session, takedown_id: str, now: datetime) -> _Task | None:
    """The try is written down before it is made: a second one asks first whether the post is there."""
    taken = (
        update(Takedown)
        .where(
            col(Takedown.id) == takedown_id,
            col(Takedown.done_at).is_(None),
            col(Takedown.next_attempt_at) <= now,
        )
        .values(next_attempt_at=now + LEASE, attempts=col(Takedown.attempts) + 1)
        .returning(Takedown)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    duty = session.scalars(taken).first()
    if duty is None:
        return None
    row = publication_row(session, duty.publication_id)
    return _Task(
        duty.id,
        row.id,
        row.profile_id,
        Way(row.way),
        row.external_id,
        duty.attempts,
        is_said=bool(duty.said_by),
        must_go=duty.duty == Duty.TAKEDOWN,
    )


def _work(outlets: Outlets, task: _Task) -> None:
    calls: list[CallRecord] = []
    try:
        with outlets.database.reader() as session:
            client = outlets.client(session, task.profile_id, task.way, calls.append)
        proof = _try(client, task)
    except CallFailed as error:
        _failed(outlets, task, calls, error.failure)
    except Missing:
        _later(outlets, task, calls, None)  # the profile is not connected any more
    except Exception as error:  # noqa: BLE001 - whatever happens to one post, the next one comes down
        log.failure("publishing.delete_failed", error, publication=task.publication_id)
        _later(outlets, task, calls, next_try(task.attempts, outlets.now()))
    else:
        if proof is not None:
            _gone(outlets, task, calls, proof)
        elif task.must_go and Can.DELETE in client.can:
            _later(outlets, task, calls, outlets.now() + _SETTLES)
        else:
            _later(outlets, task, calls, None)


def _try(client: ChannelClient, task: _Task) -> Proof | None:
    """How we know that it is gone; None: it is still there."""
    if (task.attempts > 1 or task.is_said) and not client.is_live(task.external_id):
        return Proof.GONE
    if not task.must_go or Can.DELETE not in client.can:
        return None
    client.delete(task.external_id)
    return None if client.is_live(task.external_id) else Proof.DELETED


def _failed(outlets: Outlets, task: _Task, calls: list[CallRecord], failure: Failure) -> None:
    answer = classify(failure)
    if answer is Answer.RECONNECT:
        with outlets.database.transaction() as session:
            mark_broken(session, task.profile_id, code_of(failure), now=outlets.now())
    is_over = answer in (Answer.RECONNECT, Answer.PERMANENT)
    at = None if is_over else next_try(task.attempts, outlets.now(), failure.wait)
    _later(outlets, task, calls, at)


def _gone(outlets: Outlets, task: _Task, calls: list[CallRecord], proof: Proof) -> None:
    now = outlets.now()
    with outlets.database.transaction() as session:
        record_calls(session, task.publication_id, calls)
        row = publication_row(session, task.publication_id)
        if row.state in SEEN:
            takedowns.note_gone(session, row, proof, actor=SYSTEM, now=now)


def _later(outlets: Outlets, task: _Task, calls: list[CallRecord], at: datetime | None) -> None:
    """Tried again, or left to a person: also when somebody said that it is gone and it is not."""
    now = outlets.now()
    with outlets.database.transaction() as session:
        record_calls(session, task.publication_id, calls)
        duty = takedown_row(session, task.takedown_id)
        if duty.done_at is not None:
            return  # somebody was faster
        duty.next_attempt_at = at
        if at is None:
            duty.said_by = ""
            if task.must_go:
                _to_a_person(session, duty, now)
        session.add(duty)


def _to_a_person(session: Session, duty: Takedown, now: datetime) -> None:
    row = publication_row(session, duty.publication_id)
    key, reference = f"{duty.id}:hand:{duty.attempts}", f"takedown:{duty.id}"
    raise_alert(session, Event.TAKEDOWN, key, about=row, code=duty.code, reference=reference, now=now)
