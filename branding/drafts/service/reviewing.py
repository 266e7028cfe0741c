"""The second person: confirms people and blur and approves in one act, sends back, or puts on hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.models import Draft
from branding.drafts.rules.states import check_return, check_review, check_second_person
from branding.drafts.service.access import REVIEW, draft_for, place_of, ref_of
from branding.drafts.service.comments import add_note, checked
from branding.drafts.service.drafts import check_days, check_version
from branding.drafts.service.makers import is_maker
from branding.drafts.service.saving import close_version
from branding.drafts.service.standing import asked
from branding.drafts.service.telling import Write, forget, tell_author
from branding.drafts.values.drafts import DraftState, Outcome
from branding.media.queries import item_views
from branding.media.service import confirming, people
from branding.media.values.items import FaceState


@dataclass(frozen=True, slots=True)
class Approve:
    """``version`` is the one that was seen.  ``faces``: how many the reviewer counted, by item."""

    version: int
    faces: Mapping[str, int] = field(default_factory=dict)


def approve(
    session: Session,
    actor: Actor,
    draft_id: str,
    wanted: Approve,
    write: Write | None = None,
    *,
    now: datetime,
) -> Outcome:
    """Confirm and approve exactly the version that was seen, if the gate lets it.

    A no is kept as a decision and returned; nothing is approved by it.
    """
    row = draft_for(session, actor, draft_id, REVIEW)
    me = ref_of(actor)
    check_review(DraftState(row.state))
    check_second_person(me, row.author, row.declared_by)
    if is_maker(session, actor, row):
        raise RuleBroken("own_post", say("Somebody other than you must approve your post."))
    check_version(row, wanted.version)
    check_days(session, row, row.due_at)
    _count(session, actor, row, wanted.faces, now)
    session.flush()
    draft, standing = asked(session, actor, row, now=now)
    if not standing.may_be_approved:
        return Outcome(False, standing)
    for media in draft.media:
        confirming.confirm(session, actor, place_of(row), media.ref, now=now)
    row.confirmed_by, row.confirmed_at = me, now
    row.approved_hash, row.approved_by, row.approved_at = draft.version_hash, me, now
    close_version(session, row)
    _move(session, actor, row, DraftState.APPROVED, "drafts:draft:approved", now)
    tell_author(session, row, write, now=now)
    return Outcome(True, standing)


def _count(session: Session, actor: Actor, row: Draft, faces: Mapping[str, int], now: datetime) -> None:
    """What the reviewer counted; where the program has finished meanwhile, its own count stands."""
    items = item_views(session, list(faces))
    for item_id, count in faces.items():
        if item_id not in items or items[item_id].face_state is not FaceState.COUNTED:
            people.count_by_hand(session, actor, place_of(row), item_id, count, now=now)


def send_back(
    session: Session,
    actor: Actor,
    draft_id: str,
    note: str,
    version: int,
    write: Write | None = None,
    *,
    now: datetime,
) -> None:
    """To the author, with a word about what to change."""
    row = draft_for(session, actor, draft_id, REVIEW)
    check_return(DraftState(row.state))
    check_version(row, version)
    add_note(session, actor, row, _checked(note), now=now)
    _move(session, actor, row, DraftState.RETURNED, "drafts:draft:returned", now)
    tell_author(session, row, write, now=now)


def hold(session: Session, actor: Actor, draft_id: str, note: str, version: int, *, now: datetime) -> None:
    """Not now: it waits until somebody takes it up again."""
    row = draft_for(session, actor, draft_id, REVIEW)
    check_return(DraftState(row.state))
    check_version(row, version)
    if note.strip():
        add_note(session, actor, row, _checked(note), is_internal=True, now=now)
    _move(session, actor, row, DraftState.ON_HOLD, "drafts:draft:held", now)
    forget(session, row)


def resume(session: Session, actor: Actor, draft_id: str, *, now: datetime) -> None:
    """Undo of hold, of approving, and of sending back while the author has not begun on it."""
    row = draft_for(session, actor, draft_id, REVIEW)
    if row.state not in (DraftState.ON_HOLD, DraftState.APPROVED, DraftState.RETURNED):
        raise RuleBroken("not_waiting", say("The post does not wait for approval any more."))
    if row.state == DraftState.RETURNED and row.changed_at > row.state_since:
        text = say("The author is changing the post already. It waits for you when it is sent again.")
        raise RuleBroken("not_waiting", text)
    _move(session, actor, row, DraftState.SUBMITTED, "drafts:draft:resumed", now)
    forget(session, row)


def _checked(note: str) -> str:
    return checked(note, "note", say("Write what should be different."))


def _move(session: Session, actor: Actor, row: Draft, state: DraftState, tag: str, now: datetime) -> None:
    changes = {"state": (row.state, state.value)}
    if state != DraftState.APPROVED:
        row.approved_hash, row.approved_by, row.approved_at = "", "", None
    row.state, row.state_since, row.changed_at, row.version = state, now, now, row.version + 1
    record(session, actor, tag, "draft", row.id, changes=changes, now=now)
    session.flush()
