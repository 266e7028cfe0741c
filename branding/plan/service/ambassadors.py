"""The list of ambassadors: links, joining by oneself, leaving, taking names off, forgetting them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy, sealed
from branding.core.actor import ANONYMOUS, SYSTEM, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.outbox.service import cancel, enqueue, forget
from branding.outbox.values import Mail
from branding.plan.models import Ambassador, AmbassadorLink
from branding.plan.queries import ambassadors as queries
from branding.plan.values import Joining
from branding.takeovers.queries import token_hash

#: How the caller turns who joined, the list and the secret that leaves it into a mail.
WriteMail = Callable[[Joining, int | None, str], Mail]

MANAGE = "plan:ambassador:manage"


def make_link(session: Session, actor: Actor, unit_id: int | None, *, now: datetime, token: str = "") -> str:
    """A new address by which people join the list; its secret is shown this once."""
    policy.check(actor, MANAGE, unit_id, thing="unit", key=unit_id)
    if unit_id is not None and organisation.unit_by_id(session, unit_id).is_archived:
        raise RuleBroken("unit_archived", say("The unit has been put away. Choose one that is in use."))
    token = token or secrets.token_urlsafe(32)
    link = AmbassadorLink(unit_id=unit_id, token_hash=token_hash(token), made_at=now)
    session.add(link)
    session.flush()
    record(session, actor, "plan:ambassador-link:made", "ambassador_link", link.id, now=now)
    return token


def stop_link(session: Session, actor: Actor, link_id: int, *, now: datetime) -> None:
    """Nobody can join by this address any more, for good."""
    link = queries.join_link_by_id(session, link_id)
    policy.check(actor, MANAGE, link.unit_id, thing="ambassador_link", key=link_id)
    if link.revoked_at is None:
        link.revoked_at = now
        record(session, actor, "plan:ambassador-link:stopped", "ambassador_link", link_id, now=now)


def join(session: Session, link_id: int, request: Joining, write: WriteMail, *, now: datetime) -> None:
    """Somebody joins by a link.  The same address again keeps one row; coming back begins a new year."""
    link = queries.join_link_by_id(session, link_id)
    email = request.email.strip().lower()
    row = queries.find_ambassador(session, email)
    is_known = row is not None and row.removed_at is None
    if row is None:
        row = Ambassador(name=request.name, email=email, made_at=now, off_token_hash="")
    row.name = request.name
    if not is_known:
        if row.off_token_hash:
            _forget_mails(session, row)  # of the time before
        token = secrets.token_urlsafe(32)
        row.made_at, row.removed_at, row.link_id, row.unit_id = now, None, link_id, link.unit_id
        row.off_token_hash = token_hash(token)
        row.off_token_sealed = sealed.seal(session, token, about=_about(row))
        mail = write(request, link.unit_id, token)
        enqueue(session, mail, dedupe_key=f"{mail_key(row)}on", due_at=now, now=now)
    session.add(row)
    session.flush()
    tag = "plan:ambassador:changed" if is_known else "plan:ambassador:joined"
    record(session, ANONYMOUS, tag, "ambassador", row.id, now=now)


def mail_key(row: Ambassador) -> str:
    """What an ambassador's mails begin with in the outbox; nothing in it gives the secret away."""
    return f"ambassador:{row.off_token_hash[:16]}:"


def off_token(session: Session, row: Ambassador) -> str:
    """The secret by which the person leaves, for a mail."""
    return sealed.unseal(session, row.off_token_sealed, about=_about(row))


def _about(row: Ambassador) -> str:
    return f"ambassador:off:{row.off_token_hash}"


def remove(session: Session, actor: Actor, ambassador_id: int, *, now: datetime) -> str:
    """Take a name off the list; ``restore`` undoes it.  Returns the name."""
    row = _managed(session, actor, ambassador_id)
    if row.removed_at is None:
        cancel(session, mail_key(row))
        row.removed_at = now
        record(session, actor, "plan:ambassador:removed", "ambassador", row.id, now=now)
    return row.name


def restore(session: Session, actor: Actor, ambassador_id: int, *, now: datetime) -> str:
    """Undo ``remove``; who left by the mailed link is not there to come back."""
    row = _managed(session, actor, ambassador_id)
    if row.removed_at is not None:
        row.removed_at = None
        record(session, actor, "plan:ambassador:restored", "ambassador", row.id, now=now)
    return row.name


def leave(session: Session, token: str, *, now: datetime) -> None:
    """The person's own link: off the list at once, and for good."""
    row = queries.find_ambassador_by_token(session, token)
    if row is not None and row.name:
        _forget_mails(session, row)
        # The row stays for a month without the person, so that the link can say what became of it.
        row.name, row.email, row.off_token_sealed = "", f"left-{row.id}", ""
        row.removed_at = now
        record(session, ANONYMOUS, "plan:ambassador:left", "ambassador", row.id, now=now)


def delete_old(session: Session, *, now: datetime) -> int:
    """Delete names after a year, and those that were taken off after a month; returns how many."""
    found = queries.ambassadors_to_delete(session, now)
    for row in found:
        record(session, SYSTEM, "plan:ambassador:deleted", "ambassador", row.id, now=now)
        _forget_mails(session, row)
        session.delete(row)
        session.flush()
    return len(found)


def _managed(session: Session, actor: Actor, ambassador_id: int) -> Ambassador:
    row = queries.ambassador_by_id(session, ambassador_id)
    policy.check(actor, MANAGE, row.unit_id, thing="ambassador", key=ambassador_id)
    if not row.name:
        raise Missing("ambassador", ambassador_id)
    return row


def _forget_mails(session: Session, row: Ambassador) -> None:
    """The address goes out of the list of mails too: people are told that it is deleted."""
    cancel(session, mail_key(row))
    forget(session, mail_key(row))
