"""Lending out a profile's login: off unless somebody turns it on, shown to one host for some days."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy, sealed
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import queries
from branding.takeovers.models import ProfileLogin
from branding.takeovers.rules.logins import login_refusal
from branding.takeovers.service.login_changes import require_change, settle_change
from branding.takeovers.values import Login, LoginFacts, LoginRefusal, TakeoverStatus

_MANAGE = "takeovers:login:manage"


def lend_login(session: Session, actor: Actor, profile_id: int, login: Login, *, now: datetime) -> None:
    """Turn it on, or enter the new password.  It is never shown to staff again, and not in the log."""
    policy.check(actor, _MANAGE)
    if organisation.profile_by_id(session, profile_id).is_archived:
        raise RuleBroken("profile_archived", say("The profile has been put away. Take it out again first."))
    row = queries.find_login(session, profile_id) or ProfileLogin(profile_id=profile_id, changed_at=now)
    _check_is_new(session, row, login)
    was_on = row.is_on
    session.add(row)
    session.flush()
    row.is_on, row.username, row.changed_at = True, login.username, now
    row.password = sealed.seal(session, login.password, about=_about(row))
    session.flush()
    tag = "takeovers:login:changed" if was_on else "takeovers:login:turned-on"
    record(session, actor, tag, "profile_login", row.id, now=now)
    settle_change(session, actor, profile_id, now=now)


def _check_is_new(session: Session, row: ProfileLogin, login: Login) -> None:
    """A password that a former host knows is not a new one."""
    if row.change_due_since is None or not row.password:
        return
    if _opened(session, row) == login.password:
        text = say("That is the password the latest host had. Change it on the profile first.")
        raise RuleBroken("same_password", text, "password")


def stop_lending(session: Session, actor: Actor, profile_id: int, *, now: datetime) -> None:
    """Turn it off and erase the password: that cannot be undone.  Whoever has seen it knows it still."""
    policy.check(actor, _MANAGE)
    row = queries.find_login(session, profile_id)
    if row is None or not row.is_on:
        return
    row.is_on, row.username, row.password = False, "", ""
    session.flush()
    record(session, actor, "takeovers:login:turned-off", "profile_login", row.id, now=now)
    for takeover_id in sorted({look.takeover_id for look in queries.login_looks(session, profile_id)}):
        require_change(session, queries.takeover_by_id(session, takeover_id), now=now)


def note_changed(session: Session, actor: Actor, profile_id: int, *, now: datetime) -> None:
    """The password was changed on the profile after the login had been turned off here."""
    policy.check(actor, _MANAGE)
    row = queries.find_login(session, profile_id)
    if row is None or row.is_on or row.change_due_since is None:
        return
    row.changed_at = now
    record(session, actor, "takeovers:login:changed-elsewhere", "profile_login", row.id, now=now)
    settle_change(session, actor, profile_id, now=now)


def refusal_for(session: Session, actor: Actor, today: date) -> LoginRefusal | None:
    """Why this host does not see the login today; None: it may be shown."""
    policy.check(actor, "takeovers:host:week")
    host = queries.host_view(session, actor.id or 0)
    takeover = queries.takeover_view(session, host.takeover_id)
    login = queries.login_view(session, takeover.profile_id)
    facts = LoginFacts(
        is_on=login.is_on,
        change_due=login.change_due_since is not None,
        is_live=takeover.status == TakeoverStatus.LIVE,
        has_accepted=host.accepted_at is not None,
        starts_on=takeover.starts_on,
        ends_on=takeover.ends_on,
    )
    return login_refusal(facts, today)


def show_login(session: Session, actor: Actor, *, today: date, now: datetime) -> Login | LoginRefusal:
    """The login for the host of these days.  Every view is logged; what was shown is not."""
    refusal = refusal_for(session, actor, today)
    if refusal is not None:
        return refusal
    host = queries.host_by_id(session, actor.id or 0)
    takeover = queries.takeover_by_id(session, host.takeover_id)
    row = queries.find_login(session, takeover.profile_id)
    assert row is not None
    password = _opened(session, row)
    if password is None:
        return LoginRefusal.OFF  # the key is another one: staff must enter it again
    host.login_viewed_at = now
    session.flush()
    record(session, actor, "takeovers:login:viewed", "profile_login", row.id, now=now)
    return Login(row.username, password)


def _opened(session: Session, row: ProfileLogin) -> str | None:
    try:
        return sealed.unseal(session, row.password, about=_about(row))
    except sealed.CannotOpen:
        return None


def _about(row: ProfileLogin) -> str:
    return f"profile_login:{row.id}:password"
