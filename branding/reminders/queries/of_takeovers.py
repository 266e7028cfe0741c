"""What takeovers give people to be reminded of: hosts, guides, first and last posts, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.reminders.queries.span import Span
from branding.reminders.values.reminding import Occasion, Person
from branding.reminders.values.triggers import Audience, Trigger
from branding.rotation import queries as rotation
from branding.rotation.values import SlotStatus
from branding.takeovers import queries as takeovers
from branding.takeovers.queries.reminding import leaders_to_ask, lent_profiles, with_open_line
from branding.takeovers.values import HostView, TakeoverStatus, TakeoverView

_OF_TAKEOVERS = (
    Trigger.NO_HOST,
    Trigger.INVITED,
    Trigger.GUIDE,
    Trigger.CITIZENS_READY,
    Trigger.LOGIN_CHECK,
    Trigger.FIRST_POST,
    Trigger.NO_POST,
    Trigger.LAST_POST,
    Trigger.EVALUATION,
)
_DAY = timedelta(days=1)
Units = Mapping[int, UnitView]
_NOBODY: Mapping[Audience, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class OfTakeovers:
    """What was found, who their hosts and leaders are, and the takeovers with hosts."""

    occasions: list[Occasion]
    people: dict[str, Person]
    running: list[TakeoverView]


def takeover_occasions(session: Session, span: Span, units: Units) -> OfTakeovers:
    found = OfTakeovers([], {}, [])
    if span.asks(*_OF_TAKEOVERS, Trigger.COMMENTS):
        _of_takeovers(session, span, units, found)
    if span.asks(Trigger.LEADER_EARLY):
        _of_leaders(session, span, units, found)
    if span.asks(Trigger.PASSWORD):
        found.occasions.extend(_of_passwords(session))
    return found


def _of_takeovers(session: Session, span: Span, units: Units, found: OfTakeovers) -> None:
    first, last = span.around(*_OF_TAKEOVERS, Trigger.COMMENTS)
    every = takeovers.takeovers_between(session, first, last)
    ahead = [one for one in every if one.status != TakeoverStatus.CANCELLED]
    handles = {one.id: one.handle for one in organisation.profiles(session, archived=True)}
    open_ids = [one.id for one in ahead if one.ends_on >= span.today]
    citizens = with_open_line(session, "citizens-asked", open_ids)
    lent = lent_profiles(session) if span.asks(Trigger.LOGIN_CHECK) else set()
    thanked = {host.id or 0 for host, _ in takeovers.hosts_to_thank(session, span.until)}
    places = _places(every)
    for one in ahead:
        words = {"unit": units[one.unit_id].name, "handle": handles.get(one.profile_id, "")}
        found.people.update({f"host:{host.id}": _host(host) for host in one.hosts})
        make = _Maker(one, words, f"{places[one.id]}")
        found.occasions.extend(make.before(one.id in citizens, one.profile_id in lent))
        found.occasions.extend(make.afterwards(thanked, span.today))
        if any(host.accepted_at for host in one.hosts):
            found.running.append(one)
    if span.asks(Trigger.NO_HOST):
        found.occasions.extend(_empty_slots(session, span, units, handles, {one.slot_id for one in ahead}))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes what one takeover gives."""

    one: TakeoverView
    words: Mapping[str, str]
    place: str

    def make(
        self,
        trigger: Trigger,
        day: date,
        *,
        key: str = "",
        until: date | None = None,
        people: Mapping[Audience, tuple[str, ...]] = _NOBODY,
        ids: tuple[int, ...] = (),
    ) -> Occasion:
        one = self.one
        return Occasion(
            trigger,
            key or f"takeover:{one.id}",
            day,
            until=clock.at_local(until) if until else None,
            unit_id=one.unit_id,
            path=f"/takeovers/{one.id}",
            days=(one.starts_on, one.ends_on),
            people=people,
            words=self.words,
            ids=ids,
        )

    def before(self, citizens: bool, is_lent: bool) -> Iterator[Occasion]:
        one, start = self.one, self.one.starts_on
        if not one.hosts:
            yield self.make(Trigger.NO_HOST, start, key=f"slot:{one.slot_id}:{self.place}", until=start)
        for host in one.hosts:
            people: dict[Audience, tuple[str, ...]] = {Audience.HOST: (f"host:{host.id}",)}
            if host.invited_at and not host.accepted_at:
                asked_on = clock.local(host.invited_at).date()
                key = f"host:{host.id}:{asked_on:%Y%m%d}"
                yield self.make(Trigger.INVITED, asked_on, key=key, until=start, people=people)
            if host.invited_at and not host.briefed_at:
                yield self.make(Trigger.GUIDE, start, key=f"host:{host.id}", until=start, people=people)
        if citizens:
            yield self.make(Trigger.CITIZENS_READY, start, until=start, people={Audience.HOST: _refs(one)})
        if is_lent and _refs(one):
            yield self.make(Trigger.LOGIN_CHECK, start, until=start)

    def afterwards(self, thanked: set[int], today: date) -> Iterator[Occasion]:
        """Hosts who were not thanked yet, and those whose days are still to come."""
        one = self.one
        for host in one.hosts:
            if host.accepted_at and (host.id in thanked or one.ends_on >= today):
                yield self.make(
                    Trigger.EVALUATION,
                    one.ends_on,
                    key=f"host:{host.id}",
                    until=one.ends_on + 14 * _DAY,
                    people={Audience.HOST: (f"host:{host.id}",)},
                    ids=(host.id,),
                )


