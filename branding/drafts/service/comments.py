"""What people say about a draft: threads, notes, and whom a remark calls for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.accounts.values import PersonView
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor, Role
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.text import Text, say
from branding.drafts.models import Draft, DraftComment
from branding.drafts.queries.comments import comment_row
from branding.drafts.service.access import VIEW, draft_for, ref_of
from branding.drafts.values.comments import NewComment
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.outbox.values import Mail

LONGEST = 2000
#: Writes the mail to somebody who is mentioned, with the draft's id; without the remark.
Tell = Callable[[PersonView, str], Mail]


def add_comment(
    session: Session, actor: Actor, draft_id: str, new: NewComment, tell: Tell | None = None, *, now: datetime
) -> str:
    """A remark, or an answer to one; an answer is as visible as its thread.

    A host's and a reviewer's remarks are never internal: they would not see them again.
    """
    row = draft_for(session, actor, draft_id)
    text = checked(new.text, "text", say("Write something first."))
    is_internal = new.is_internal and is_inside(actor)
    if new.parent_id is not None:
        parent = comment_row(session, draft_id, new.parent_id, internal=is_inside(actor))
        if parent.parent_id is not None:
            raise RuleBroken("nested", say("Answer the first remark of the thread."))
        is_internal, parent.resolved_at, parent.resolved_by = parent.is_internal, None, ""
    called = _mentioned(session, row, text)
    comment_id = _add(session, actor, row, text, is_internal, new.parent_id, [one.id for one in called], now)
    for person in called:
        if tell is not None and ref_of(actor) != f"user:{person.id}":
            mail = tell(person, draft_id)
            enqueue(session, mail, dedupe_key=f"mention:{comment_id}:{person.id}", due_at=now, now=now)
    return comment_id


def add_note(
    session: Session, actor: Actor, row: Draft, text: str, *, is_internal: bool = False, now: datetime
) -> str:
    """The word with which a post is sent back, or put on hold."""
    return _add(session, actor, row, text, is_internal, None, [], now, is_note=True)


def resolve(
    session: Session, actor: Actor, draft_id: str, comment_id: str, *, is_done: bool, now: datetime
) -> None:
    """The thread is done, or open again."""
    draft_for(session, actor, draft_id)
    row = comment_row(session, draft_id, comment_id, internal=is_inside(actor))
    row.resolved_at, row.resolved_by = (now, ref_of(actor)) if is_done else (None, "")
    verb = "resolved" if is_done else "reopened"
    record(session, actor, f"drafts:comment:{verb}", "draft", draft_id, now=now)


def is_inside(actor: Actor) -> bool:
    """Whether internal remarks are for them: colleagues at the desk."""
    return actor.kind == "user"


def _add(
    session: Session,
    actor: Actor,
    row: Draft,
    text: str,
    is_internal: bool,
    parent_id: str | None,
    mentions: list[int],
    now: datetime,
    *,
    is_note: bool = False,
) -> str:
    comment = DraftComment(
        id=new_id(),
        draft_id=row.id,
        parent_id=parent_id,
        made_by=ref_of(actor),
        made_at=now,
        text=text,
        is_internal=is_internal,
        is_note=is_note,
        mentions=mentions,
    )
    session.add(comment)
    session.flush()
    record(session, actor, "drafts:comment:added", "draft", row.id, now=now)
    return comment.id


def checked(text: str, field: str, empty: Text) -> str:
    """Without space around it; ``empty`` is what to say when nothing is left."""
    text = text.strip()
    if not text:
        raise RuleBroken("empty", empty, field)
    if len(text) > LONGEST:
        raise RuleBroken("too_long", say("Write at most %(max)s characters.", max=LONGEST), field)
    return text


def staff_of(session: Session, unit_id: int) -> list[PersonView]:
    """Those at the desk who see the unit's posts: whom a remark can call for."""
    area_id = next(one.area_id for one in organisation.units(session, archived=True) if one.id == unit_id)
    everywhere = policy.ACTIONS[VIEW].everywhere
    return [
        one
        for one in accounts.people(session)
        if one.deactivated_at is None
        and not one.is_invited
        and (one.roles & everywhere or (Role.COORDINATOR in one.roles and area_id in one.area_ids))
    ]


def _mentioned(session: Session, row: Draft, text: str) -> list[PersonView]:
    """Staff who see the draft and are called by @name, the first or the whole."""
    if "@" not in text:
        return []
    return [
        one
        for one in staff_of(session, row.unit_id)
        if any(re.search(rf"@{re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in _names(one.name))
    ]


def _names(name: str) -> Iterable[str]:
    return (name, name.split()[0])
