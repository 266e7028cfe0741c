"""An example of each thing that people can be reminded of, for the preview of a rule."""

from __future__ import annotations

from datetime import date, timedelta

from branding.core import clock
from branding.core.isoweek import Week
from branding.outbox.values import Via
from branding.reminders.rules.moments import meant
from branding.reminders.values.letters import LetterLine
from branding.reminders.values.reminding import Occasion, Person, Reminder, Rule, RuleRequest

_WORDS = {
    "unit": "Høskoven",
    "handle": "eksempel",
    "title": "Et opslag om ugen",
    "channel": "LinkedIn",
}
READER = Person("user:0", "Anna Eksempel", "anna@example.dk")


def example_of(asked: RuleRequest, today: date) -> LetterLine:
    """Made up: a unit, a week eight weeks ahead, four of what is counted."""
    first = (Week.of(today) + 8).monday
    days = (first, first + timedelta(days=6))
    at = clock.at_local(first, 10)
    occasion = Occasion(asked.trigger, "example:1", first, at, path="/example", days=days, words=_WORDS)
    day, moment = meant(asked, occasion)
    rule = Rule(0, "", asked, moment)
    reminder = Reminder("", "", rule, occasion, READER, Via.MAIL, day, moment, moment)
    return LetterLine(reminder, 4)
