"""The one way in which a publication changes its state."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core.actor import Actor
from branding.drafts.service import going_out
from branding.publishing.models import Publication
from branding.publishing.queries.publications import of_drafts
from branding.publishing.rules.states import check_move
from branding.publishing.service.media_links import close_links
from branding.publishing.values.states import ENDED, MAYBE_LIVE, REPEATABLE, State

#: A worker's steps on the way are in the attempts; the audit log has what people ask for.
_QUIET = (*REPEATABLE, State.PUBLISHING)
#: No channel has anything more to fetch.
_FETCHED = (*ENDED, State.PUBLISHED, State.PUBLISHED_NO_ID)


def move(
    session: Session, actor: Actor, row: Publication, state: State, *, code: str = "", now: datetime
) -> None:
    """Into another state, if the table lets it; whoever held it before holds it no more, unless it is on."""
    before = State(row.state)
    check_move(before, state)
    row.code = code
    if state not in _QUIET:
        release(row)
    if state is not before:
        row.state, row.state_since, row.version = state, now, row.version + 1
        if state not in _QUIET:
            changes: dict[str, tuple[object, object]] = {"state": (before.value, state.value)}
            if code:
                changes["code"] = (None, code)
            tag = f"publishing:publication:{state.value}"
            record(session, actor, tag, "publication", row.id, changes=changes, now=now)
    session.add(row)
    if state in _FETCHED:
        close_links(session, row.id, now=now)
    if before in MAYBE_LIVE and state not in (*MAYBE_LIVE, State.REMOVED):
        _perhaps_back(session, row, now)


def release(row: Publication) -> None:
    """Nobody holds it: the next worker may."""
    row.claim, row.lease_until = "", None


def _perhaps_back(session: Session, row: Publication, now: datetime) -> None:
    """It is not out on this channel; when it is out nowhere, its author may change it again."""
    others = of_drafts(session, [row.draft_id]).get(row.draft_id, [])
    if not any(other.state in (*MAYBE_LIVE, State.REMOVED) for other in others):
        going_out.mark_back(session, row.draft_id, now=now)
