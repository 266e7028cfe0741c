"""Approved posts, for the room that sends them out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from branding.drafts.models import Draft, DraftVersion
from branding.drafts.queries.drafts import contents_of, draft_row
from branding.drafts.queries.facts import Judged, judged
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import Approved, DraftState

#: Never put in the plan, or approved again since.
_NOT_PLANNED = or_(col(Draft.planned_at).is_(None), col(Draft.planned_at) < col(Draft.approved_at))


def approved_since(session: Session, since: datetime) -> list[Approved]:
    """Posts that were approved and are not in the plan, the first due first.

    Their time is not before this one, or was still to come when they were approved.
    """
    query = select(Draft).where(
        Draft.state == DraftState.APPROVED,
        _NOT_PLANNED,
        col(Draft.out_at).is_(None),
        col(Draft.takeover_id).is_not(None),
        or_(col(Draft.due_at) >= since, col(Draft.due_at) > col(Draft.approved_at)),
        col(Draft.due_at) >= col(Draft.approved_at),
    )
    return [_approved(row) for row in session.exec(query.order_by(col(Draft.due_at), col(Draft.id)))]


def approved_without_time(session: Session, takeover_ids: Collection[int]) -> list[Approved]:
    """Posts of these takeovers that may go out and have no time, or one that had passed already when they
    were approved: nobody meant them to go out at once.  The oldest first."""
    query = select(Draft).where(
        Draft.state == DraftState.APPROVED,
        col(Draft.out_at).is_(None),
        col(Draft.takeover_id).in_(takeover_ids),
        _NOT_PLANNED,
        or_(col(Draft.due_at).is_(None), col(Draft.due_at) < col(Draft.approved_at)),
    )
    return [_approved(row) for row in session.exec(query.order_by(col(Draft.approved_at), col(Draft.id)))]


def contents_by_id(session: Session, ids: Collection[str]) -> dict[str, Content]:
    """What each of these posts says now, in two queries; those that are gone are left out."""
    rows = session.exec(select(Draft).where(col(Draft.id).in_(ids))).all()
    return contents_of(session, rows)


def words_by_id(session: Session, ids: Collection[str]) -> dict[str, Content]:
    """The same in one query, for those who need nothing else of the posts."""
    now = (col(DraftVersion.draft_id) == col(Draft.id)) & (col(DraftVersion.number) == col(Draft.number))
    query = select(Draft.id, DraftVersion.content).join(DraftVersion, now).where(col(Draft.id).in_(ids))
    return {draft_id: Content.from_json(content) for draft_id, content in session.exec(query)}


def find_approved(session: Session, draft_id: str) -> Approved | None:
    """The post as it stands, when it is approved."""
    row = session.get(Draft, draft_id)
    return _approved(row) if row is not None and row.state == DraftState.APPROVED else None


def held(session: Session, draft_id: str) -> object:
    """The row itself, for whoever asks about it several times: while somebody holds it, it is read once."""
    return session.get(Draft, draft_id)


def approved_hashes(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The version's hash that each of these is approved with; those that are not are left out."""
    query = select(Draft.id, Draft.approved_hash).where(
        col(Draft.id).in_(ids), Draft.state == DraftState.APPROVED
    )
    return dict(session.exec(query).all())


def judged_by_id(session: Session, ids: Sequence[str], *, now: datetime) -> dict[str, Judged]:
    """Everything that the gate needs of each; posts that are gone are left out."""
    rows = session.exec(select(Draft).where(col(Draft.id).in_(ids))).all()
    return judged(session, rows, now=now) if rows else {}


def content_by_id(session: Session, draft_id: str) -> Content:
    """What the post says now."""
    row = draft_row(session, draft_id)
    return contents_of(session, [row])[row.id]


def _approved(row: Draft) -> Approved:
    return Approved(
        row.id,
        row.takeover_id,
        row.unit_id,
        row.profile_id,
        row.kind,
        row.author,
        row.due_at,
        row.title,
        row.approved_hash,
        row.approved_at,
        row.approved_by,
    )
