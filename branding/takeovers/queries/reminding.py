"""What reminders ask of takeovers: open checklist lines, lent logins, and leaders to be told early."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from branding.organisation.values import UnitView
from branding.rotation import queries as rotation
from branding.rotation.values import SlotView
from branding.takeovers.models import ChecklistItem, ProfileLogin
from branding.takeovers.queries.leader_pages import days_for, units_by_id, units_in
from branding.takeovers.queries.leaders import asks_of_slots
from branding.takeovers.queries.takeovers import takeovers_of_slots
from branding.takeovers.rules import involvement as rules
from branding.takeovers.values import TakeoverView


@dataclass(frozen=True, slots=True)
class LeaderToAsk:
    """A unit whose leader was never told of its days in a slot."""

    slot: SlotView
    unit: UnitView
    starts_on: date
    ends_on: date


def with_open_line(session: Session, key: str, takeover_ids: Collection[int]) -> set[int]:
    """Of these takeovers those where this line of the checklist is not ticked."""
    query = select(ChecklistItem.takeover_id).where(
        col(ChecklistItem.takeover_id).in_(takeover_ids),
        ChecklistItem.key == key,
        col(ChecklistItem.done_at).is_(None),
    )
    return set(session.exec(query))


def lent_profiles(session: Session) -> set[int]:
    """Profiles whose login hosts see in their days."""
    return set(session.exec(select(ProfileLogin.profile_id).where(col(ProfileLogin.is_on))))


def leaders_to_ask(session: Session, first: date, last: date) -> list[LeaderToAsk]:
    """Units with days that begin in the period, whose leader of today was never told of them."""
    slots = rotation.slots_between(session, first, last)
    units, ids = units_by_id(session), [slot.id for slot in slots]
    known = {(ask.slot_id, ask.unit_id, ask.email) for ask in asks_of_slots(session, ids)}
    takeovers: dict[int, list[TakeoverView]] = {}
    for takeover in takeovers_of_slots(session, ids):
        takeovers.setdefault(takeover.slot_id, []).append(takeover)
    waiting = []
    for slot in slots:
        there = takeovers.get(slot.id, [])
        if not rules.is_settled(slot.status, there):
            continue
        found = {unit_id: rules.answering_unit(units[unit_id], units) for unit_id in units_in(slot, there)}
        for unit in {one.id: one for one in found.values() if one is not None}.values():
            covered = [unit_id for unit_id, one in found.items() if one == unit]
            days = days_for(slot, there, covered)
            is_known = (slot.id, unit.id, unit.leader_email) in known
            if days and not is_known and first <= days[0] <= last:
                waiting.append(LeaderToAsk(slot, unit, *days))
    return waiting
