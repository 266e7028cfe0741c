"""What tests of takeovers begin with: an area, a profile, a plan and a slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import update
from sqlmodel import Session, col, select

from branding.audit.models import AuditEntry
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.isoweek import Week
from branding.organisation import queries as organisation_queries
from branding.organisation import service as organisation
from branding.organisation.values import Channel, ProfileRequest, UnitRequest
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail, MessageStatus
from branding.rotation import service as rotation
from branding.rotation.values import Block, NewSlot, PlanRequest
from branding.takeovers import queries
from branding.takeovers.guide import RULES
from branding.takeovers.service import hosts, takeovers, telling_leaders, week
from branding.takeovers.values import (
    HostView,
    Invitation,
    LeaderMail,
    NameHost,
    PlanTakeover,
    TakeoverStatus,
    TakeoverView,
)
from tests.support.snapshot import once

COMMUNICATIONS = Actor("user", 1, "Karen", "karen@example.dk", frozenset({Role.COMMUNICATIONS}))


@dataclass(frozen=True)
class World:
    area: int
    department: int
    other_area: int
    profile: int
    plan: int
    slot: int


def world(session: Session, now: datetime, *, first: str = "2026-W45", weeks: int = 2) -> World:
    """A two-week slot of SOH in weeks 45-46 of 2026, with a department and another area beside it."""
    return once(session, ("takeovers", now, first, weeks), lambda: _world(session, now, first, weeks))


def _world(session: Session, now: datetime, first: str, weeks: int) -> World:
    organisation.set_up_organisation(session, "Prøveområdet", now=now)
    area = organisation.add_unit(session, SYSTEM, UnitRequest("Specialområde Hjerneskade", "SOH"), now=now)
    department = organisation.add_unit(session, SYSTEM, UnitRequest("Høskoven AC", "", area), now=now)
    other = organisation.add_unit(session, SYSTEM, UnitRequest("Specialområde Voksne", "SVO"), now=now)
    profile = organisation.add_profile(
        session, SYSTEM, ProfileRequest(Channel.INSTAGRAM, "proeve", "Prøve"), now=now
    )
    plan = rotation.create_plan(session, SYSTEM, PlanRequest("Takeover 2026", profile), now=now)
    slot = rotation.add_slot(session, SYSTEM, NewSlot(plan, area, Block(Week.parse(first), weeks)), now=now)
    return World(area, department, other, profile, plan, slot)


def takeover(
    session: Session, world: World, now: datetime, *, starts_on: date = date(2026, 11, 2), days: int = 7
) -> int:
    """A planned takeover from Monday to Sunday of the slot's first week."""
    last = date.fromordinal(starts_on.toordinal() + days - 1)
    request = PlanTakeover(world.slot, world.area, starts_on, last)
    return takeovers.plan_takeover(session, COMMUNICATIONS, request, now=now)


class Letters:
    """Writes mails without templates and remembers the secrets in them."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def invitation(self, request: Invitation) -> Mail:
        self.tokens.append(request.token)
        return Mail(request.host.email, "Invitation", request.token)

    def moved(self, host: HostView, takeover: TakeoverView) -> Mail:
        return Mail(host.email, "Flyttet", f"{takeover.starts_on}/{takeover.ends_on}")

    def called_off(self, host: HostView, takeover: TakeoverView) -> Mail:
        return Mail(host.email, "Aflyst", "")


def invited(
    session: Session, takeover_id: int, now: datetime, *, email: str = "anna@example.dk"
) -> tuple[int, str]:
    """A host with an invitation; returns the host's id and the link's secret."""
    letters, today = Letters(), now.date()
    host_id = hosts.name_host(
        session, COMMUNICATIONS, takeover_id, NameHost("Anna Prøve", email), today=today, now=now
    )
    hosts.invite_host(session, COMMUNICATIONS, host_id, letters.invitation, today=today, now=now)
    return host_id, letters.tokens[-1]


def delivered(session: Session) -> None:
    """The mail server took every mail that was due."""
    session.flush()
    session.execute(update(OutboxMessage).values(status=MessageStatus.SENT))


def as_host(host_id: int, unit_id: int = 0) -> Actor:
    return Actor(
        "host", host_id, "Anna Prøve", "anna@example.dk", frozenset({Role.HOST}), frozenset({unit_id})
    )


def accepted(session: Session, host_id: int, now: datetime) -> None:
    keys = {rule.key for rule in RULES}
    week.accept_rules(session, as_host(host_id), keys, today=now.date(), now=now)


def with_leaders(session: Session, world: World, now: datetime) -> None:
    """The area has a leader; its department has none of its own yet."""
    area = organisation_queries.unit_by_id(session, world.area)
    request = UnitRequest(area.name, area.short_name, None, None, ("Lone Prøve", "lone@example.dk"))
    organisation.change_unit(session, SYSTEM, world.area, request, area.version, now=now)


def department_leader(session: Session, world: World, now: datetime) -> None:
    unit = organisation_queries.unit_by_id(session, world.department)
    request = UnitRequest(unit.name, "", world.area, None, ("Dan Prøve", "dan@example.dk"))
    organisation.change_unit(session, SYSTEM, world.department, request, unit.version, now=now)


class LeaderLetters:
    """Writes mails to leaders without templates and remembers the secrets in them."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def wording(self) -> telling_leaders.LeaderLetters:
        return telling_leaders.LeaderLetters(
            partial(self.write, "named"), partial(self.write, "moved"), partial(self.write, "off")
        )

    def asked(self, request: LeaderMail) -> Mail:
        return self.write("asked", request)

    def write(self, subject: str, request: LeaderMail) -> Mail:
        if request.token:
            self.tokens.append(request.token)
        days = f"{request.starts_on}/{request.ends_on}"
        return Mail(request.ask.email, subject, f"{days} {', '.join(request.hosts)}")


def mails(session: Session) -> list[tuple[str, str]]:
    """Who got what, in order; cancelled ones are left out."""
    session.flush()
    session.expire_all()
    found = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
    return [(m.to_address, m.subject) for m in found if m.status != MessageStatus.CANCELLED]


def tags(session: Session) -> list[str]:
    """What the log says happened, in order."""
    return [entry.tag for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))]


def held(session: Session, world: World, now: datetime, *, today: date = date(2026, 11, 9)) -> int:
    """A takeover of weeks 45 whose host said yes, closed; returns the host's id."""
    takeover_id = takeover(session, world, now)
    host_id, _ = invited(session, takeover_id, now)
    accepted(session, host_id, now)
    takeovers.advance(session, today=date(2026, 11, 2), now=now)
    takeovers.advance(session, today=today, now=now)
    return host_id


def status(session: Session, takeover_id: int) -> TakeoverStatus:
    return queries.takeover_view(session, takeover_id).status
