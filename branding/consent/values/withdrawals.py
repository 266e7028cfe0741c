"""Taking a consent back: what a person sees by the own link, and what is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from branding.consent.values.records import Channel, EvidenceKind, MediaKind, Via


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a consent is in use."""

    label: str
    url: str
    channel: Channel
    since: datetime


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """What a person sees by the own link: the first name at most."""

    id: str
    subject_id: str
    unit_id: int
    first_name: str
    about: str
    evidence: EvidenceKind
    said_at: datetime
    last_day: date
    channels: tuple[Channel, ...]
    media: frozenset[MediaKind]
    may_name: bool
    may_voice: bool
    #: Taken back for these channels; all of them: it is over.
    withdrawn: frozenset[Channel]
    withdrawn_at: datetime | None
    is_confirmed: bool
    #: A refusal, expired, replaced by a newer answer, or found wrong: nothing left to take back.
    is_over: bool
    shown: tuple[Shown, ...] = ()

    @property
    def left(self) -> tuple[Channel, ...]:
        return tuple(one for one in self.channels if one not in self.withdrawn)


@dataclass(frozen=True, slots=True)
class OpenedCard:
    """What a secret link or card opens."""

    consent: OwnConsent
    is_card: bool


@dataclass(frozen=True, slots=True)
class NewWithdrawal:
    """What somebody was told: without ``consent_id`` everything, without ``channels`` everywhere."""

    subject_id: str
    received_at: datetime
    consent_id: str | None = None
    channels: frozenset[Channel] | None = None
    via: Via = Via.EMPLOYEE


@dataclass(frozen=True, slots=True)
class Told:
    """What the mail to a coordinator is written from: no names, no reason."""

    withdrawal_id: str
    subject_id: str
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Message:
    """Somebody's own words from the open page, and who may be meant (label by id)."""

    id: str
    text: str
    unit_id: int | None
    received_at: datetime
    #: People whose label is in the text; empty: anybody of the unit.
    matches: Mapping[str, str]
