"""A named person without an account approves one post by a personal link (decisions.md 2)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core.actor import Actor, Role
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.drafts.models import ReviewLink
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.who import addresses_of
from branding.drafts.service.access import REVIEW, draft_for, ref_of
from branding.drafts.service.makers import is_maker, makers_of

LASTS = timedelta(days=7)


def ask(session: Session, actor: Actor, draft_id: str, name: str, email: str, *, now: datetime) -> str:
    """A link for one person and one post; returns its secret.

    Neither the author nor whoever sent the post chooses the reviewer, or is the reviewer.
    """
    row = draft_for(session, actor, draft_id, REVIEW)
    makers = makers_of(row)
    if is_maker(session, actor, row):
        raise RuleBroken("own_post", say("Somebody other than you must choose who approves your post."))
    if email.strip().casefold() in addresses_of(session, makers):
        text = say("That is whoever made the post. Somebody else must approve it.")
        raise RuleBroken("own_post", text, "email")
    token = secrets.token_urlsafe(32)
    link = ReviewLink(
        draft_id=draft_id,
        name=name.strip(),
        email=email.strip(),
        token_hash=_hash(token),
        made_by=ref_of(actor),
        made_at=now,
        expires_at=now + LASTS,
    )
    session.add(link)
    session.flush()
    record(session, actor, "drafts:review_link:made", "draft", draft_id, now=now)
    return token


def revoke(session: Session, actor: Actor, draft_id: str, link_id: int, *, now: datetime) -> None:
    draft_for(session, actor, draft_id, REVIEW)
    link = session.get(ReviewLink, link_id)
    if link is None or link.draft_id != draft_id:
        raise Missing("review_link", link_id)
    if link.revoked_at is None:
        link.revoked_at = now
        record(session, actor, "drafts:review_link:revoked", "draft", draft_id, now=now)


def find_reviewer(session: Session, token: str, *, now: datetime) -> tuple[Actor, str] | None:
    """Who acts by the secret, and on which draft; None when it does not open (any more)."""
    link = _find(session, token)
    if link is None or link.revoked_at is not None or link.expires_at <= now:
        return None
    unit_id = draft_row(session, link.draft_id).unit_id
    actor = Actor(
        "reviewer", link.id, link.name, link.email, frozenset({Role.REVIEWER}), frozenset({unit_id})
    )
    return actor, link.draft_id


def is_known(session: Session, token: str) -> bool:
    """Whether the secret was ever given out."""
    return _find(session, token) is not None


def links_of(session: Session, draft_id: str, *, now: datetime) -> list[ReviewLink]:
    """Those that still open."""
    query = select(ReviewLink).where(
        ReviewLink.draft_id == draft_id,
        col(ReviewLink.revoked_at).is_(None),
        col(ReviewLink.expires_at) > now,
    )
    return list(session.exec(query.order_by(col(ReviewLink.id))))


def mail_key(token: str) -> str:
    """One mail for one link; the key says nothing of the secret."""
    return f"review-link:{_hash(token)[:32]}"


def _find(session: Session, token: str) -> ReviewLink | None:
    return session.exec(select(ReviewLink).where(ReviewLink.token_hash == _hash(token))).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
