"""Reads of people, their sign-ins and their links."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.accounts.models import MagicLink, RoleGrant, SignIn, User
from branding.accounts.values import Grant, LinkPurpose, LinkView, Method, PersonView, SignedIn, SignInView
from branding.core.actor import Role
from branding.core.errors import Missing


def token_hash(token: str) -> str:
    """What is kept of a secret.  It has 256 bits of its own, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Who is behind the cookie's secret; one query, because every request asks."""
    query = (
        select(SignIn, User, RoleGrant)
        .join(User, col(User.id) == SignIn.user_id)
        .outerjoin(RoleGrant, col(RoleGrant.user_id) == User.id)
        .where(
            SignIn.token_hash == token_hash(token),
            col(SignIn.ended_at).is_(None),
            col(SignIn.expires_at) > now,
            col(User.deactivated_at).is_(None),
        )
    )
    rows = list(session.exec(query))
    if not rows:
        return None
    sign_in, user, _ = rows[0]
    grants: list[RoleGrant | None] = [grant for _, _, grant in rows]
    return SignedIn(
        user.id or 0,
        user.name,
        user.email,
        frozenset(Role(grant.role) for grant in grants if grant),
        frozenset(grant.unit_id for grant in grants if grant and grant.unit_id is not None),
        sign_in.id or 0,
        Method(sign_in.method),
        sign_in.made_at,
        user.language,
    )


def people(session: Session) -> list[PersonView]:
    """Everybody with an account, by name; two queries."""
    users = session.exec(select(User).order_by(User.sort_key, col(User.id))).all()
    grants: dict[int, set[Grant]] = {}
    for grant in session.exec(select(RoleGrant)):
        grants.setdefault(grant.user_id, set()).add(Grant(Role(grant.role), grant.unit_id))
    return [_person(user, grants.get(user.id or 0, set())) for user in users]


def person(session: Session, user_id: int) -> PersonView:
    return _person(user_by_id(session, user_id), grants_of(session, user_id))


def _person(user: User, grants: Iterable[Grant]) -> PersonView:
    return PersonView(
        user.id or 0,
        user.name,
        user.email,
        user.language,
        user.password_hash is not None,
        user.joined_at,
        user.deactivated_at,
        user.version,
        frozenset(grants),
    )


def people_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The names of some people, those who have left included: for timelines."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(wanted)))
    return {user_id: name for user_id, name in rows if user_id is not None}


def user_by_id(session: Session, user_id: int) -> User:
    found = session.get(User, user_id)
    if found is None:
        raise Missing("user_account", user_id)
    return found


def find_user_by_email(session: Session, email: str) -> User | None:
    return session.exec(select(User).where(User.email == email.strip().lower())).first()


def has_people(session: Session) -> bool:
    """Whether anybody has an account yet."""
    return session.exec(select(User.id).limit(1)).first() is not None


def grants_of(session: Session, user_id: int) -> frozenset[Grant]:
    rows = session.exec(select(RoleGrant).where(RoleGrant.user_id == user_id))
    return frozenset(Grant(Role(row.role), row.unit_id) for row in rows)


def admin_ids(session: Session) -> set[int]:
    """Administrators who can sign in."""
    query = (
        select(RoleGrant.user_id)
        .join(User, col(User.id) == RoleGrant.user_id)
        .where(
            RoleGrant.role == Role.ADMIN, col(User.deactivated_at).is_(None), col(User.joined_at).is_not(None)
        )
    )
    return set(session.exec(query))


def open_sign_ins(session: Session, user_id: int, now: datetime) -> list[SignInView]:
    """Where a person is signed in, newest first."""
    query = (
        select(SignIn)
        .where(SignIn.user_id == user_id, col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now)
        .order_by(col(SignIn.made_at).desc(), col(SignIn.id).desc())
    )
    return [SignInView(row.id or 0, row.device, row.made_at, row.expires_at) for row in session.exec(query)]


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
