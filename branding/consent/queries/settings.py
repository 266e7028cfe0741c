"""The organisation's own time limits and choices."""

from __future__ import annotations

from sqlmodel import Session

from branding.consent.models import ConsentRules


def consent_rules(session: Session) -> ConsentRules:
    """The row, or the defaults where nobody has changed anything."""
    return session.get(ConsentRules, 1) or ConsentRules()
