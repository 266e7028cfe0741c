"""Somebody in the post said no to exactly this one: who made it and who looks after consents are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.consent.queries.withdrawals import stewards_of
from branding.drafts.models import Draft
from branding.drafts.values.previews import TellOfNo
from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.takeovers import queries as takeovers

#: Writes the mail; it names nobody who is in the post.
Write = Callable[[TellOfNo], Mail]


def tell_of_no(
    session: Session, row: Draft, preview_id: str, write: Write | None, *, but: str = "", now: datetime
) -> None:
    """One mail each; ``but`` was there and knows."""
    if write is None:
        return
    for one in _who(session, row, but):
        key = f"preview-no:{preview_id}:{one.email}"
        enqueue(session, write(one), dedupe_key=key, due_at=now, now=now)


def _who(session: Session, row: Draft, but: str) -> list[TellOfNo]:
    found: dict[str, TellOfNo] = {}
    kind, _, number = row.author.partition(":")
    if kind == "host" and row.author != but:
        host = takeovers.host_view(session, int(number))
        found[host.email] = TellOfNo(host.name, host.email, "da", row.id, is_host=True)
    for one in stewards_of(session, row.unit_id):
        if f"user:{one.id}" != but:
            found.setdefault(one.email, TellOfNo(one.name, one.email, one.language, row.id))
    if kind == "user" and row.author != but:
        person = accounts.person(session, int(number))
        if person.deactivated_at is None:
            new = TellOfNo(person.name, person.email, person.language, row.id)
            found.setdefault(person.email, new)
    return list(found.values())