def days_of(
    one: TakeoverView, with_post: set[tuple[int, date]], span: Span, words: Mapping[str, str]
) -> Iterator[Occasion]:
    """First and last post, and the days without one, as long as there is none."""
    make, people = _Maker(one, words, ""), {Audience.HOST: _refs(one)}
    if (one.id, one.starts_on) not in with_post:
        yield make.make(Trigger.FIRST_POST, one.starts_on, until=one.starts_on + _DAY, people=people)
    if (one.id, one.ends_on) not in with_post:
        yield make.make(Trigger.LAST_POST, one.ends_on, until=one.ends_on + _DAY, people=people)
    day = max(one.starts_on, span.today - _DAY)
    while day <= min(one.ends_on, span.until):
        if (one.id, day) not in with_post:
            key = f"takeover:{one.id}:{day:%Y%m%d}"
            yield make.make(Trigger.NO_POST, day, key=key, until=day + _DAY, people=people)
        day += _DAY


def _refs(one: TakeoverView) -> tuple[str, ...]:
    """The hosts who said yes."""
    return tuple(f"host:{host.id}" for host in one.hosts if host.accepted_at)


def _host(host: HostView) -> Person:
    return Person(f"host:{host.id}", host.name, host.email, phone=host.phone, is_reachable=host.has_link)


def _places(every: list[TakeoverView]) -> dict[int, int]:
    """Each takeover's number in its slot: the slot that had none before is the first one's."""
    counted: dict[int, int] = {}
    found: dict[int, int] = {}
    for one in every:
        if one.status != TakeoverStatus.CANCELLED:
            found[one.id] = counted.get(one.slot_id, 0)
            counted[one.slot_id] = found[one.id] + 1
    return found


def _empty_slots(
    session: Session, span: Span, units: Units, handles: Mapping[int, str], with_takeover: set[int]
) -> Iterator[Occasion]:
    """Weeks that are fixed and where nobody has planned a takeover."""
    first, last = span.around(Trigger.NO_HOST)
    for slot in rotation.slots_between(session, first, last):
        if slot.id not in with_takeover and slot.status == SlotStatus.CONFIRMED:
            yield Occasion(
                Trigger.NO_HOST,
                f"slot:{slot.id}:0",
                slot.starts_on,
                until=clock.at_local(slot.starts_on),
                unit_id=slot.unit_id,
                path=f"/slots/{slot.id}",
                days=(slot.starts_on, slot.ends_on),
                words={"unit": units[slot.unit_id].name, "handle": handles.get(slot.profile_id, "")},
            )


def _of_leaders(session: Session, span: Span, units: Units, found: OfTakeovers) -> None:
    first, last = (
        max(span.around(Trigger.LEADER_EARLY)[0], span.today + _DAY),
        span.around(Trigger.LEADER_EARLY)[1],
    )
    for one in leaders_to_ask(session, first, last):
        ref, unit = f"leader:{one.unit.id}", one.unit
        found.people[ref] = Person(ref, unit.leader_name, unit.leader_email)
        found.occasions.append(
            Occasion(
                Trigger.LEADER_EARLY,
                f"slot:{one.slot.id}:unit:{unit.id}",
                one.starts_on,
                until=clock.at_local(one.starts_on),
                unit_id=unit.id,
                path=f"/slots/{one.slot.id}",
                people={Audience.LEADER: (ref,)},
                days=(one.starts_on, one.ends_on),
                words={"unit": unit.name},
                ids=(one.slot.id, unit.id),
            )
        )


def _of_passwords(session: Session) -> Iterator[Occasion]:
    handles = {one.id: one.handle for one in organisation.profiles(session, archived=True)}
    for login in takeovers.logins_to_change(session):
        if login.change_due_since is not None:
            day = clock.local(login.change_due_since).date()
            yield Occasion(
                Trigger.PASSWORD,
                f"login:{login.profile_id}:{day:%Y%m%d}",
                day,
                path=f"/profiles/{login.profile_id}/login",
                words={"handle": handles.get(login.profile_id, "")},
            )
