"""The example data of ``./run``: the two real rotations of 2022 and a living one around today.

Names, addresses and phone numbers are made up.  Everything is made through the
same services that people use, so that the demo cannot show what the product cannot do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from branding.accounts import queries as accounts_queries
from branding.accounts import service as accounts
from branding.core import clock, files
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.organisation.values import Channel, ContactRequest, ProfileRequest, UnitRequest, UnitView
from branding.rotation import queries as rotation
from branding.rotation import service as rotation_service
from branding.rotation.values import Block, NewSlot, PlanRequest
from branding.takeovers import letters
from branding.takeovers.guide import RULES
from branding.takeovers.service import hosts, takeovers, week
from branding.takeovers.values import NameHost, PlanTakeover

#: Only for the example data, which production refuses to serve.
PASSWORD = "stafet-eksempel"  # noqa: S105
#: The secret of the example host's link, so that ./run can print an address that opens on a phone.
HOST_TOKEN = "eksempel-paa-en-vaert"  # noqa: S105

#: How far the living rotation reaches (decisions.md 26).
WEEKS_BACK, WEEKS_AHEAD = 6, 20
#: When everything was made: before the first invitation of the earliest block, seen from its last Sunday.
_SET_UP = timedelta(days=70)
_INVITED_BEFORE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    role: Role
    what: str


PEOPLE = (
    Person(
        "Karen Eksempel",
        "kommunikation@example.dk",
        Role.COMMUNICATIONS,
        "Kommunikation: planlægger og inviterer",
    ),
    Person("Klaus Eksempel", "koordinator@example.dk", Role.COORDINATOR, "Koordinator i SOH: finder værter"),
    Person("Lis Eksempel", "leder@example.dk", Role.READER, "Leder: læser planer"),
    Person("Dorte Eksempel", "dpo@example.dk", Role.DPO, "Databeskyttelsesrådgiver: ser loggen"),
    Person("Adam Eksempel", "admin@example.dk", Role.ADMIN, "Administrator: inviterer kolleger, ser mails"),
)
_TOPICS = ("Hverdag på stedet", "Nattevagten", "Ny i faget", "Det tværfaglige team", "En dag i værkstedet")


def load_if_empty(database: Database) -> bool:
    """Load the example data into a database without an organisation; False when there is one."""
    with database.transaction() as session:
        if organisation.find_organisation(session) is not None:
            return False
        load(session, clock.now())
        return True


def load(session: Session, now: datetime) -> None:
    """Everything the demo shows.  Needs the application's context: invitations are written from templates."""
    start = now - _SET_UP
    organisation_service.set_up_organisation(session, "Socialområdet", is_demo=True, now=start)
    contact = ContactRequest("Socialområdet", "Karen Eksempel", "00 00 00 00", "kommunikation@example.dk", 1)
    organisation_service.set_contact(session, SYSTEM, contact, now=start)
    profile = ProfileRequest(Channel.INSTAGRAM, "socialomraadet.eksempel", "Socialområdet")
    profile_id = organisation_service.add_profile(session, SYSTEM, profile, now=start)
    rotation_service.seed_holiday_weeks(session, SYSTEM, now=start)
    _import_2022(session, start)
    karen = _add_people(session, start)
    _living_rotation(session, karen, profile_id, now)


def _import_2022(session: Session, now: datetime) -> None:
    """The two real tables; SOH is made first, because one of them lies under it."""
    soh = UnitRequest("Specialområde Hjerneskade", "SOH")
    organisation_service.add_unit(session, SYSTEM, soh, now=now)
    for name, plan, under in (
        ("takeover-specialomraader-2022.csv", "Alle specialområder 2022", None),
        ("takeover-soh-2022.csv", "Pilot i SOH 2022", "SOH"),
    ):
        data = (files.shipped("schedules") / "rotations" / name).read_bytes()
        rotation_service.import_rotation(
            session, SYSTEM, data, plan, 2022, under=under, create_units=True, now=now
        )


def _add_people(session: Session, now: datetime) -> Actor:
    """One for each role; returns the communications officer, who made everything that follows."""
    soh = organisation.find_unit(session, "SOH")
    assert soh is not None
    for person in PEOPLE:
        area_id = soh.id if person.role == Role.COORDINATOR else None
        accounts.add_user(
            session, person.name, person.email, {(person.role, area_id)}, password=PASSWORD, now=now
        )
    karen = accounts_queries.find_user_by_email(session, PEOPLE[0].email)
    assert karen is not None
    return Actor("user", karen.id, karen.name, karen.email, frozenset({Role.COMMUNICATIONS}))


