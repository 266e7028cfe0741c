"""What is to be sent: due now, or coming in a period.  Pure: the same facts always say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from branding.outbox.values import Via
from branding.reminders.rules.moments import is_open, meant, moved, next_morning
from branding.reminders.rules.readers import gets_mondays, readers
from branding.reminders.values.choosing import Mode
from branding.reminders.values.days import day_of
from branding.reminders.values.reminding import Facts, Occasion, Person, Reminder, Rule
from branding.reminders.values.triggers import MEANS, Audience, Counted

#: What came too late is written down for so long, and then forgotten: a worker that was away for a month
#: notes what it missed lately, and nothing else.
NOTED = timedelta(days=3)
#: Holidays move a reminder by no more than this (Christmas Eve to the second of January).
_SLACK = timedelta(days=14)
#: In the keys of what was put off and comes back.
AGAIN = ":again:"
#: Something found late is told in the next morning, not in the minute after somebody wrote it down.
_LATE = timedelta(hours=20)


def due_reminders(facts: Facts, now: datetime) -> tuple[Reminder, ...]:
    """Everything whose moment has come and that has not been told; the caller drops what is stale."""
    found = [one for one in _planned(facts, now, now, late=True) if one.at <= now <= one.stale_at + NOTED]
    return tuple(one for one in found if _is_time(one, facts, now))


def untold(facts: Facts, now: datetime) -> tuple[Reminder, ...]:
    """Whose moment has come and who still wants to hear of it, also while it waits for the morning."""
    found = _planned(facts, now, now, late=True)
    return tuple(one for one in found if one.at <= now and not is_stale(one, now))


def planned(facts: Facts, first: datetime, last: datetime) -> tuple[Reminder, ...]:
    """What will be sent from ``first`` until before ``last`` if nothing changes, in the order of time."""
    found = [one for one in _planned(facts, first, last) if first <= one.at < last]
    return tuple(sorted(found, key=lambda one: (one.at, one.to.ref, one.key)))


def overtaken(due: Iterable[Reminder]) -> frozenset[str]:
    """Keys of those that a later rule about the same thing says better to the same person, when both
    have waited: after a week without a worker nobody is told "in four weeks" and "in two weeks" at once."""
    last: dict[tuple[str, str, str, str], Reminder] = {}
    found = set()
    for one in sorted(due, key=lambda each: (each.at, each.key)):
        thing = one.rule.asked.trigger.value, one.occasion.key, one.to.ref, one.via.value
        before = last.get(thing)
        if before is not None:
            found.add(before.key)
        last[thing] = one
    return frozenset(found)


def is_stale(one: Reminder, now: datetime) -> bool:
    """It would come too late to help."""
    return now > one.stale_at


def _is_time(one: Reminder, facts: Facts, now: datetime) -> bool:
    """What is found late waits for a moment at which people are told, and for a morning when it can."""
    asked = one.rule.asked
    if is_stale(one, now):
        return True  # it is only noted
    is_host = one.to.ref.startswith("host:")
    if not is_open(now, asked, one.occasion, is_host=is_host, closed=facts.closed, quiet=facts.quiet):
        return False
    if one.is_again or not MEANS[asked.trigger].catches_up or now - one.at < _LATE:
        return True
    morning = next_morning(now - timedelta(hours=3), facts.closed)
    return morning <= now


def _planned(facts: Facts, first: datetime, last: datetime, *, late: bool = False) -> Iterator[Reminder]:
    """``late``: also what should have been sent before, as far back as each rule finds it worth."""
    put_off = {(one.rule_id, one.occasion, one.ref): one for one in facts.again}
    for rule in facts.rules:
        if rule.is_removed or not rule.asked.is_on:
            continue
        since = first - timedelta(hours=rule.asked.stale_hours) - NOTED if late else first
        for occasion in _near(rule, facts, since, last):
            for one in _of(rule, occasion, facts):
                again = put_off.get((rule.id, occasion.key, one.to.ref))
                if again is None or one.at >= again.until:
                    yield one
    yield from _again(facts)


def _near(rule: Rule, facts: Facts, first: datetime, last: datetime) -> Iterator[Occasion]:
    """Those whose day can lead to a moment in the period: of twenty thousand consents most cannot."""
    asked = rule.asked
    off = timedelta(days=-7 if asked.counted is Counted.FRIDAY else asked.offset)
    if asked.counted is Counted.HOURS:
        off = timedelta(hours=asked.offset)
    since, until = day_of(first - off - _SLACK), day_of(last - off + _SLACK)
    for occasion in facts.occasions.get(asked.trigger, ()):
        if since <= occasion.day <= until:
            yield occasion


def _of(rule: Rule, occasion: Occasion, facts: Facts) -> Iterator[Reminder]:
    """One rule and one occasion: a reminder for each who has not been told for this day."""
    means, asked = MEANS[rule.asked.trigger], rule.asked
    day, at = meant(asked, occasion)
    when: dict[Audience, datetime] = {}
    for audience, person, via in readers(rule, occasion, facts):
        if audience not in when:
            when[audience] = moved(at, asked, occasion, audience, facts.closed, facts.quiet)
        if when[audience] < rule.made_at and not means.catches_up:
            continue  # a rule does not reach back behind the day it was made
        base = base_key(rule, occasion, person, via)
        told = facts.told.get(base, ())
        if any(abs((day - one).days) <= means.again_after for one in told):
            continue
        yield Reminder(
            key=f"{base}:{day:%Y%m%d}" if means.again_after == 0 else f"{base}:{len(told)}",
            base_key=base,
            rule=rule,
            occasion=occasion,
            to=person,
            via=via,
            for_on=day,
            at=when[audience],
            stale_at=_stale_at(rule, occasion, when[audience]),
            mode=_mode(facts, person, rule),
        )


def base_key(rule: Rule, occasion: Occasion, person: Person, via: Via) -> str:
    """The rule, what it is about, whom it tells and how: without the day."""
    return f"{rule.id}:{occasion.key}:{person.ref}:{via.value}"


def _stale_at(rule: Rule, occasion: Occasion, at: datetime) -> datetime:
    stale = at + timedelta(hours=rule.asked.stale_hours)
    return stale if occasion.until is None else min(stale, occasion.until)


def _mode(facts: Facts, person: Person, rule: Rule) -> Mode:
    """What the person has chosen; nobody chooses about duties, and nothing waits for a letter that does
    not come."""
    means = MEANS[rule.asked.trigger]
    if means.is_duty:
        return Mode.MAIL
    mode = facts.modes.get((person.ref, rule.id), Mode.MAIL)
    can_wait = means.can_wait and gets_mondays(person, facts.rules, facts.modes)
    return mode if mode is not Mode.DIGEST or can_wait else Mode.MAIL


def _again(facts: Facts) -> Iterator[Reminder]:
    """What was put off, as long as it is still the case and the rule is on."""
    rules = {rule.id: rule for rule in facts.rules if rule.asked.is_on and not rule.is_removed}
    for again in facts.again:
        rule, person = rules.get(again.rule_id), facts.directory.people.get(again.ref)
        if rule is None or person is None or not person.is_reachable:
            continue
        for occasion in facts.occasions.get(rule.asked.trigger, ()):
            base = f"{base_key(rule, occasion, person, Via.MAIL)}{AGAIN}{again.id}:{again.until:%Y%m%d}"
            is_passed = (occasion.trigger, occasion.key, again.ref) in facts.passed
            if occasion.key == again.occasion and base not in facts.told and not is_passed:
                stale_at = _stale_at(rule, occasion, again.until)
                day = day_of(again.until)
                yield Reminder(
                    base, base, rule, occasion, person, Via.MAIL, day, again.until, stale_at, is_again=True
                )
