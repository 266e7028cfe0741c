"""Whether what a mail says is still so, as long as the mail has not left."""

from __future__ import annotations

from branding.reminders.rules.moments import meant
from branding.reminders.rules.readers import readers
from branding.reminders.values.choosing import SentView
from branding.reminders.values.reminding import Facts


def holds(one: SentView, facts: Facts) -> bool:
    """The rule speaks of this thing, to this person, for this day."""
    rule = next((each for each in facts.rules if each.id == one.rule_id), None)
    if rule is None or rule.is_removed or not rule.asked.is_on:
        return False
    for occasion in facts.occasions.get(rule.asked.trigger, ()):
        if occasion.key != one.occasion:
            continue
        if one.is_again:
            return (occasion.trigger, occasion.key, one.to) not in facts.passed
        told = {(person.ref, via.value) for _, person, via in readers(rule, occasion, facts)}
        return meant(rule.asked, occasion)[0] == one.for_on and (one.to, one.via) in told
    return False
