"""What coordinators do about hosts: name, invite, take a link back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core.actor import Actor
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.takeovers import queries, rules
from branding.takeovers.models import Host, HostLink, Takeover
from branding.takeovers.service.checklist import tick_by_key
from branding.takeovers.service.feeds import stop_host_feeds
from branding.takeovers.service.leaders import stop_question
from branding.takeovers.service.login_changes import require_change
from branding.takeovers.service.takeovers import follow_answer, follow_hosts, takeover_for
from branding.takeovers.service.telling import invitation_key, stop_invitation
from branding.takeovers.values import Invitation, LeaderAnswer, NameHost, TakeoverStatus

#: How the view turns an invitation into a mail: it knows the templates and the addresses.
WriteMail = Callable[[Invitation], Mail]

_TWICE = {"uq_host_takeover_id_email": ("email", say("This person is already a host of the takeover."))}


def name_host(
    session: Session, actor: Actor, takeover_id: int, request: NameHost, *, today: date, now: datetime
) -> int:
    """Put a host on a takeover; returns the host's id.  Nothing is sent yet."""
    takeover = _open(session, actor, takeover_id)
    facts = _facts(request)
    host = queries.find_host(session, takeover_id, request.email.lower())
    if host is not None and host.removed_at is not None:
        _begin_anew(session, actor, host, now=now)
    else:
        host = Host(takeover_id=takeover_id, name=request.name, email=request.email)
    with taken(session, _TWICE):
        for name, value in facts.items():
            setattr(host, name, value)
        session.add(host)
    record(session, actor, "takeovers:host:named", "host", host.id, now=now)
    tick_by_key(session, actor, takeover_id, "host-found", now=now)
    follow_hosts(session, actor, takeover, today=today, now=now)
    return host.id or 0


def _begin_anew(session: Session, actor: Actor, host: Host, *, now: datetime) -> None:
    """Somebody who was taken off is named again: asked anew, and no earlier link opens anything."""
    _revoke(session, host, now=now)
    stop_host_feeds(session, actor, host.id or 0, now=now)
    host.removed_at = host.invited_at = host.accepted_at = host.declined_at = host.briefed_at = None
    host.told_starts_on = host.told_ends_on = None
    _forget_leader(host)


def _forget_leader(host: Host) -> None:
    """Somebody else: what the leader said was not about this person."""
    host.leader_asked_at = host.leader_answered_at = None
    host.leader_answer, host.leader_note = LeaderAnswer.NONE, ""


def change_host(
    session: Session, actor: Actor, host_id: int, request: NameHost, *, today: date, now: datetime
) -> None:
    """Put a host's details right.  A link that went to another address is taken back."""
    host, takeover = _host_of_open(session, actor, host_id)
    facts = _facts(request)
    if host.version != request.version:
        raise _changed(session, host, facts)
    changes = {name: (getattr(host, name), value) for name, value in facts.items()}
    is_other = all(changes[name][0] != changes[name][1] for name in ("name", "email"))
    if is_other and host.accepted_at is not None:
        text = say("%(name)s has said yes to the rules. Remove that host, and name the other one instead.",
                   name=host.name)  # fmt: skip
        raise RuleBroken("another_person", text)
    with taken(session, _TWICE):
        for name, value in facts.items():
            setattr(host, name, value)
        host.version += 1
    if changes["email"][0] != changes["email"][1]:
        _revoke(session, host, now=now)
        stop_host_feeds(session, actor, host_id, now=now)
        host.invited_at = None if host.accepted_at is None else host.invited_at
        if is_other:
            stop_question(session, host, takeover.slot_id)
            _forget_leader(host)
    record(session, actor, "takeovers:host:changed", "host", host_id, changes=changes, now=now)
    follow_hosts(session, actor, takeover, today=today, now=now)


def _changed(session: Session, host: Host, facts: dict[str, Any]) -> Conflict:
    text = say("Somebody else has just changed this host.")
    stored = {name: getattr(host, name) for name in facts}
    return Conflict("host_changed", text, _labelled(session, facts), _labelled(session, stored))


def _labelled(session: Session, facts: dict[str, Any]) -> list[tuple[Text, object]]:
    names = {row.id: row.name for row in organisation.professions(session, archived=True)}
    labels = (say("Name"), say("Work mail"), say("Phone"), say("Profession"))
    shown = {**facts, "profession_id": names.get(facts["profession_id"], "")}
    return list(zip(labels, shown.values(), strict=True))


def _facts(request: NameHost) -> dict[str, Any]:
    return {
        "name": request.name,
        "email": request.email.lower(),
        "phone": request.phone,
        "profession_id": request.profession_id,
    }


