"""Beginning a draft, giving it a time, throwing it away and taking it back, and using an idea again."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.drafts.models import Draft, DraftVersion
from branding.drafts.queries.drafts import contents_of
from branding.drafts.service.access import WRITE, draft_for, ref_of
from branding.drafts.service.telling import forget
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import WITH_AUTHOR, DraftState, Start
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus

_OVER = (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)


def start(session: Session, actor: Actor, new: Start, *, now: datetime) -> str:
    """An empty draft, ready for its first picture; returns its id."""
    unit_id, profile_id = _home(session, actor, new)
    row = Draft(
        id=new_id(),
        takeover_id=new.takeover_id,
        unit_id=unit_id,
        profile_id=profile_id,
        kind=new.kind,
        state_since=now,
        author=ref_of(actor),
        due_at=new.due_at,
        made_at=now,
        changed_at=now,
        title=new.caption[:80],
    )
    session.add(row)
    session.flush()
    content = Content(kind=new.kind, caption=new.caption)
    session.add(
        DraftVersion(
            draft_id=row.id,
            number=1,
            content=content.to_json(),
            made_by=row.author,
            made_at=now,
            changed_at=now,
        )
    )
    changes = {"kind": (None, new.kind.value), "takeover": (None, new.takeover_id)}
    record(session, actor, "drafts:draft:started", "draft", row.id, changes=changes, now=now)
    session.flush()
    return row.id


def plan_time(
    session: Session, actor: Actor, draft_id: str, due_at: datetime | None, version: int, *, now: datetime
) -> None:
    """When it should go out; inside the takeover.  An approved post must be approved for that instant."""
    row = draft_for(session, actor, draft_id, WRITE)
    check_version(row, version)
    check_days(session, row, due_at)
    if row.state == DraftState.APPROVED and row.due_at != due_at:
        _set_state(session, row, DraftState.SUBMITTED, now)
    changes = {"due_at": (_iso(row.due_at), _iso(due_at))}
    row.due_at, row.changed_at, row.version = due_at, now, row.version + 1
    record(session, actor, "drafts:draft:timed", "draft", row.id, changes=changes, now=now)


def drop(session: Session, actor: Actor, draft_id: str, *, now: datetime) -> None:
    """Throw it away.  It can be taken back until it is cleared out."""
    row = draft_for(session, actor, draft_id, WRITE)
    if row.state != DraftState.DROPPED:
        _move(session, actor, row, DraftState.DROPPED, "drafts:draft:dropped", now)


def take_back(session: Session, actor: Actor, draft_id: str, *, now: datetime) -> None:
    """Undo of throwing away, and of sending: the author has it again, and an approval is void."""
    row = draft_for(session, actor, draft_id, WRITE)
    if row.state not in WITH_AUTHOR:
        _move(session, actor, row, DraftState.WRITING, "drafts:draft:taken_back", now)


def use_idea(session: Session, actor: Actor, draft_id: str, takeover_id: int, *, now: datetime) -> str:
    """A new post of a takeover with the idea's words; the idea stays."""
    row = draft_for(session, actor, draft_id)
    content = contents_of(session, [row])[row.id]
    new = Start(content.kind, takeover_id, caption=content.caption)
    return start(session, actor, new, now=now)


def keep_as_idea(session: Session, actor: Actor, draft_id: str, *, now: datetime) -> str:
    """An idea with this post's words, tied to no week."""
    row = draft_for(session, actor, draft_id)
    content = contents_of(session, [row])[row.id]
    return start(session, actor, Start(content.kind, unit_id=row.unit_id, caption=content.caption), now=now)


def check_version(row: Draft, version: int) -> None:
    """Refuse what was made from an older state, where nothing but the state itself can be shown."""
    if row.version != version:
        raise Conflict("draft_changed", say("Somebody else has changed this post since you opened it."))


def check_days(session: Session, row: Draft, due_at: datetime | None) -> None:
    """Only a takeover that is not over has posts, and each on one of its days: it may have been moved."""
    if row.takeover_id is None:
        return
    takeover = takeovers.takeover_by_id(session, row.takeover_id)
    if takeover.status in _OVER:
        raise RuleBroken("takeover_ended", say("This takeover has ended, so it cannot be changed."))
    if due_at is not None and not takeover.starts_on <= clock.local(due_at).date() <= takeover.ends_on:
        text = say("Choose a day from %(first)s to %(last)s: those are the days of the takeover.",
                   first=takeover.starts_on, last=takeover.ends_on)  # fmt: skip
        raise RuleBroken("outside_takeover", text, "day")


def _home(session: Session, actor: Actor, new: Start) -> tuple[int, int | None]:
    """The unit and the profile, when the actor may write there."""
    if new.takeover_id is None:
        policy.check(actor, WRITE, new.unit_id, thing="unit", key=new.unit_id)
        if new.unit_id is None or actor.kind == "host":
            raise Missing("unit", new.unit_id)
        return new.unit_id, None
    takeover = takeovers.takeover_view(session, new.takeover_id)
    policy.check(actor, WRITE, takeover.unit_id, thing="takeover", key=takeover.id)
    if actor.kind == "host" and takeovers.host_by_id(session, actor.id or 0).takeover_id != takeover.id:
        raise Missing("takeover", takeover.id)
    if takeover.status in _OVER:
        raise RuleBroken("takeover_ended", say("This takeover has ended, so it cannot be changed."))
    return takeover.unit_id, takeover.profile_id


def _move(session: Session, actor: Actor, row: Draft, state: DraftState, tag: str, now: datetime) -> None:
    changes = {"state": (row.state, state.value)}
    _set_state(session, row, state, now)
    row.version += 1
    record(session, actor, tag, "draft", row.id, changes=changes, now=now)


def _set_state(session: Session, row: Draft, state: DraftState, now: datetime) -> None:
    """None of these states is approved: what was approved is not any more, and nobody is told that it was."""
    forget(session, row)
    row.approved_hash, row.approved_by, row.approved_at = "", "", None
    row.state, row.state_since, row.changed_at = state, now, now


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


__all__ = [
    "check_days",
    "check_version",
    "drop",
    "keep_as_idea",
    "plan_time",
    "start",
    "take_back",
    "use_idea",
]
