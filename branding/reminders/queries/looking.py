"""What will be sent in the next two weeks, if nothing changes; from any day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.reminders.queries.facts import facts
from branding.reminders.rules.bundling import bundles
from branding.reminders.rules.due import due_reminders, planned
from branding.reminders.values.choosing import Mode
from branding.reminders.values.letters import LetterLine
from branding.reminders.values.reminding import Reminder

AHEAD = timedelta(days=14)


def coming_lines(session: Session, start: datetime, *, is_now: bool) -> list[LetterLine]:
    """In the order of time; from now on what is due this minute is among them."""
    found = facts(session, start, ahead=AHEAD)
    every = list(planned(found, start, start + AHEAD))
    if is_now:
        every = [*due_reminders(found, start), *every]
    lines: dict[datetime, list[Reminder]] = {}
    for one in {one.key: one for one in every if one.mode is Mode.MAIL}.values():
        lines.setdefault(one.at, []).append(one)
    return [
        LetterLine(line.first, line.count)
        for at in sorted(lines)
        for bundle in bundles(lines[at])
        for line in bundle.lines
    ]