def _living_rotation(session: Session, karen: Actor, profile_id: int, now: datetime) -> None:
    """Blocks around today, with takeovers in every state that matters."""
    this_week = Week.of(clock.local(now).date())
    for holiday in rotation.holiday_weeks_between(session, this_week.monday, this_week.sunday, ()):
        # Whatever today is, the demo has a takeover that is on.
        rotation_service.remove_holiday(session, karen, holiday.id, now=now - _SET_UP)
    request = PlanRequest(f"Takeovers {this_week.year}", profile_id)
    plan_id = rotation_service.create_plan(session, karen, request, now=now - _SET_UP)
    blocks = _blocks(session, this_week)
    areas = _areas(session, sum(block.first < this_week for block in blocks))
    slots = []
    for number, block in enumerate(blocks):
        new = NewSlot(plan_id, areas[number % len(areas)].id, block, topic=_TOPICS[number % len(_TOPICS)])
        slots.append((rotation_service.add_slot(session, karen, new, now=now - _SET_UP), block, new.unit_id))
    current = next(n for n, block in enumerate(blocks) if block.first == this_week)
    story = _Story(session, karen, now)
    story.closed(*slots[current - 1], "Anna Eksempel", "anna@example.dk")
    story.live(*slots[current], "Bo Eksempel", "bo@example.dk")
    story.invited(*slots[current + 1], "Clara Eksempel", "clara@example.dk")
    story.planned(*slots[current + 2])
    story.tell()


def _blocks(session: Session, this_week: Week) -> list[Block]:
    """Two weeks each, one where a holiday or this Monday cuts; nobody's turn crosses into this week."""
    first, end = this_week + -WEEKS_BACK, this_week + (WEEKS_AHEAD + 1)
    closed = {h.week for h in rotation.holiday_weeks_between(session, first.monday, end.sunday, ())}
    blocks, at = [], first
    while at < end:
        if at in closed:
            at += 1
            continue
        following = at + 1
        is_pair = following not in closed and following != this_week and following < end
        blocks.append(Block(at, 2 if is_pair else 1))
        at = blocks[-1].last + 1
    return blocks


def _areas(session: Session, before: int) -> list[UnitView]:
    """The specialområder in turn; SOH, whose coordinator is in the demo, comes right after this week."""
    found = [unit for unit in organisation.units(session) if unit.id == unit.area_id]
    soh = next(n for n, unit in enumerate(found) if unit.short_name == "SOH")
    shift = (soh - (before + 1)) % len(found)
    return found[shift:] + found[:shift]


class _Story:
    """What happened with each takeover, told in the order of time so that the log reads like one."""

    def __init__(self, session: Session, karen: Actor, now: datetime) -> None:
        self.session, self.karen, self.now = session, karen, now
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []

    def tell(self) -> None:
        for at, _, event in sorted(self._events, key=lambda entry: entry[:2]):
            event(at)
        self._advance(self.now)

    def _advance(self, at: datetime) -> None:
        takeovers.advance(self.session, today=clock.local(at).date(), now=at)

    def closed(self, slot_id: int, block: Block, unit_id: int, name: str, email: str) -> None:
        self._hosted(slot_id, block, unit_id, name, email)
        end = clock.at_local((block.first + 1).monday, 0, 5)
        self._at(end, self._advance)

    def live(self, slot_id: int, block: Block, unit_id: int, name: str, email: str) -> None:
        self._hosted(slot_id, block, unit_id, name, email, token=HOST_TOKEN)

    def invited(self, slot_id: int, block: Block, unit_id: int, name: str, email: str) -> None:
        self._plan(
            slot_id, block, unit_id, self.now - timedelta(days=4), partial(self._invite, name, email, "")
        )

    def planned(self, slot_id: int, block: Block, unit_id: int) -> None:
        self._plan(slot_id, block, unit_id, self.now - timedelta(days=2), lambda takeover_id, at: 0)

    def _hosted(
        self, slot_id: int, block: Block, unit_id: int, name: str, email: str, *, token: str = ""
    ) -> None:
        """Invited and ready in good time before the first day, however long ago that is."""

        def follow(takeover_id: int, at: datetime) -> int:
            host_id = self._invite(name, email, token, takeover_id, at)
            host = Actor("host", host_id, name, email, frozenset({Role.HOST}), frozenset({unit_id}))
            self._as_host(host, at)
            return host_id

        self._plan(slot_id, block, unit_id, clock.at_local(block.first.monday, 10) - _INVITED_BEFORE, follow)
        start = clock.at_local(block.first.monday, 0, 5)
        self._at(start, self._advance)

    def _plan(
        self, slot_id: int, block: Block, unit_id: int, at: datetime, follow: Callable[[int, datetime], int]
    ) -> None:
        request = PlanTakeover(slot_id, unit_id, block.first.monday, block.first.sunday)

        def event(moment: datetime) -> None:
            follow(takeovers.plan_takeover(self.session, self.karen, request, now=moment), moment)

        self._at(at, event)

    def _invite(self, name: str, email: str, token: str, takeover_id: int, at: datetime) -> int:
        day = clock.local(at).date()
        host_id = hosts.name_host(
            self.session, self.karen, takeover_id, NameHost(name, email), today=day, now=at
        )
        write = partial(letters.invitation, self.session)
        hosts.invite_host(self.session, self.karen, host_id, write, today=day, now=at)
        if token:
            hosts.add_link(self.session, host_id, token, now=at)
        return host_id

    def _as_host(self, host: Actor, at: datetime) -> None:
        day = clock.local(at).date()
        week.accept_rules(self.session, host, {rule.key for rule in RULES}, today=day, now=at)
        week.say_ready(self.session, host, today=day, now=at)

    def _at(self, at: datetime, event: Callable[[datetime], None]) -> None:
        self._events.append((min(at, self.now), len(self._events), event))
