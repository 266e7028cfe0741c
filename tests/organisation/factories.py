"""Units made the short way."""

from __future__ import annotations

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM, Actor, Role
from branding.organisation import service
from branding.organisation.values import UnitRequest

COMMUNICATIONS = Actor("user", 1, "Kim", "kim@example.dk", frozenset({Role.COMMUNICATIONS}))


def area(session: Session, name: str = "SOH", short_name: str = "") -> int:
    unit_id = service.add_unit(session, SYSTEM, UnitRequest(name, short_name), now=clock.now())
    session.commit()
    return unit_id


def department(session: Session, area_id: int, name: str = "Høskoven") -> int:
    unit_id = service.add_unit(session, SYSTEM, UnitRequest(name, "", area_id), now=clock.now())
    session.commit()
    return unit_id


def organisation(session: Session, *, is_demo: bool = False) -> None:
    service.set_up_organisation(session, "Region Prøve", is_demo=is_demo, now=clock.now())
    session.commit()
