"""One button stops everything that would go out, and another lets it go on (decisions.md 20)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent.values.gate import actor_ref
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.publishing.models import Pause, Publication
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.hand import shut_packages
from branding.publishing.service.moving import move
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import PLANNED, REPEATABLE, State

PAUSE = "publishing:pause:set"
_LONGEST = 200


def pause(session: Session, actor: Actor, profile_id: int | None, reason: str, *, now: datetime) -> int:
    """Nothing goes out on this profile, or on any, from this moment; returns the pause's id."""
    policy.check(actor, PAUSE)
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken("no_reason", say("Write why, so that colleagues understand it."), "reason")
    if len(reason) > _LONGEST:
        raise RuleBroken("long_reason", say("Write at most %(max)s characters.", max=_LONGEST), "reason")
    if profile_id is not None:
        organisation.profile_by_id(session, profile_id)
    _check_new(session, profile_id)
    row = Pause(profile_id=profile_id, reason=reason, made_by=actor_ref(actor.kind, actor.id), made_at=now)
    session.add(row)
    session.flush()
    shut_packages(session, profile_id)
    assert row.id is not None
    changes: dict[str, tuple[object, object]] = {"profile": (None, profile_id)}
    record(session, actor, "publishing:pause:begun", "pause", row.id, changes=changes, now=now)
    raise_alert(
        session, Event.PAUSED, str(row.id), profile_id=profile_id, reference=f"pause:{row.id}", now=now
    )
    return row.id


def _check_new(session: Session, profile_id: int | None) -> None:
    """A button that is pressed twice begins one pause, not two that must both be ended."""
    held = select(Pause.id).where(Pause.profile_id == profile_id, col(Pause.ended_at).is_(None))
    if session.exec(held).first() is not None:
        raise RuleBroken("paused", say("That is paused already."), "profile")


def resume(session: Session, actor: Actor, pause_id: int, *, now: datetime) -> int:
    """It goes on.  What should have gone out meanwhile is asked about, never sent; returns how many."""
    policy.check(actor, PAUSE)
    row = session.get(Pause, pause_id)
    if row is None:
        raise Missing("pause", pause_id)
    if row.ended_at is not None:
        return 0
    row.ended_at, row.ended_by = now, actor_ref(actor.kind, actor.id)
    record(session, actor, "publishing:pause:ended", "pause", pause_id, now=now)
    end_alerts(session, Event.PAUSED, reference=f"pause:{pause_id}", now=now)
    query = select(Publication).where(
        col(Publication.state).in_((*PLANNED, *REPEATABLE)),
        col(Publication.due_at) <= now,  # also what was due a moment before the pause
    )
    if row.profile_id is not None:
        query = query.where(Publication.profile_id == row.profile_id)
    missed = session.exec(query).all()
    for one in missed:
        move(session, SYSTEM, one, State.MISSED, code="paused", now=now)
        raise_alert(session, Event.MISSED, f"{one.id}:{one.version}", about=one, code="paused", now=now)
    return len(missed)
