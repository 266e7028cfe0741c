"""Tables of reminders, by subject; private to this room, which imports them from here."""

from branding.reminders.models.choosing import ReminderChoice, ReminderPassed, ReminderPutOff
from branding.reminders.models.rules import ReminderRule, ReminderState
from branding.reminders.models.sent import ReminderSent

__all__ = [
    "ReminderChoice",
    "ReminderPassed",
    "ReminderPutOff",
    "ReminderRule",
    "ReminderSent",
    "ReminderState",
]
