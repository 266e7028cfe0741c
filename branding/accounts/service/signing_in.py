"""Coming in by password or by a mailed link, and leaving again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from branding.accounts import passwords, queries, rules
from branding.accounts.models import MagicLink, SignIn, User
from branding.accounts.service.people import Write
from branding.accounts.service.secrets import end_links, new_link, new_sign_in
from branding.accounts.values import LinkPurpose, Method
from branding.audit import queries as audit
from branding.audit.service import record, subject_mark
from branding.core import log
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say
from branding.outbox.service import enqueue

OPENED = "accounts:sign-in:opened"
HALF_OPENED = "accounts:sign-in:half-opened"
REFUSED = "accounts:sign-in:refused"
LOCKED = "accounts:sign-in:locked"

Subject = tuple[str, str]


class SignInRefused(RuleBroken):
    """``notes`` are (tag, subject) pairs to be recorded although the request is rolled back."""

    def __init__(
        self, code: str, text: Text, notes: list[tuple[str, Subject]], field: str | None = None
    ) -> None:
        super().__init__(code, text, field)
        self.notes = notes


def sign_in(session: Session, email: str, password: str, *, device: str, now: datetime) -> str:
    """Open a sign-in; every refusal reads the same, whoever the address belongs to."""
    email = email.strip().lower()
    user = queries.find_user_by_email(session, email)
    # A mark and not the address: the log must not hold what strangers typed.
    subject = ("user", str(user.id)) if user else ("address", subject_mark(session, email))
    success = audit.latest_at(session, OPENED, *subject)
    lock = audit.latest_at(session, LOCKED, *subject)
    if rules.is_locked(now, last_success=success, last_lock=lock):
        raise SignInRefused("sign_in_locked", _locked_text(), [])
    stored = user.password_hash if user and user.deactivated_at is None else None
    if not passwords.matches(stored, password[: rules.LONGEST_PASSWORD]) or user is None:
        since = rules.lock_window_start(now, last_success=success, last_lock=lock)
        raise _refusal(subject, audit.count_since(session, REFUSED, *subject, since))
    if passwords.is_outdated(stored or ""):
        user.password_hash = passwords.hashed(password)
    return _enter(session, user, device, Method.PASSWORD, now)


def _refusal(subject: Subject, refused_before: int) -> SignInRefused:
    notes = [(REFUSED, subject)]
    if rules.locks_now(refused_before):
        return SignInRefused("sign_in_locked", _locked_text(), [*notes, (LOCKED, subject)])
    text = say("The mail address and the password do not fit together.")
    return SignInRefused("sign_in_refused", text, notes)


def _locked_text() -> Text:
    minutes = int(rules.LOCK / timedelta(minutes=1))
    return say(
        "That was too many tries. Wait %(minutes)s minutes, or get a link by mail: that works at once.",
        minutes=minutes,
    )


def open_session(
    session: Session, user_id: int, *, device: str, now: datetime, method: Method = Method.PASSWORD
) -> str:
    """Sign somebody in who has shown already who it is; returns the secret for the cookie."""
    return _enter(session, queries.user_by_id(session, user_id), device, method, now)


def _enter(session: Session, user: User, device: str, method: Method, now: datetime) -> str:
    """With a second step to take, the sign-in is half open: it counts when that is taken, or ends soon."""
    user.joined_at = user.joined_at or now
    user_id = user.id or 0
    waits = rules.waits_for(
        queries.find_second_step(session, user_id) is not None, queries.is_required(session, user_id)
    )
    token = new_sign_in(session, user_id, device, method, now, is_half=waits is not None)
    tag, actor = HALF_OPENED if waits else OPENED, Actor("user", user.id, user.name, user.email)
    record(session, actor, tag, "user", user.id, changes={"method": (None, str(method))}, now=now)
    log.event("accounts.signed_in", user_id=user.id, method=str(method))
    return token


def ask_for_link(session: Session, email: str, write: Write, *, now: datetime) -> None:
    """Mail a link when the address is known.  The caller learns nothing either way."""
    user = queries.find_user_by_email(session, email)
    if user is None or user.id is None or user.deactivated_at is not None:
        return
    since = now - rules.LINK_WINDOW
    if queries.link_count(session, user.id, LinkPurpose.SIGN_IN, since) >= rules.LINK_MAILS:
        return
    link_id, token = new_link(session, user.id, LinkPurpose.SIGN_IN, now)
    mail = write(queries.person(session, user.id), token)
    enqueue(session, mail, dedupe_key=f"accounts:link:{user.id}:{link_id}", due_at=now, now=now)
    record(session, Actor("anonymous"), "accounts:link:asked", "user", user.id, now=now)


def follow_link(session: Session, token: str, *, device: str, now: datetime) -> str:
    """Use a mailed link, once; returns the secret for the cookie."""
    return _enter(session, _use(session, token, LinkPurpose.SIGN_IN, now), device, Method.LINK, now)


def accept_invitation(
    session: Session, token: str, password: str | None, *, device: str, now: datetime
) -> str:
    """Come in for the first time, with a password of one's own or without one."""
    user = _use(session, token, LinkPurpose.INVITATION, now)
    if password is not None:
        rules.check_password(password, name=user.name, email=user.email)
        user.password_hash = passwords.hashed(password)
        user.version += 1
    return _enter(session, user, device, Method.LINK, now)


def _use(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> User:
    found = queries.find_open_link(session, token, now, lock=True)
    if found is None or found[0].purpose != purpose:
        raise Missing("magic_link")
    link, user = found
    link.used_at = now
    if user.joined_at is None:
        # Whoever comes in by one link has no more use for the others.
        end_links(session, user.id or 0, now)
    session.flush()
    return user


def sign_out(session: Session, actor: Actor, token: str, *, now: datetime) -> None:
    """End the sign-in that the cookie belongs to."""
    found = queries.find_signed_in(session, token, now)
    if found is not None:
        end_own_sign_in(session, actor, found.sign_in_id, now=now)


def end_own_sign_in(session: Session, actor: Actor, sign_in_id: int, *, now: datetime) -> None:
    """Sign oneself out on one device."""
    found = session.get(SignIn, sign_in_id)
    if found is None or found.user_id != actor.id:
        raise Missing("sign_in", sign_in_id)
    if found.ended_at is None:
        found.ended_at = now
        record(session, actor, "accounts:sign-in:ended", "sign_in", sign_in_id, now=now)


def purge(session: Session, *, now: datetime) -> int:
    """Delete links and sign-ins that ended long ago; returns how many."""
    limit = now - rules.KEPT
    links = delete(MagicLink).where(or_(col(MagicLink.used_at) < limit, col(MagicLink.expires_at) < limit))
    sign_ins = delete(SignIn).where(or_(col(SignIn.ended_at) < limit, col(SignIn.expires_at) < limit))
    rows = 0
    for query in (links, sign_ins):
        rows += int(session.execute(query).rowcount)  # type: ignore[attr-defined]
    return rows
