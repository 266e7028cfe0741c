"""Reads of drafts: one, those of a takeover, and the rows behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from branding.core.db import read_once
from branding.core.errors import Missing
from branding.drafts.models import Draft, DraftMedia, DraftVersion
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import DraftState, DraftView


def draft_row(session: Session, draft_id: str) -> Draft:
    """The row; a page, which needs the content too, reads both at once."""
    if session.info.get("reads"):
        pair = _with_content(session, draft_id)
        found = pair[0] if pair else None
    else:
        found = session.get(Draft, draft_id)
    if found is None:
        raise Missing("draft", draft_id)
    return found


@read_once
def _with_content(session: Session, draft_id: str) -> tuple[Draft, Content] | None:
    present = (col(DraftVersion.draft_id) == col(Draft.id)) & (col(DraftVersion.number) == col(Draft.number))
    query = select(Draft, DraftVersion.content).join(DraftVersion, present).where(Draft.id == draft_id)
    found = session.exec(query).first()
    return (found[0], Content.from_json(found[1])) if found else None


def draft_view(session: Session, draft_id: str) -> DraftView:
    return views_of(session, [draft_row(session, draft_id)])[0]


def drafts_of_takeover(session: Session, takeover_id: int) -> list[DraftView]:
    """The posts of a takeover by their time, those without one last; thrown away ones are left out."""
    return views_of(session, rows_of_takeover(session, takeover_id))


def rows_of_takeover(session: Session, takeover_id: int) -> Sequence[Draft]:
    """The same as rows."""
    query = select(Draft).where(Draft.takeover_id == takeover_id, Draft.state != DraftState.DROPPED)
    order = col(Draft.due_at).is_(None), col(Draft.due_at), col(Draft.made_at)
    return session.exec(query.order_by(*order)).all()


def views_of(session: Session, rows: Sequence[Draft]) -> list[DraftView]:
    """The same drafts with their present content, in one query."""
    contents = contents_of(session, rows)
    return [view_of(row, contents[row.id]) for row in rows]


def contents_of(session: Session, rows: Sequence[Draft]) -> dict[str, Content]:
    """What each draft says now."""
    if session.info.get("reads") and len(rows) == 1:
        pair = _with_content(session, rows[0].id)
        return {rows[0].id: pair[1]} if pair else {}
    present = [(row.id, row.number) for row in rows]
    if not present:
        return {}
    query = select(DraftVersion.draft_id, DraftVersion.content).where(
        tuple_(col(DraftVersion.draft_id), col(DraftVersion.number)).in_(present)
    )
    return {draft_id: Content.from_json(content) for draft_id, content in session.exec(query)}


def version_row(session: Session, draft_id: str, number: int) -> DraftVersion:
    found = session.exec(
        select(DraftVersion).where(DraftVersion.draft_id == draft_id, DraftVersion.number == number)
    ).first()
    if found is None:
        raise Missing("draft_version", number)
    return found


def versions_of(session: Session, draft_id: str) -> list[DraftVersion]:
    """Every version, the newest first."""
    query = select(DraftVersion).where(DraftVersion.draft_id == draft_id)
    return list(session.exec(query.order_by(col(DraftVersion.number).desc())))


def draft_with_item(session: Session, item_id: str, draft_ids: Collection[str] | None = None) -> str | None:
    """A draft that shows this picture now."""
    query = select(DraftMedia.draft_id).where(DraftMedia.item_id == item_id)
    if draft_ids is not None:
        query = query.where(col(DraftMedia.draft_id).in_(draft_ids))
    return session.exec(query).first()


def view_of(row: Draft, content: Content) -> DraftView:
    return DraftView(
        row.id,
        row.takeover_id,
        row.unit_id,
        row.profile_id,
        DraftState(row.state),
        content,
        row.author,
        row.due_at,
        row.version,
        row.number,
        row.made_at,
        row.changed_at,
        row.submitted_at,
        row.state_since,
        row.approved_at,
        row.approved_by,
        row.declared_at,
        row.out_at,
    )
