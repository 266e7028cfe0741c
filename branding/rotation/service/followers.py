"""What lies inside slots belongs to higher rooms; here they say what must follow when slots change.

Rotation has never heard of takeovers.  A room that keeps dates inside slots
registers a follower; it is called in the same transaction, and a RuleBroken
from it stops the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from branding.core.actor import Actor
from branding.rotation.values import SlotStep


class Follower(Protocol):
    def slots_shifted(
        self, session: Session, actor: Actor, steps: Sequence[SlotStep], *, now: datetime
    ) -> None:
        """A holiday shifted these slots (or its undo brought them back)."""

    def slot_removed(self, session: Session, actor: Actor, slot_id: int, *, now: datetime) -> None:
        """A slot is about to be cancelled."""

    def profile_changed(
        self, session: Session, actor: Actor, slot_ids: Sequence[int], profile_id: int, *, now: datetime
    ) -> None:
        """The plan of these slots lends out another profile from now on."""


_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Register once, when the room is imported; a second time changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def tell_shifted(session: Session, actor: Actor, steps: Sequence[SlotStep], *, now: datetime) -> None:
    for follower in _followers if steps else ():
        follower.slots_shifted(session, actor, steps, now=now)


def tell_removed(session: Session, actor: Actor, slot_id: int, *, now: datetime) -> None:
    for follower in _followers:
        follower.slot_removed(session, actor, slot_id, now=now)


def tell_profile(
    session: Session, actor: Actor, slot_ids: Sequence[int], profile_id: int, *, now: datetime
) -> None:
    for follower in _followers if slot_ids else ():
        follower.profile_changed(session, actor, slot_ids, profile_id, now=now)
