"""Making and ending the secrets that let people in; only their hashes are kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from branding.accounts import rules
from branding.accounts.models import MagicLink, SignIn
from branding.accounts.queries import token_hash
from branding.accounts.values import LinkPurpose, Method

_LIFE = {LinkPurpose.SIGN_IN: rules.LINK_LIFE, LinkPurpose.INVITATION: rules.INVITATION_LIFE}


def new_secret() -> str:
    """256 bits that fit in an address."""
    return secrets.token_urlsafe(32)


def new_link(session: Session, user_id: int, purpose: LinkPurpose, now: datetime) -> tuple[int, str]:
    """A link's id and its secret."""
    token = new_secret()
    link = MagicLink(
        user_id=user_id,
        token_hash=token_hash(token),
        purpose=purpose,
        made_at=now,
        expires_at=now + _LIFE[purpose],
    )
    session.add(link)
    session.flush()
    return link.id or 0, token


def new_sign_in(
    session: Session, user_id: int, device: str, method: Method, now: datetime, *, is_half: bool = False
) -> str:
    """The secret of a new sign-in, for the cookie; half of one lives as long as the second step may take."""
    token = new_secret()
    session.add(
        SignIn(
            user_id=user_id,
            token_hash=token_hash(token),
            method=method,
            device=rules.device_of(device),
            made_at=now,
            expires_at=now + (rules.HALF_LIFE if is_half else rules.SIGN_IN_LIFE),
        )
    )
    session.flush()
    return token


def end_links(session: Session, user_id: int, now: datetime) -> None:
    """Make every unused link of a person useless."""
    open_links = update(MagicLink).where(col(MagicLink.user_id) == user_id, col(MagicLink.used_at).is_(None))
    session.execute(open_links.values(used_at=now))


def end_sign_ins_of(session: Session, user_id: int, now: datetime, *, but: int | None = None) -> int:
    """Sign a person out everywhere, except on one device; returns of how many."""
    still_open = update(SignIn).where(
        col(SignIn.user_id) == user_id,
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > now,
        col(SignIn.id) != (but or 0),
    )
    return int(session.execute(still_open.values(ended_at=now)).rowcount)  # type: ignore[attr-defined]
