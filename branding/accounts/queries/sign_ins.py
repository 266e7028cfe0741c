"""Reads of sign-ins: who is behind a cookie, and where people are signed in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from branding.accounts.models import RoleGrant, SecondStep, SecondStepRule, SignIn, User
from branding.accounts.rules import HALF_LIFE, waits_for
from branding.accounts.values import HalfSignedIn, Method, SignedIn, SignInView, Waits
from branding.core.actor import Role


def token_hash(token: str) -> str:
    """What is kept of a secret.  It has 256 bits of its own, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Who is behind the cookie's secret; one query, because every request asks.

    Whoever has a second step, or a role that requires one, is nobody until it is taken.
    """
    found = _sign_in(session, token, now)
    if found is None or found[3] is not None:
        return None
    sign_in, user, grants, _ = found
    return SignedIn(
        user.id or 0,
        user.name,
        user.email,
        frozenset(Role(grant.role) for grant in grants),
        frozenset(grant.unit_id for grant in grants if grant.unit_id is not None),
        sign_in.id or 0,
        Method(sign_in.method),
        sign_in.made_at,
        user.language,
    )


def find_half_signed_in(session: Session, token: str, now: datetime) -> HalfSignedIn | None:
    """Who has taken the first step only, and may take the second for a little while."""
    found = _sign_in(session, token, now)
    if found is None:
        return None
    sign_in, user, _, waits = found
    if waits is None or sign_in.made_at <= now - HALF_LIFE:
        return None
    return HalfSignedIn(user.id or 0, user.name, user.email, sign_in.id or 0, waits)


def _sign_in(
    session: Session, token: str, now: datetime
) -> tuple[SignIn, User, list[RoleGrant], Waits | None] | None:
    query = (
        select(SignIn, User, RoleGrant, SecondStep.id, SecondStepRule.role)  # type: ignore[call-overload]
        .join(User, col(User.id) == SignIn.user_id)
        .outerjoin(RoleGrant, col(RoleGrant.user_id) == User.id)
        .outerjoin(SecondStep, col(SecondStep.user_id) == User.id)
        .outerjoin(SecondStepRule, col(SecondStepRule.role) == RoleGrant.role)
        .where(
            SignIn.token_hash == token_hash(token),
            col(SignIn.ended_at).is_(None),
            col(SignIn.expires_at) > now,
            col(User.deactivated_at).is_(None),
        )
    )
    rows: list[Any] = list(session.execute(query))
    if not rows:
        return None
    sign_in, user, _, step_id, _ = rows[0]
    waits = None
    if sign_in.second_step_at is None:
        waits = waits_for(step_id is not None, any(role for *_, role in rows))
    return sign_in, user, [grant for _, _, grant, _, _ in rows if grant], waits


def open_sign_ins(session: Session, user_id: int, now: datetime) -> list[SignInView]:
    """Where a person is signed in, newest first; one that waits for its second step is not in."""
    has_step = select(SecondStep.id).where(SecondStep.user_id == user_id).exists()
    query = (
        select(SignIn)
        .where(SignIn.user_id == user_id, col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now)
        .where(col(SignIn.second_step_at).is_not(None) | ~has_step)
        .order_by(col(SignIn.made_at).desc(), col(SignIn.id).desc())
    )
    return [SignInView(row.id or 0, row.device, row.made_at, row.expires_at) for row in session.exec(query)]
