"""The organisation's own time limits and choices."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.consent.models import ConsentRules


def consent_rules(session: Session) -> ConsentRules:
    """The row, or the defaults where nobody has changed anything."""
    return session.get(ConsentRules, 1) or ConsentRules()


def reflection_query() -> Any:
    """The hours that a citizen may think it over, for those who read more at once."""
    hours = func.coalesce(func.max(col(ConsentRules.reflection_hours)), ConsentRules().reflection_hours)
    return select(hours).where(ConsentRules.id == 1)
