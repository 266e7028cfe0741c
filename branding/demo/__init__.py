"""The example data of ``./run``: the two real rotations of 2022 and a living one around today.

Names, addresses and phone numbers are made up.  Everything is made through the
same services that people use, so that the demo cannot show what the product cannot do.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core import clock, files
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.demo.indicators import strategy
from branding.demo.living import SET_UP, WEEKS_AHEAD, WEEKS_BACK, living_rotation
from branding.demo.people import HOST_TOKEN, PASSWORD, PEOPLE, add_people
from branding.demo.plan import content_plan
from branding.demo.reminders import reminders
from branding.demo.reports import reports
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.organisation.values import Channel, ContactRequest, ProfileRequest, UnitRequest
from branding.rotation import service as rotation_service

__all__ = [
    "HOST_TOKEN",
    "PASSWORD",
    "PEOPLE",
    "WEEKS_AHEAD",
    "WEEKS_BACK",
    "greeting",
    "load",
    "load_if_empty",
]


def load_if_empty(database: Database) -> bool:
    """Load the example data into a database without an organisation; False when there is one."""
    with database.transaction() as session:
        if organisation.find_organisation(session) is not None:
            return False
        load(session, clock.now())
        return True


def load(session: Session, now: datetime) -> None:
    """Everything the demo shows.  Needs the application's context: invitations are written from templates."""
    start = now - SET_UP
    organisation_service.set_up_organisation(session, "Socialområdet", is_demo=True, now=start)
    contact = ContactRequest("Socialområdet", "Karen Eksempel", "00 00 00 00", "kommunikation@example.dk", 1)
    organisation_service.set_contact(session, SYSTEM, contact, now=start)
    profile = ProfileRequest(Channel.INSTAGRAM, "socialomraadet.eksempel", "Socialområdet")
    profile_id = organisation_service.add_profile(session, SYSTEM, profile, now=start)
    rotation_service.seed_holiday_weeks(session, SYSTEM, now=start)
    _import_2022(session, start)
    karen = add_people(session, start)
    living_rotation(session, karen, profile_id, now)
    content_plan(session, karen, now)
    strategy(session, karen, now)
    reminders(session, karen, now)
    reports(session, karen, now)


def _import_2022(session: Session, now: datetime) -> None:
    """The two real tables; SOH is made first, because one of them lies under it."""
    soh = UnitRequest("Specialområde Hjerneskade", "SOH")
    organisation_service.add_unit(session, SYSTEM, soh, now=now)
    for name, plan, under in (
        ("takeover-specialomraader-2022.csv", "Alle specialområder 2022", None),
        ("takeover-soh-2022.csv", "Pilot i SOH 2022", "SOH"),
    ):
        data = (files.shipped("schedules") / "rotations" / name).read_bytes()
        rotation_service.import_rotation(
            session, SYSTEM, data, plan, 2022, under=under, create_units=True, now=now
        )


def greeting(address: str) -> str:
    """What the terminal says of the sign-ins."""
    people = "\n".join(f"    {person.email:<28} {person.what}" for person in PEOPLE)
    return (
        f"  Eksempeldata. Log ind med adgangskoden «{PASSWORD}»:\n{people}\n"
        f"  En vært åbner sin uge på telefonen: {address}/host/{HOST_TOKEN}\n"
    )