def remove_host(session: Session, actor: Actor, host_id: int, *, today: date, now: datetime) -> int:
    """Take a host off: the link stops working at once.  Returns the takeover's id."""
    host, takeover = _host_of_open(session, actor, host_id)
    stop_invitation(session, host)
    stop_question(session, host, takeover.slot_id)
    host.removed_at = now
    session.flush()
    if host.login_viewed_at is not None:
        require_change(session, takeover, now=now)
    record(session, actor, "takeovers:host:removed", "host", host_id, now=now)
    follow_hosts(session, actor, takeover, today=today, now=now)
    return takeover.id or 0


def restore_host(session: Session, actor: Actor, host_id: int, *, today: date, now: datetime) -> int:
    """Undo ``remove_host``: the host is back, and a link that had been sent.  Returns the takeover's id."""
    host, takeover = _host_of_open(session, actor, host_id)
    host.removed_at = None
    session.flush()
    record(session, actor, "takeovers:host:restored", "host", host_id, now=now)
    follow_hosts(session, actor, takeover, today=today, now=now)
    return takeover.id or 0


def invite_host(
    session: Session, actor: Actor, host_id: int, write: WriteMail, *, today: date, now: datetime
) -> None:
    """Send the guide with a new personal link; earlier links of this host stop working."""
    host, takeover = _host_of_open(session, actor, host_id)
    if not rules.opens_week(TakeoverStatus(takeover.status), takeover.ends_on, today):
        raise RuleBroken("too_late", say("The takeover is over, so the link would not open anything."))
    _revoke(session, host, now=now)
    token = secrets.token_urlsafe(32)
    link_id = add_link(session, host_id, token, now=now)
    follow = follow_hosts if host.declined_at is None else follow_answer
    host.invited_at, host.declined_at = now, None
    host.told_starts_on, host.told_ends_on = takeover.starts_on, takeover.ends_on
    session.flush()
    mail = write(
        Invitation(
            queries.host_view(session, host_id), queries.takeover_view(session, takeover.id or 0), token
        )
    )
    enqueue(session, mail, dedupe_key=f"{invitation_key(host_id)}{link_id}", due_at=now, now=now)
    record(session, actor, "takeovers:host:invited", "host", host_id, now=now)
    tick_by_key(session, actor, takeover.id or 0, "invited", now=now)
    follow(session, actor, takeover, today=today, now=now)


def add_link(session: Session, host_id: int, token: str, *, now: datetime) -> int:
    """Let this secret open the host's takeover; returns the link's id."""
    link = HostLink(host_id=host_id, token_hash=queries.token_hash(token), made_at=now)
    session.add(link)
    session.flush()
    return link.id or 0


def further_link(session: Session, host_id: int, *, now: datetime) -> str:
    """One more secret for a host who has one that opens, for a reminder; returns it."""
    token = secrets.token_urlsafe(32)
    add_link(session, host_id, token, now=now)
    return token


def revoke_link(session: Session, actor: Actor, host_id: int, *, now: datetime) -> int:
    """Take the host's link back; what it has opened closes at once.  Returns the takeover's id."""
    host = queries.host_by_id(session, host_id)
    takeover_for(session, actor, host.takeover_id)
    _revoke(session, host, now=now)
    stop_host_feeds(session, actor, host_id, now=now)
    record(session, actor, "takeovers:host:link-revoked", "host", host_id, now=now)
    return host.takeover_id


def mark_briefed(session: Session, actor: Actor, host_id: int, *, today: date, now: datetime) -> int:
    """The coordinator has gone through the week with the host.  Returns the takeover's id."""
    host, takeover = _host_of_open(session, actor, host_id)
    if host.accepted_at is None:
        raise RuleBroken("not_accepted", say("The host must say yes to the rules first."))
    host.briefed_at = host.briefed_at or now
    record(session, actor, "takeovers:host:briefed", "host", host_id, now=now)
    tick_by_key(session, actor, takeover.id or 0, "briefing", now=now)
    follow_hosts(session, actor, takeover, today=today, now=now)
    return takeover.id or 0


def _revoke(session: Session, host: Host, *, now: datetime) -> None:
    stop_invitation(session, host)
    links = select(HostLink).where(HostLink.host_id == host.id, col(HostLink.revoked_at).is_(None))
    for link in session.exec(links):
        link.revoked_at = now
    session.flush()


def _open(session: Session, actor: Actor, takeover_id: int) -> Takeover:
    takeover = takeover_for(session, actor, takeover_id)
    rules.check_open(TakeoverStatus(takeover.status))
    return takeover


def _host_of_open(session: Session, actor: Actor, host_id: int) -> tuple[Host, Takeover]:
    host = queries.host_by_id(session, host_id)
    return host, _open(session, actor, host.takeover_id)
