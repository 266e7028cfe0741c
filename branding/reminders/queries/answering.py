"""What a link in a reminder is about, and who could take it instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from branding.core import clock, danish
from branding.core.actor import Role
from branding.core.errors import Missing
from branding.organisation import queries as organisation
from branding.reminders.queries.facts import closed_days, staff
from branding.reminders.queries.log import sent_by_id
from branding.reminders.values.choosing import SentView
from branding.reminders.values.reminding import Person
from branding.takeovers import queries as takeovers

#: An answer to an older mail could only be a mistake.
_OPEN_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Answerable:
    """A reminder that was sent, to whom, and who else there is."""

    sent: SentView
    person: Person
    people: Mapping[str, Person]
    closed: frozenset[date]
    path: str = "/reminders/sent"

    @property
    def is_staff(self) -> bool:
        return self.person.ref.startswith("user:")


def answerable(session: Session, sent_id: int) -> Answerable:
    """Missing where it was sent to nobody who can be known again, or so long ago that it is settled."""
    sent, people = sent_by_id(session, sent_id), staff(session)
    person = people.get(sent.to) or _host(session, sent.to)
    if person is None or clock.now() - sent.decided_at > _OPEN_FOR:
        raise Missing("reminder_sent", sent_id)
    today = clock.today()
    closed = closed_days(today, today + timedelta(days=40))
    return Answerable(sent, person, people, closed)


def candidates(session: Session, one: Answerable) -> list[Person]:
    """Colleagues who could take it: the area's coordinators and communications; a host names nobody."""
    if not one.is_staff:
        return []
    area = organisation.unit_by_id(session, one.sent.unit_id).area_id if one.sent.unit_id else None
    found = [
        person
        for person in one.people.values()
        if person.ref != one.sent.to
        and (
            Role.COMMUNICATIONS in person.roles
            or (Role.COORDINATOR in person.roles and (area is None or area in person.areas))
        )
    ]
    return sorted(found, key=lambda person: danish.sort_key(person.name))


def _host(session: Session, ref: str) -> Person | None:
    kind, _, number = ref.partition(":")
    if kind != "host":
        return None
    host = takeovers.host_view(session, int(number))
    return Person(ref, host.name, host.email)
