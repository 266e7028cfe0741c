"""Reminders of the example: the rules as Stafet suggests them, one of our own, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.reminders import letters
from branding.reminders.service import editing, reminding, seeding
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.triggers import Audience

#: Long enough for the log to have something to say.
_IN_USE_FOR = timedelta(days=14)


def reminders(session: Session, karen: Actor, now: datetime) -> None:
    """What was due on the last morning and is due now leaves; what comes too late is noted."""
    seeding.seed_rules(session, now=now - _IN_USE_FOR)
    own = replace(
        shipped_rules()["no-host"],
        offset=-42,
        audiences=(Audience.COMMUNICATIONS,),
        subject="Om seks uger er det {unit}",
        text="Ring til {unit} og hør, om de har tænkt på en vært til {week}.\n\n{link}",
    )
    editing.add_rule(session, karen, own, now=now - _IN_USE_FOR)
    for moment in (_last_morning(now), now):
        reminding.remind(session, letters.writers(session), now=moment)


def _last_morning(now: datetime) -> datetime:
    """Ten o'clock of the latest weekday before today."""
    day = clock.local(now).date() - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return clock.at_local(day, 10)
