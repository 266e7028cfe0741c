"""What takeovers do when a holiday shifts their slot, it is cancelled, or its plan gets another profile."""

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
from branding.takeovers.values import TakeoverStatus


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

    def profile_changed(
        self, session: Session, actor: Actor, slot_ids: Sequence[int], profile_id: int, *, now: datetime
    ) -> None:
        """Hosts know which profile they have; those that are called off would come back on the new one."""
        there = queries.takeovers_of_slots(session, slot_ids)
        if any(takeover.status not in rules.ENDED for takeover in there):
            text = say("There are takeovers in this plan on the profile it has now. Call them off first.")
            raise RuleBroken("has_takeovers", text, "profile_id")
        for takeover in there:
            if takeover.status == TakeoverStatus.CANCELLED:
                queries.takeover_by_id(session, takeover.id).profile_id = profile_id
