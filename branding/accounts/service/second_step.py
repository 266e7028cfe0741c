"""The second step: setting it up, taking it when one signs in, and turning it off.

An app on the phone shows a new code every 30 seconds (RFC 6238); ten codes on paper help when it is lost.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from branding.accounts import one_time_codes, queries, rules
from branding.accounts.models import RecoveryCode, SecondStep, SecondStepRule, SignIn
from branding.accounts.queries import token_hash
from branding.accounts.service.secrets import end_sign_ins_of
from branding.accounts.service.signing_in import OPENED, SignInRefused
from branding.accounts.values import HalfSignedIn, NewSecondStep
from branding.audit import queries as audit
from branding.audit.service import record
from branding.core import log, policy
from branding.core.actor import Actor, Role
from branding.core.errors import RuleBroken
from branding.core.sealed import CannotOpen, seal, unseal
from branding.core.text import say

REFUSED = "accounts:second-step:refused"
LOCKED = "accounts:second-step:locked"
_SELF = "accounts:self:manage"
_MANAGE = "accounts:user:manage"
_ISSUER = "Stafet"


def new_second_step(session: Session, user_id: int, email: str, title: str) -> NewSecondStep:
    """A secret for the app, which nobody has confirmed yet; nothing is stored."""
    return _shown(session, user_id, email, title, one_time_codes.new_secret())


def same_second_step(session: Session, user_id: int, email: str, title: str, sealed: str) -> NewSecondStep:
    """The secret of a form that came back with a wrong code; a new one when it is not ours."""
    try:
        secret = unseal(session, sealed, about=_about_new(user_id))
    except CannotOpen:
        return new_second_step(session, user_id, email, title)
    return _shown(session, user_id, email, title, secret)


def _shown(session: Session, user_id: int, email: str, title: str, secret: str) -> NewSecondStep:
    picture = one_time_codes.picture(secret, name=email, issuer=_ISSUER, title=title)
    return NewSecondStep(seal(session, secret, about=_about_new(user_id)), secret, picture)


def set_up_second_step(
    session: Session, user_id: int, sign_in_id: int, sealed: str, code: str, *, now: datetime
) -> list[str]:
    """Confirm the app by its first code; returns the codes for paper, which are never shown again.

    Ends every other sign-in: whoever came in by the password alone is out.
    """
    if queries.find_second_step(session, user_id) is not None:
        raise RuleBroken("set_up_already", say("Two-step sign-in is on already."))
    try:
        secret = unseal(session, sealed, about=_about_new(user_id))
    except CannotOpen:
        raise RuleBroken("bad_secret", say("Start again: scan the picture once more.")) from None
    step = one_time_codes.accepted_step(
        secret, one_time_codes.plain(code), now=now, drift=rules.DRIFT, after=0
    )
    if step is None:
        raise RuleBroken(
            "code_wrong",
            say("This is not the code that the app shows now. Is the time on the phone right?"),
            "code",
        )
    row = SecondStep(user_id=user_id, secret="", made_at=now, last_step=step)
    session.add(row)
    session.flush()
    row.secret = seal(session, secret, about=_about(user_id))
    end_sign_ins_of(session, user_id, now, but=sign_in_id)
    actor = Actor("user", user_id)
    record(session, actor, "accounts:second-step:set-up", "user", user_id, now=now)
    _complete(session, user_id, sign_in_id, now)
    return _new_codes(session, user_id)


def take_second_step(session: Session, half: HalfSignedIn, code: str, *, now: datetime) -> None:
    """Let somebody in who has taken the first step."""
    _check_code(session, half.user_id, code, now)
    _complete(session, half.user_id, half.sign_in_id, now)


def _check_code(session: Session, user_id: int, code: str, now: datetime) -> None:
    """Every refusal is counted, wherever a code is asked for, and five lock the app's codes for a while.

    A code from paper works all the same: it cannot be guessed, and somebody who knows the
    password must not be able to lock its owner out.
    """
    if _accepts_paper(session, user_id, code, now):
        return
    subject = ("user", str(user_id))
    success = audit.latest_at(session, OPENED, *subject)
    lock = audit.latest_at(session, LOCKED, *subject)
    if rules.is_locked(now, last_success=success, last_lock=lock):
        raise _refused([], is_locked=True)
    if not _accepts(session, user_id, code, now):
        since = rules.lock_window_start(now, last_success=success, last_lock=lock)
        locks = rules.locks_now(audit.count_since(session, REFUSED, *subject, since))
        notes = [(REFUSED, subject), *([(LOCKED, subject)] if locks else [])]
        raise _refused(notes, is_locked=locks)


def _refused(notes: list[tuple[str, tuple[str, str]]], *, is_locked: bool) -> SignInRefused:
    if is_locked:
        minutes = int(rules.LOCK / timedelta(minutes=1))
        text = say(
            "That was too many tries. Wait %(minutes)s minutes, or use one of your recovery codes.",
            minutes=minutes,
        )
        return SignInRefused("second_step_locked", text, notes)
    return SignInRefused("code_wrong", say("That code does not fit, or it has been used."), notes, "code")


def _accepts_paper(session: Session, user_id: int, written: str, now: datetime) -> bool:
    """A code from paper works once."""
    paper = queries.find_recovery_code(session, user_id, one_time_codes.plain(written))
    if paper is None:
        return False
    paper.used_at = now
    record(session, Actor("user", user_id), "accounts:second-step:recovered", "user", user_id, now=now)
    return True


def _accepts(session: Session, user_id: int, written: str, now: datetime) -> bool:
    """So does a code from the app."""
    code, row = one_time_codes.plain(written), queries.find_second_step(session, user_id)
    if row is None:
        return False
    try:
        secret = unseal(session, row.secret, about=_about(user_id))
    except CannotOpen:
        log.event("accounts.second_step_unreadable", user_id=user_id)
        return False
    step = one_time_codes.accepted_step(secret, code, now=now, drift=rules.DRIFT, after=row.last_step)
    if step is not None:
        row.last_step = step
    return step is not None


def _complete(session: Session, user_id: int, sign_in_id: int, now: datetime) -> None:
    """The sign-in counts from here on, for as long as any other."""
    row = session.get(SignIn, sign_in_id)
    assert row is not None
    assert row.user_id == user_id
    if row.second_step_at is None:
        row.second_step_at, row.expires_at = now, now + rules.SIGN_IN_LIFE
        changes = {"method": (None, row.method), "second_step": (None, True)}
        record(session, Actor("user", user_id), OPENED, "user", user_id, changes=changes, now=now)
    session.flush()


def renew_recovery_codes(session: Session, actor: Actor, code: str, *, now: datetime) -> list[str]:
    """Ten new codes for paper; the old ones stop working.  Asks for a code once more."""
    policy.check(actor, _SELF)
    user_id = actor.id or 0
    _check_code(session, user_id, code, now)
    record(session, actor, "accounts:second-step:codes-renewed", "user", user_id, now=now)
    return _new_codes(session, user_id)


def turn_off_second_step(session: Session, actor: Actor, code: str, *, now: datetime) -> None:
    """Refused to those whose role requires it."""
    policy.check(actor, _SELF)
    user_id = actor.id or 0
    if queries.is_required(session, user_id):
        raise RuleBroken(
            "second_step_required", say("Your role requires two-step sign-in, so it stays on."), "code"
        )
    _check_code(session, user_id, code, now)
    _forget(session, user_id)
    record(session, actor, "accounts:second-step:turned-off", "user", user_id, now=now)


def reset_second_step(session: Session, actor: Actor, user_id: int, *, now: datetime) -> None:
    """An administrator helps somebody who has lost phone and paper; signs them out everywhere."""
    policy.check(actor, _MANAGE)
    queries.user_by_id(session, user_id)
    if actor.kind == "user" and actor.id == user_id:
        raise RuleBroken("own_second_step", say("Ask another administrator to reset your own."))
    _forget(session, user_id)
    end_sign_ins_of(session, user_id, now)
    record(session, actor, "accounts:second-step:reset", "user", user_id, now=now)


def require_second_step(session: Session, actor: Actor, roles: Collection[Role], *, now: datetime) -> None:
    """Say which roles must take it.  Whoever has one of them and no second step is signed out."""
    policy.check(actor, _MANAGE)
    wanted = {role for role in rules.MAY_BE_REQUIRED if role in roles}
    if wanted & actor.roles and actor.id in queries.without_second_step(session, wanted):
        raise RuleBroken(
            "own_first", say("Set up two-step sign-in for yourself first; otherwise you shut yourself out.")
        )
    before = {one.role for one in queries.role_requirements(session) if one.is_required}
    if before == wanted:
        return
    session.execute(delete(SecondStepRule))
    session.add_all(SecondStepRule(role=role, made_at=now) for role in sorted(wanted))
    session.flush()
    for user_id in sorted(queries.without_second_step(session, wanted - before)):
        end_sign_ins_of(session, user_id, now)
    changes = {"roles": (sorted(before), sorted(wanted))}
    record(session, actor, "accounts:second-step:required", "organisation", 1, changes=changes, now=now)


def _new_codes(session: Session, user_id: int) -> list[str]:
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    codes = one_time_codes.new_recovery_codes(rules.RECOVERY_CODES)
    hashes = [token_hash(one_time_codes.plain(code)) for code in codes]
    session.add_all(RecoveryCode(user_id=user_id, code_hash=one) for one in hashes)
    session.flush()
    return codes


def _forget(session: Session, user_id: int) -> None:
    """Sign-ins go on without it; should it be required later, they have not taken it."""
    ours = update(SignIn).where(col(SignIn.user_id) == user_id)
    session.execute(ours.values(second_step_at=None))
    for table in (RecoveryCode, SecondStep):
        session.execute(delete(table).where(col(table.user_id) == user_id))


def _about(user_id: int) -> str:
    return f"second_step:{user_id}:secret"


def _about_new(user_id: int) -> str:
    return f"second_step:{user_id}:new"
