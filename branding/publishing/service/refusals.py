"""Proof of consent that should be gone and cannot be, because a post that rests on it is still up (H3)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.consent.queries.uses import uses_of_consents
from branding.consent.service import retention
from branding.core.db import Database
from branding.publishing.models import Publication
from branding.publishing.queries.down import about_post, open_of
from branding.publishing.queries.publications import of_drafts, publication_row
from branding.publishing.service.alerts import raise_alert
from branding.publishing.values.alerts import Event


def tell_of_refusals(database: Database, *, now: datetime) -> int:
    """Said once for each post: it should have come down long ago; returns how many were said."""
    with database.reader() as session:
        found = [row.id for row in _in_the_way(session, now)]
    count = 0
    for publication_id in found:
        with database.transaction() as session:
            count += _say(session, publication_row(session, publication_id), now)
    return count


def _in_the_way(session: Session, now: datetime) -> list[Publication]:
    """The posts whose consents the purge refuses to touch."""
    refused = [one.kept.consent_id for one in retention.due(session, now=now) if one.is_in_use]
    uses = [use for found in uses_of_consents(session, refused).values() for use in found if use.is_live(now)]
    wanted = {(use.reference.removeprefix("draft:"), use.channel.value) for use in uses}
    rows = of_drafts(session, {draft_id for draft_id, _ in wanted})
    return [row for found in rows.values() for row in found if (row.draft_id, row.channel) in wanted]


def _say(session: Session, row: Publication, now: datetime) -> bool:
    duty = about_post(open_of(session, [row.id]).get(row.id, []))
    reference = f"takedown:{duty.id}" if duty else ""
    key = f"purge:{row.id}"
    return raise_alert(
        session,
        Event.TAKEDOWN_LATE,
        key,
        about=row,
        code="purge_refused",
        reference=reference,
        now=now,
    )
