"""Telling hosts what has changed, by a sweep: what a host was told is compared with what is.

A change waits ten minutes before anybody hears of it, so an undo in time is
never noticed, and three moves in a row become one mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.outbox.service import cancel, enqueue
from branding.outbox.values import Mail
from branding.takeovers import queries
from branding.takeovers.models import Host, Takeover
from branding.takeovers.values import HostView, TakeoverStatus, TakeoverView

PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Letters:
    """How the mails are written: the caller knows the templates."""

    moved: Callable[[HostView, TakeoverView], Mail]
    called_off: Callable[[HostView, TakeoverView], Mail]


def invitation_key(host_id: int) -> str:
    """What the invitations of a host begin with in the outbox."""
    return f"host-invitation:{host_id}:"


def stop_invitation(session: Session, host: Host) -> None:
    """Keep an invitation that has not left; a host who got no other has not been invited at all."""
    stopped = cancel(session, invitation_key(host.id or 0))
    if stopped and not host.accepted_at and queries.link_count(session, host.id or 0) == 1:
        host.invited_at = host.told_starts_on = host.told_ends_on = None


def anybody_to_tell(session: Session, *, now: datetime) -> bool:
    """Whether ``tell_hosts`` has anything to do."""
    return bool(queries.hosts_to_tell(session, now - PATIENCE))


def tell_hosts(session: Session, letters: Letters, *, now: datetime) -> int:
    """Write to every host whose days are not those of the latest mail; returns how many."""
    found = queries.hosts_to_tell(session, now - PATIENCE)
    for host, takeover in found:
        view = queries.takeover_view(session, takeover.id or 0)
        me = queries.host_view(session, host.id or 0)
        is_off = _is_off(host, takeover)
        mail = letters.called_off(me, view) if is_off else letters.moved(me, view)
        # What was told is written in this transaction, and that keeps a mail from being sent twice.
        enqueue(session, mail, dedupe_key=f"host-told:{host.id}:{now.isoformat()}", due_at=now, now=now)
        host.told_starts_on, host.told_ends_on = (
            (None, None) if is_off else (takeover.starts_on, takeover.ends_on)
        )
    session.flush()
    return len(found)


def _is_off(host: Host, takeover: Takeover) -> bool:
    return host.removed_at is not None or takeover.status == TakeoverStatus.CANCELLED
