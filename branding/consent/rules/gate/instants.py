"""When a post may go out at the earliest: tried at the instants where an answer can change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branding.consent.rules.gate.judging import may_publish
from branding.consent.values.gate import GateFacts, PersonFacts, Stage
from branding.consent.values.records import Channel


def earliest_lawful(facts: GateFacts, channel: Channel, *, stage: Stage, start: datetime) -> datetime | None:
    """The first instant from ``start`` at which the gate says yes, as things stand; None: never."""
    moments = {start}
    for person in facts.people.values():
        moments.update(moment for moment in openings(person) if moment > start)
    for moment in sorted(moments):
        if may_publish(facts, channel, stage=stage, at=moment).allowed:
            return moment
    return None


def openings(person: PersonFacts) -> Iterator[datetime]:
    """Every instant at which a no about this person can turn into a yes.

    Growing older is none: a signature counts for the age at which it was given.
    """
    for answer in person.answers:
        yield max(answer.valid_from, answer.signed_at, answer.recorded_at)
        yield answer.signed_at + person.rules.reflection
        if answer.is_refusal:
            yield answer.expires_at
        if answer.verified_at is not None:
            yield answer.verified_at
        if answer.invalidated_at is not None:
            yield answer.invalidated_at
    for assessment in person.policy.assessments:
        yield assessment.opens_at
    for one in person.representations:
        yield one.valid_from
        if one.valid_until is not None:
            yield one.valid_until
