"""Reads of the second step and of who must take it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.accounts.models import RecoveryCode, RoleGrant, SecondStep, SecondStepRule, User
from branding.accounts.queries.sign_ins import token_hash
from branding.accounts.rules import MAY_BE_REQUIRED
from branding.accounts.values import RoleRequirement, SecondStepView
from branding.core.actor import Role


def find_second_step(session: Session, user_id: int) -> SecondStep | None:
    return session.exec(select(SecondStep).where(SecondStep.user_id == user_id)).first()


def is_required(session: Session, user_id: int) -> bool:
    """Whether one of the person's roles must take the second step."""
    rules = select(SecondStepRule.role).join(RoleGrant, col(RoleGrant.role) == SecondStepRule.role)
    return session.exec(rules.where(RoleGrant.user_id == user_id).limit(1)).first() is not None


def second_step_view(session: Session, user_id: int) -> SecondStepView:
    step = find_second_step(session, user_id)
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, col(RecoveryCode.used_at).is_(None))
    left = session.exec(unused).one()
    return SecondStepView(step.made_at if step else None, left, is_required(session, user_id))


def find_recovery_code(session: Session, user_id: int, code: str) -> RecoveryCode | None:
    """An unused code of the person; ``code`` without dashes."""
    query = select(RecoveryCode).where(
        RecoveryCode.user_id == user_id,
        RecoveryCode.code_hash == token_hash(code),
        col(RecoveryCode.used_at).is_(None),
    )
    return session.exec(query).first()


def role_requirements(session: Session) -> list[RoleRequirement]:
    """The roles that may be required to take the second step; two queries."""
    required = set(session.exec(select(SecondStepRule.role)))
    counted = (
        select(RoleGrant.role, func.count(), func.count(col(SecondStep.id)))
        .join(User, col(User.id) == RoleGrant.user_id)
        .outerjoin(SecondStep, col(SecondStep.user_id) == RoleGrant.user_id)
        .where(col(User.deactivated_at).is_(None))
        .group_by(col(RoleGrant.role))
    )
    counts = {role: (people, ready) for role, people, ready in session.exec(counted)}
    return [RoleRequirement(role, role in required, *counts.get(role, (0, 0))) for role in MAY_BE_REQUIRED]


def without_second_step(session: Session, roles: Iterable[Role]) -> set[int]:
    """The people of some roles who have not set one up."""
    query = (
        select(RoleGrant.user_id)
        .outerjoin(SecondStep, col(SecondStep.user_id) == RoleGrant.user_id)
        .where(col(RoleGrant.role).in_(list(roles)), col(SecondStep.id).is_(None))
    )
    return set(session.exec(query))
