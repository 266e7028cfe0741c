"""Whether profiles share their posts by themselves: somebody looks every 90 days (R69)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.consent.values.gate import ATTESTATION_LASTS, CAN_SHARE_TO
from branding.consent.values.records import Channel
from branding.core.db import Database
from branding.organisation import queries as organisation
from branding.organisation.values import ProfileView
from branding.publishing.models import Alert
from branding.publishing.queries.reminding import used_profiles
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.values.alerts import Event

#: So long before the word is too old.
_AHEAD = timedelta(days=14)


def remind(database: Database, *, now: datetime) -> int:
    """Ask about profiles in use whose word ends within 14 days, and again when it has; returns how many."""
    with database.reader() as session:
        wanted = _wanted(session, now)
    count = 0
    for profile_id, (step, ends_on) in sorted(wanted.items()):
        key, days = f"{profile_id}:{step}:{ends_on}", f"days_{_AHEAD.days}" if step == "soon" else ""
        with database.transaction() as session:
            count += raise_alert(
                session, Event.CROSSPOST_WORD, key, profile_id=profile_id, code=days, now=now
            )
    return count


def end_attested(database: Database, *, now: datetime) -> None:
    """Somebody has looked: it stands on the front page no longer."""
    with database.reader() as session:
        asked = _asked(session)
        done = asked - _wanted(session, now).keys() if asked else set()
    if done:
        with database.transaction() as session:
            for profile_id in sorted(done):
                end_alerts(session, Event.CROSSPOST_WORD, profile_id=profile_id, now=now)


def _wanted(session: Session, now: datetime) -> dict[int, tuple[str, str]]:
    used = used_profiles(session)
    profiles = [one for one in organisation.profiles(session) if Channel(one.channel) in CAN_SHARE_TO]
    return {one.id: step for one in profiles if one.id in used and (step := _step(one, now))}


def _step(profile: ProfileView, now: datetime) -> tuple[str, str] | None:
    """soon or stale, with the day it is about; None while the word is fresh."""
    said_at = profile.shares_checked_at
    if said_at is None:
        return "stale", "never"
    ends_at = said_at + ATTESTATION_LASTS
    if now >= ends_at:
        return "stale", ends_at.date().isoformat()
    return ("soon", ends_at.date().isoformat()) if now >= ends_at - _AHEAD else None


def _asked(session: Session) -> set[int]:
    query = select(Alert.profile_id).where(Alert.event == Event.CROSSPOST_WORD, col(Alert.ended_at).is_(None))
    return {one for one in session.exec(query) if one is not None}
