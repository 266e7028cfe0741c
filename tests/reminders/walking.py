"""The clock walked day by day through the autumn of 2022: what happens meanwhile, and what was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from flask import Flask
from sqlalchemy import update
from sqlmodel import Session, select

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.demo.posts import POSTS_LIVE, make_post
from branding.indicators.queries import strategy_map
from branding.indicators.rules.tree import of_kind
from branding.indicators.values.tree import NodeKind
from branding.organisation import queries as organisation
from branding.outbox.models import OutboxMessage
from branding.outbox.values import MessageStatus
from branding.plan.queries import formats
from branding.reminders import letters
from branding.reminders.models import ReminderRule, ReminderSent
from branding.reminders.queries.facts import facts
from branding.reminders.rules.due import planned
from branding.reminders.service import reminding
from branding.rotation import queries as rotation
from branding.rotation import service as rotation_service
from branding.rotation.values import SlotView
from branding.rotation.values.requests import MoveRequest
from branding.takeovers import letters as takeover_letters
from branding.takeovers import queries as takeover_queries
from branding.takeovers.guide import RULES
from branding.takeovers.service import hosts, logins, moves, takeovers, week
from branding.takeovers.values import Login, NameHost, PlanTakeover

FIRST, LAST = Week(2022, 28).monday, Week(2022, 51).sunday
_PLAN = "Alle specialområder 2022"
_ANNA = "anna.vaert@example.dk"
#: Somebody looks at this hour on every day; a worker that is late looks only then.
_LATE = time(13)


class Walk:
    """Steps from look to look; with ``late`` the worker only runs once a day, after noon."""

    def __init__(self, app: Flask, database: Database, karen: Actor) -> None:
        self.app, self.database, self.karen = app, database, karen
        self._now = clock.now()
        self._ahead: set[datetime] = set()

    def on(self, day: date, events: dict[date, Callable[[Session], None]], *, late: bool) -> None:
        clock.read_from(lambda: self._now)
        self._now = clock.at_local(day, 0, 10)
        with self.app.app_context(), self.database.transaction() as session:
            takeovers.advance(session, today=day, now=self._now)
            if day in events:
                events[day](session)
        if day in events or day.weekday() == 0:
            self._look_ahead()
        ahead = [at for at in self._ahead if clock.local(at).date() == day]
        moments = {clock.at_local(day, _LATE.hour)} if late else {clock.at_local(day, 8)}
        if not late:
            moments |= set(ahead)
        for moment in sorted(moments):
            self._now = moment
            self.look()

    def _look_ahead(self) -> None:
        """The moments of the coming week at which a worker has something to do, as things stand."""
        week = timedelta(days=8)
        with self.database.reader() as session:
            found = facts(session, self._now, ahead=week)
        self._ahead = {one.at for one in planned(found, self._now, self._now + week)}

    def look(self) -> int:
        """What is due becomes mails, and they leave in the same minute."""
        with self.app.app_context(), self.database.transaction() as session:
            count = reminding.remind(session, letters.writers(session), now=self._now)
            session.execute(update(OutboxMessage).values(status=MessageStatus.SHOWN))
            return count

    def rows(self) -> list[str]:
        """When, what, to whom, about which area or thing and day, and what became of it; no random ids."""
        with self.database.reader() as session:
            units = {one.id: one for one in organisation.units(session, archived=True)}
            codes = {row.id: row.code or "egen" for row in session.exec(select(ReminderRule))}
            things = {f"format:{one.id}": one.title for one in formats(session)}
            for node in of_kind(strategy_map(session, LAST).perspectives, NodeKind.INITIATIVE):
                things |= {f"indicator:{one.id}": one.name for one in node.indicators}
            found = [
                ";".join(
                    (
                        clock.local(row.decided_at).strftime("%Y-%m-%d %H:%M"),
                        codes[row.rule_id],
                        row.recipient,
                        units[row.unit_id].area_short_name
                        if row.unit_id
                        else things.get(row.occasion.rpartition(":")[0], ""),
                        row.for_on.isoformat(),
                        row.outcome,
                    )
                )
                for row in session.exec(select(ReminderSent))
            ]
        return sorted(found)


def events_of_2022(karen: Actor) -> dict[date, Callable[[Session], None]]:
    """A host who says yes, a week that moves, one that is called off, a login that is lent, and a post
    that waits over the night on which the clock changes."""
    return {
        date(2022, 8, 2): partial(_host, karen, "SAU", 35),
        date(2022, 8, 24): partial(_yes, "SAU", 35),
        date(2022, 9, 1): partial(_lend, karen),
        date(2022, 10, 5): partial(_host, karen, "SVO", 43),
        date(2022, 10, 6): partial(_yes, "SVO", 43),
        date(2022, 10, 10): partial(_move, karen, "SVO", 43, 44),
        date(2022, 10, 29): partial(_post, karen, "SVO", 44),
        date(2022, 10, 31): partial(_call_off, karen, "IKH", 46),
        date(2022, 11, 1): partial(_sees_login, "SVO", 44),
    }


def _slot(session: Session, area: str, number: int) -> SlotView:
    monday = Week(2022, number).monday
    return next(
        one
        for one in rotation.slots_between(session, monday, monday)
        if one.plan_name == _PLAN and organisation.unit_by_id(session, one.unit_id).area_short_name == area
    )


def _host(karen: Actor, area: str, number: int, session: Session) -> None:
    slot, now = _slot(session, area, number), clock.now()
    request = PlanTakeover(slot.id, slot.unit_id, slot.starts_on, slot.starts_on + timedelta(days=6))
    takeover_id = takeovers.plan_takeover(session, karen, request, now=now)
    today = clock.local(now).date()
    host_id = hosts.name_host(
        session, karen, takeover_id, NameHost("Anna Vært", f"{area.lower()}.{_ANNA}"), today=today, now=now
    )
    hosts.invite_host(
        session, karen, host_id, partial(takeover_letters.invitation, session), today=today, now=now
    )


def _yes(area: str, number: int, session: Session) -> None:
    today = clock.local(clock.now()).date()
    actor = _as_host(session, area, number)
    week.accept_rules(session, actor, {rule.key for rule in RULES}, today=today, now=clock.now())


def _as_host(session: Session, area: str, number: int) -> Actor:
    (takeover,) = takeover_queries.takeovers_of_slots(session, [_slot(session, area, number).id])
    host = takeover.hosts[0]
    units = frozenset({takeover.unit_id})
    return Actor("host", host.id, host.name, host.email, frozenset({Role.HOST}), units)


def _sees_login(area: str, number: int, session: Session) -> None:
    today = clock.local(clock.now()).date()
    logins.show_login(session, _as_host(session, area, number), today=today, now=clock.now())


def _post(karen: Actor, area: str, number: int, session: Session) -> None:
    """Sent for approval on the Friday before, at three in the afternoon: for the Wednesday."""
    (takeover,) = takeover_queries.takeovers_of_slots(session, [_slot(session, area, number).id])
    submitted = next(one for one in POSTS_LIVE if one.state == "submitted")
    wednesday = clock.at_local(takeover.starts_on + timedelta(days=2), 10)
    friday = clock.at_local(takeover.starts_on - timedelta(days=3), 15)
    make_post(session, karen, takeover, submitted, wednesday, friday)


def _lend(karen: Actor, session: Session) -> None:
    profile = organisation.profiles(session)[0]
    logins.lend_login(session, karen, profile.id, Login("socialomraadet", "hemmelig kode"), now=clock.now())


def _move(karen: Actor, area: str, number: int, to: int, session: Session) -> None:
    slot, wanted = _slot(session, area, number), Week(2022, to)
    plan = rotation_service.plan_move(session, karen, slot.id, wanted)
    moves.move_slot(session, karen, MoveRequest(slot.id, wanted, plan.stamp), now=clock.now())


def _call_off(karen: Actor, area: str, number: int, session: Session) -> None:
    rotation_service.remove_slot(session, karen, _slot(session, area, number).id, now=clock.now())


def karen_of(session: Session) -> Actor:
    found = accounts.find_user_by_email(session, "kommunikation@example.dk")
    assert found is not None
    return Actor("user", found.id, found.name, found.email, frozenset({Role.COMMUNICATIONS}))


def every_day() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
