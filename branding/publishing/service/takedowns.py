"""Duties about live posts: begun, made stricter, done with proof, or needed no longer (R52)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent.service.uses import end_use
from branding.consent.values.records import Channel
from branding.core.actor import SYSTEM, Actor
from branding.core.ids import new_id
from branding.drafts.service.access import ref_of
from branding.publishing.models import PostComment, PracticePost, Publication, Takedown
from branding.publishing.queries.down import about_post, open_of, standing_of
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.duties import gives_way
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.judging import reference_of
from branding.publishing.service.moving import move
from branding.publishing.values.alerts import Event
from branding.publishing.values.down import (
    BESIDE,
    BY_PEOPLE,
    EXPIRED,
    FINAL,
    REMOVE_BY,
    UNSURE,
    Duty,
    Need,
    Proof,
)
from branding.publishing.values.states import State, Way

#: Where Stafet can delete it, people are told when that has not gone well by then.
_FIRST_ITSELF = timedelta(minutes=10)
#: What is certain is deleted at once.  Anything else may still be put right: people are told, and it is
#: deleted shortly before the deadline, as on its last day.
_BEFORE_THE_DAY = timedelta(hours=1)
_ABOUT = (
    Event.TAKEDOWN,
    Event.TAKEDOWN_LATE,
    Event.REVIEW_LIVE,
    Event.COLLEAGUE_LEFT,
    Event.COMMENTS,
    Event.COMMENT_NAMES,
)


def begin(
    session: Session,
    row: Publication,
    need: Need,
    *,
    grounds: list[str],
    decision_id: str = "",
    actor: Actor = SYSTEM,
    delete_at: datetime | None = None,
    now: datetime,
) -> Takedown:
    """A duty about a live post, with its deadline; people are told."""
    duty = Takedown(
        id=new_id(),
        publication_id=row.id,
        duty=need.duty,
        code=need.code,
        decision_id=decision_id,
        made_at=now,
        made_by=ref_of(actor),
        due_at=need.due_at,
        grounds=[[ground, now.isoformat()] for ground in grounds],
    )
    session.add(duty)
    duty.next_attempt_at = _delete_at(row, need, delete_at or now)
    session.flush()
    changes: dict[str, tuple[object, object]] = {"duty": (None, need.duty.value), "code": (None, need.code)}
    record(session, actor, "publishing:takedown:begun", "publication", row.id, changes=changes, now=now)
    _tell(session, row, duty, now)
    return duty


def strengthen(
    session: Session,
    row: Publication,
    duty: Takedown,
    need: Need,
    *,
    grounds: list[str],
    decision_id: str = "",
    actor: Actor = SYSTEM,
    delete_at: datetime | None = None,
    now: datetime,
) -> None:
    """The same duty becomes another, or its deadline moves; what it rests on keeps its time."""
    note_grounds(duty, grounds, now)
    before = (duty.duty, duty.code)
    if gives_way(duty.code, need.code):
        duty.duty, duty.code = need.duty, need.code
    duty.due_at, duty.decision_id = need.due_at, decision_id or duty.decision_id
    duty.late_at = None if need.due_at >= now else duty.late_at
    is_other = (duty.duty, duty.code) != before
    duty.next_attempt_at = _sooner(duty.next_attempt_at, _delete_at(row, need, delete_at or now), is_other)
    session.add(duty)
    session.flush()
    changes: dict[str, tuple[object, object]] = {
        "duty": (before[0], duty.duty),
        "code": (before[1], duty.code),
    }
    record(session, actor, "publishing:takedown:changed", "publication", row.id, changes=changes, now=now)
    _tell(session, row, duty, now)


def loosen(session: Session, duty: Takedown, *, actor: Actor, now: datetime) -> None:
    """A wish is taken back while other reasons stand: what they ask for is found anew, from when it began."""
    before = duty.code
    duty.duty, duty.code = Duty.REVIEW, UNSURE
    duty.next_attempt_at, duty.said_by = None, ""
    session.add(duty)
    session.flush()
    changes = {"code": (before, UNSURE)}
    record(
        session,
        actor,
        "publishing:takedown:changed",
        "publication",
        duty.publication_id,
        changes=changes,
        now=now,
    )


def note_grounds(duty: Takedown, grounds: list[str], now: datetime) -> None:
    """What is no longer found is dropped, unless nothing makes the duty milder."""
    known = dict(duty.grounds)
    kept = set(known) if duty.code in FINAL | BY_PEOPLE else set()
    found = sorted(set(grounds) | kept)
    duty.grounds = [[ground, known.get(ground, now.isoformat())] for ground in found]


def end(session: Session, duty: Takedown, proof: Proof, *, actor: Actor = SYSTEM, now: datetime) -> None:
    """Done, or needed no longer."""
    duty.done_at, duty.done_by, duty.proof = now, ref_of(actor), proof
    duty.next_attempt_at, duty.said_by = None, ""
    session.add(duty)
    session.flush()
    changes = {"proof": (None, proof.value)}
    record(
        session,
        actor,
        "publishing:takedown:done",
        "publication",
        duty.publication_id,
        changes=changes,
        now=now,
    )
    events = (Event.TAKEDOWN, Event.TAKEDOWN_LATE, Event.REVIEW_LIVE)
    end_alerts(session, *events, reference=f"takedown:{duty.id}", now=now)


def note_gone(
    session: Session,
    row: Publication,
    proof: Proof,
    *,
    actor: Actor = SYSTEM,
    code: str = "",
    gone_at: datetime | None = None,
    now: datetime,
) -> None:
    """Nobody can see it any more: every duty about it is done, and no consent is in use for it."""
    duties = open_of(session, [row.id]).get(row.id, [])
    standing = about_post(duties)
    if row.state == State.UNKNOWN:
        move(session, SYSTEM, row, State.NEEDS_REVIEW, now=now)
    move(session, actor, row, State.REMOVED, code=code or (standing.code if standing else ""), now=now)
    row.removed_at, row.is_followed_up, row.missing_at = gone_at or now, True, None
    _drop_practice(session, row, row.removed_at)
    forget_comments(session, col(PostComment.publication_id) == row.id, now=now)
    channel = Channel(row.channel)
    end_use(session, actor, reference_of(row.draft_id), channel, ended_at=row.removed_at, now=now)
    for duty in duties:
        end(session, duty, proof, actor=actor, now=now)
    end_alerts(session, *_ABOUT, Event.UNCLEAR, publication_id=row.id, now=now)


def say_late(session: Session, takedown_id: str, *, now: datetime) -> bool:
    """The deadline has passed: the data protection officer hears of it too."""
    duty = session.get(Takedown, takedown_id)
    if duty is None or duty.done_at is not None or duty.late_at is not None:
        return False
    duty.late_at = now
    row = publication_row(session, duty.publication_id)
    reference = f"takedown:{duty.id}"
    key = f"{duty.id}:{int(duty.due_at.timestamp())}"
    raise_alert(session, Event.TAKEDOWN_LATE, key, about=row, code=duty.code, reference=reference, now=now)
    return True


def since_of(duties: list[Takedown]) -> dict[str, datetime]:
    """When each ground of the open duties was first seen."""
    found: dict[str, datetime] = {}
    for duty in duties:
        standing = standing_of(duty)
        found.update(standing.grounds if standing else {})
    return found


def _sooner(planned: datetime | None, wanted: datetime | None, is_other: bool) -> datetime | None:
    """For the same reason never later than it was; what is no takedown any more is not deleted."""
    if planned is None or wanted is None or is_other:
        return wanted
    return min(planned, wanted)


def _delete_at(row: Publication, need: Need, at: datetime) -> datetime | None:
    """When Stafet tries it itself; None: by hand."""
    if need.duty is not Duty.TAKEDOWN or need.is_beside or row.way not in (Way.API, Way.PRACTICE):
        return None
    if need.code in FINAL | BY_PEOPLE | {EXPIRED}:
        return at
    return max(at, need.due_at - _BEFORE_THE_DAY)


def _tell(session: Session, row: Publication, duty: Takedown, now: datetime) -> None:
    """What was said before of the same duty is not open any more."""
    reference = f"takedown:{duty.id}"
    end_alerts(session, Event.TAKEDOWN, Event.REVIEW_LIVE, reference=reference, now=now)
    event = Event.TAKEDOWN if duty.duty == Duty.TAKEDOWN else Event.REVIEW_LIVE
    key = f"{duty.id}:{duty.duty}:{duty.code}:{int(duty.due_at.timestamp())}"
    deletes_at = duty.next_attempt_at if row.external_id else None
    is_soon = deletes_at is not None and (deletes_at <= now + _FIRST_ITSELF or duty.code == REMOVE_BY)
    due_at = max(now, deletes_at) + _FIRST_ITSELF if deletes_at is not None and is_soon else now
    raise_alert(session, event, key, about=row, code=duty.code, reference=reference, due_at=due_at, now=now)


def _drop_practice(session: Session, row: Publication, at: datetime) -> None:
    post = session.exec(select(PracticePost).where(PracticePost.publication_id == row.id)).first()
    if post is not None and post.removed_at is None:
        post.removed_at = at
        session.add(post)


def forget_comments(session: Session, which: ColumnElement[bool], *, now: datetime) -> None:
    """Nobody has to look at them any more: their words go."""
    session.execute(
        update(PostComment)
        .where(which, col(PostComment.done_at).is_(None))
        .values(done_at=now, done_by=ref_of(SYSTEM), text_sealed="")
    )


def hasten(session: Session, row: Publication, duty: Takedown, at: datetime) -> None:
    """A person wants it down now: Stafet does not wait for the deadline."""
    if row.way in (Way.API, Way.PRACTICE) and duty.duty == Duty.TAKEDOWN and not is_beside(duty):
        duty.next_attempt_at = min(at, duty.next_attempt_at or at)
        session.add(duty)
        session.flush()


def is_beside(duty: Takedown) -> bool:
    """It is about a copy, a co-author or an advertisement; the post may stay."""
    return duty.code in BESIDE
