"""Asking leaders early: the mail eight weeks ahead, the one about a new host, and what they answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation.values import UnitView
from branding.outbox.service import cancel, enqueue
from branding.outbox.values import Mail
from branding.rotation import queries as rotation
from branding.rotation.values import SlotView
from branding.takeovers import queries
from branding.takeovers.models import Host, LeaderAsk, LeaderLink
from branding.takeovers.queries import leader_pages
from branding.takeovers.queries.reminding import leaders_to_ask
from branding.takeovers.rules import involvement as rules
from branding.takeovers.values import Answer, LeaderAnswer, LeaderMail

#: How the caller turns it into a mail: it knows the templates and the addresses.
WriteMail = Callable[[LeaderMail], Mail]


def leader_actor(ask: LeaderAsk) -> Actor:
    """Who acts by a leader's link.  No role: the link opens one slot of one unit."""
    return Actor("leader", ask.id, ask.name, ask.email, units=frozenset({ask.unit_id}))


def ask_leaders(
    session: Session,
    write: WriteMail,
    *,
    today: date,
    now: datetime,
    only: Collection[tuple[int, int]] | None = None,
) -> int:
    """Tell every leader whose unit has days within eight weeks and who was never told; returns how many.

    Who leads a unit today is asked, also when the one before was.  ``only``: these slots and units, as
    early as the caller finds right.
    """
    count = 0
    for one in leaders_to_ask(session, today + timedelta(days=1), today + rules.FAR_AHEAD):
        is_time = rules.is_time_to_ask(one.starts_on, today)
        if is_time if only is None else (one.slot.id, one.unit.id) in only:
            _ask(session, SYSTEM, one.slot, one.unit, write, today=today, now=now)
            count += 1
    return count


def send_to_leader(
    session: Session,
    actor: Actor,
    slot_id: int,
    unit_id: int,
    write: WriteMail,
    *,
    today: date,
    now: datetime,
) -> str:
    """Ask now, or ask the leader whom the unit has today; earlier links stop working.  Returns the name."""
    slot = _slot(session, actor, slot_id)
    leaders = {one.unit.id: one for one in leader_pages.leaders_of_slot(session, slot)}
    if unit_id not in leaders:
        raise Missing("unit", unit_id)
    if not leaders[unit_id].email:
        raise RuleBroken("no_leader", say("No leader is registered. Write one on the unit's page first."))
    if slot.ends_on < today:
        raise RuleBroken("too_late", say("The slot is over, so there is nothing to ask about."))
    _ask(session, actor, slot, leaders[unit_id].unit, write, today=today, now=now)
    return leaders[unit_id].name


def _slot(session: Session, actor: Actor, slot_id: int) -> SlotView:
    slot = rotation.slot_view(session, slot_id)
    policy.check(actor, "takeovers:takeover:edit", slot.unit_id, thing="slot", key=slot_id)
    return slot


def _ask(
    session: Session,
    actor: Actor,
    slot: SlotView,
    unit: UnitView,
    write: WriteMail,
    *,
    today: date,
    now: datetime,
) -> None:
    ask = queries.find_ask(session, slot.id, unit.id)
    if ask is None:
        ask = LeaderAsk(slot_id=slot.id, unit_id=unit.id, name="", email="", asked_at=now)
    else:
        _revoke(session, ask, now=now)
    ask.name, ask.email, ask.asked_at = unit.leader_name, unit.leader_email, now
    session.add(ask)
    session.flush()
    page = leader_pages.leader_page(session, ask, today)
    if page.days is None:
        raise RuleBroken("slot_cancelled", say("The slot is cancelled. Put it back in the plan first."))
    ask.told_starts_on, ask.told_ends_on, ask.differs_since = *page.days, None
    mine = [one.host for one in page.hosts if one.is_mine]
    for host in mine:
        queries.host_by_id(session, host.id).leader_asked_at = now
    token, link_id = add_link(session, ask, now=now)
    names = tuple(host.name for host in mine)
    mail = write(LeaderMail(page.ask, page.unit.id, page.profile_id, *page.days, names, token))
    enqueue(session, mail, dedupe_key=f"{mail_key(ask.id)}asked:{link_id}", due_at=now, now=now)
    record(session, actor, "takeovers:leader:asked", "leader_ask", ask.id, now=now)


def add_link(session: Session, ask: LeaderAsk, *, now: datetime, token: str = "") -> tuple[str, int]:
    """One more secret that opens the leader's page; returns it and the link's id."""
    token = token or secrets.token_urlsafe(32)
    link = LeaderLink(ask_id=ask.id or 0, token_hash=queries.token_hash(token), made_at=now)
    session.add(link)
    session.flush()
    return token, link.id or 0


def mail_key(ask_id: int | None, host_id: int | None = None) -> str:
    """What the mails of an ask, or those about one host, begin with in the outbox."""
    return f"leader:{ask_id}:host:{host_id}:" if host_id else f"leader:{ask_id}:"


def stop_question(session: Session, host: Host, slot_id: int) -> None:
    """A host was taken off: a question that has not left is never asked."""
    for ask in queries.asks_of_slots(session, [slot_id]):
        if cancel(session, mail_key(ask.id, host.id)):
            host.leader_asked_at = None


def _revoke(session: Session, ask: LeaderAsk, *, now: datetime) -> None:
    cancel(session, mail_key(ask.id))
    links = select(LeaderLink).where(LeaderLink.ask_id == ask.id, col(LeaderLink.revoked_at).is_(None))
    for link in session.exec(links):
        link.revoked_at = now
    session.flush()


def revoke_leader_link(session: Session, actor: Actor, slot_id: int, unit_id: int, *, now: datetime) -> None:
    """Take the leader's links back; ``send_to_leader`` gives a new one."""
    _slot(session, actor, slot_id)
    ask = queries.find_ask(session, slot_id, unit_id)
    if ask is None:
        raise Missing("leader_ask", unit_id)
    _revoke(session, ask, now=now)
    record(session, actor, "takeovers:leader:link-revoked", "leader_ask", ask.id, now=now)


def answer(session: Session, actor: Actor, request: Answer, *, today: date, now: datetime) -> None:
    """A leader says OK or no to a host, or changes the answer; until the takeover begins."""
    ask = session.get(LeaderAsk, actor.id)
    host = queries.host_by_id(session, request.host_id)
    takeover = queries.takeover_view(session, host.takeover_id)
    units = leader_pages.units_by_id(session)
    is_theirs = ask is not None and ask.slot_id == takeover.slot_id
    if ask is None or not is_theirs or not leader_pages.is_answered_by(ask.unit_id, takeover.unit_id, units):
        raise Missing("host", request.host_id)
    if host.removed_at is not None or host.declined_at is not None:
        raise RuleBroken("host_gone", say("This host is not on the takeover any more."))
    if not rules.may_answer(takeover, today):
        raise RuleBroken(
            "has_begun", say("The takeover has begun or is over. Call us if something is wrong.")
        )
    cancel(session, mail_key(ask.id, host.id))  # a question that has been answered is not asked
    before = host.leader_answer
    host.leader_answer, host.leader_answered_at = request.answer, now
    host.leader_note = request.note if request.answer == LeaderAnswer.NO else ""
    changes = {"leader_answer": (before, str(request.answer))}
    record(session, actor, "takeovers:leader:answered", "host", host.id, changes=changes, now=now)
