"""What people change about their own account."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.accounts import passwords, queries, rules
from branding.accounts.service.secrets import end_links, end_sign_ins_of
from branding.accounts.values import OwnRequest, SignedIn
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say

_SELF = "accounts:self:manage"


def change_own(session: Session, actor: Actor, request: OwnRequest, *, now: datetime) -> None:
    """Name and language."""
    policy.check(actor, _SELF)
    user = queries.user_by_id(session, actor.id or 0)
    name = " ".join(request.name.split())
    if user.version != request.version:
        raise Conflict(
            "user_changed",
            say("Your account has been changed since you opened the page."),
            [(say("Name"), name), (say("Language of mails"), request.language)],
            [(say("Name"), user.name), (say("Language of mails"), user.language)],
        )
    changes = {"name": (user.name, name), "language": (user.language, request.language)}
    user.name, user.sort_key, user.language = name, sort_key(name), request.language
    user.version += 1
    record(session, actor, "accounts:user:changed", "user", user.id, changes=changes, now=now)


def change_password(
    session: Session, actor: Actor, signed_in: SignedIn, current: str, new: str, *, now: datetime
) -> None:
    """A new password ends every other sign-in, and every link that is under way."""
    policy.check(actor, _SELF)
    user = queries.user_by_id(session, signed_in.user_id)
    check_present_password(session, signed_in, current, now=now)
    rules.check_password(new, name=user.name, email=user.email)
    user.password_hash = passwords.hashed(new)
    user.version += 1
    end_sign_ins_of(session, signed_in.user_id, now, but=signed_in.sign_in_id)
    end_links(session, signed_in.user_id, now)
    record(session, actor, "accounts:user:password-changed", "user", user.id, now=now)


def check_present_password(session: Session, signed_in: SignedIn, current: str, *, now: datetime) -> None:
    """Whoever sits at a computer that was left open must not change how its owner signs in."""
    stored = queries.user_by_id(session, signed_in.user_id).password_hash
    asks = needs_current(signed_in, has_password=stored is not None, now=now)
    if asks and not passwords.matches(stored, current[: rules.LONGEST_PASSWORD]):
        raise RuleBroken("password_wrong", say("This is not your present password."), "current")


def needs_current(signed_in: SignedIn, *, has_password: bool, now: datetime) -> bool:
    """Whether the present password must be given to set a new one."""
    return rules.needs_present_password(signed_in.method, signed_in.made_at, now, has_password=has_password)


def end_other_sign_ins(session: Session, actor: Actor, signed_in: SignedIn, *, now: datetime) -> int:
    """Sign oneself out on all other devices; returns how many."""
    policy.check(actor, _SELF)
    # Tries that never came to the second step are ended too, but nobody saw them as devices.
    shown = queries.open_sign_ins(session, signed_in.user_id, now)
    count = sum(1 for one in shown if one.id != signed_in.sign_in_id)
    end_sign_ins_of(session, signed_in.user_id, now, but=signed_in.sign_in_id)
    record(session, actor, "accounts:sign-in:ended-others", "user", signed_in.user_id, now=now)
    return count
