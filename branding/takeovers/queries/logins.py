"""Reads of profiles' logins: whether they are lent out, and whose password must be changed."""

from __future__ import annotations

from sqlmodel import Session, col, select

from branding.takeovers.checklist import CHANGE_LOGIN
from branding.takeovers.models import ChecklistItem, Host, ProfileLogin, Takeover
from branding.takeovers.values import LoginView


def login_view(session: Session, profile_id: int) -> LoginView:
    """Whether a profile's login is lent out; a profile nobody asked about has it off."""
    row = find_login(session, profile_id)
    if row is None:
        return LoginView(profile_id)
    return LoginView(profile_id, row.is_on, row.changed_at, row.change_due_since)


def find_login(session: Session, profile_id: int) -> ProfileLogin | None:
    return session.exec(select(ProfileLogin).where(ProfileLogin.profile_id == profile_id)).first()


def logins_to_change(session: Session) -> list[LoginView]:
    """Profiles whose password a host of a takeover that is over still knows, longest first."""
    query = (
        select(ProfileLogin)
        .where(col(ProfileLogin.change_due_since).is_not(None))
        .order_by(col(ProfileLogin.change_due_since))
    )
    return [
        LoginView(row.profile_id, row.is_on, row.changed_at, row.change_due_since)
        for row in session.exec(query)
    ]


def open_change_lines(session: Session, profile_id: int) -> list[ChecklistItem]:
    """The checklist lines that a new password ticks."""
    query = (
        select(ChecklistItem)
        .join(Takeover, col(Takeover.id) == ChecklistItem.takeover_id)
        .where(
            Takeover.profile_id == profile_id,
            ChecklistItem.key == CHANGE_LOGIN,
            col(ChecklistItem.done_at).is_(None),
        )
    )
    return list(session.exec(query))


def has_seen_login(session: Session, takeover_id: int) -> bool:
    """Whether a host of the takeover, also one who was taken off, has seen the password."""
    query = select(Host.id).where(Host.takeover_id == takeover_id, col(Host.login_viewed_at).is_not(None))
    return session.exec(query).first() is not None
