"""What is known about people who sign in, as values that cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from branding.core.actor import Role
from branding.core.text import Text, say


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    INVITATION = "invitation"


class Method(StrEnum):
    """How a sign-in was opened."""

    PASSWORD = "password"  # noqa: S105 - the name of a way in, not a secret
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role; a coordinator's has the specialområde that it is for."""

    role: Role
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a sign-in that is still open; ``area_ids`` are a coordinator's specialområder."""

    user_id: int
    name: str
    email: str
    roles: frozenset[Role]
    area_ids: frozenset[int]
    sign_in_id: int
    method: Method
    made_at: datetime
    #: The language that the person reads.
    language: str


class Waits(StrEnum):
    """What a sign-in still lacks."""

    CODE = "code"
    SET_UP = "set_up"


@dataclass(frozen=True, slots=True)
class HalfSignedIn:
    """The first step is taken and the second is not."""

    user_id: int
    name: str
    email: str
    sign_in_id: int
    waits: Waits


@dataclass(frozen=True, slots=True)
class SecondStepView:
    """Where a person stands with the second step."""

    made_at: datetime | None
    codes_left: int
    #: Whether one of the person's roles asks for it.
    is_required: bool


@dataclass(frozen=True, slots=True)
class NewSecondStep:
    """What an app needs: ``sealed`` comes back with the form, ``qr`` and ``secret`` are for the eye."""

    sealed: str
    secret: str
    qr: str


@dataclass(frozen=True, slots=True)
class RoleRequirement:
    """A role that may be required to take the second step, and how many of its people have one."""

    role: Role
    is_required: bool
    people: int
    ready: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as pages and mails show it."""

    id: int
    name: str
    email: str
    language: str
    has_password: bool
    joined_at: datetime | None
    deactivated_at: datetime | None
    version: int
    grants: frozenset[Grant] = frozenset()
    has_second_step: bool = False

    @property
    def is_invited(self) -> bool:
        """Has been asked in and has not come yet."""
        return self.joined_at is None and self.deactivated_at is None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def area_ids(self) -> frozenset[int]:
        return frozenset(grant.unit_id for grant in self.grants if grant.unit_id is not None)


@dataclass(frozen=True, slots=True)
class SignInView:
    """One open sign-in of a person."""

    id: int
    device: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link that still works, before anybody has pressed its button."""

    purpose: LinkPurpose
    user_id: int
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """A person as an admin writes it down."""

    name: str
    email: str
    grants: frozenset[Grant]


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """What people change about themselves."""

    name: str
    language: str
    version: int


#: What each role is called, and what it is for.
ROLE_NAMES: Mapping[Role, Text] = {
    Role.COMMUNICATIONS: say("Communications"),
    Role.COORDINATOR: say("Coordinator"),
    Role.READER: say("Reader"),
    Role.DPO: say("Data protection officer"),
    Role.ADMIN: say("Administrator"),
}
ROLE_MEANINGS: Mapping[Role, Text] = {
    Role.COMMUNICATIONS: say("makes plans, moves weeks and invites hosts"),
    Role.COORDINATOR: say("finds hosts in an area of their own"),
    Role.READER: say("sees plans and takeovers"),
    Role.DPO: say("sees plans and takeovers and reads the audit log"),
    Role.ADMIN: say("lets people in, and looks after the organisation, mails and the audit log"),
}

#: What the page of permissions calls the rooms of the policy table.
ROOM_NAMES: Mapping[str, Text] = {
    "accounts": say("People and sign-in"),
    "audit": say("Audit log"),
    "outbox": say("Mails"),
    "organisation": say("Organisation"),
    "calendar": say("Calendar"),
    "consent": say("Consent"),
    "media": say("Pictures and films"),
    "rotation": say("Plans"),
    "takeovers": say("Takeovers"),
    "drafts": say("Posts"),
    "publishing": say("What goes out"),
    "plan": say("Content plan"),
    "indicators": say("Goals and key figures"),
    "reminders": say("Reminders"),
    "reports": say("Reports"),
    "home": say("Search"),
}
