"""What leaders and those who ask them see: hosts with answers, volunteers, and who answers for a slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session

from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.rotation import queries as rotation
from branding.rotation.values import SlotStatus, SlotView
from branding.takeovers.models import LeaderAsk
from branding.takeovers.queries.leaders import ask_view, asks_of_slots
from branding.takeovers.queries.takeovers import takeovers_of_slots
from branding.takeovers.queries.volunteers import volunteers_of
from branding.takeovers.rules import involvement as rules
from branding.takeovers.values import (
    AskView,
    HostForLeader,
    HostView,
    LeaderPage,
    LeaderState,
    SlotLeader,
    TakeoverStatus,
    TakeoverView,
    VolunteerView,
)


def units_by_id(session: Session) -> dict[int, UnitView]:
    """Every unit by id, archived ones too."""
    return {unit.id: unit for unit in organisation.units(session, archived=True)}


def units_in(slot: SlotView, takeovers: Iterable[TakeoverView]) -> list[int]:
    """The units that have a slot or a takeover in it, the slot's own first."""
    others = {t.unit_id for t in takeovers if t.status != TakeoverStatus.CANCELLED}
    return [slot.unit_id, *sorted(others - {slot.unit_id})]


def is_their_leader(session: Session, ask: LeaderAsk) -> bool:
    """Whether the person who was asked leads the unit today: a link of somebody who stopped opens nothing."""
    return rules.is_still_leader(ask.email, organisation.unit_by_id(session, ask.unit_id))


def leader_page(session: Session, ask: LeaderAsk, today: date) -> LeaderPage:
    """One leader's page; the hosts of other afdelinger are shown, and answered by their own leaders."""
    units, slot = units_by_id(session), rotation.slot_view(session, ask.slot_id)
    takeovers = [t for t in takeovers_of_slots(session, [slot.id]) if t.status != TakeoverStatus.CANCELLED]
    below = {unit.id for unit in units.values() if ask.unit_id in (unit.id, unit.area_id)}
    hosts = [
        HostForLeader(host, t, units[t.unit_id], mine, mine and rules.may_answer(t, today))
        for t in takeovers
        if t.unit_id in below
        for mine in (is_answered_by(ask.unit_id, t.unit_id, units),)
        for host in t.hosts
    ]
    return LeaderPage(
        ask_view(ask, True),
        shown_unit(slot, takeovers, below, units, ask.unit_id),
        slot.profile_id,
        days_for(slot, takeovers, below),
        tuple(hosts),
        tuple(_free(volunteers_of(session, below), [one.host for one in hosts])),
    )


def _free(volunteers: Iterable[VolunteerView], hosts: Iterable[HostView]) -> list[VolunteerView]:
    """Those on the list who do not host already."""
    addresses = {host.email for host in hosts}
    return [one for one in volunteers if one.takeover_id is None and one.email not in addresses]


def days_for(
    slot: SlotView, takeovers: Iterable[TakeoverView], inside: Iterable[int]
) -> tuple[date, date] | None:
    """The days that some units have of a slot; None when it is called off."""
    if slot.status == SlotStatus.CANCELLED:
        return None
    return rules.days_of_units(slot.unit_id, (slot.starts_on, slot.ends_on), takeovers, inside)


def shown_unit(
    slot: SlotView,
    takeovers: Iterable[TakeoverView],
    inside: Iterable[int],
    units: Mapping[int, UnitView],
    unit_id: int,
) -> UnitView:
    """The one unit to name to a leader: the slot's, the only one with a takeover, or the leader's own."""
    wanted = set(inside)
    if slot.unit_id in wanted:
        return units[slot.unit_id]
    having = [one for one in units_in(slot, takeovers) if one in wanted]
    return units[having[0] if len(having) == 1 else unit_id]


def is_answered_by(leaders_unit: int, unit_id: int, units: Mapping[int, UnitView]) -> bool:
    """Whether the leader of the first unit answers for the second."""
    answering = rules.answering_unit(units[unit_id], units)
    return answering is not None and answering.id == leaders_unit


def leaders_of_slot(session: Session, slot: SlotView) -> list[SlotLeader]:
    """Who answers for a slot and its takeovers, and whether they have been told."""
    units, takeovers = units_by_id(session), takeovers_of_slots(session, [slot.id])
    asks: dict[int, AskView] = {ask.unit_id: ask for ask in asks_of_slots(session, [slot.id])}
    found: dict[int, SlotLeader] = {}
    for unit_id in units_in(slot, takeovers):
        unit = rules.answering_unit(units[unit_id], units) or units[unit_id]
        found.setdefault(unit.id, SlotLeader(unit, unit.leader_name, unit.leader_email, asks.get(unit.id)))
    return list(found.values())


def leader_states(session: Session, takeovers: Iterable[TakeoverView]) -> dict[int, LeaderState]:
    """What the leaders say about each takeover that has hosts and has not begun."""
    units = units_by_id(session)
    return {
        t.id: rules.leader_state(
            t.hosts, has_leader=rules.answering_unit(units[t.unit_id], units) is not None
        )
        for t in takeovers
        if t.hosts and t.status not in (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED, TakeoverStatus.LIVE)
    }
