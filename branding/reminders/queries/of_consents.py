"""What consents give people to be reminded of: those that end, signatures to look at, and assessments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from sqlmodel import Session

from branding.consent.queries import oversight
from branding.consent.queries.reminding import ending_between
from branding.core import clock
from branding.organisation.values import UnitView
from branding.reminders.queries.span import Span
from branding.reminders.values.reminding import Occasion
from branding.reminders.values.triggers import Trigger

Units = Mapping[int, UnitView]
_MOMENT = timedelta(microseconds=1)


def consent_occasions(session: Session, span: Span, units: Units) -> Iterator[Occasion]:
    if span.asks(Trigger.CONSENT_ENDS):
        yield from _ending(session, span, units)
    if span.asks(Trigger.UNVERIFIED):
        yield from _unverified(session, span, units)
    if span.asks(Trigger.ASSESSMENT):
        for one in oversight.assessments_to_review(session, span.today):
            yield Occasion(
                Trigger.ASSESSMENT,
                f"assessment:{one.id}:{one.review_on:%Y%m%d}",
                one.review_on,
                until=clock.at_local(one.review_on + timedelta(days=1)),
                path=f"/consent/assessments/{one.id}",
                words={"title": one.reference},
            )


def _ending(session: Session, span: Span, units: Units) -> Iterator[Occasion]:
    """The day that a rule counts from is the first one on which it does not hold."""
    first, last = span.moments(Trigger.CONSENT_ENDS)
    for one in ending_between(session, max(first, span.now), last, span.now):
        yield Occasion(
            Trigger.CONSENT_ENDS,
            f"consent:{one.consent_id}",
            clock.local(one.expires_at).date(),
            one.expires_at,
            until=one.expires_at,
            unit_id=one.unit_id,
            path="/consents?tab=expiring",
            words={"unit": units[one.unit_id].name},
        )


def _unverified(session: Session, span: Span, units: Units) -> Iterator[Occasion]:
    first, _ = span.moments(Trigger.UNVERIFIED)
    for one in oversight.unverified(session, span.now + _MOMENT, span.now):
        if one.recorded_at >= first:
            yield Occasion(
                Trigger.UNVERIFIED,
                f"consent:{one.consent_id}",
                clock.local(one.recorded_at).date(),
                one.recorded_at,
                unit_id=one.unit_id,
                path="/consent/verify",
                words={"unit": units[one.unit_id].name},
            )
