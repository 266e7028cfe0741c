"""After an unclear answer: the channel is read, never written to, until we know what became of the post."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col

from branding.core import log
from branding.core.actor import SYSTEM
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row, taken_ids
from branding.publishing.rules.reconciling import Verdict, conclude
from branding.publishing.rules.times import UNCLEAR_FOR, next_look
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.leases import Held, each_due, mine
from branding.publishing.service.moving import move, release
from branding.publishing.service.outlets import Outlets
from branding.publishing.service.packing import post_of
from branding.publishing.service.settling import note_not_out, note_published
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import CallFailed, CallRecord, Placed
from branding.publishing.values.states import State

_UNSETTLED = (State.UNKNOWN, State.PUBLISHED_NO_ID)
#: It is out, but which post it is cannot be found: after this long a person looks.
_NO_ID_FOR = timedelta(hours=6)


def reconcile_due(outlets: Outlets) -> int:
    """Look into everything unclear that is due; returns how many were looked into."""
    count = 0
    for held in each_due(outlets, col(Publication.state).in_(_UNSETTLED)):
        count += 1
        try:
            _look(outlets, held)
        except Exception as error:  # noqa: BLE001 - one post that cannot be read stops no other
            log.failure("publishing.look_failed", error, publication=held.publication_id)
            _later(outlets, held, [])
    return count


def _look(outlets: Outlets, held: Held) -> None:
    calls: list[CallRecord] = []
    with outlets.database.reader() as session:
        row = publication_row(session, held.publication_id)
        post, taken = post_of(session, outlets, row), taken_ids(session, row.profile_id, row.id)
        client = outlets.client(session, row.profile_id, held.way, calls.append)
    started_at = row.publish_started_at or row.state_since
    try:
        look = client.look(post, row.made, started_at)
    except CallFailed:
        _later(outlets, held, calls)
        return
    verdict = conclude(
        look, caption=post.caption, before=row.before, taken=taken, started_at=started_at, now=outlets.now()
    )
    with outlets.database.transaction() as session:
        record_calls(session, held.publication_id, calls)
        kept = mine(session, held, now=outlets.now())
        if kept is not None:
            _settle(session, kept, verdict, outlets.now())


def _settle(session: Session, row: Publication, verdict: Verdict, now: datetime) -> None:
    if verdict.post is not None:
        note_published(session, row, Placed(verdict.post.external_id, verdict.post.permalink), now=now)
    elif verdict.state is State.PUBLISHED_NO_ID and row.state == State.UNKNOWN:
        note_published(session, row, Placed(), now=now)
        _look_later(row, now)
    elif verdict.state is State.NOT_PUBLISHED and row.state == State.UNKNOWN:
        _not_out(session, row, now)
    elif verdict.state is State.NEEDS_REVIEW or _is_lost(row, now):
        ask_a_person(session, row, code=row.code or "unclear", now=now)
    else:
        _look_later(row, now)


def _not_out(session: Session, row: Publication, now: datetime) -> None:
    """Proved: once it is sent again by itself, with what lies ready; the second time a person decides."""
    note_not_out(session, row, now=now)
    if row.calls > 1:
        ask_a_person(session, row, code="twice_not_out", now=now)
        return
    move(session, SYSTEM, row, State.NOT_PUBLISHED, code="not_out", now=now)
    row.next_attempt_at = now


def ask_a_person(session: Session, row: Publication, *, code: str, now: datetime) -> None:
    move(session, SYSTEM, row, State.NEEDS_REVIEW, code=code, now=now)
    raise_alert(session, Event.UNCLEAR, f"{row.id}:{row.calls}", about=row, code=code, now=now)


def _is_lost(row: Publication, now: datetime) -> bool:
    return row.state == State.PUBLISHED_NO_ID and now - row.state_since >= _NO_ID_FOR


def _look_later(row: Publication, now: datetime) -> None:
    looks = int(row.made.get("looks", 0)) + 1
    row.made = {**row.made, "looks": looks}
    row.next_attempt_at = next_look(looks, now)
    release(row)


def _later(outlets: Outlets, held: Held, calls: list[CallRecord]) -> None:
    """It could not be read: it stays as it is, and in the end a person is asked."""
    now = outlets.now()
    with outlets.database.transaction() as session:
        record_calls(session, held.publication_id, calls)
        row = mine(session, held, now=now)
        if row is None:
            return
        is_unclear = row.state == State.UNKNOWN and now - row.state_since >= UNCLEAR_FOR
        if is_unclear or _is_lost(row, now):
            ask_a_person(session, row, code="cannot_read", now=now)
        else:
            _look_later(row, now)
