"""What reminders ask of posts in the making: which wait for a second person, and which lack a yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from branding.consent.rules.gate import may_publish
from branding.consent.values.gate import Stage
from branding.consent.values.reasons import Code
from branding.drafts.models import Draft
from branding.drafts.queries.facts import judged
from branding.drafts.values.drafts import DraftState

#: What somebody else than the author of a post says or does: nothing about its own form.
_NOT_OF_PEOPLE = frozenset(
    {
        Code.EVALUATION_ERROR,
        Code.NOT_APPROVED,
        Code.CONTENT_CHANGED,
        Code.NO_DECLARATION,
        Code.DECLARATION_STALE,
        Code.DECLARATION_UNCONFIRMED,
        Code.FACE_COUNT_MISMATCH,
        Code.UNKNOWN_PERSON,
        Code.CROSSPOST_NOT_COVERED,
    }
)
#: On the way, and not given up.
_ON_THE_WAY = (DraftState.WRITING, DraftState.SUBMITTED, DraftState.RETURNED, DraftState.APPROVED)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A post that is not out: whose it is, and since when it is whose turn."""

    id: str
    takeover_id: int | None
    unit_id: int
    author: str
    state: DraftState
    state_since: datetime
    due_at: datetime | None


def waiting_for_review(session: Session) -> list[OnTheWay]:
    """What somebody should approve, the longest first."""
    query = select(Draft).where(Draft.state == DraftState.SUBMITTED, col(Draft.takeover_id).is_not(None))
    return [_view(row) for row in session.exec(query.order_by(col(Draft.state_since), col(Draft.id)))]


def due_between(
    session: Session, takeover_ids: Collection[int], first: datetime, last: datetime
) -> list[OnTheWay]:
    """Posts of these takeovers that somebody has made for the period, out or not."""
    query = select(Draft).where(
        col(Draft.takeover_id).in_(takeover_ids),
        col(Draft.due_at).between(first, last),
        col(Draft.state).in_((DraftState.SUBMITTED, DraftState.APPROVED)),
    )
    return [_view(row) for row in session.exec(query.order_by(col(Draft.due_at), col(Draft.id)))]


def lacking_consent(session: Session, first: datetime, last: datetime, now: datetime) -> list[OnTheWay]:
    """Posts that should go out in the period and that somebody in them has not said yes to."""
    query = select(Draft).where(
        col(Draft.state).in_(_ON_THE_WAY),
        col(Draft.out_at).is_(None),
        col(Draft.takeover_id).is_not(None),
        col(Draft.due_at).between(first, last),
    )
    rows = session.exec(query.order_by(col(Draft.due_at), col(Draft.id))).all()
    found = judged(session, rows, now=now) if rows else {}
    lacking = []
    for row in rows:
        one = found[row.id]
        codes = {
            reason.code
            for channel in one.content.channels
            for reason in may_publish(one.facts, channel, stage=Stage.SUBMIT, at=row.due_at or now).reasons
        }
        if codes - _NOT_OF_PEOPLE:
            lacking.append(_view(row))
    return lacking


def _view(row: Draft) -> OnTheWay:
    return OnTheWay(
        row.id,
        row.takeover_id,
        row.unit_id,
        row.author,
        DraftState(row.state),
        row.state_since,
        row.due_at,
    )
