"""Who may be named in a post: the host, those who were asked for the takeover, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from branding.consent.queries.subjects import labels_of
from branding.consent.service.hosts_own import host_subject
from branding.consent.values.requests import AskedPerson
from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.takeovers import queries as takeovers
from branding.takeovers.service.colleagues import Seen, people_of

NOBODY = Seen((), (), ())


@dataclass(frozen=True, slots=True)
class Nameable:
    """Whom the people step offers, by label; ``me`` is the host's own id, empty for staff."""

    me: str
    seen: Seen

    @property
    def ids(self) -> frozenset[str]:
        asked = (*self.seen.colleagues, *self.seen.citizens, *self.seen.others)
        return frozenset({one.subject_id for one in asked} | ({self.me} if self.me else set()))

    def find(self, subject_id: str) -> AskedPerson | None:
        asked = (*self.seen.colleagues, *self.seen.citizens, *self.seen.others)
        return next((one for one in asked if one.subject_id == subject_id), None)


def nameable(session: Session, actor: Actor, takeover_id: int | None, *, now: datetime) -> Nameable:
    """Everybody who can be put into a picture with one tap.  An idea has nobody: it is tied to no week."""
    if takeover_id is None:
        return Nameable("", NOBODY)
    host_id = actor.id or 0 if actor.kind == "host" else 0
    seen = people_of(session, takeovers.takeover_by_id(session, takeover_id), host_id, now)
    me = host_subject(session, host_id) if host_id else None
    return Nameable(me or "", seen)


def check_nameable(
    session: Session, actor: Actor, takeover_id: int | None, subject_id: str, *, now: datetime
) -> None:
    """Refuse anybody else of the register, as if there were nobody."""
    if subject_id not in nameable(session, actor, takeover_id, now=now).ids:
        raise Missing("subject", subject_id)


def names_of(session: Session, subject_ids: set[str]) -> Mapping[str, str]:
    """What people are called who are in the pictures already."""
    return labels_of(session, subject_ids) if subject_ids else {}
