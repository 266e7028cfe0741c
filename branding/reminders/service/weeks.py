"""Monday's letters: read once for everybody who gets one, and only when somebody does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property

from sqlmodel import Session

from branding.core.actor import Role
from branding.core.isoweek import Week
from branding.organisation import queries as organisation
from branding.outbox.values import Via
from branding.reminders.queries.facts import facts
from branding.reminders.queries.weeks import week_lines
from branding.reminders.rules.bundling import bundles
from branding.reminders.rules.due import planned
from branding.reminders.values.letters import LetterLine, WeekLetter, WeekLine
from branding.reminders.values.reminding import Facts, Occasion, Person, Reminder
from branding.reminders.values.triggers import Trigger

_WEEK = timedelta(days=7)
#: A reminder that was kept is shown in the next letter, and in no later one.
_KEPT_FOR = timedelta(days=8)
Kept = Callable[[Session, datetime], Mapping[str, set[tuple[int, str]]]]


class Monday:
    """What the letters of one morning share."""

    def __init__(self, session: Session, found: Facts, kept: Kept, now: datetime) -> None:
        self._session, self._found, self._read_kept, self._now = session, found, kept, now
        self._lines: tuple[tuple[Week, tuple[WeekLine, ...]], ...] = ()

    def letter(self, to: Person, line: LetterLine) -> WeekLetter:
        """Coordinators see their own areas, everybody else all of it."""
        is_all = bool(to.roles - {Role.COORDINATOR})
        weeks = tuple(
            (week, tuple(one for one in lines if is_all or one.area_id in to.areas))
            for week, lines in self._weeks(line.first.occasion)
        )
        return WeekLetter(to, line, weeks, self._waiting(to), self._coming(to))

    def _weeks(self, occasion: Occasion) -> tuple[tuple[Week, tuple[WeekLine, ...]], ...]:
        if not self._lines:
            units = {one.id: one for one in organisation.units(self._session, archived=True)}
            self._lines = week_lines(self._session, occasion.day, units)
        return self._lines

    def _waiting(self, to: Person) -> tuple[LetterLine, ...]:
        """What was kept for this letter and is still the case."""
        rules = {rule.id: rule for rule in self._found.rules}
        found = []
        for rule_id, key in sorted(self._kept.get(to.ref, ())):
            rule = rules.get(rule_id)
            for occasion in self._found.occasions.get(rule.asked.trigger, ()) if rule else ():
                if rule is not None and occasion.key == key:
                    at = self._now
                    found.append(
                        Reminder(key, key, rule, occasion, to, Via.MAIL, occasion.day, at, at + _WEEK)
                    )
        return _as_lines(found)

    def _coming(self, to: Person) -> tuple[LetterLine, ...]:
        """What this person will be told during the week."""
        return _as_lines([one for one in self._planned if one.to.ref == to.ref])

    @cached_property
    def _kept(self) -> Mapping[str, set[tuple[int, str]]]:
        return self._read_kept(self._session, self._now - _KEPT_FOR)

    @cached_property
    def _planned(self) -> tuple[Reminder, ...]:
        ahead = facts(self._session, self._now, ahead=_WEEK)
        every = planned(ahead, self._now, self._now + _WEEK)
        return tuple(one for one in every if one.rule.asked.trigger is not Trigger.WEEK)


def _as_lines(found: list[Reminder]) -> tuple[LetterLine, ...]:
    return tuple(LetterLine(line.first, line.count) for each in bundles(found) for line in each.lines)
