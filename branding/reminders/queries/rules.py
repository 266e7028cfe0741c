"""Reads of rules, as values; the first look of a new database finds none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.core.text import Text
from branding.outbox.values import Via
from branding.reminders.models import ReminderRule, ReminderState
from branding.reminders.rules.sentences import when
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.reminding import Quiet, Rule, RuleRequest
from branding.reminders.values.triggers import MEANS, Audience, Counted, Section, Trigger


def rules(session: Session) -> tuple[Rule, ...]:
    """Those that were not taken away, by what they are about and by when."""
    rows = session.exec(select(ReminderRule).where(col(ReminderRule.removed_at).is_(None)))
    order = list(Trigger)
    found = [rule_of(row) for row in rows]
    return tuple(
        sorted(
            found, key=lambda one: (order.index(one.asked.trigger), _hours(one.asked), one.asked.at, one.id)
        )
    )


def by_section(found: tuple[Rule, ...]) -> dict[Section, list[Rule]]:
    """As the page groups them."""
    sections: dict[Section, list[Rule]] = {section: [] for section in Section}
    for one in found:
        sections[MEANS[one.asked.trigger].section].append(one)
    return sections


def rule_by_id(session: Session, rule_id: int) -> Rule:
    return rule_of(rule_row(session, rule_id))


def rule_row(session: Session, rule_id: int) -> ReminderRule:
    found = session.get(ReminderRule, rule_id)
    if found is None:
        raise Missing("reminder_rule", rule_id)
    return found


def codes(session: Session) -> set[str]:
    """Stafet's own rules that are in the database."""
    return {code for code in session.exec(select(ReminderRule.code)) if code}


def rule_of(row: ReminderRule) -> Rule:
    asked = RuleRequest(
        trigger=Trigger(row.trigger),
        offset=row.offset,
        counted=Counted(row.counted),
        at=row.at,
        audiences=tuple(Audience(one) for one in row.audiences),
        channels=tuple(Via(one) for one in row.channels),
        subject=row.subject,
        text=row.text,
        is_urgent=row.is_urgent,
        is_before=row.is_before,
        stale_hours=row.stale_hours,
        is_on=row.is_on,
    )
    suggested = shipped_rules().get(row.code or "")
    return Rule(
        row.id or 0,
        row.code or "",
        asked,
        row.made_at,
        row.version,
        is_changed=suggested is not None and suggested != asked,
        is_removed=row.removed_at is not None,
    )


def columns_of(asked: RuleRequest) -> dict[str, Any]:
    """The request as the columns of a row."""
    return {
        "trigger": asked.trigger.value,
        "offset": asked.offset,
        "counted": asked.counted.value,
        "at": asked.at,
        "audiences": [one.value for one in asked.audiences],
        "channels": [one.value for one in asked.channels],
        "subject": asked.subject,
        "text": asked.text,
        "is_urgent": asked.is_urgent,
        "is_before": asked.is_before,
        "stale_hours": asked.stale_hours,
        "is_on": asked.is_on,
    }


def stored(asked: RuleRequest) -> dict[str, Any]:
    """The columns as they are kept to undo a change."""
    return {**columns_of(asked), "at": asked.at.isoformat()}


def restored(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What ``stored`` kept, as columns."""
    return {**kept, "at": time.fromisoformat(kept["at"])}


def sentence_of(asked: RuleRequest) -> Text:
    """When the rule speaks, as people say it."""
    return when(asked)


def state(session: Session) -> ReminderState | None:
    return session.get(ReminderState, 1)


def quiet_hours(session: Session) -> Quiet:
    """When nobody is told anything."""
    found = state(session)
    return Quiet(found.quiet_begins, found.quiet_ends) if found else Quiet()


def looked_at(session: Session) -> datetime | None:
    """The latest quarter of an hour that was looked at."""
    found = state(session)
    return found.looked_at if found else None


def _hours(asked: RuleRequest) -> int:
    if asked.counted is Counted.FRIDAY:
        return -72
    return asked.offset if asked.counted is Counted.HOURS else asked.offset * 24
