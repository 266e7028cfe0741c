"""A colleague's spoken answer, as somebody writes it down."""

from __future__ import annotations

from dataclasses import dataclass

from branding.consent.values.requests import About
from branding.core.text import say

#: What a host reads above the button that accepts the rules: these words, in Danish as all forms are.
HOST_LINE = (
    "Med dit ja siger du også ja til selv at blive vist på Instagram i dit takeover. "
    "Det kan du altid fortryde."
)
NOT_TOLD = say("Say that it goes on Instagram, and ask again. Then tick the box.")
NOT_CLEAR = say("Only a clear yes counts. Silence is not a yes.")
NO_CHOICE = say("Choose yes or no.")


@dataclass(frozen=True, slots=True)
class NewOral:
    """Who was asked about what, and what was said; without ``subject_id`` a new colleague.

    ``may_name`` and ``may_voice`` are empty while nobody has answered them.
    """

    about: About
    unit_id: int
    subject_id: str | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    said_instagram: bool = False
    said_yes: bool = False
    may_name: bool | None = None
    may_voice: bool | None = None
    place: str = ""
    has_power: bool = False
    power_reason: str = ""


@dataclass(frozen=True, slots=True)
class OralDone:
    """What came of it; the secret is shown once and kept nowhere."""

    consent_id: str
    subject_id: str
    name: str
    token: str
    #: The receipt went by mail.
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the mail to the colleague is written from: the first name at most."""

    email: str
    first_name: str
    about: str
    token: str


@dataclass(frozen=True, slots=True)
class HostSelf:
    """A host who says yes to being seen, by accepting the rules."""

    host_id: int
    name: str
    email: str
    unit_id: int
    about: About
