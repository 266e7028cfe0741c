"""Reads of the queue: who sees which posts, in which order, and how many of each there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, true
from sqlmodel import Session, col, select

from branding.core.db import spelled_like
from branding.drafts.models import Draft, DraftComment
from branding.drafts.values.drafts import IN_REVIEW, WITH_AUTHOR, DraftState
from branding.drafts.values.queue import STALLED, NamedPost, Tab

#: These hold what is over too: what is ahead first, then the past, newest first.
_WITH_PAST = (Tab.APPROVED, Tab.OUT, Tab.ALL)


def rows_of(
    session: Session,
    tab: Tab,
    unit_ids: Collection[int] | None,
    me: str,
    *,
    offset: int,
    limit: int,
    now: datetime,
) -> list[Draft]:
    """Posts of a tab, what is due first on top; ``unit_ids`` None: of every unit."""
    query = select(Draft).where(_visible(unit_ids), _of_tab(tab, me, now))
    due = col(Draft.due_at)
    if tab in _WITH_PAST:
        is_ahead = due >= now
        place = case((is_ahead, 0), (due.is_(None), 1), else_=2)
        query = query.order_by(place, case((is_ahead, due)), due.desc())
    query = query.order_by(due.is_(None), due, col(Draft.submitted_at), col(Draft.id))
    return list(session.exec(query.offset(offset).limit(limit)))


def words_of_hold(session: Session, draft_ids: Sequence[str]) -> dict[str, str]:
    """What was written when each of these posts was put on hold, for colleagues."""
    if not draft_ids:
        return {}
    query = select(DraftComment.draft_id, DraftComment.text).join(
        Draft, col(Draft.id) == col(DraftComment.draft_id)
    )
    query = query.where(
        col(DraftComment.draft_id).in_(draft_ids),
        col(DraftComment.is_note),
        col(DraftComment.is_internal),
        col(DraftComment.made_at) >= col(Draft.state_since),
    )
    return dict(session.exec(query.order_by(col(DraftComment.made_at))).all())


def counts_of(
    session: Session, unit_ids: Collection[int] | None, me: str, *, now: datetime
) -> dict[Tab, int]:
    """How many posts each tab holds, in one query."""
    columns = [func.coalesce(func.sum(case((_of_tab(tab, me, now), 1), else_=0)), 0) for tab in Tab]
    found = session.execute(select(*columns).where(_visible(unit_ids))).one()
    return {tab: int(count) for tab, count in zip(Tab, found, strict=True)}


def waiting_for(session: Session, unit_ids: Collection[int] | None, me: str) -> int:
    """How many posts this person may approve now: for the front page."""
    return int(session.execute(waiting_query(unit_ids, me)).scalar_one())


def waiting_query(unit_ids: Collection[int] | None, me: str) -> Any:
    """The same, for those who count more at once."""
    return select(func.count()).select_from(Draft).where(_visible(unit_ids), _waits_for(me))


def posts_named(
    session: Session, unit_ids: Collection[int] | None, words: str, limit: int
) -> list[NamedPost]:
    """Posts in the making whose first words have these, the newest first; one query."""
    query = select(Draft).where(
        _visible(unit_ids), col(Draft.state) != DraftState.DROPPED, spelled_like(col(Draft.title), words)
    )
    rows = session.exec(query.order_by(col(Draft.changed_at).desc(), col(Draft.id)).limit(limit))
    return [NamedPost(row.id, row.title, row.unit_id, DraftState(row.state), row.due_at) for row in rows]


def next_waiting(session: Session, unit_ids: Collection[int] | None, me: str, but: str) -> str | None:
    """The post that is due first among those this person may approve."""
    query = select(Draft.id).where(_visible(unit_ids), _waits_for(me), col(Draft.id) != but)
    query = query.order_by(col(Draft.due_at).is_(None), col(Draft.due_at), col(Draft.submitted_at))
    return session.exec(query.limit(1)).first()


def _visible(unit_ids: Collection[int] | None) -> ColumnElement[bool]:
    return true() if unit_ids is None else col(Draft.unit_id).in_(unit_ids)


def _waits_for(me: str) -> ColumnElement[bool]:
    return and_(
        col(Draft.state) == DraftState.SUBMITTED, col(Draft.author) != me, col(Draft.declared_by) != me
    )


def _of_tab(tab: Tab, me: str, now: datetime) -> ColumnElement[bool]:
    state, is_idea = col(Draft.state), col(Draft.takeover_id).is_(None)
    if tab is Tab.WAITING:
        return _waits_for(me)
    if tab is Tab.OTHERS:
        own = or_(col(Draft.author) == me, col(Draft.declared_by) == me)
        return or_(and_(state == DraftState.SUBMITTED, own), state == DraftState.ON_HOLD)
    if tab is Tab.STALLED:
        return and_(state.in_(IN_REVIEW), col(Draft.state_since) <= now - STALLED)
    if tab is Tab.WRITING:
        return and_(state.in_(WITH_AUTHOR), ~is_idea)
    if tab is Tab.APPROVED:
        return and_(state == DraftState.APPROVED, col(Draft.out_at).is_(None))
    if tab is Tab.OUT:
        return col(Draft.out_at).is_not(None)
    if tab is Tab.IDEAS:
        return and_(is_idea, state != DraftState.DROPPED)
    return state != DraftState.DROPPED
