"""Which drafts somebody may open: staff by the unit, a host by the takeover, a reviewer by the link."""

from __future__ import annotations

from sqlmodel import Session

from branding.consent.values.gate import actor_ref
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.drafts.models import Draft, ReviewLink
from branding.drafts.queries.drafts import draft_row
from branding.takeovers import queries as takeovers

VIEW, WRITE, REVIEW = "drafts:draft:view", "drafts:draft:write", "drafts:draft:review"


def draft_for(session: Session, actor: Actor, draft_id: str, action: str = VIEW) -> Draft:
    """The draft, when the actor has the action for it; anything else is not there."""
    row = draft_row(session, draft_id)
    policy.check(actor, action, row.unit_id, thing="draft", key=draft_id)
    if not _reaches(session, actor, row):
        raise Missing("draft", draft_id)
    if row.out_at is not None and action in (WRITE, REVIEW):
        raise RuleBroken("is_out", say("The post is out, so it cannot be changed any more."))
    return row


def ref_of(actor: Actor) -> str:
    """Who acts, as it is stored: ``user:3``, ``host:5``, ``reviewer:2``."""
    return actor_ref(actor.kind, actor.id)


def place_of(row: Draft) -> str:
    """What media knows the draft's pictures by."""
    return f"takeover:{row.takeover_id}" if row.takeover_id else f"draft:{row.id}"


def _reaches(session: Session, actor: Actor, row: Draft) -> bool:
    if actor.kind == "host":
        return takeovers.host_by_id(session, actor.id or 0).takeover_id == row.takeover_id
    if actor.kind == "reviewer":
        link = session.get(ReviewLink, actor.id or 0)
        return link is not None and link.draft_id == row.id
    return True
