"""What communications does with rules: make, change, turn off, take away, put back, undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.text import Text, say
from branding.reminders.models import ReminderRule
from branding.reminders.queries.rules import columns_of, restored, rule_of, rule_row, stored
from branding.reminders.rules.editing import check_rule
from branding.reminders.service.seeding import seed_rules, state_row
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.reminding import Quiet, RuleRequest

EDIT = "reminders:rule:edit"
_LABELS: dict[str, Text] = {
    "offset": say("How long before or after"),
    "at": say("Time of day"),
    "audiences": say("Who is told"),
    "channels": say("How"),
    "subject": say("Subject"),
    "text": say("Text"),
}
#: Words are not written into the audit log: only that they changed.
_WORDS = ("subject", "text")


def check(session: Session, actor: Actor, asked: RuleRequest) -> None:
    """The same refusals as when saving, for the preview."""
    policy.check(actor, EDIT)
    check_rule(asked)


def add_rule(session: Session, actor: Actor, asked: RuleRequest, *, now: datetime) -> int:
    """A rule of one's own; it does not reach back behind this moment."""
    policy.check(actor, EDIT)
    check_rule(asked)
    row = ReminderRule(made_at=now, made_by=f"{actor.kind}:{actor.id}", **columns_of(asked))
    session.add(row)
    session.flush()
    changes = {"trigger": (None, row.trigger), "offset": (None, row.offset)}
    record(session, actor, "reminders:rule:added", "reminder_rule", row.id, changes=changes, now=now)
    return row.id or 0


def change_rule(
    session: Session, actor: Actor, rule_id: int, asked: RuleRequest, version: int, *, now: datetime
) -> None:
    """Change what a rule says; what it is about stays."""
    row = _row(session, actor, rule_id)
    if row.version != version:
        raise _conflict(row, asked)
    if asked.trigger != row.trigger:
        raise RuleBroken("trigger", say("What a rule is about cannot change. Make a new one."), "trigger")
    check_rule(asked)
    _set(session, actor, row, columns_of(asked), "reminders:rule:changed", now=now)


def switch_rule(session: Session, actor: Actor, rule_id: int, *, is_on: bool, now: datetime) -> None:
    """Turn it off, or on again."""
    row = _row(session, actor, rule_id)
    if row.is_on != is_on:
        _set(session, actor, row, {"is_on": is_on}, "reminders:rule:switched", now=now)


def suggest_again(session: Session, actor: Actor, rule_id: int, *, now: datetime) -> None:
    """Back to what Stafet suggests."""
    row = _row(session, actor, rule_id)
    suggested = shipped_rules().get(row.code or "")
    if suggested is None:
        raise RuleBroken("own_rule", say("This is a rule of your own, so Stafet suggests nothing."))
    _set(session, actor, row, columns_of(suggested), "reminders:rule:reset", now=now)


def undo(session: Session, actor: Actor, rule_id: int, *, now: datetime) -> None:
    """As it was before the latest change; undoing twice does it again."""
    row = _row(session, actor, rule_id, removed=True)
    if row.removed_at is not None:
        row.removed_at = None
        row.version += 1
        record(session, actor, "reminders:rule:restored", "reminder_rule", rule_id, now=now)
    elif row.before is not None:
        _set(session, actor, row, restored(row.before), "reminders:rule:undone", now=now)


def remove_rule(session: Session, actor: Actor, rule_id: int, *, now: datetime) -> None:
    """Take away a rule of one's own; ``undo`` puts it back."""
    row = _row(session, actor, rule_id)
    if row.code:
        raise RuleBroken("builtin", say("Stafet's own rules can be turned off, but not taken away."))
    row.removed_at = now
    row.version += 1
    record(session, actor, "reminders:rule:removed", "reminder_rule", rule_id, now=now)


def seed(session: Session, actor: Actor, *, now: datetime) -> int:
    """Put in what Stafet suggests and is not there."""
    policy.check(actor, EDIT)
    count = seed_rules(session, now=now)
    record(session, actor, "reminders:rule:seeded", "reminder_rule", None, now=now)
    return count


def set_quiet_hours(session: Session, actor: Actor, quiet: Quiet, *, now: datetime) -> None:
    """Between which hours nobody is told anything."""
    policy.check(actor, EDIT)
    if not 12 <= quiet.begins <= 23:
        raise RuleBroken("quiet", say("Choose from 12 to 23."), "begins")
    if not 0 <= quiet.ends <= 7:
        raise RuleBroken("quiet", say("Choose from 0 to 7: the morning's reminders leave at 7.30."), "ends")
    row = state_row(session)
    changes: dict[str, tuple[object, object]] = {
        "quiet_begins": (row.quiet_begins, quiet.begins),
        "quiet_ends": (row.quiet_ends, quiet.ends),
    }
    row.quiet_begins, row.quiet_ends = quiet.begins, quiet.ends
    row.version += 1
    record(session, actor, "reminders:quiet:set", "reminder_state", 1, changes=changes, now=now)


def _row(session: Session, actor: Actor, rule_id: int, *, removed: bool = False) -> ReminderRule:
    policy.check(actor, EDIT)
    row = rule_row(session, rule_id)
    if row.removed_at is not None and not removed:
        raise Missing("reminder_rule", rule_id)
    return row


def _set(
    session: Session, actor: Actor, row: ReminderRule, values: dict[str, Any], tag: str, *, now: datetime
) -> None:
    before = stored(rule_of(row).asked)
    changes: dict[str, tuple[object, object]] = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            changes[name] = ("", "changed") if name in _WORDS else (str(old), str(value))
            setattr(row, name, value)
    if not changes:
        return
    row.before = before
    row.version += 1
    session.add(row)
    session.flush()
    record(session, actor, tag, "reminder_rule", row.id, changes=changes, now=now)


def _conflict(row: ReminderRule, asked: RuleRequest) -> Conflict:
    mine, theirs = columns_of(asked), columns_of(rule_of(row).asked)
    return Conflict(
        "rule_changed",
        say("Somebody else has just changed this rule."),
        [(label, _shown(mine[name])) for name, label in _LABELS.items()],
        [(label, _shown(theirs[name])) for name, label in _LABELS.items()],
    )


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
