"""Somebody in the post said no to exactly this one: who made it and who looks after consents are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from branding.consent.queries.withdrawals import stewards_of
from branding.drafts.models import Draft
from branding.drafts.service.telling import author_of
from branding.drafts.values.previews import Told
from branding.outbox.service import enqueue
from branding.outbox.values import Mail

#: Writes the mail; it names nobody who is in the post.
Write = Callable[[Told], Mail]


def tell_of_no(
    session: Session, row: Draft, preview_id: str, write: Write | None, *, but: str = "", now: datetime
) -> None:
    """One mail each; ``but`` was there and knows."""
    if write is None:
        return
    for one in _who(session, row, but):
        key = f"preview-no:{preview_id}:{one.email}"
        enqueue(session, write(one), dedupe_key=key, due_at=now, now=now)


def _who(session: Session, row: Draft, but: str) -> list[Told]:
    """The author, and those who look after consents; each address once."""
    found: dict[str, Told] = {}
    author = author_of(session, row) if row.author != but else None
    if author is not None:
        found[author.email] = author
    for one in stewards_of(session, row.unit_id):
        if f"user:{one.id}" != but:
            found.setdefault(one.email, Told(one.name, one.email, one.language, row.id))
    return list(found.values())
