"""Letters that a room below writes, because it makes a link or a task: the time is ours, the words theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from branding.core import clock
from branding.outbox.values import Mail
from branding.publishing.service import commenting
from branding.reminders.values.reminding import Reminder
from branding.reminders.values.triggers import Trigger
from branding.takeovers.service import evaluations, leaders
from branding.takeovers.values import Invitation, LeaderMail


@dataclass(frozen=True, slots=True)
class RoomLetters:
    """The rooms' own writers, and the one that fills what we put above their letters."""

    leader: Callable[[LeaderMail], Mail]
    thanks: Callable[[Invitation], Mail]
    above: Callable[[Reminder], str]


def write_of_room(session: Session, one: Reminder, letters: RoomLetters, *, now: datetime) -> bool:
    """False when the room has no reason (any more)."""
    today, above = clock.local(now).date(), letters.above(one)

    def leader(request: LeaderMail) -> Mail:
        return _with(above, letters.leader(request))

    def thanks(request: Invitation) -> Mail:
        return _with(above, letters.thanks(request))

    ids = one.occasion.ids
    if one.rule.asked.trigger is Trigger.LEADER_EARLY:
        only = {(ids[0], ids[1])}
        return bool(leaders.ask_leaders(session, leader, today=today, now=now, only=only))
    if one.rule.asked.trigger is Trigger.EVALUATION:
        return bool(evaluations.thank_hosts(session, thanks, today=today, now=now, only=ids))
    return commenting.remind(session, ids[0], now=now)


def _with(above: str, mail: Mail) -> Mail:
    """The letter with a word of ours after the greeting."""
    if not above:
        return mail
    greeting, _, rest = mail.text.partition("\n\n")
    return replace(mail, text=f"{greeting}\n\n{above}\n\n{rest}")
