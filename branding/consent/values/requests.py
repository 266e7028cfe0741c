"""Asking for consent: what is offered, who must answer, and an answer that is on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from branding.consent.values.answers import Asked
from branding.consent.values.people import Kind, Mandate
from branding.consent.values.records import (
    Audience,
    Channel,
    EvidenceKind,
    Format,
    MediaKind,
    Outcome,
    Purpose,
    SignerRole,
    Target,
)
from branding.core.text import Text

#: Every line that can be asked, in the order in which it is: what the forms' ``choices`` are called.
CHOICES = (
    *(kind.value for kind in MediaKind),
    *(channel.value for channel in Channel if channel is not Channel.PARTNER),
    "paid",
    "name",
    "voice",
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a person is asked for; each line is answered with yes or no."""

    channels: frozenset[Channel] = frozenset({Channel.INSTAGRAM})
    media: frozenset[MediaKind] = frozenset({MediaKind.PHOTO})
    formats: frozenset[Format] = frozenset(Format)
    purposes: frozenset[Purpose] = frozenset({Purpose.RECRUITING})
    name: bool = False
    voice: bool = False
    paid: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        wanted: set[str] = {*self.media, *self.channels}
        wanted |= {key for key in ("name", "voice", "paid") if getattr(self, key)}
        return tuple(key for key in CHOICES if key in wanted)

    def to_json(self) -> dict[str, Any]:
        lists = {key: sorted(getattr(self, key)) for key in ("channels", "media", "formats", "purposes")}
        return {**lists, "name": self.name, "voice": self.voice, "paid": self.paid}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Offered:
        return cls(
            frozenset(Channel(one) for one in raw["channels"]),
            frozenset(MediaKind(one) for one in raw["media"]),
            frozenset(Format(one) for one in raw.get("formats", list(Format))),
            frozenset(Purpose(one) for one in raw.get("purposes", [Purpose.RECRUITING])),
            bool(raw.get("name")),
            bool(raw.get("voice")),
            bool(raw.get("paid")),
        )


@dataclass(frozen=True, slots=True)
class About:
    """What a consent is for, as the room that knows it calls it."""

    target: Target
    ref: str
    label: str


@dataclass(frozen=True, slots=True)
class NewRequest:
    """Ask one person.  Without ``lasts_until`` as long as the rules allow."""

    subject_id: str
    about: About
    offered: Offered = field(default_factory=Offered)
    lasts_until: date | None = None
    place: str = ""
    has_power: bool = False
    power_reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one signer does; ``key`` names it in addresses and in half answers."""

    key: str
    role: SignerRole
    #: The text that this signer reads; empty for a witness, who only declares.
    audience: Audience | None
    representation_id: str | None = None
    mandate: Mandate | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One signer's part as it was signed."""

    part: str
    #: The lines of the form, and whether the answer was yes.
    choices: Mapping[str, bool]
    method: EvidenceKind
    name: str = ""
    #: The drawn line, as we drew it from what the screen sent.
    svg: str = ""
    #: The person cannot write: a mark, a pointed finger, a word; a witness signs too.
    by_mark: bool = False
    #: For links that were opened elsewhere: what is noted about the device.
    user_agent: str = ""
    address: str = ""


class Life(StrEnum):
    """Whether a request can be answered."""

    OPEN = "open"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    #: This link was taken back, or this signer's part is done.
    CLOSED = "closed"
    #: The text was retired since: it must be asked anew.
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as pages show it."""

    id: str
    subject_id: str
    label: str
    unit_id: int
    form_id: str
    about: About
    offered: Offered
    lasts_until: date
    asked: Asked
    code: str
    expires_at: datetime
    outcome: Outcome
    ended_at: datetime | None
    parts: tuple[Part, ...]
    #: Keys of the parts that are signed.
    done: frozenset[str]
    consent_id: str | None = None

    @property
    def waiting(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.key not in self.done)


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a secret link opens."""

    request: RequestView
    life: Life
    #: Which signer's link; empty: everybody's, one after the other.
    part: str
    is_in_person: bool

    @property
    def now(self) -> Part | None:
        """Whose turn it is."""
        mine = [one for one in self.request.waiting if self.part in ("", one.key)]
        return mine[0] if mine else None


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of signing: a consent or refusal, or parts that still wait."""

    consent_id: str | None
    is_refusal: bool = False
    waiting: tuple[Part, ...] = ()
    #: The first moment at which a picture may be used.
    earliest: datetime | None = None
    #: A second person looks at the signature before that.
    waits_for_check: bool = False


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """A paper form that came back: what was ticked by whom, and the pages."""

    signed_on: date
    is_refusal: bool
    given: tuple[Given, ...]
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class NewShoot:
    """An afternoon of pictures."""

    unit_id: int
    title: str
    held_on: date
    offered: Offered
    place: str = ""
    lasts_until: date | None = None
    reference: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ShootView:
    id: str
    unit_id: int
    title: str
    place: str
    held_on: date
    reference: str
    offered: Offered
    lasts_until: date
    open_until: datetime | None
    closed_at: datetime | None
    made_at: datetime
    has_code: bool

    @property
    def about(self) -> About:
        return About(Target.SHOOT, self.id, self.title)


@dataclass(frozen=True, slots=True)
class Kept:
    """A part that is signed, as it waits for the others; times by our own clock."""

    given: Given
    signed_at: datetime
    form_id: str

    def to_json(self) -> dict[str, Any]:
        given = {
            key: getattr(self.given, key)
            for key in ("part", "method", "name", "svg", "by_mark", "user_agent", "address")
        }
        given["choices"] = dict(self.given.choices)
        return {"given": given, "signed_at": self.signed_at.isoformat(), "form_id": self.form_id}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Kept:
        given = {**raw["given"], "method": EvidenceKind(raw["given"]["method"])}
        return cls(Given(**given), datetime.fromisoformat(raw["signed_at"]), raw["form_id"])


class AskedState(StrEnum):
    """How far asking one person about one thing has come."""

    WAITING = "waiting"
    #: A yes that another person has not checked yet.
    TO_VERIFY = "to_verify"
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    #: Asked, and never answered.
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Somebody who was asked about one thing: by label, and no more."""

    subject_id: str
    label: str
    unit_id: int
    kind: Kind
    state: AskedState
    #: When the answer was given, or the question asked.
    at: datetime
    request_id: str | None = None
    consent_id: str | None = None
    #: The gate's own answer for this, and what stands in the way first; a yes alone does not show it.
    is_allowed: bool = False
    why_not: Text | None = None
