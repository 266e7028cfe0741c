"""The lists of volunteers: links, putting a name on, choosing a host, taking names off, forgetting them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import ANONYMOUS, SYSTEM, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.outbox.service import cancel, enqueue, forget
from branding.outbox.values import Mail
from branding.takeovers import queries
from branding.takeovers.models import Volunteer, VolunteerLink
from branding.takeovers.service.hosts import name_host
from branding.takeovers.values import NameHost, SignUp

#: How the caller turns a name and the secret that takes it off again into a mail.
WriteMail = Callable[[SignUp, int, str], Mail]

_MANAGE = "takeovers:volunteer:manage"


def make_link(session: Session, actor: Actor, unit_id: int, *, now: datetime, token: str = "") -> str:
    """A new address by which employees of the unit volunteer; its secret is shown this once."""
    if actor.kind != "leader":
        policy.check(actor, _MANAGE, unit_id, thing="unit", key=unit_id)
    if organisation.unit_by_id(session, unit_id).is_archived:
        raise RuleBroken("unit_archived", say("The unit has been put away. Choose one that is in use."))
    token = token or secrets.token_urlsafe(32)
    link = VolunteerLink(unit_id=unit_id, token_hash=queries.token_hash(token), made_at=now)
    session.add(link)
    session.flush()
    record(session, actor, "takeovers:volunteer-link:made", "volunteer_link", link.id, now=now)
    return token


def stop_link(session: Session, actor: Actor, link_id: int, *, now: datetime) -> None:
    """Nobody can volunteer by this address any more, for good."""
    link = queries.volunteer_link_by_id(session, link_id)
    policy.check(actor, _MANAGE, link.unit_id, thing="volunteer_link", key=link_id)
    if link.revoked_at is None:
        link.revoked_at = now
        record(session, actor, "takeovers:volunteer-link:stopped", "volunteer_link", link_id, now=now)


def sign_up(session: Session, link_id: int, request: SignUp, write: WriteMail, *, now: datetime) -> None:
    """An employee volunteers by a link.  The same address again keeps one row, with the latest answers."""
    link = queries.volunteer_link_by_id(session, link_id)
    _put_on(session, ANONYMOUS, link.unit_id, link_id, request, write, now=now)


def suggest(
    session: Session, actor: Actor, unit_id: int, request: SignUp, write: WriteMail, *, now: datetime
) -> None:
    """A leader writes somebody down, who hears of it by mail and can take the name off again."""
    known = queries.find_volunteer(session, unit_id, request.email.lower())
    if known is not None and known.removed_at is None:
        return  # what people wrote about themselves is not written over by others
    _put_on(session, actor, unit_id, None, request, write, now=now)


def _put_on(
    session: Session,
    actor: Actor,
    unit_id: int,
    link_id: int | None,
    request: SignUp,
    write: WriteMail,
    *,
    now: datetime,
) -> None:
    email = request.email.lower()
    row = queries.find_volunteer(session, unit_id, email)
    is_known = row is not None and row.removed_at is None
    if row is None:
        row = Volunteer(unit_id=unit_id, email=email, name=request.name, made_at=now, off_token_hash="")
    kept = (row.profession_id, row.wish) if is_known else (None, "")  # what is left out is not taken back
    row.name = request.name
    row.profession_id, row.wish = request.profession_id or kept[0], request.wish or kept[1]
    tag = "takeovers:volunteer:changed" if is_known else "takeovers:volunteer:added"
    if not is_known:
        if row.off_token_hash:
            _forget_mails(session, row)  # of the time before
        token = secrets.token_urlsafe(32)
        row.made_at, row.removed_at, row.link_id = now, None, link_id
        row.chosen_at, row.host_id = None, None
        row.off_token_hash = queries.token_hash(token)
        key = f"{_key(row.off_token_hash)}on"
        enqueue(session, write(request, unit_id, token), dedupe_key=key, due_at=now, now=now)
    session.add(row)
    session.flush()
    record(session, actor, tag, "volunteer", row.id, now=now)


def _key(token_hash: str) -> str:
    """What a volunteer's mails begin with in the outbox; nothing in it can be turned back into the secret."""
    return f"volunteer:{token_hash[:16]}:"


