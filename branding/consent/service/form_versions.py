"""The versions of the forms: a row is made when a version is first used."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.consent import texts
from branding.consent.models import FormVersion


def ensure_form(session: Session, form_id: str, *, now: datetime) -> FormVersion:
    """The row of a version that this program ships."""
    found = session.get(FormVersion, form_id)
    if found is None:
        text = texts.form(form_id)
        found = FormVersion(
            id=text.id,
            audience=text.audience,
            number=text.number,
            language=text.language,
            sha256=text.sha256,
            published_at=now,
        )
        session.add(found)
        session.flush()
    return found
