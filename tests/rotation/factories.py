"""An organisation, people and plans for the tests of the rotation."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from branding.core.actor import SYSTEM, Actor, Role
from branding.core.files import shipped
from branding.core.isoweek import Week
from branding.organisation import service as organisation
from branding.organisation.models import Profile
from branding.organisation.values import Channel
from branding.rotation import queries, service
from branding.rotation.values import Block, NewSlot, PlanRequest, SlotView

NOW = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)
AREAS = ("Holmstrupgård", "SAU", "SUA", "SBU", "SVO", "IKH", "DOK", "SOH")
COMMUNICATIONS = Actor("user", 1, "Kommunikation Prøve", roles=frozenset({Role.COMMUNICATIONS}))
READER = Actor("user", 2, "Læser Prøve", roles=frozenset({Role.READER}))


def coordinator(*unit_ids: int) -> Actor:
    return Actor(
        "user", 3, "Koordinator Prøve", roles=frozenset({Role.COORDINATOR}), units=frozenset(unit_ids)
    )


def make_areas(session: Session) -> dict[str, int]:
    """The eight specialområder, by name."""
    return organisation.ensure_units(session, SYSTEM, list(AREAS), None, now=NOW)


def make_profile(session: Session, handle: str = "mitsocial") -> int:
    profile = Profile(
        channel=Channel.INSTAGRAM, handle=handle, name="Socialområdet", sort_key="socialområdet"
    )
    session.add(profile)
    session.flush()
    return profile.id or 0


def make_plan(session: Session, name: str = "Takeover 2022", area_id: int | None = None) -> int:
    """An empty plan on a profile of its own."""
    profile_id = make_profile(session, name.lower().replace(" ", ""))
    return service.create_plan(session, COMMUNICATIONS, PlanRequest(name, profile_id, area_id), now=NOW)


def make_slot(
    session: Session, plan_id: int, unit_id: int, number: int, weeks: int = 1, year: int = 2022
) -> int:
    request = NewSlot(plan_id, unit_id, Block(Week(year, number), weeks))
    return service.add_slot(session, COMMUNICATIONS, request, now=NOW)


def real_table(name: str) -> bytes:
    """One of the two tables of 2022, as it is."""
    return (shipped("schedules") / "rotations" / name).read_bytes()


def blocks(session: Session, plan_id: int) -> dict[str, str]:
    """What a person would compare: the weeks of each turn by its slot id, in order."""
    return {str(slot.id): str(slot.block.first) for slot in queries.slots_of_plan(session, plan_id)}


def slot(session: Session, slot_id: int) -> SlotView:
    return queries.slot_view(session, slot_id)
