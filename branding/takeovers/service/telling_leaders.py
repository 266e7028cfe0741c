"""Telling leaders what has changed, by a sweep: other days, called off, or a host who was not named before.

What a leader was told is compared with what is; a difference must last ten
minutes, so an undo in time is never noticed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.rotation import queries as rotation
from branding.takeovers import queries
from branding.takeovers.models import Host, LeaderAsk
from branding.takeovers.queries import leader_pages
from branding.takeovers.rules.involvement import answering_unit, is_still_leader
from branding.takeovers.service.leaders import add_link, mail_key
from branding.takeovers.service.telling import PATIENCE
from branding.takeovers.values import LeaderMail, TakeoverView

#: A leader who was told that it is called off hears that it is on again for this long.
_REMEMBERED = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class LeaderLetters:
    """How the mails are written: the caller knows the templates."""

    host_named: Callable[[LeaderMail], Mail]
    moved: Callable[[LeaderMail], Mail]
    called_off: Callable[[LeaderMail], Mail]


@dataclass(frozen=True, slots=True)
class _Change:
    ask: LeaderAsk
    days: tuple[date, date] | None
    unit_id: int
    profile_id: int


def anything_to_do(session: Session, *, today: date, now: datetime) -> bool:
    """Whether ``tell_leaders`` would write anything."""
    for change in _changes(session, today, now):
        ask, differs = change.ask, change.days != _told(change.ask)
        if differs and (ask.differs_since is None or now - ask.differs_since >= PATIENCE):
            return True
        if not differs and ask.differs_since is not None:
            return True
    return bool(_new_hosts(session, today))


def tell_leaders(session: Session, letters: LeaderLetters, *, today: date, now: datetime) -> int:
    """Write to leaders about new days and new hosts; returns how many mails."""
    count = 0
    for change in _changes(session, today, now):
        ask = change.ask
        if change.days == _told(ask):
            ask.differs_since = None
        elif ask.differs_since is None:
            ask.differs_since = now
        elif now - ask.differs_since >= PATIENCE:
            _tell(session, change, letters, now=now)
            count += 1
    for host, ask in _new_hosts(session, today):
        _ask_about(session, host, ask, letters, now=now)
        count += 1
    session.flush()
    return count


def _told(ask: LeaderAsk) -> tuple[date, date] | None:
    first, last = ask.told_starts_on, ask.told_ends_on
    return (first, last) if first and last else None


def _changes(session: Session, today: date, now: datetime) -> list[_Change]:
    """For each leader who was told: the days that the unit and its afdelinger have of the slot now.

    Whoever leads a unit no longer is told nothing more; ``ask_leaders`` tells the new one.
    """
    asks, units = queries.asks_to_follow(session, today, now - _REMEMBERED), leader_pages.units_by_id(session)
    asks = [ask for ask in asks if is_still_leader(ask.email, units[ask.unit_id])]
    slots = rotation.slot_views(session, {ask.slot_id for ask in asks})
    takeovers: dict[int, list[TakeoverView]] = {}
    for takeover in queries.takeovers_of_slots(session, slots):
        takeovers.setdefault(takeover.slot_id, []).append(takeover)
    found = []
    for ask in asks:
        slot, there = slots[ask.slot_id], takeovers.get(ask.slot_id, [])
        below = {unit.id for unit in units.values() if ask.unit_id in (unit.id, unit.area_id)}
        days = leader_pages.days_for(slot, there, below)
        if days is None or days[1] >= today:  # what has been moved into the past is no news
            shown = leader_pages.shown_unit(slot, there, below, units, ask.unit_id)
            found.append(_Change(ask, days, shown.id, slot.profile_id))
    return found


def _tell(session: Session, change: _Change, letters: LeaderLetters, *, now: datetime) -> None:
    ask, told = change.ask, _told(change.ask)
    days = change.days or told
    assert days is not None  # what was told differs from what is, so one of them is there
    facts = queries.ask_view(ask, True)
    if change.days:
        token, _ = add_link(session, ask, now=now)
        mail = letters.moved(LeaderMail(facts, change.unit_id, change.profile_id, *days, token=token))
    else:
        mail = letters.called_off(LeaderMail(facts, change.unit_id, change.profile_id, *days))
    key = f"{mail_key(ask.id)}told:{now.isoformat()}"
    enqueue(session, mail, dedupe_key=key, due_at=now, now=now)
    ask.told_starts_on, ask.told_ends_on = change.days or (None, None)
    ask.differs_since = None


def _new_hosts(session: Session, today: date) -> list[tuple[Host, LeaderAsk]]:
    """Hosts who were named after the leader was told, and whom no mail has mentioned."""
    waiting = queries.hosts_without_question(session, today)
    if not waiting:
        return []
    units = leader_pages.units_by_id(session)
    slot_ids = {takeover.slot_id for _, takeover in waiting}
    with_link = {
        (ask.slot_id, ask.unit_id, ask.email)
        for ask in queries.asks_of_slots(session, slot_ids)
        if ask.has_link and ask.told_starts_on
    }
    found = []
    for host, takeover in waiting:
        unit = answering_unit(units[takeover.unit_id], units)
        if unit is not None and (takeover.slot_id, unit.id, unit.leader_email) in with_link:
            ask = queries.find_ask(session, takeover.slot_id, unit.id)
            assert ask is not None
            found.append((host, ask))
    return found


def _ask_about(
    session: Session, host: Host, ask: LeaderAsk, letters: LeaderLetters, *, now: datetime
) -> None:
    takeover = queries.takeover_view(session, host.takeover_id)
    token, link_id = add_link(session, ask, now=now)
    facts = queries.ask_view(ask, True)
    mail = letters.host_named(
        LeaderMail(
            facts,
            takeover.unit_id,
            takeover.profile_id,
            takeover.starts_on,
            takeover.ends_on,
            (host.name,),
            token,
        )
    )
    # It waits a little, so that a name that was put down by mistake is never asked about.
    enqueue(session, mail, dedupe_key=f"{mail_key(ask.id, host.id)}{link_id}", due_at=now + PATIENCE, now=now)
    host.leader_asked_at = now
