"""Reads of the links in mails."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.accounts.models import MagicLink, User
from branding.accounts.queries.sign_ins import token_hash
from branding.accounts.values import LinkPurpose, LinkView


def find_link(session: Session, token: str, now: datetime) -> LinkView | None:
    """What a link in a mail would do, when it still works."""
    found = find_open_link(session, token, now)
    if found is None:
        return None
    link, user = found
    return LinkView(LinkPurpose(link.purpose), user.id or 0, user.name, user.email, user.language)


def find_open_link(
    session: Session, token: str, now: datetime, *, lock: bool = False
) -> tuple[MagicLink, User] | None:
    """The rows of a link that still works; ``lock`` before it is used, as it works once."""
    query = (
        select(MagicLink, User)
        .join(User, col(User.id) == MagicLink.user_id)
        .where(
            MagicLink.token_hash == token_hash(token),
            col(MagicLink.used_at).is_(None),
            col(MagicLink.expires_at) > now,
            col(User.deactivated_at).is_(None),
        )
    )
    found = session.exec(query.with_for_update() if lock else query).first()
    return (found[0], found[1]) if found else None


def link_count(session: Session, user_id: int, purpose: LinkPurpose, since: datetime) -> int:
    """How many links a person was mailed since a moment."""
    query = select(func.count()).where(
        MagicLink.user_id == user_id, MagicLink.purpose == purpose, col(MagicLink.made_at) > since
    )
    return session.exec(query).one()


def invitation_ends_at(session: Session, user_id: int) -> datetime | None:
    """Until when the newest invitation works; None when there is none that can be used."""
    query = select(func.max(MagicLink.expires_at)).where(
        MagicLink.user_id == user_id,
        MagicLink.purpose == LinkPurpose.INVITATION,
        col(MagicLink.used_at).is_(None),
    )
    return session.exec(query).one()
