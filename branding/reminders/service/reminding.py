"""The tick: what is due becomes messages, each written down once; what came too late is noted and dropped.

Whoever gets there first holds the write lock from reading the facts to writing the log, so two workers
never tell the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from branding.core import log
from branding.outbox.service import enqueue
from branding.outbox.values import Mail, Via
from branding.reminders.models import ReminderSent
from branding.reminders.queries.facts import facts
from branding.reminders.queries.log import kept_for_digest
from branding.reminders.queries.rules import codes, looked_at
from branding.reminders.rules.bundling import Bundle, bundles
from branding.reminders.rules.due import due_reminders, is_stale, overtaken
from branding.reminders.service.of_rooms import RoomLetters, write_of_room
from branding.reminders.service.seeding import seed_rules, state_row
from branding.reminders.service.taking_back import key_of, outdated, take_back
from branding.reminders.service.weeks import Monday
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.choosing import Mode, Outcome, Reason
from branding.reminders.values.days import last_step
from branding.reminders.values.letters import Letter, LetterLine, WeekLetter
from branding.reminders.values.reminding import Facts, Reminder
from branding.takeovers.service.hosts import further_link

_KEPT: dict[Mode, tuple[Outcome, Reason]] = {
    Mode.OFF: (Outcome.LEFT_OUT, Reason.OWN_CHOICE),
    Mode.DIGEST: (Outcome.FOR_DIGEST, Reason.OWN_CHOICE),
}


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters are written: the caller knows templates and addresses."""

    bundle: Callable[[Letter], Mail]
    teams: Callable[[LetterLine], Mail]
    sms: Callable[[Letter], Mail]
    week: Callable[[WeekLetter], Mail]
    of_rooms: RoomLetters


def anything_to_look_at(session: Session, *, now: datetime) -> bool:
    """Looked at without the write lock, by two small reads: each quarter of an hour once."""
    looked = looked_at(session)
    return looked is None or looked < last_step(now)


def anything_due(session: Session, *, now: datetime) -> bool:
    """Whether ``remind`` would write more than that it has looked."""
    if shipped_rules().keys() - codes(session):
        return True
    found = facts(session, now)
    return bool(due_reminders(found, now)) or bool(outdated(session, found))


def looked(session: Session, *, now: datetime) -> None:
    """Nothing is due until the next quarter of an hour."""
    state_row(session).looked_at = last_step(now)


def remind(session: Session, letters: Letters, *, now: datetime) -> int:
    """Plan the messages of everything that is due; returns how many."""
    seed_rules(session, now=now)
    found = facts(session, now)
    if take_back(session, found):
        found = facts(session, now)
    due = due_reminders(found, now)
    wanted = [one for one in due if one.mode is Mode.MAIL and not is_stale(one, now)]
    late, to_send = overtaken(wanted), []
    for one in due:
        if is_stale(one, now) or one.key in late:
            _write(session, one, Outcome.DROPPED, Reason.TOO_LATE, now=now)
        elif one.mode is not Mode.MAIL:
            _write(session, one, *_KEPT[one.mode], now=now)
        else:
            to_send.append(one)
    count = _send(session, to_send, letters, found, now=now)
    looked(session, now=now)
    session.flush()
    return count


def _send(session: Session, due: Iterable[Reminder], letters: Letters, found: Facts, *, now: datetime) -> int:
    count, monday = 0, Monday(session, found, kept_for_digest, now)
    for bundle in bundles(due):
        try:
            with session.begin_nested():
                count += _send_one(session, bundle, letters, monday, now=now)
        except Exception as error:  # noqa: BLE001 - one letter does not keep the others from leaving
            log.failure("reminders.letter_failed", error, rule=bundle.lines[0].first.rule.id)
    return count


def _send_one(session: Session, bundle: Bundle, letters: Letters, monday: Monday, *, now: datetime) -> bool:
    """Whether there was anything to send."""
    if bundle.is_of_room:
        return _of_room(session, bundle, letters, now=now)
    rows = [
        [_write(session, one, Outcome.SENT, Reason.NONE, now=now) for one in line.reminders]
        for line in bundle.lines
    ]
    session.flush()
    mail = _mail(session, bundle, _lines(bundle, rows, now), letters, monday, now=now)
    if mail is None:
        rows[0][0].outcome, rows[0][0].reason = Outcome.LEFT_OUT, Reason.GONE
        return False
    key = key_of(rows[0][0].id)
    for row in (one for each in rows for one in each):
        row.outbox_key = key
    drop_after = max(one.stale_at for line in bundle.lines for one in line.reminders)
    return enqueue(session, mail, dedupe_key=key, due_at=now, now=now, via=bundle.via, drop_after=drop_after)


def _lines(bundle: Bundle, rows: Sequence[Sequence[ReminderSent]], now: datetime) -> tuple[LetterLine, ...]:
    return tuple(
        LetterLine(line.first, line.count, each[0].id or 0, now)
        for line, each in zip(bundle.lines, rows, strict=True)
    )


def _mail(
    session: Session,
    bundle: Bundle,
    lines: tuple[LetterLine, ...],
    letters: Letters,
    monday: Monday,
    *,
    now: datetime,
) -> Mail | None:
    """None: Monday's letter has nothing to say to this person."""
    if bundle.via is Via.TEAMS:
        return letters.teams(lines[0])
    if bundle.is_digest:
        letter = monday.letter(bundle.to, lines[0])
        return None if letter.is_empty else letters.week(letter)
    kind, _, number = bundle.to.ref.partition(":")
    token = further_link(session, int(number), now=now) if kind == "host" else ""
    write = letters.sms if bundle.via is Via.SMS else letters.bundle
    return write(Letter(bundle.to, lines, token))


def _of_room(session: Session, bundle: Bundle, letters: Letters, *, now: datetime) -> bool:
    """The room below writes it; where it finds nothing to write, nothing is noted, and it is asked again."""
    one = bundle.lines[0].first
    if not write_of_room(session, one, letters.of_rooms, now=now):
        return False
    _write(session, one, Outcome.SENT, Reason.NONE, now=now)
    return True


def _write(
    session: Session, one: Reminder, outcome: Outcome, reason: Reason, *, now: datetime
) -> ReminderSent:
    row = ReminderSent(
        key=one.key,
        base_key=one.base_key,
        for_on=one.for_on,
        rule_id=one.rule.id,
        occasion=one.occasion.key,
        unit_id=one.occasion.unit_id,
        recipient=one.to.ref,
        via=one.via,
        planned_at=one.at,
        decided_at=now,
        outcome=outcome,
        reason=reason,
    )
    session.add(row)
    return row
