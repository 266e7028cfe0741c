"""Making accounts, inviting people, and what admins do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete
from sqlmodel import Session, col

from branding.accounts import passwords, queries, rules
from branding.accounts.models import MagicLink, RoleGrant, User
from branding.accounts.service.secrets import end_links, end_sign_ins_of, new_link
from branding.accounts.values import ROLE_NAMES, Grant, LinkPurpose, PersonRequest, PersonView
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.outbox.service import cancel, enqueue
from branding.outbox.values import Mail

Write = Callable[[PersonView, str], Mail]
_MANAGE = "accounts:user:manage"
_TAKEN = {"uq_user_account_email": ("email", say("Somebody has this mail address already."))}


def add_user(
    session: Session,
    name: str,
    email: str,
    grants: Iterable[Grant | tuple[Role, int | None]],
    *,
    now: datetime,
    password: str | None = None,
    language: str = "da",
    actor: Actor = SYSTEM,
) -> int:
    """Make somebody who can come in at once; no mail is sent."""
    user = _new_user(session, PersonRequest(name, email, _grants(grants)), now, language)
    user.joined_at = now
    if password is not None:
        rules.check_password(password, name=user.name, email=user.email)
        user.password_hash = passwords.hashed(password)
    session.flush()
    record(session, actor, "accounts:user:added", "user", user.id, now=now)
    return user.id or 0


def create_first_admin(session: Session, name: str, email: str, password: str, now: datetime) -> int:
    """The first person of a new installation, who can also plan; refused when anybody has an account."""
    if queries.has_people(session):
        raise RuleBroken(
            "not_first", say("There are people here already. Ask an administrator to invite you.")
        )
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        text = say("Write a mail address such as anna@example.dk.")
        raise RuleBroken("bad_email", text, "admin_email") from None
    grants = {Grant(Role.ADMIN), Grant(Role.COMMUNICATIONS)}
    return add_user(session, name, email, grants, now=now, password=password)


def invite(session: Session, actor: Actor, request: PersonRequest, write: Write, *, now: datetime) -> int:
    """Make an account that waits for its person, and mail the invitation."""
    policy.check(actor, _MANAGE)
    user = _new_user(session, request, now, "da")
    record(session, actor, "accounts:user:invited", "user", user.id, changes=_changes(None, request), now=now)
    _mail_invitation(session, queries.person(session, user.id or 0), write, now)
    return user.id or 0


def send_invitation_again(
    session: Session, actor: Actor, user_id: int, write: Write, *, now: datetime
) -> None:
    """A new link; the earlier ones stop working."""
    policy.check(actor, _MANAGE)
    person = _invited(session, user_id)
    end_links(session, user_id, now)
    cancel(session, _mail_key(user_id))
    _mail_invitation(session, person, write, now)
    record(session, actor, "accounts:user:invited-again", "user", user_id, now=now)


def withdraw_invitation(session: Session, actor: Actor, user_id: int, *, now: datetime) -> None:
    """Remove an account that nobody has come into."""
    policy.check(actor, _MANAGE)
    _invited(session, user_id)
    cancel(session, _mail_key(user_id))
    # The log keeps the id, not the person.
    record(session, actor, "accounts:user:invitation-withdrawn", "user", user_id, now=now)
    for table in (MagicLink, RoleGrant):
        session.execute(delete(table).where(col(table.user_id) == user_id))
    session.execute(delete(User).where(col(User.id) == user_id))


def change_person(
    session: Session, actor: Actor, user_id: int, request: PersonRequest, version: int, *, now: datetime
) -> None:
    """Name, address and roles."""
    policy.check(actor, _MANAGE)
    user, before = queries.user_by_id(session, user_id), queries.person(session, user_id)
    request = _checked(request)
    if user.version != version:
        raise _conflict(request, before)
    if Role.ADMIN in before.roles and Role.ADMIN not in {grant.role for grant in request.grants}:
        check_admin_remains(session, user_id)
    with taken(session, _TAKEN):
        user.name, user.email, user.sort_key = request.name, request.email, sort_key(request.name)
    _set_grants(session, user_id, request.grants)
    if request.email != before.email:
        # A link that lies in the old mailbox must not open the account.
        end_links(session, user_id, now)
    user.version += 1
    record(
        session, actor, "accounts:user:changed", "user", user_id, changes=_changes(before, request), now=now
    )


def deactivate(session: Session, actor: Actor, user_id: int, *, now: datetime) -> None:
    """Shut somebody out at once; the account stays, for history."""
    policy.check(actor, _MANAGE)
    user = queries.user_by_id(session, user_id)
    if user.deactivated_at is not None:
        return
    check_admin_remains(session, user_id)
    user.deactivated_at, user.version = now, user.version + 1
    end_sign_ins_of(session, user_id, now)
    end_links(session, user_id, now)
    cancel(session, _mail_key(user_id))
    record(session, actor, "accounts:user:deactivated", "user", user_id, now=now)


def reactivate(session: Session, actor: Actor, user_id: int, *, now: datetime) -> None:
    """Let somebody in again, with the roles from before."""
    policy.check(actor, _MANAGE)
    user = queries.user_by_id(session, user_id)
    if user.deactivated_at is None:
        return
    user.deactivated_at, user.version = None, user.version + 1
    record(session, actor, "accounts:user:reactivated", "user", user_id, now=now)


def end_sign_ins(session: Session, actor: Actor, user_id: int, *, now: datetime) -> int:
    """Sign somebody out everywhere; returns of how many devices."""
    policy.check(actor, _MANAGE)
    queries.user_by_id(session, user_id)
    count = end_sign_ins_of(session, user_id, now)
    record(session, actor, "accounts:sign-in:ended-all", "user", user_id, now=now)
    return count


def check_admin_remains(session: Session, without: int) -> None:
    """Refuse to lose the last administrator who can sign in."""
    admins = queries.admin_ids(session)
    if without in admins:
        rules.check_admin_remains(len(admins - {without}))


def _new_user(session: Session, request: PersonRequest, now: datetime, language: str) -> User:
    request = _checked(request)
    user = User(
        name=request.name,
        email=request.email,
        language=language,
        created_at=now,
        sort_key=sort_key(request.name),
    )
    with taken(session, _TAKEN):
        session.add(user)
    _set_grants(session, user.id or 0, request.grants)
    return user


def _checked(request: PersonRequest) -> PersonRequest:
    rules.check_grants(request.grants)
    return PersonRequest(" ".join(request.name.split()), request.email.strip().lower(), request.grants)


def _grants(grants: Iterable[Grant | tuple[Role, int | None]]) -> frozenset[Grant]:
    return frozenset(grant if isinstance(grant, Grant) else Grant(*grant) for grant in grants)


def _set_grants(session: Session, user_id: int, wanted: frozenset[Grant]) -> None:
    session.execute(delete(RoleGrant).where(col(RoleGrant.user_id) == user_id))
    ordered = sorted(wanted, key=lambda grant: (grant.role, grant.unit_id or 0))
    session.add_all(RoleGrant(user_id=user_id, role=grant.role, unit_id=grant.unit_id) for grant in ordered)
    session.flush()


def _invited(session: Session, user_id: int) -> PersonView:
    person = queries.person(session, user_id)
    if not person.is_invited:
        raise RuleBroken("not_invited", say("%(name)s has come in already.", name=person.name))
    return person


def _mail_invitation(session: Session, person: PersonView, write: Write, now: datetime) -> None:
    link_id, token = new_link(session, person.id, LinkPurpose.INVITATION, now)
    enqueue(session, write(person, token), dedupe_key=f"{_mail_key(person.id)}{link_id}", due_at=now, now=now)


def _mail_key(user_id: int) -> str:
    return f"accounts:invitation:{user_id}:"


def _listed(grants: Iterable[Grant]) -> list[str]:
    return sorted(f"{grant.role}:{grant.unit_id}" if grant.unit_id else str(grant.role) for grant in grants)


def _changes(before: PersonView | None, after: PersonRequest) -> dict[str, tuple[object, object]]:
    return {
        "name": (before.name if before else None, after.name),
        "email": (before.email if before else None, after.email),
        "roles": (_listed(before.grants) if before else None, _listed(after.grants)),
    }


def _conflict(mine: PersonRequest, theirs: PersonView) -> Conflict:
    roles = [role for role in ROLE_NAMES if role in {grant.role for grant in mine.grants | theirs.grants}]

    def shown(name: str, email: str, grants: Iterable[Grant]) -> list[tuple[Text, object]]:
        has = {grant.role for grant in grants}
        answers = [(ROLE_NAMES[role], say("yes") if role in has else say("no")) for role in roles]
        return [(say("Name"), name), (say("Mail"), email), *answers]

    return Conflict(
        "user_changed",
        say("Somebody else has changed this person since you opened the page."),
        shown(mine.name, mine.email, mine.grants),
        shown(theirs.name, theirs.email, theirs.grants),
    )