def choose(
    session: Session, actor: Actor, volunteer_id: int, takeover_id: int, *, today: date, now: datetime
) -> str:
    """Name a volunteer as host of a takeover of the unit or its specialområde; returns the name."""
    row = _on_the_list(session, actor, volunteer_id)
    takeover = queries.takeover_view(session, takeover_id)
    own, other = (organisation.unit_by_id(session, one) for one in (row.unit_id, takeover.unit_id))
    if own.area_id != other.area_id:
        raise RuleBroken("other_area", say("Choose a takeover of the volunteer's own area."))
    request = NameHost(row.name, row.email, "", row.profession_id)
    row.host_id = name_host(session, actor, takeover_id, request, today=today, now=now)
    row.chosen_at = now
    session.flush()
    record(session, actor, "takeovers:volunteer:chosen", "volunteer", row.id, now=now)
    return row.name


def remove(session: Session, actor: Actor, volunteer_id: int, *, now: datetime) -> str:
    """Take a name off the list; ``restore`` undoes it.  Returns the name."""
    row = _on_the_list(session, actor, volunteer_id)
    _take_off(session, actor, row, now=now)
    return row.name


def restore(session: Session, actor: Actor, volunteer_id: int, *, now: datetime) -> str:
    """Undo ``remove``; who left the list by the mailed link is not there to come back."""
    row = queries.volunteer_by_id(session, volunteer_id)
    policy.check(actor, _MANAGE, row.unit_id, thing="volunteer", key=volunteer_id)
    if not row.name:
        raise Missing("volunteer", volunteer_id)
    if row.removed_at is not None:
        row.removed_at = None
        record(session, actor, "takeovers:volunteer:restored", "volunteer", row.id, now=now)
    return row.name


def take_off(session: Session, token: str, *, now: datetime) -> None:
    """The person's own link: off the list at once, and for good."""
    row = queries.find_volunteer_by_token(session, token)
    if row is not None and row.name:
        _forget_mails(session, row)
        # The row stays for a month without the person, so that the link can say what became of it.
        row.name, row.email, row.wish, row.profession_id = "", f"left-{row.id}", "", None
        row.removed_at = now
        record(session, ANONYMOUS, "takeovers:volunteer:left", "volunteer", row.id, now=now)


def _on_the_list(session: Session, actor: Actor, volunteer_id: int) -> Volunteer:
    row = queries.volunteer_by_id(session, volunteer_id)
    policy.check(actor, _MANAGE, row.unit_id, thing="volunteer", key=volunteer_id)
    queries.volunteer_view(session, volunteer_id)
    return row


def _take_off(session: Session, actor: Actor, row: Volunteer, *, now: datetime) -> None:
    cancel(session, _key(row.off_token_hash))
    row.removed_at = now
    session.flush()
    record(session, actor, "takeovers:volunteer:removed", "volunteer", row.id, now=now)


def _forget_mails(session: Session, row: Volunteer) -> None:
    """The address goes out of the list of mails too: people are told that it is deleted."""
    cancel(session, _key(row.off_token_hash))
    forget(session, _key(row.off_token_hash))


def _forget(session: Session, row: Volunteer) -> None:
    _forget_mails(session, row)
    session.delete(row)
    session.flush()


def delete_old(session: Session, *, now: datetime) -> int:
    """Delete names after a year, and those that were taken off after a month; returns how many."""
    found = queries.volunteers_to_delete(session, now)
    for row in found:
        record(session, SYSTEM, "takeovers:volunteer:deleted", "volunteer", row.id, now=now)
        _forget(session, row)
    return len(found)
