"""Who may be seen in a takeover: the host by the rules, colleagues by word of mouth, citizens in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from branding.consent.service import hosts_own, oral
from branding.consent.service.standings import asked_about
from branding.consent.service.withdrawing import Tell, withdraw_own
from branding.consent.values.oral import HostSelf
from branding.consent.values.people import Kind
from branding.consent.values.records import Target, Via
from branding.consent.values.requests import About, AskedPerson, AskedState
from branding.core.actor import Actor
from branding.core.isoweek import Week
from branding.organisation import queries as organisation
from branding.takeovers.models import Host, Takeover
from branding.takeovers.values import TakeoverView

#: What a host sees of citizens: those whom the coordinator has asked, and whose yes stands or is awaited.
_MADE_READY = frozenset({AskedState.YES, AskedState.TO_VERIFY, AskedState.WAITING})


@dataclass(frozen=True, slots=True)
class Seen:
    """The people of a takeover as its host sees them: by label, and never the register."""

    colleagues: tuple[AskedPerson, ...]
    citizens: tuple[AskedPerson, ...]
    others: tuple[AskedPerson, ...]


def about_takeover(session: Session, takeover: TakeoverView | Takeover) -> About:
    """What a consent for this takeover is for, as people read it on forms and receipts (in Danish)."""
    week, unit = Week.of(takeover.starts_on), organisation.unit_by_id(session, takeover.unit_id)
    return About(Target.TAKEOVER, f"takeover:{takeover.id}", f"Takeover i uge {week.number}, {unit.name}")


def people_of(session: Session, takeover: TakeoverView | Takeover, host_id: int, now: datetime) -> Seen:
    """Everybody of the takeover but the host who looks."""
    me = hosts_own.host_subject(session, host_id)
    everybody = asked_about(session, Target.TAKEOVER, about_takeover(session, takeover).ref, now=now)
    asked = [one for one in everybody if one.subject_id != me]
    ready = [one for one in asked if one.kind is not Kind.COLLEAGUE and one.state in _MADE_READY]
    return Seen(
        tuple(one for one in asked if one.kind is Kind.COLLEAGUE),
        tuple(one for one in ready if one.kind is Kind.CITIZEN),
        tuple(one for one in ready if one.kind is Kind.OTHER),
    )


def host_is_seen(session: Session, actor: Actor, host: Host, takeover: Takeover, *, now: datetime) -> None:
    """With the rules the host says yes to being seen (decisions.md 3); accepting them again adds nothing."""
    me = HostSelf(host.id or 0, host.name, host.email, takeover.unit_id, about_takeover(session, takeover))
    hosts_own.host_says_yes(session, actor, me, now=now)


def colleague_regrets(
    session: Session, actor: Actor, takeover: TakeoverView, subject_id: str, tell: Tell, *, now: datetime
) -> None:
    """A colleague tells the host that the yes no longer holds; it counts at once."""
    ref = about_takeover(session, takeover).ref
    oral.colleague_for(session, subject_id, ref)
    withdraw_own(session, actor, subject_id, ref, tell, via=Via.EMPLOYEE, now=now)


def host_is_not_seen(
    session: Session, actor: Actor, host: Host, takeover: Takeover, tell: Tell | None, *, now: datetime
) -> None:
    """Whoever does not host takes that yes back."""
    hosts_own.host_says_no(session, actor, host.id or 0, about_takeover(session, takeover).ref, tell, now=now)
