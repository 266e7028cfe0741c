"""Profiles: the accounts on channels that can be lent out."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries
from branding.organisation.models import Profile
from branding.organisation.rules import names as rules
from branding.organisation.values import ProfileRequest

_MANAGE = "organisation:manage"
_TAKEN = {
    "uq_profile_channel_handle": ("handle", say("This profile is here already. It may have been put away."))
}


def add_profile(session: Session, actor: Actor, request: ProfileRequest, *, now: datetime) -> int:
    policy.check(actor, _MANAGE)
    request = _checked(request)
    row = Profile(
        channel=request.channel,
        handle=request.handle,
        name=request.name,
        url=rules.address_of(request.channel, request.handle),
        sort_key=sort_key(request.name),
    )
    with taken(session, _TAKEN):
        session.add(row)
    changes = {"handle": (None, row.handle), "name": (None, row.name)}
    record(session, actor, "organisation:profile:added", "profile", row.id, changes=changes, now=now)
    return row.id or 0


def change_profile(
    session: Session, actor: Actor, profile_id: int, request: ProfileRequest, version: int, *, now: datetime
) -> None:
    policy.check(actor, _MANAGE)
    row = queries.profile_row(session, profile_id)
    if row.version != version:
        theirs = queries.profile_by_id(session, profile_id)
        raise Conflict(
            "profile_changed",
            say("Somebody else has changed this profile since you opened the page."),
            _shown(request.name, request.handle),
            _shown(theirs.name, theirs.handle),
        )
    request = _checked(request)
    changes = {
        "channel": (row.channel, str(request.channel)),
        "handle": (row.handle, request.handle),
        "name": (row.name, request.name),
    }
    with taken(session, _TAKEN):
        row.channel, row.handle, row.name = request.channel, request.handle, request.name
        row.url, row.sort_key = rules.address_of(request.channel, request.handle), sort_key(request.name)
        row.version += 1
    record(session, actor, "organisation:profile:changed", "profile", row.id, changes=changes, now=now)


def archive_profile(session: Session, actor: Actor, profile_id: int, *, now: datetime) -> None:
    """No longer lent out; old plans keep it."""
    policy.check(actor, _MANAGE)
    row = queries.profile_row(session, profile_id)
    if row.archived_at is None:
        row.archived_at, row.version = now, row.version + 1
        record(session, actor, "organisation:profile:archived", "profile", row.id, now=now)


def restore_profile(session: Session, actor: Actor, profile_id: int, *, now: datetime) -> None:
    policy.check(actor, _MANAGE)
    row = queries.profile_row(session, profile_id)
    if row.archived_at is not None:
        row.archived_at, row.version = None, row.version + 1
        record(session, actor, "organisation:profile:restored", "profile", row.id, now=now)


def attest_sharing(
    session: Session, actor: Actor, profile_id: int, *, shares_to_facebook: bool, now: datetime
) -> None:
    """Somebody looked whether the profile shares to Facebook by itself; the word lasts 90 days (R69)."""
    policy.check(actor, _MANAGE)
    row = queries.profile_row(session, profile_id)
    changes = {
        "shares_to_facebook": (row.shares_to_facebook, shares_to_facebook),
        "shares_checked_at": (row.shares_checked_at, now),
    }
    row.shares_to_facebook, row.shares_checked_at = shares_to_facebook, now
    record(session, actor, "organisation:profile:attested", "profile", row.id, changes=changes, now=now)


def unattest_sharing(
    session: Session,
    actor: Actor,
    profile_id: int,
    *,
    shares_to_facebook: bool,
    checked_at: datetime | None,
    now: datetime,
) -> None:
    """Undo of a word on sharing: what was said before holds again, from when it was said."""
    policy.check(actor, _MANAGE)
    row = queries.profile_row(session, profile_id)
    if checked_at is not None and (row.shares_checked_at is None or checked_at > row.shares_checked_at):
        raise RuleBroken("not_earlier", say("There is nothing to undo."))
    changes = {
        "shares_to_facebook": (row.shares_to_facebook, shares_to_facebook),
        "shares_checked_at": (row.shares_checked_at, checked_at),
    }
    row.shares_to_facebook, row.shares_checked_at = shares_to_facebook, checked_at
    record(session, actor, "organisation:profile:unattested", "profile", row.id, changes=changes, now=now)


def _checked(request: ProfileRequest) -> ProfileRequest:
    name = rules.clean(request.name)
    if not name or len(name) > rules.LONGEST_NAME:
        raise RuleBroken(
            "bad_name", say("Write a name of at most %(count)s characters.", count=rules.LONGEST_NAME), "name"
        )
    return ProfileRequest(request.channel, rules.clean_handle(request.channel, request.handle), name)


def _shown(name: str, handle: str) -> list[tuple[Text, object]]:
    return [(say("Name"), name), (say("Name on the channel"), handle)]
