"""Who is acting: a signed-in person, a host with a link, the system itself, or nobody yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    COMMUNICATIONS = "communications"
    COORDINATOR = "coordinator"
    DPO = "dpo"
    READER = "reader"
    HOST = "host"
    #: A named person without an account who may approve one post by a link.
    REVIEWER = "reviewer"


#: The roles that people are given; a host's role comes from the link.
STAFF_ROLES = (Role.COMMUNICATIONS, Role.COORDINATOR, Role.READER, Role.DPO, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Actor:
    """``units`` are the ids a coordinator answers for: a specialområde with its afdelinger."""

    kind: str
    id: int | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    units: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_anonymous(self) -> bool:
        return self.kind == "anonymous"

    def has(self, role: Role) -> bool:
        return role in self.roles


ANONYMOUS = Actor("anonymous")
SYSTEM = Actor("system", name="Stafet")
