"""What people answer to a reminder: later, or that it is not theirs; and how they want to hear of things."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor, Role
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.reminders.models import ReminderChoice, ReminderPassed, ReminderPutOff
from branding.reminders.queries.answering import Answerable, answerable, candidates
from branding.reminders.queries.log import choice_rows, find_passed, find_put_off, modes, same_line
from branding.reminders.queries.rules import rule_by_id, rules
from branding.reminders.rules.later import until
from branding.reminders.rules.readers import gets_mondays, reaches
from branding.reminders.values.choosing import Later, Mode
from branding.reminders.values.letters import Passed
from branding.reminders.values.reminding import Person, Rule
from branding.reminders.values.triggers import MEANS, Trigger
from branding.reminders.values.words import TRIGGERS

CHOOSE = "reminders:self:choose"


def put_off(session: Session, sent_id: int, later: Later, *, now: datetime) -> datetime:
    """Say it again later, as long as it is still the case; the latest answer counts."""
    one = answerable(session, sent_id)
    moment = until(later, now, one.closed)
    for sent in same_line(session, one.sent):
        row = find_put_off(session, sent.id)
        if row is None:
            row = ReminderPutOff(
                sent_id=sent.id,
                rule_id=sent.rule_id,
                occasion=sent.occasion,
                recipient=sent.to,
                until=moment,
                made_at=now,
            )
        row.until, row.made_at = moment, now
        session.add(row)
    session.flush()
    record(session, _actor(one), "reminders:reminder:put-off", "reminder_sent", sent_id, now=now)
    return moment


def not_me(
    session: Session, sent_id: int, instead: str, write: Callable[[Passed], Mail], *, now: datetime
) -> None:
    """No more of this one; communications hears of it, and whoever is named gets it from now on."""
    one = answerable(session, sent_id)
    others = {person.ref: person for person in candidates(session, one)}
    if instead and instead not in others:
        raise RuleBroken("instead", say("Choose somebody from the list."), "instead")
    told = [
        person
        for person in one.people.values()
        if Role.COMMUNICATIONS in person.roles and person.ref != one.sent.to
    ]
    if not told and not instead:
        text = say("Nobody else in communications could take it. Choose somebody, or hear of it later.")
        raise RuleBroken("alone", text, "instead")
    for sent in same_line(session, one.sent):
        row = find_passed(session, sent.trigger, sent.occasion, sent.to)
        if row is None:
            row = ReminderPassed(trigger=sent.trigger, occasion=sent.occasion, recipient=sent.to, made_at=now)
        row.instead, row.made_at = instead, now
        session.add(row)
    session.flush()
    record(session, _actor(one), "reminders:reminder:passed", "reminder_sent", sent_id, now=now)
    _tell(session, one, told, others[instead].name if instead else "", write, now=now)


def _tell(
    session: Session,
    one: Answerable,
    told: Iterable[Person],
    instead: str,
    write: Callable[[Passed], Mail],
    *,
    now: datetime,
) -> None:
    """Communications hears of it; a second tap in the same minute tells nothing more."""
    unit = organisation.unit_by_id(session, one.sent.unit_id).name if one.sent.unit_id else ""
    about = TRIGGERS[Trigger(one.sent.trigger)]
    for person in told:
        letter = Passed(person, one.person.name, about, unit, instead, one.path)
        key = f"reminder-passed:{one.sent.id}:{now:%Y%m%d%H%M}:{person.ref}"
        enqueue(session, write(letter), dedupe_key=key, due_at=now, now=now)


def choose(session: Session, actor: Actor, wanted: dict[int, Mode], *, now: datetime) -> int:
    """How the actor wants to hear of the things of these rules; returns how many changed."""
    policy.check(actor, CHOOSE)
    assert actor.id is not None
    kept, count = choice_rows(session, actor.id), 0
    for rule_id, mode in wanted.items():
        rule = rule_by_id(session, rule_id)
        if MEANS[rule.asked.trigger].is_duty and mode is not Mode.MAIL:
            raise RuleBroken("duty", say("This must always reach you, so it cannot be turned off."))
        row = kept.get(rule_id)
        if not MEANS[rule.asked.trigger].can_wait and mode is Mode.DIGEST:
            mode = Mode.MAIL  # on Monday it would be too late, or it is Monday's letter itself
        if (Mode(row.mode) if row else Mode.MAIL) is mode:
            continue
        row = row or ReminderChoice(user_id=actor.id, rule_id=rule_id, mode=mode)
        row.mode = mode
        session.add(row)
        count += 1
    session.flush()
    if count:
        record(session, actor, "reminders:self:chosen", "user", actor.id, now=now)
    return count


def only_mondays(session: Session, actor: Actor, *, now: datetime) -> int:
    """Everything that can wait until then, in Monday's letter only."""
    wanted = {
        rule.id: Mode.DIGEST
        for rule in rules_for(session, actor)
        if MEANS[rule.asked.trigger].can_wait and not MEANS[rule.asked.trigger].is_duty
    }
    return choose(session, actor, wanted, now=now)


def rules_for(session: Session, actor: Actor) -> list[Rule]:
    """The rules that can tell somebody with the actor's roles."""
    return [rule for rule in rules(session) if reaches(rule.asked, actor.roles)]


def has_mondays(session: Session, actor: Actor) -> bool:
    """Whether Monday's letter comes to the actor, so that anything can wait for it."""
    me = Person(f"user:{actor.id}", roles=actor.roles)
    return gets_mondays(me, rules(session), modes(session))


def _actor(one: Answerable) -> Actor:
    kind, _, number = one.sent.to.partition(":")
    return Actor(kind, int(number) if number.isdecimal() else None, one.person.name)
