"""Small facts about leaders who are asked and employees who volunteer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LeaderAnswer(StrEnum):
    """What a leader says about a host."""

    NONE = ""
    OK = "ok"
    NO = "no"


class LeaderState(StrEnum):
    """How far the leader is with a takeover's hosts; ``NOBODY``: no leader is registered."""

    OK = "ok"
    WAITING = "waiting"
    NO = "no"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class AskView:
    """A leader who was told of a slot; ``has_link`` says whether a link still opens the page."""

    id: int
    slot_id: int
    unit_id: int
    name: str
    email: str
    asked_at: datetime
    told_starts_on: date | None
    told_ends_on: date | None
    has_link: bool = False


@dataclass(frozen=True, slots=True)
class LeaderMail:
    """What a mail to a leader is written from; ``token`` is the secret of the link, if the mail has one."""

    ask: AskView
    #: The unit whose turn it is: the leader's own, or an afdeling of it.
    unit_id: int
    profile_id: int
    starts_on: date
    ends_on: date
    hosts: tuple[str, ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class RefusedHost:
    """A host to whom the leader said no: somebody must find another."""

    takeover_id: int
    name: str
    unit_id: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class Answer:
    """A leader's answer about one host, with a word to the coordinator."""

    host_id: int
    answer: LeaderAnswer
    note: str = ""


@dataclass(frozen=True, slots=True)
class VolunteerView:
    """An employee on a unit's list."""

    id: int
    unit_id: int
    name: str
    email: str
    profession_id: int | None
    wish: str
    made_at: datetime
    #: The takeover that the person was chosen for; empty when free.
    takeover_id: int | None = None
    #: The first day of that takeover.
    hosts_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignUp:
    """What an employee, or a leader for one, writes on the list."""

    name: str
    email: str
    profession_id: int | None = None
    wish: str = ""


@dataclass(frozen=True, slots=True)
class VolunteerLinkView:
    """An address by which employees of a unit can volunteer."""

    id: int
    unit_id: int
    made_at: datetime
