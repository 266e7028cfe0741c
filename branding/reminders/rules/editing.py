"""What a rule may say: an offset that its trigger can have, somebody to tell, words that can be filled."""

from __future__ import annotations

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.outbox.values import Via
from branding.reminders.rules.texts import check_text
from branding.reminders.values.reminding import RuleRequest
from branding.reminders.values.triggers import MEANS, Counted, Means, Writer
from branding.reminders.values.words import reach

_HOURS_A_DAY = 24
#: A year: nothing is worth saying later than that.
_LONGEST_STALE = 24 * 366


def check_rule(asked: RuleRequest) -> None:
    """Refuse with the field that can put it right."""
    means = MEANS[asked.trigger]
    _check_offset(asked, means)
    _check_time(asked)
    if not asked.audiences or set(asked.audiences) - set(means.audiences):
        raise RuleBroken("no_audience", say("Choose who is told."), "audiences")
    if not asked.channels:
        raise RuleBroken("no_channel", say("Choose how it is sent."), "channels")
    if means.writer is not Writer.US and asked.channels != (Via.MAIL,):
        raise RuleBroken("only_mail", say("This letter holds a personal link, so it is a mail."), "channels")
    if not 1 <= asked.stale_hours <= _LONGEST_STALE:
        raise RuleBroken("stale", say("Write from 1 hour to a year."), "stale_hours")
    if means.writer is Writer.US:
        _check_words(asked)
    check_text(asked.text, asked.trigger, "text")


def _check_words(asked: RuleRequest) -> None:
    if not asked.subject.strip():
        raise RuleBroken("no_subject", say("Fill in this field."), "subject")
    if not asked.text.strip():
        raise RuleBroken("no_text", say("Fill in this field."), "text")
    check_text(asked.subject, asked.trigger, "subject")


def _check_offset(asked: RuleRequest, means: Means) -> None:
    if asked.counted not in means.counted:
        raise RuleBroken("counted", say("This cannot be counted in that way."), "counted")
    if asked.counted is Counted.FRIDAY:
        return
    first, last = means.days
    if asked.counted is Counted.HOURS:
        first, last = first * _HOURS_A_DAY, last * _HOURS_A_DAY
        if last < 0:
            last = -1  # up to the hour before
    if first <= asked.offset <= last:
        return
    text = reach(first, last, is_hours=asked.counted is Counted.HOURS)
    raise RuleBroken("impossible_offset", text, "offset")


def _check_time(asked: RuleRequest) -> None:
    if asked.counted is not Counted.HOURS and asked.at.minute % 15:
        raise RuleBroken("quarter", say("Choose a time on the quarter of an hour."), "at")
