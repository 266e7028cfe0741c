"""What people do about live posts: want one down, say that it is gone, or decide that it may stay."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.consent.values.gate import Stage
from branding.core import policy, sealed
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.service.access import ref_of
from branding.publishing.models import Publication, Takedown
from branding.publishing.queries.down import about_post, open_of, takedown_row
from branding.publishing.queries.live import SEEN
from branding.publishing.queries.publications import elsewhere, publication_row
from branding.publishing.rules.duties import gives_way
from branding.publishing.rules.live import end_of_next_working_day
from branding.publishing.service import hand, live, takedowns
from branding.publishing.service.alerts import end_alerts
from branding.publishing.service.judging import ask
from branding.publishing.service.stopping import take_out
from branding.publishing.values.alerts import Event
from branding.publishing.values.down import OWN_WISH, RECOGNISED, Duty, Need, Proof
from branding.publishing.values.states import MAYBE_LIVE, State, Way

VIEW = "publishing:takedown:view"
MANAGE = "publishing:takedown:manage"
KEEP = "publishing:takedown:keep"
#: So long a slip can be taken back before Stafet deletes by itself.
GRACE = timedelta(minutes=2)
_LONGEST = 1000


def units_of(actor: Actor) -> Collection[int] | None:
    """The units whose duties somebody sees; None: all of them."""
    return None if policy.covers(actor, VIEW, None) else actor.units


def seen_by(session: Session, actor: Actor, takedown_id: str) -> tuple[Takedown, Publication]:
    """A duty and its post, for those who may see it."""
    duty = takedown_row(session, takedown_id)
    row = publication_row(session, duty.publication_id)
    policy.check(actor, VIEW, row.unit_id, thing="takedown", key=takedown_id)
    return duty, row


def manageable(session: Session, actor: Actor, publication_id: str) -> Publication:
    """A post that the actor may take down."""
    row = publication_row(session, publication_id)
    policy.check(actor, MANAGE, row.unit_id, thing="publication", key=publication_id)
    return row


def want_down(session: Session, actor: Actor, publication_id: str, *, now: datetime) -> str:
    """Somebody wants it down, for whatever reason; it can be taken back for two minutes."""
    row = live_row(session, actor, publication_id, MANAGE)
    need = Need(Duty.TAKEDOWN, OWN_WISH, end_of_next_working_day(now))
    return want(session, actor, row, need, delete_at=now + GRACE, now=now)


def recognised(session: Session, actor: Actor, publication_id: str, *, now: datetime) -> str:
    """Somebody can be recognised after all (A14): as if nobody had ever said yes."""
    row = live_row(session, actor, publication_id, MANAGE)
    need = Need(Duty.TAKEDOWN, RECOGNISED, end_of_next_working_day(now))
    want_elsewhere(session, actor, row, need, now=now)
    return want(session, actor, row, need, delete_at=now, now=now)


def want_elsewhere(session: Session, actor: Actor, row: Publication, need: Need, *, now: datetime) -> None:
    """The same pictures on the other channels: down as well, or out of the plan before they go out."""
    for other in elsewhere(session, row):
        if other.state in MAYBE_LIVE:
            want(session, actor, other, need, delete_at=now, now=now)
        elif other.state == State.HANDED:
            hand.stop(session, other, need.code, now=now)
        else:
            take_out(session, other, need.code, now=now)


def want(
    session: Session,
    actor: Actor,
    row: Publication,
    need: Need,
    *,
    decision_id: str = "",
    delete_at: datetime,
    now: datetime,
) -> str:
    """A person's duty to take down takes the place of a milder one; returns the duty's id."""
    decision_id = decision_id or ask(session, actor, row, Stage.PUBLISH, now=now).decision_id
    standing = about_post(open_of(session, [row.id]).get(row.id, []))
    if standing is None:
        duty = takedowns.begin(
            session,
            row,
            need,
            grounds=[],
            decision_id=decision_id,
            actor=actor,
            delete_at=delete_at,
            now=now,
        )
        return duty.id
    if gives_way(standing.code, need.code) or need.due_at < standing.due_at:
        takedowns.strengthen(
            session,
            row,
            standing,
            replace(need, due_at=_earlier(standing, need)),
            grounds=[ground for ground, _ in standing.grounds],
            decision_id=decision_id,
            actor=actor,
            delete_at=delete_at,
            now=now,
        )
    takedowns.hasten(session, row, standing, delete_at)
    end_alerts(session, Event.COLLEAGUE_LEFT, publication_id=row.id, now=now)
    return standing.id


def _earlier(standing: Takedown, need: Need) -> datetime:
    """A takedown's deadline never moves back because somebody wants the same."""
    return min(need.due_at, standing.due_at) if standing.duty == Duty.TAKEDOWN else need.due_at


