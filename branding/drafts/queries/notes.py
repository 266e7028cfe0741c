"""The word with which a post came back."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from branding.drafts.models import DraftComment


def last_notes(session: Session, draft_ids: Collection[str]) -> dict[str, str]:
    """The newest note of each draft that its host may read, in one query."""
    query = (
        select(DraftComment.draft_id, DraftComment.text)
        .where(
            col(DraftComment.draft_id).in_(draft_ids),
            col(DraftComment.is_note),
            ~col(DraftComment.is_internal),
        )
        .order_by(col(DraftComment.made_at))
    )
    return {draft_id: text for draft_id, text in session.exec(query)}  # noqa: C416 - rows are no pairs
