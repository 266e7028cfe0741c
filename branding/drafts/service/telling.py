"""The author hears by mail what became of a post; there is time to undo it first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.drafts.models import Draft
from branding.drafts.values.previews import Told
from branding.outbox.service import cancel, enqueue
from branding.outbox.values import Mail
from branding.takeovers import queries as takeovers

#: A decision that is undone meanwhile is never told.
WAIT = timedelta(minutes=10)
#: Writes the mail; it says nothing of what the post or the note says.
Write = Callable[[Told], Mail]


def tell_author(session: Session, row: Draft, write: Write | None, *, now: datetime) -> None:
    """One mail about the last decision: an earlier one that has not left is taken back."""
    forget(session, row)
    told = author_of(session, row) if write is not None else None
    if write is not None and told is not None and told.email:
        key = f"{_key(row)}{row.version}"
        enqueue(session, write(told), dedupe_key=key, due_at=now + WAIT, now=now)


def forget(session: Session, row: Draft) -> None:
    """The decision was undone, or the author has taken the post back."""
    cancel(session, _key(row))


def _key(row: Draft) -> str:
    return f"draft-answer:{row.id}:"


def author_of(session: Session, row: Draft) -> Told | None:
    """Where the author is written to; None when the account is closed."""
    kind, _, number = row.author.partition(":")
    if kind == "host":
        host = takeovers.host_view(session, int(number))
        return Told(host.name, host.email, "da", row.id, is_host=True)
    if kind == "user":
        person = accounts.person(session, int(number))
        if person.deactivated_at is None:
            return Told(person.name, person.email, person.language, row.id)
    return None
