"""What a leader's page and the staff's view of leaders are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branding.organisation.values import UnitView
from branding.takeovers.values.involvement import AskView, VolunteerView
from branding.takeovers.values.takeovers import HostView, TakeoverView


@dataclass(frozen=True, slots=True)
class HostForLeader:
    """A host on the leader's page; ``is_mine``: this leader answers, not one of another afdeling."""

    host: HostView
    takeover: TakeoverView
    unit: UnitView
    is_mine: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """Everything a leader sees about one slot; ``days`` is empty when it is called off."""

    ask: AskView
    unit: UnitView
    profile_id: int
    days: tuple[date, date] | None
    hosts: tuple[HostForLeader, ...]
    volunteers: tuple[VolunteerView, ...]


@dataclass(frozen=True, slots=True)
class SlotLeader:
    """A unit with something in a slot, its leader, and whether that leader has been told."""

    unit: UnitView
    name: str
    email: str
    ask: AskView | None

    @property
    def is_another(self) -> bool:
        """Somebody else was told: the unit has a new leader since."""
        return self.ask is not None and self.ask.email != self.email
