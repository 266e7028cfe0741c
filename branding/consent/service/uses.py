"""What rooms above write down: that a post rests on consents, and that it was taken down (decisions.md 8)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent.models import Consent, ConsentUse
from branding.consent.values.records import Channel
from branding.consent.values.uses import NewUse
from branding.core.actor import Actor
from branding.core.errors import Missing


def note_use(session: Session, actor: Actor, new: NewUse, *, now: datetime) -> None:
    """Write down which consents a post rests on.  Said again, it tells what holds now.

    Consents that are no longer named are not removed: the post was shown with them.
    """
    known = {row.consent_id: row for row in _rows(session, new.reference, new.channel)}
    for consent_id in sorted(set(new.consent_ids)):
        if session.get(Consent, consent_id) is None:
            raise Missing("consent", consent_id)
        row = known.get(consent_id)
        if row is None:
            row = ConsentUse(
                consent_id=consent_id,
                reference=new.reference,
                channel=new.channel,
                live_from=new.live_from,
            )
            changes: dict[str, tuple[object, object]] = {"reference": (None, new.reference)}
            record(session, actor, "consent:use:noted", "consent", consent_id, changes=changes, now=now)
        row.label, row.url, row.live_from = new.label, new.url, new.live_from
        row.live_until = None
        session.add(row)
    session.flush()


def note_address(session: Session, reference: str, channel: Channel, url: str) -> None:
    """The post's address, where it was found out after the post was noted: "Shown here" links to it."""
    for row in _rows(session, reference, channel):
        row.url = url
        session.add(row)


def end_use(
    session: Session,
    actor: Actor,
    reference: str,
    channel: Channel | None = None,
    *,
    ended_at: datetime,
    now: datetime,
) -> int:
    """Write down that a post is gone, from one channel or from all; returns how many uses ended."""
    ended = [row for row in _rows(session, reference, channel) if row.live_until is None]
    for row in ended:
        row.live_until = max(ended_at, row.live_from)
        changes = {"live_until": (None, row.live_until.isoformat())}
        record(session, actor, "consent:use:ended", "consent", row.consent_id, changes=changes, now=now)
    session.flush()
    return len(ended)


def _rows(session: Session, reference: str, channel: Channel | None) -> list[ConsentUse]:
    query = select(ConsentUse).where(ConsentUse.reference == reference).order_by(col(ConsentUse.id))
    if channel is not None:
        query = query.where(ConsentUse.channel == channel)
    return list(session.exec(query))
