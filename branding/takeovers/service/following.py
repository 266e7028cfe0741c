"""What takeovers do when the slot they lie in is shifted by a holiday, or is about to be cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.values import SlotStep
from branding.takeovers import queries, rules
from branding.takeovers.service import moves


@dataclass(frozen=True, slots=True)
class SlotFollower:
    """Registered with ``rotation.service.follow``; runs in the caller's transaction."""

    def slots_shifted(
        self, session: Session, actor: Actor, steps: Sequence[SlotStep], *, now: datetime
    ) -> None:
        moves.shift(session, steps, now=now)

    def slot_removed(self, session: Session, actor: Actor, slot_id: int, *, now: datetime) -> None:
        there = queries.takeovers_of_slots(session, [slot_id])
        if any(takeover.status not in rules.ENDED for takeover in there):
            raise RuleBroken("has_takeovers", say("There is a takeover in this slot. Call it off first."))
