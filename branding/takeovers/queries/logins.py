"""Reads of profiles' logins: whether they are lent out, and whose password must be changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.takeovers.checklist import CHANGE_LOGIN
from branding.takeovers.models import ChecklistItem, Host, ProfileLogin, Takeover
from branding.takeovers.values import LoginLook, LoginView


def login_view(session: Session, profile_id: int) -> LoginView:
    """Whether a profile's login is lent out; a profile nobody asked about has it off."""
    row = find_login(session, profile_id)
    if row is None:
        return LoginView(profile_id)
    return LoginView(profile_id, row.is_on, row.changed_at, row.change_due_since)


def find_login(session: Session, profile_id: int) -> ProfileLogin | None:
    return session.exec(select(ProfileLogin).where(ProfileLogin.profile_id == profile_id)).first()


def logins_to_change(session: Session) -> list[LoginView]:
    """Profiles whose password a host knows who need not know it any more, longest first."""
    query = (
        select(ProfileLogin)
        .where(col(ProfileLogin.change_due_since).is_not(None))
        .order_by(col(ProfileLogin.change_due_since))
    )
    return [
        LoginView(row.profile_id, row.is_on, row.changed_at, row.change_due_since)
        for row in session.exec(query)
    ]


def logins_to_change_query() -> Any:
    """How many they are, for those who count more at once."""
    due = col(ProfileLogin.change_due_since).is_not(None)
    return select(func.count()).select_from(ProfileLogin).where(due)


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


def login_looks(session: Session, profile_id: int) -> list[LoginLook]:
    """The hosts, also those who were taken off, who have seen the password since it was entered."""
    query = (
        select(Host.name, Host.takeover_id, Host.login_viewed_at)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .join(ProfileLogin, col(ProfileLogin.profile_id) == Takeover.profile_id)
        .where(Takeover.profile_id == profile_id, col(Host.login_viewed_at) >= col(ProfileLogin.changed_at))
        .order_by(col(Host.login_viewed_at))
    )
    return [LoginLook(name, takeover_id, at) for name, takeover_id, at in session.exec(query) if at]


def has_seen_login(session: Session, takeover_id: int) -> bool:
    """Whether a host of the takeover, also one who was taken off, knows the password last entered."""
    takeover = session.get(Takeover, takeover_id)
    assert takeover is not None
    return takeover_id in {one.takeover_id for one in login_looks(session, takeover.profile_id)}
