"""Purging what has been kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.consent.queries import retention as queries
from branding.consent.queries.settings import consent_rules
from branding.consent.rules.retention import due_purges
from branding.consent.service import erasing
from branding.consent.values.retention import Erased, Purge
from branding.core import log

#: People who never answered, or of whom nothing is left.
_IDLE = timedelta(days=365)


def due(session: Session, *, now: datetime) -> list[Purge]:
    """What is up for purging at this instant, with what holds it back."""
    rules = consent_rules(session)
    return due_purges(
        queries.kept_answers(session), now, keep_days=rules.evidence_days, journal_first=rules.journal_first
    )


def purge(session: Session, *, now: datetime) -> Erased:
    """Purge everything that is due and held back by nothing; what is in use is told of, never taken (H3)."""
    found = due(session, now=now)
    in_use = [one for one in found if one.is_in_use]
    if in_use:
        log.event("consent.purge_refused", consents=len(in_use))
    ready = [one.kept.consent_id for one in found if not one.is_in_use and not one.waits_for_journal]
    purged = erasing.purge_consents(session, ready, now=now)
    idle = erasing.erase_again(session, list(queries.idle_subject_ids(session, now - _IDLE)), now=now)
    return Erased(idle.subject_ids, (*purged.file_names, *idle.file_names))
