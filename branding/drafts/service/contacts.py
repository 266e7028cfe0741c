"""Where a person in a post can be written to: the own address, else that of whoever may sign."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.consent.queries.subjects import representations_of, subject_by_id
from branding.consent.values.people import Route
from branding.core import clock


def mail_of(session: Session, subject_id: str, *, now: datetime) -> str:
    """A mail address; empty when there is none.  Nobody is shown it."""
    person, today = subject_by_id(session, subject_id), clock.local(now).date()
    others = [
        one.email
        for one in representations_of(session, subject_id)
        if one.covers_images
        and one.email
        and one.valid_from <= today
        and (one.valid_until is None or today <= one.valid_until)
    ]
    if person.route in (Route.GUARDIAN_WITH_ASSENT, Route.CUSTODY):
        return next(iter(others), person.email)
    return person.email or next(iter(others), "")
