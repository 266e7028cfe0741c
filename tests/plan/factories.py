"""What tests of the content plan begin with: an area, two channels and whoever plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.ids import new_id
from branding.drafts.models import Draft
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest
from branding.plan.service.activities import add_activity
from branding.plan.service.channels import add_channel
from branding.plan.service.formats import add_format
from branding.plan.values import (
    ActivityKind,
    ActivityRequest,
    ChannelKind,
    ChannelRequest,
    FormatRequest,
    Rhythm,
)
from branding.publishing.models import Publication
from branding.publishing.values.states import State

KAREN = Actor("user", 1, "Karen", roles=frozenset({Role.COMMUNICATIONS}))


@dataclass(frozen=True)
class World:
    area: int
    other_area: int
    linkedin: int
    press: int

    def klaus(self) -> Actor:
        """The coordinator of the first area."""
        return Actor("user", 2, "Klaus", roles=frozenset({Role.COORDINATOR}), units=frozenset({self.area}))


def world(session: Session, now: datetime) -> World:
    organisation.set_up_organisation(session, "Prøveområdet", now=now)
    area = organisation.add_unit(session, SYSTEM, UnitRequest("Specialområde Hjerneskade", "SOH"), now=now)
    other = organisation.add_unit(session, SYSTEM, UnitRequest("Specialområde Voksne", "SVO"), now=now)
    linkedin = ChannelRequest(ChannelKind.LINKEDIN, "LinkedIn", "Ledere", "Viden ud")
    press = ChannelRequest(ChannelKind.PRESS, "Presse")
    return World(
        area,
        other,
        add_channel(session, SYSTEM, linkedin, now=now),
        add_channel(session, SYSTEM, press, now=now),
    )


def request(on: World, day: date | str, **changes: Any) -> ActivityRequest:
    """A LinkedIn post on a day."""
    first = date.fromisoformat(day) if isinstance(day, str) else day
    given: dict[str, Any] = {
        "title": "Et opslag", "channel_id": on.linkedin, "kind": ActivityKind.POST, "starts_on": first,
        "ends_on": first,
    }  # fmt: skip
    return ActivityRequest(**(given | changes))


def activity(session: Session, on: World, day: date | str, by: Actor = KAREN, **changes: Any) -> int:
    return add_activity(session, by, request(on, day, **changes), now=clock.now(), today=clock.today())


def weekly(session: Session, on: World, first: str, **changes: Any) -> int:
    """A LinkedIn post every Tuesday at nine."""
    given: dict[str, Any] = {
        "title": "Ugens opslag", "channel_id": on.linkedin, "kind": ActivityKind.POST, "rhythm": Rhythm.WEEKS,
        "every": 1, "weekday": 1, "starts_on": date.fromisoformat(first), "at": time(9),
    }  # fmt: skip
    return add_format(session, KAREN, FormatRequest(**(given | changes)), now=clock.now())


def post(
    session: Session, unit_id: int, profile_id: int, due_at: datetime, title: str = "Et billede"
) -> None:
    """A post that is planned to go out, as the engine leaves it."""
    draft = Draft(
        id=new_id(), unit_id=unit_id, kind="daily", author="user:1", made_at=due_at, changed_at=due_at,
        state="approved", state_since=due_at, due_at=due_at,
    )  # fmt: skip
    row = Publication(
        id=new_id(), draft_id=draft.id, channel="instagram", profile_id=profile_id, unit_id=unit_id,
        title=title, kind="daily", author="user:1", version_hash="0" * 64, state=State.SCHEDULED,
        state_since=due_at, due_at=due_at, next_attempt_at=due_at, planned_by="system:", planned_at=due_at,
        made={}, before=[], left=[], consents=[],
    )  # fmt: skip
    session.add_all([draft, row])
