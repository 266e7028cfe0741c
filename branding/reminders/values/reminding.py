"""Rules as people wrote them, what is the case, and what follows: the words of ``due_reminders``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from branding.core.actor import Role
from branding.outbox.values import Via
from branding.reminders.values.choosing import Again, Mode
from branding.reminders.values.triggers import Audience, Counted, Trigger


@dataclass(frozen=True, slots=True)
class RuleRequest:
    """What people decide about a rule: when, to whom, how and in which words."""

    trigger: Trigger
    offset: int
    counted: Counted
    #: On a wall clock; a rule that counts hours does not use it.
    at: time
    audiences: tuple[Audience, ...]
    channels: tuple[Via, ...]
    subject: str
    text: str
    #: Also on weekends and holidays; never at night.
    is_urgent: bool = False
    #: Where the day is no working day: the working day before it, not the one after.
    is_before: bool = False
    #: So many hours later it helps nobody any more.
    stale_hours: int = 24
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands; ``code`` is Stafet's own name for one that it came with."""

    id: int
    code: str
    asked: RuleRequest
    made_at: datetime
    version: int = 1
    #: Somebody has changed what Stafet suggests.
    is_changed: bool = False
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be told: ``user:3``, ``host:5``, ``leader:7`` (of that unit), or ``teams``."""

    ref: str
    name: str = ""
    email: str = ""
    language: str = "da"
    phone: str = ""
    roles: frozenset[Role] = frozenset()
    #: A coordinator's specialområder.
    areas: frozenset[int] = frozenset()
    #: A host without a link that opens, or somebody without an address, is told nothing.
    is_reachable: bool = True


TEAMS = Person("teams")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that is the case, and that somebody may have to be told of."""

    trigger: Trigger
    #: The same as long as it is the same thing: ``takeover:5``; holds a day only where it comes each day.
    key: str
    #: The day that rules count from, in Denmark.
    day: date
    #: The moment, where there is one: rules that count hours need it.
    at: datetime | None = None
    #: After this moment nobody needs to hear of it.
    until: datetime | None = None
    unit_id: int | None = None
    #: Where staff does something about it.
    path: str = ""
    #: Those whom the facts name: hosts, author, responsible, answerer.
    people: Mapping[Audience, tuple[str, ...]] = field(default_factory=dict)
    #: A takeover's days: its hosts are told on weekends too.
    days: tuple[date, date] | None = None
    #: What fills the placeholders, besides those that follow from the rest.
    words: Mapping[str, str] = field(default_factory=dict)
    #: What the room that writes the letter knows it by.
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """Who there is, and which area a unit lies in."""

    people: Mapping[str, Person]
    areas: Mapping[int, int]

    def with_role(self, role: Role) -> tuple[str, ...]:
        return tuple(ref for ref, one in self.people.items() if role in one.roles)

    def coordinators(self, unit_id: int | None) -> tuple[str, ...]:
        """Those of the unit's area; of no unit: all of them."""
        area = self.areas.get(unit_id) if unit_id is not None else None
        return tuple(
            ref
            for ref, one in self.people.items()
            if Role.COORDINATOR in one.roles and (unit_id is None or area in one.areas)
        )


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours at which nobody is told anything."""

    begins: int = 18
    ends: int = 7


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides what is sent, read at one moment."""

    rules: tuple[Rule, ...]
    occasions: Mapping[Trigger, tuple[Occasion, ...]]
    directory: Directory
    #: Holidays; weekends are known without.
    closed: frozenset[date] = frozenset()
    quiet: Quiet = Quiet()
    #: The days for which each base key has been told, dropped or left out.
    told: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    modes: Mapping[tuple[str, int], Mode] = field(default_factory=dict)
    #: Who said "not me" of what, and who takes it instead ("" for communications).
    passed: Mapping[tuple[Trigger, str, str], str] = field(default_factory=dict)
    again: tuple[Again, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that one person is told at one moment."""

    key: str
    base_key: str
    rule: Rule
    occasion: Occasion
    to: Person
    via: Via
    #: The day that the rule means, before weekends and holidays.
    for_on: date
    at: datetime
    #: Later than this it helps nobody any more.
    stale_at: datetime
    mode: Mode = Mode.MAIL
    #: It was put off, and comes back.
    is_again: bool = False
