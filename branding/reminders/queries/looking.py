"""What will be sent in the next two weeks, if nothing changes; from any day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.policy import covers
from branding.reminders.queries.facts import facts
from branding.reminders.rules.bundling import bundles
from branding.reminders.rules.due import planned, untold
from branding.reminders.values.choosing import Mode
from branding.reminders.values.letters import LetterLine
from branding.reminders.values.reminding import Reminder

AHEAD = timedelta(days=14)
_VIEW = "takeovers:takeover:view"


def coming_lines(session: Session, actor: Actor, start: datetime, *, is_now: bool) -> list[LetterLine]:
    """In the order of time, what the reader may see; from now on also what is late."""
    found = facts(session, start, ahead=AHEAD)
    every = list(planned(found, start, start + AHEAD))
    if is_now:
        every = [*untold(found, start), *every]
    lines: dict[datetime, list[Reminder]] = {}
    seen = (one for one in every if one.mode is Mode.MAIL and _sees(actor, one))
    for one in {one.key: one for one in seen}.values():
        lines.setdefault(one.at, []).append(one)
    return [
        LetterLine(line.first, line.count)
        for at in sorted(lines)
        for bundle in bundles(lines[at])
        for line in bundle.lines
    ]


def _sees(actor: Actor, one: Reminder) -> bool:
    """Hosts and weeks of other areas are not a coordinator's."""
    unit_id = one.occasion.unit_id
    return unit_id is None or one.to.ref == f"user:{actor.id}" or covers(actor, _VIEW, unit_id)
