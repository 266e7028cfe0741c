"""Making, changing and putting away channels, and beginning with the usual ones."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.plan.models import PlanChannel
from branding.plan.queries.channels import channel_by_id, channel_row, channels
from branding.plan.values import ChannelKind, ChannelRequest, ChannelView

EDIT = "plan:plan:edit"
_COLOURS = 8
_TAKEN = {
    "uq_plan_channel_name": ("name", say("There is a channel with this name already. It may be put away."))
}

#: What most public employers have, with the audiences of domain.md; Danish, as what people write themselves.
USUAL: tuple[tuple[ChannelKind, str, str, str], ...] = (
    (ChannelKind.LINKEDIN, "LinkedIn", "Ledere og fagfolk", "Viden om området ud, og plads på dagsordenen"),
    (ChannelKind.FACEBOOK, "Facebook", "Alle i lokalområdet", "Lokal forankring og fastholdelse"),
    (ChannelKind.INSTAGRAM, "Instagram", "Medarbejdere og mulige medarbejdere", "Vise hverdagen indefra"),
    (ChannelKind.INTRANET, "Intranet", "Nuværende medarbejdere", "Mere fra ledelsen, og sejre der deles"),
    (
        ChannelKind.PRESS,
        "Presse og fagmedier",
        "Beslutningstagere og fagfolk",
        "Socialområdet på dagsordenen",
    ),
    (ChannelKind.VIDEO, "Video", "Mulige medarbejdere", "Vise resultater sammen med dem, det handler om"),
    (ChannelKind.FAIR, "Messer", "Studerende og jobsøgende", "Møde os, mens de vælger"),
    (ChannelKind.SCHOOL, "Skolebesøg", "Studerende og elever", "Kendskab til området som arbejdsplads"),
    (ChannelKind.JOB_POST, "Jobopslag", "Jobsøgende", "Flere og bedre ansøgere"),
    (ChannelKind.DISPLAY, "Displayannoncer", "Mulige medarbejdere", "Kendskab og klik til ledige stillinger"),
    (ChannelKind.AMBASSADORS, "Ambassadører", "Kollegers netværk", "Jobopslag og opslag delt af mennesker"),
)


def begin_with_usual(session: Session, actor: Actor, *, now: datetime) -> int:
    """Make the usual channels that are not there yet; returns how many."""
    policy.check(actor, EDIT)
    there = {one.kind for one in channels(session, archived=True)}
    names = {one.name.casefold() for one in channels(session, archived=True)}
    profiles = {one.channel.value: one.id for one in reversed(organisation.profiles(session))}
    made = [one for one in USUAL if one[0] not in there and one[1].casefold() not in names]
    for kind, name, audience, purpose in made:
        request = ChannelRequest(kind, name, audience, purpose, profile_id=profiles.get(kind.value))
        add_channel(session, actor, request, now=now)
    return len(made)


def add_channel(session: Session, actor: Actor, request: ChannelRequest, *, now: datetime) -> int:
    policy.check(actor, EDIT)
    name = _name(request)
    with taken(session, _TAKEN):
        row = PlanChannel(
            kind=request.kind,
            name=name,
            sort_key=sort_key(name),
            audience=request.audience,
            purpose=request.purpose,
            colour=request.colour or _free_colour(session),
            profile_id=request.profile_id,
        )
        session.add(row)
    record(
        session, actor, "plan:channel:added", "plan_channel", row.id, changes={"name": (None, name)}, now=now
    )
    return row.id or 0


def change_channel(
    session: Session, actor: Actor, channel_id: int, request: ChannelRequest, *, now: datetime
) -> None:
    policy.check(actor, EDIT)
    row, before = channel_row(session, channel_id), channel_by_id(session, channel_id)
    name = _name(request)
    if row.version != request.version:
        raise _conflict(request, before)
    with taken(session, _TAKEN):
        row.kind, row.name, row.sort_key = request.kind, name, sort_key(name)
        row.audience, row.purpose = request.audience, request.purpose
        row.colour, row.profile_id = request.colour or row.colour, request.profile_id
        row.version += 1
    changes = {
        "name": (before.name, name),
        "kind": (before.kind, request.kind),
        "audience": (before.audience, request.audience),
        "purpose": (before.purpose, request.purpose),
        "colour": (before.colour, row.colour),
        "profile_id": (before.profile_id, request.profile_id),
    }
    record(session, actor, "plan:channel:changed", "plan_channel", channel_id, changes=changes, now=now)


def archive_channel(session: Session, actor: Actor, channel_id: int, *, now: datetime) -> None:
    """No longer offered; what is planned on it stays."""
    policy.check(actor, EDIT)
    row = channel_row(session, channel_id)
    if row.archived_at is None:
        row.archived_at, row.version = now, row.version + 1
        record(session, actor, "plan:channel:archived", "plan_channel", channel_id, now=now)


def restore_channel(session: Session, actor: Actor, channel_id: int, *, now: datetime) -> None:
    policy.check(actor, EDIT)
    row = channel_row(session, channel_id)
    if row.archived_at is not None:
        row.archived_at, row.version = None, row.version + 1
        record(session, actor, "plan:channel:restored", "plan_channel", channel_id, now=now)


def _name(request: ChannelRequest) -> str:
    name = " ".join(request.name.split())
    if not name:
        raise RuleBroken("no_name", say("Write a name."), "name")
    return name


def _free_colour(session: Session) -> int:
    """The hue that fewest channels wear."""
    used = [one.colour for one in channels(session, archived=True)]
    return min(range(1, _COLOURS + 1), key=lambda colour: (used.count(colour), colour))


def _conflict(mine: ChannelRequest, theirs: ChannelView) -> Conflict:
    def shown(one: ChannelRequest | ChannelView) -> list[tuple[object, object]]:
        return [(say("Name"), one.name), (say("Audience"), one.audience), (say("Purpose"), one.purpose)]

    text = say("Somebody else has changed this channel since you opened the page.")
    return Conflict("channel_changed", text, shown(mine), shown(theirs))  # type: ignore[arg-type]
