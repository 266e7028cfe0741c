"""Reads of people and their roles."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from branding.accounts.models import RoleGrant, SecondStep, User
from branding.accounts.values import Grant, PersonView
from branding.core.actor import Role
from branding.core.errors import Missing


def people(session: Session) -> list[PersonView]:
    """Everybody with an account, by name; three queries."""
    users = session.exec(select(User).order_by(User.sort_key, col(User.id))).all()
    grants: dict[int, set[Grant]] = {}
    for grant in session.exec(select(RoleGrant)):
        grants.setdefault(grant.user_id, set()).add(Grant(Role(grant.role), grant.unit_id))
    stepped = set(session.exec(select(SecondStep.user_id)))
    return [_person(user, grants.get(user.id or 0, set()), user.id in stepped) for user in users]


def person(session: Session, user_id: int) -> PersonView:
    has_step = session.exec(select(SecondStep.id).where(SecondStep.user_id == user_id)).first() is not None
    return _person(user_by_id(session, user_id), grants_of(session, user_id), has_step)


def _person(user: User, grants: Iterable[Grant], has_second_step: bool) -> PersonView:
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
        has_second_step,
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
    return ids_with_role(session, Role.ADMIN)


def ids_with_role(session: Session, *roles: Role) -> set[int]:
    """People who can sign in and have one of these roles."""
    query = (
        select(RoleGrant.user_id)
        .join(User, col(User.id) == RoleGrant.user_id)
        .where(
            col(RoleGrant.role).in_(roles),
            col(User.deactivated_at).is_(None),
            col(User.joined_at).is_not(None),
        )
    )
    return set(session.exec(query))
