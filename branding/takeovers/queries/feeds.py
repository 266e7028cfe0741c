"""Reads of calendar feeds: whose they are, and what they hold right now."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.accounts import queries as accounts
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.organisation import queries as organisation
from branding.rotation import queries as rotation
from branding.rotation.values import SlotView
from branding.takeovers.models import CalendarFeed
from branding.takeovers.queries.hosts import host_by_id
from branding.takeovers.queries.links import token_hash
from branding.takeovers.queries.takeovers import takeover_by_id
from branding.takeovers.rules import feeds as rules
from branding.takeovers.values import FeedEntry, FeedKind, FeedView, TakeoverStatus


def feeds_of(session: Session, user_id: int) -> list[FeedView]:
    """A person's feeds that still work, newest first."""
    query = select(CalendarFeed).where(
        CalendarFeed.user_id == user_id, col(CalendarFeed.revoked_at).is_(None)
    )
    return [_view(row) for row in session.exec(query.order_by(col(CalendarFeed.id).desc()))]


def feeds_of_host(session: Session, host_id: int) -> list[CalendarFeed]:
    """A host's feeds that still work: for the use case that replaces them."""
    query = select(CalendarFeed).where(
        CalendarFeed.host_id == host_id, col(CalendarFeed.revoked_at).is_(None)
    )
    return list(session.exec(query))


def feed_by_id(session: Session, feed_id: int) -> CalendarFeed:
    found = session.get(CalendarFeed, feed_id)
    if found is None:
        raise Missing("calendar_feed", feed_id)
    return found


def find_feed(session: Session, token: str) -> FeedView | None:
    """The feed with this secret, whether or not it still works."""
    row = session.exec(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash(token))).first()
    return _view(row) if row else None


def find_feed_entries(
    session: Session, feed: FeedView, *, today: date, now: datetime
) -> list[FeedEntry] | None:
    """What the feed holds, by date; None when it works no longer."""
    if feed.revoked_at is not None:
        return None
    if feed.host_id is not None:
        return _of_host(session, feed.host_id, today)
    reader = _reader(session, feed.user_id or 0)
    return None if reader is None else slot_entries(session, reader, feed.unit_id, today=today, now=now)


def slot_entries(
    session: Session, reader: Actor, unit_id: int | None, *, today: date, now: datetime
) -> list[FeedEntry]:
    """The rotation, or one unit's part of it, as this reader may see it."""
    units = {unit.id: unit for unit in organisation.units(session, archived=True)}
    profiles = {one.id: one.handle for one in organisation.profiles(session, archived=True)}
    professions = {one.id: one.name for one in organisation.professions(session, archived=True)}
    began = rotation.plan_beginnings(session)
    found = []
    for slot in rotation.slots_between(session, *rules.period(today), cancelled=True):
        unit = units[slot.unit_id]
        is_wanted = unit_id is None or unit_id in (unit.id, unit.area_id)
        if not is_wanted or not rules.holds_slot(slot.status, slot.changed_at, now):
            continue
        is_open = policy.covers(reader, "rotation:slot:view", unit.id)
        found.append(
            FeedEntry(
                rules.uid("slot", slot.id, began[slot.plan_id]),
                slot.version,
                slot.changed_at,
                slot.starts_on,
                slot.ends_on,
                rules.status_of_slot(slot.status),
                profiles[slot.profile_id],
                unit.area_short_name,
                unit.short_name or unit.name,
                slot.topic,
                **(_details(slot, professions) if is_open else {}),
            )
        )
    return found


def host_entry(session: Session, host_id: int) -> FeedEntry:
    """A host's own days."""
    host = host_by_id(session, host_id)
    takeover = takeover_by_id(session, host.takeover_id)
    slot = rotation.slot_view(session, takeover.slot_id)
    unit = next(one for one in organisation.units(session, archived=True) if one.id == takeover.unit_id)
    said = [at for at in (host.invited_at, host.accepted_at, host.declined_at) if at is not None]
    return FeedEntry(
        rules.uid("takeover", takeover.id or 0, rotation.plan_beginnings(session)[slot.plan_id]),
        takeover.version,
        max([takeover.changed_at, *said]),
        takeover.starts_on,
        takeover.ends_on,
        rules.status_for_host(
            TakeoverStatus(takeover.status),
            accepted=host.accepted_at is not None,
            declined=host.declined_at is not None,
        ),
        organisation.profile_by_id(session, takeover.profile_id).handle,
        unit.area_short_name,
        unit.short_name or unit.name,
        page="/my-week",
    )


def _of_host(session: Session, host_id: int, today: date) -> list[FeedEntry] | None:
    """Nothing for a host who was taken off, or whose days are long over."""
    host = host_by_id(session, host_id)
    ends_on = takeover_by_id(session, host.takeover_id).ends_on
    if host.removed_at is not None or not rules.host_feed_opens(ends_on, today):
        return None
    return [host_entry(session, host_id)]


def _reader(session: Session, user_id: int) -> Actor | None:
    """The person whose feed it is, with the roles of today; None who may have none any more."""
    person = accounts.person(session, user_id)
    units = organisation.ids_under(session, person.area_ids) if person.area_ids else frozenset()
    reader = Actor("user", person.id, person.name, person.email, person.roles, units)
    is_in = person.deactivated_at is None and policy.may(reader, "takeovers:feed:manage")
    return reader if is_in else None


def _details(slot: SlotView, professions: dict[int | None, str]) -> dict[str, str]:
    """What only those read who may open the turn."""
    return {
        "profession": professions.get(slot.profession_id, ""),
        "responsible": slot.responsible,
        "page": f"/slots/{slot.id}",
    }


def _view(row: CalendarFeed) -> FeedView:
    return FeedView(
        row.id or 0, FeedKind(row.kind), row.user_id, row.host_id, row.unit_id, row.made_at, row.revoked_at
    )
