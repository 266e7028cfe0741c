"""Several reminders of one morning as one letter, and several of one unit as one line with a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from branding.outbox.values import Via
from branding.reminders.values.choosing import Mode
from branding.reminders.values.reminding import Person, Reminder
from branding.reminders.values.triggers import MEANS, Trigger, Writer


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say; more than one reminder where they are counted."""

    reminders: tuple[Reminder, ...]

    @property
    def first(self) -> Reminder:
        return self.reminders[0]

    @property
    def count(self) -> int:
        return len(self.reminders)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One message to one person: everything of that moment in one mail, each thing by itself elsewhere."""

    to: Person
    via: Via
    lines: tuple[Line, ...]

    @property
    def is_digest(self) -> bool:
        return self.lines[0].first.rule.asked.trigger is Trigger.WEEK

    @property
    def is_of_room(self) -> bool:
        """A room below writes it."""
        return MEANS[self.lines[0].first.rule.asked.trigger].writer is not Writer.US


def bundles(reminders: Iterable[Reminder]) -> list[Bundle]:
    """What is sent: letters of other rooms and Monday's letter stand alone."""
    lines: dict[tuple[object, ...], list[Reminder]] = {}
    for one in reminders:
        if one.mode is Mode.MAIL:
            lines.setdefault(_line_key(one), []).append(one)
    letters: dict[tuple[object, ...], list[Line]] = {}
    for found in lines.values():
        line = Line(tuple(found))
        letters.setdefault(_letter_key(line.first), []).append(line)
    return [Bundle(found[0].first.to, found[0].first.via, tuple(found)) for found in letters.values()]


def _line_key(one: Reminder) -> tuple[object, ...]:
    """Counted ones of a unit are one line; people are told of another day by another line."""
    if MEANS[one.rule.asked.trigger].is_counted:
        return one.rule.id, one.to.ref, one.via, one.occasion.unit_id
    return (one.key,)


def _letter_key(one: Reminder) -> tuple[object, ...]:
    asked = one.rule.asked
    stands_alone = asked.trigger is Trigger.WEEK or MEANS[asked.trigger].writer is not Writer.US
    if stands_alone or one.via is not Via.MAIL:
        return (one.key,)
    return one.to.ref, one.via
