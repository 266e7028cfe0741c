"""People with accounts, made the short way."""

from __future__ import annotations

from sqlmodel import Session

from branding.accounts import service
from branding.accounts.values import PersonView
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.outbox.values import Mail

PASSWORD = "tre gule ænder flyver"
EMAIL = "anna@example.dk"


def person(
    session: Session,
    *,
    email: str = EMAIL,
    name: str = "Anna Prøve",
    role: Role = Role.READER,
    password: str | None = PASSWORD,
    language: str = "da",
) -> int:
    user_id = service.add_user(
        session, name, email, {(role, None)}, now=clock.now(), password=password, language=language
    )
    session.commit()
    return user_id


def admin(session: Session, email: str = "admin@example.dk") -> Actor:
    user_id = person(session, email=email, name="Adam Admin", role=Role.ADMIN)
    return Actor("user", user_id, "Adam Admin", email, frozenset({Role.ADMIN}))


class Letterbox:
    """Stands where the views write mails, and keeps the secrets that were in them."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, person: PersonView, token: str) -> Mail:
        self.tokens.append(token)
        return Mail(person.email, "Emne", f"Link: {token}")
