"""What waits for the reader: what was counted as lines, and the few things that are read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from branding.consent.queries.board_rows import consents_to_do
from branding.core.actor import Actor
from branding.core.policy import covers, may
from branding.home.queries.calendar import POSTS
from branding.home.queries.counts import ASK, own_units
from branding.home.rules import alerts, front, oversight
from branding.home.values import Turn, Waiting
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.publishing.queries.alerts import open_alerts
from branding.publishing.rules.telling import to_do_of
from branding.rotation import queries as rotation
from branding.takeovers import queries as takeovers

EDIT = "takeovers:takeover:edit"
_Units = Mapping[int, UnitView]


def what_waits(
    session: Session,
    actor: Actor,
    turns: Sequence[Turn],
    units: _Units,
    counts: Mapping[str, int],
    now: datetime,
    today: date,
) -> list[Waiting]:
    """What hurries most first."""
    own = [turn for turn in turns if covers(actor, EDIT, turn.unit.id)]
    return [
        *_alerts(session, actor, now),
        *oversight.rights_waiting(counts.get("wishes", 0), counts.get("late_wishes", 0)),
        *front.posts_waiting(counts.get("posts", 0)),
        *front.mails_waiting(counts.get("mails", 0)),
        *(_logins(session) if counts.get("logins") else ()),
        *_holidays(session, actor, today),
        *(_refused(session, actor, units, today) if counts.get("refused") else ()),
        *(_swaps(session, actor, units, today) if counts.get("swaps") else ()),
        *front.turns_waiting(own, now, today),
        *front.messages_waiting(counts.get("messages", 0)),
        *_consents(session, actor, units, counts.get("reflection"), now),
        *oversight.assessments_waiting(counts.get("assessments", 0)),
    ]


def _alerts(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """What happened to posts and somebody must deal with, for those who can."""
    events = to_do_of(actor.roles, plans=may(actor, "publishing:publication:plan"))
    if not events:
        return []
    units = None if covers(actor, POSTS, None) else actor.units
    return alerts.waiting(open_alerts(session, events, units, now))


def _logins(session: Session) -> list[Waiting]:
    handles = {profile.id: profile.handle for profile in organisation.profiles(session, archived=True)}
    return front.logins_waiting(takeovers.logins_to_change(session), handles)


def _holidays(session: Session, actor: Actor, today: date) -> Iterable[Waiting]:
    if not may(actor, "rotation:holiday:edit"):
        return ()
    return front.holidays_waiting(rotation.holiday_weeks_in(session, today.year + 1), today)


def _refused(session: Session, actor: Actor, units: _Units, today: date) -> list[Waiting]:
    """However far ahead: the sooner somebody else is asked, the better."""
    found = takeovers.hosts_refused_by_leader(session, today)
    return front.refusals_waiting([one for one in found if covers(actor, EDIT, one.unit_id)], units)


def _swaps(session: Session, actor: Actor, units: _Units, today: date) -> list[Waiting]:
    """Those that this reader answers."""
    asked = rotation.open_swaps(session, today)
    mine = [swap for swap in asked if covers(actor, "rotation:slot:swap", swap.other.unit_id)]
    return front.swaps_waiting(mine, units)


def _consents(
    session: Session, actor: Actor, units: _Units, hours: int | None, now: datetime
) -> list[Waiting]:
    """For those who can do something about them; one query."""
    if not may(actor, ASK):
        return []
    own = own_units(actor, ASK, units)
    among = None if len(own) == len(units) else own
    found = consents_to_do(session, among, now=now, reader=actor, reflection_hours=hours)
    return front.consents_waiting(found)
