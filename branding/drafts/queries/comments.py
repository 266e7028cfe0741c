"""Reads of what people say about a draft."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.drafts.models import DraftComment
from branding.drafts.values.comments import CommentView


def threads_of(session: Session, draft_id: str, *, internal: bool) -> list[CommentView]:
    """The threads of a draft, oldest first; a host sees none that are ``internal``."""
    query = select(DraftComment).where(DraftComment.draft_id == draft_id)
    if not internal:
        query = query.where(col(DraftComment.is_internal).is_(False))
    rows = session.exec(query.order_by(col(DraftComment.made_at), col(DraftComment.id))).all()
    answers: dict[str, list[CommentView]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            answers[row.parent_id].append(_view(row))
    return [_view(row, tuple(answers[row.id])) for row in rows if row.parent_id is None]


def comment_row(session: Session, draft_id: str, comment_id: str, *, internal: bool) -> DraftComment:
    """One remark of this draft, when whoever asks may see it."""
    found = session.get(DraftComment, comment_id)
    if found is None or found.draft_id != draft_id or (found.is_internal and not internal):
        raise Missing("draft_comment", comment_id)
    return found


def _view(row: DraftComment, answers: tuple[CommentView, ...] = ()) -> CommentView:
    return CommentView(
        row.id,
        row.made_by,
        row.made_at,
        row.text,
        row.is_internal,
        row.is_note,
        row.resolved_at is not None,
        answers,
    )
