"""The people of the example, and the secrets that they all share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from branding.accounts import queries as accounts_queries
from branding.accounts import service as accounts
from branding.core.actor import Actor, Role
from branding.organisation import queries as organisation

#: Only for the example data, which production refuses to serve.
PASSWORD = "stafet-eksempel"  # noqa: S105
#: The secret of the example host's, leader's and volunteers' links: known, so that ./run can print it.
HOST_TOKEN = "eksempel-paa-en-vaert"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    role: Role
    what: str
    #: The specialområde of a coordinator.
    area: str = ""


PEOPLE = (
    Person(
        "Karen Eksempel",
        "kommunikation@example.dk",
        Role.COMMUNICATIONS,
        "Kommunikation: planlægger og inviterer",
    ),
    Person(
        "Signe Eksempel",
        "koordinator.svo@example.dk",
        Role.COORDINATOR,
        "Koordinator i SVO: bytter uger",
        "SVO",
    ),
    Person(
        "Klaus Eksempel",
        "koordinator@example.dk",
        Role.COORDINATOR,
        "Koordinator i SOH: finder værter",
        "SOH",
    ),
    Person("Lis Eksempel", "leder@example.dk", Role.READER, "Leder: læser planer"),
    Person("Dorte Eksempel", "dpo@example.dk", Role.DPO, "Databeskyttelsesrådgiver: ser loggen"),
    Person("Adam Eksempel", "admin@example.dk", Role.ADMIN, "Administrator: inviterer kolleger, ser mails"),
)


def add_people(session: Session, now: datetime) -> Actor:
    """One for each role and two coordinators; returns the communications officer, who made what follows."""
    for person in PEOPLE:
        area = organisation.find_unit(session, person.area) if person.area else None
        area_id = area.id if area else None
        accounts.add_user(
            session, person.name, person.email, {(person.role, area_id)}, password=PASSWORD, now=now
        )
    karen = accounts_queries.find_user_by_email(session, PEOPLE[0].email)
    assert karen is not None
    return Actor("user", karen.id, karen.name, karen.email, frozenset({Role.COMMUNICATIONS}))
