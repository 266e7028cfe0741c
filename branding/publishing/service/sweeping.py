"""What waits for its time is looked at each minute: what may not go out leaves the plan at once (R10).

Reading comes first and without the write lock; only what must be stopped is asked about again and written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from branding.consent.rules.gate import may_publish
from branding.consent.values.gate import Stage
from branding.consent.values.records import Channel
from branding.core import log
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.drafts.queries.going_out import approved_hashes, judged_by_id
from branding.publishing.models import Publication
from branding.publishing.queries.publications import in_states, publication_row
from branding.publishing.service import hand
from branding.publishing.service.judging import ask
from branding.publishing.service.stopping import take_out
from branding.publishing.values.states import PLANNED, Shows, State

#: So many posts are judged together.
_CHUNK = 200
_WATCHED = (*PLANNED, State.HANDED, State.READY, State.PROCESSING)


def sweep_planned(database: Database, *, now: datetime) -> int:
    """Take out what does not hold any more; returns how many were."""
    with database.reader() as session:
        rows = in_states(session, _WATCHED)
        found = _unlawful(session, rows, now)
    count = 0
    for publication_id in found:
        try:
            with database.transaction() as session:
                count += _stop(session, publication_id, now)
        except Exception as error:  # noqa: BLE001 - the others must not stay because of this one
            log.failure("publishing.sweep_failed", error, publication=publication_id)
    return count


def _unlawful(session: Session, rows: Sequence[Publication], now: datetime) -> list[str]:
    """Not approved as it was planned, or shows somebody who may not be shown then."""
    approved = approved_hashes(session, [row.draft_id for row in rows])
    found = [row.id for row in rows if approved.get(row.draft_id) != row.version_hash]
    people = [row for row in rows if row.id not in set(found) and row.shows != Shows.NOBODY]
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        facts = judged_by_id(session, sorted({row.draft_id for row in chunk}), now=now)
        for row in chunk:
            stage, at = _question(row, now)
            if not may_publish(facts[row.draft_id].facts, Channel(row.channel), stage=stage, at=at).allowed:
                found.append(row.id)
    return found


def _question(row: Publication, now: datetime) -> tuple[Stage, datetime]:
    """What waits is judged for its time; what somebody may be putting up this moment, for now."""
    if row.state == State.HANDED:
        return Stage.PUBLISH, now
    return Stage.SCHEDULE, max(now, row.due_at)


def _stop(session: Session, publication_id: str, now: datetime) -> bool:
    """Asked again under the lock, and kept: meanwhile it may have gone out, or be right again."""
    row = publication_row(session, publication_id)
    if row.state not in _WATCHED:
        return False
    if approved_hashes(session, [row.draft_id]).get(row.draft_id) != row.version_hash:
        _out(session, row, "content_changed", "", now)
        return True
    stage, at = _question(row, now)
    asked = ask(session, SYSTEM, row, stage, at=at, now=now)
    if asked.decision.allowed:
        return False
    _out(session, row, asked.code, asked.decision_id, now)
    return True


def _out(session: Session, row: Publication, code: str, decision_id: str, now: datetime) -> None:
    stop = hand.stop if row.state == State.HANDED else take_out
    stop(session, row, code, decision_id=decision_id, now=now)