def undo_want(session: Session, actor: Actor, takedown_id: str, *, now: datetime) -> None:
    """A slip, as long as nobody has begun to delete it; what else stands against the post is asked anew."""
    duty, _ = _managed(session, actor, takedown_id)
    if duty.code != OWN_WISH or duty.attempts:
        raise RuleBroken("too_late", say("This cannot be taken back any more."))
    if duty.grounds:
        takedowns.loosen(session, duty, actor=actor, now=now)
        live.settle(session, duty.publication_id, now)
    else:
        takedowns.end(session, duty, Proof.KEPT, actor=actor, now=now)


def say_gone(session: Session, actor: Actor, takedown_id: str, *, now: datetime) -> bool:
    """Somebody says that it is gone; True when the channel is asked first whether that is so."""
    duty, row = _managed(session, actor, takedown_id)
    if takedowns.is_beside(duty):
        takedowns.end(session, duty, Proof.SAID, actor=actor, now=now)
        return False
    if can_be_asked(row):
        duty.said_by, duty.next_attempt_at = ref_of(actor), now
        session.add(duty)
        session.flush()
        return True
    takedowns.note_gone(session, row, Proof.SAID, actor=actor, now=now)
    return False


def may_stay(session: Session, actor: Actor, takedown_id: str, because: str, *, now: datetime) -> None:
    """Somebody who may decide it has looked: the post stays, and the same is not asked again."""
    duty, row = seen_by(session, actor, takedown_id)
    policy.check(actor, KEEP, row.unit_id, thing="takedown", key=takedown_id)
    _check_open(duty)
    if duty.duty != Duty.REVIEW:
        raise RuleBroken("must_down", say("This post must come down: no one can decide that it stays."))
    words = because.strip()
    if not words:
        raise RuleBroken("no_reason", say("Write why it may stay."), "because")
    if len(words) > _LONGEST:
        raise RuleBroken("long", say("Write at most %(max)s characters.", max=_LONGEST), "because")
    duty.because_sealed = sealed.seal(session, words, about=_about(duty))
    takedowns.end(session, duty, Proof.KEPT, actor=actor, now=now)


def colleague_stays(session: Session, actor: Actor, publication_id: str, *, now: datetime) -> None:
    """A colleague has left, and the post stays until its last day (E2)."""
    row = manageable(session, actor, publication_id)
    end_alerts(session, Event.COLLEAGUE_LEFT, publication_id=row.id, now=now)


def because_of(session: Session, duty: Takedown) -> str:
    """Why it may stay, for those who may see the duty."""
    return sealed.unseal(session, duty.because_sealed, about=_about(duty)) if duty.because_sealed else ""


def can_be_asked(row: Publication) -> bool:
    """Whether the channel can say if it is still there."""
    return row.way in (Way.API, Way.PRACTICE) and bool(row.external_id)


def _about(duty: Takedown) -> str:
    return f"takedown:{duty.id}:because"


def live_row(session: Session, actor: Actor, publication_id: str, action: str) -> Publication:
    """A post that people may be able to see, for those who have the action."""
    row = publication_row(session, publication_id)
    policy.check(actor, action, row.unit_id, thing="publication", key=publication_id)
    if row.state not in SEEN:
        raise RuleBroken("not_out", say("This post is not out."))
    return row


def _managed(session: Session, actor: Actor, takedown_id: str) -> tuple[Takedown, Publication]:
    duty, row = seen_by(session, actor, takedown_id)
    policy.check(actor, MANAGE, row.unit_id, thing="takedown", key=takedown_id)
    _check_open(duty)
    return duty, row


def _check_open(duty: Takedown) -> None:
    if duty.done_at is not None:
        raise RuleBroken("done", say("Somebody has dealt with this already."))
