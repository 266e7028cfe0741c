"""The queue with what stands in each post's way: the rows of one page, judged together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.drafts.queries import queue as queries
from branding.drafts.queries.drafts import view_of
from branding.drafts.queries.facts import Judged, judged
from branding.drafts.service.access import VIEW, ref_of
from branding.drafts.service.standing import standing_of
from branding.drafts.values.drafts import IN_REVIEW, DraftState
from branding.drafts.values.queue import ROWS, STALLED, Queue, QueueRow, Tab


def queue(session: Session, actor: Actor, tab: Tab, page: int, *, now: datetime) -> Queue:
    """One page of a tab, for the units that the actor may see."""
    units, me = units_of(actor), ref_of(actor)
    counts = queries.counts_of(session, units, me, now=now)
    pages = max(1, -(-counts[tab] // ROWS))
    page = min(max(page, 1), pages)
    rows = queries.rows_of(session, tab, units, me, offset=(page - 1) * ROWS, limit=ROWS, now=now)
    found = judged(session, rows, now=now)
    held = [row.id for row in rows if row.state == DraftState.ON_HOLD]
    words = queries.words_of_hold(session, held)
    shown = tuple(
        QueueRow(
            view_of(row, found[row.id].content),
            standing_of(row, found[row.id], by=me, now=now),
            row.state in IN_REVIEW and now - row.state_since >= STALLED,
            me in (row.author, row.declared_by),
            _thumb(found[row.id]),
            words.get(row.id, ""),
        )
        for row in rows
    )
    return Queue(shown, counts, page, pages)


def next_waiting(session: Session, actor: Actor, but: str) -> str | None:
    """The post that somebody may approve next."""
    return queries.next_waiting(session, units_of(actor), ref_of(actor), but)


def _thumb(one: Judged) -> tuple[str, int] | None:
    here = (one.items[item] for item in one.content.item_ids if item in one.items)
    return next(((item.id, item.edition) for item in here if not item.is_dropped), None)


def units_of(actor: Actor) -> Collection[int] | None:
    """The units whose posts somebody sees; None: all of them."""
    return None if policy.covers(actor, VIEW, None) else actor.units
