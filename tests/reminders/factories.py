"""Facts for the rules of reminders: a few people, a takeover, and rules about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import select

from branding.core.actor import Role
from branding.core.clock import COPENHAGEN
from branding.core.db import Database
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Via
from branding.reminders.values.reminding import Directory, Facts, Occasion, Person, Rule, RuleRequest
from branding.reminders.values.triggers import Audience, Counted, Trigger

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SOH, HOESKOVEN = 1, 11
KAREN = Person("user:1", "Karen Eksempel", "karen@example.dk", roles=frozenset({Role.COMMUNICATIONS}))
KLAUS = Person(
    "user:2",
    "Klaus Eksempel",
    "klaus@example.dk",
    roles=frozenset({Role.COORDINATOR}),
    areas=frozenset({SOH}),
)
HOST = Person("host:5", "Bo Eksempel", "bo@example.dk", phone="00 00 00 00")
PEOPLE: Mapping[str, Person] = {one.ref: one for one in (KAREN, KLAUS, HOST)}


def at(text: str) -> datetime:
    """A moment by a Danish wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def asked(trigger: Trigger = Trigger.NO_HOST, offset: int = -28, **more: Any) -> RuleRequest:
    request = RuleRequest(
        trigger, offset, Counted.DAYS, time(8), (Audience.COORDINATOR,), (Via.MAIL,), "Emne", "Tekst {link}",
        stale_hours=48,
    )  # fmt: skip
    return replace(request, **more)


def rule(number: int = 1, trigger: Trigger = Trigger.NO_HOST, offset: int = -28, **more: Any) -> Rule:
    return Rule(number, "", asked(trigger, offset, **more), LONG_AGO)


def occasion(trigger: Trigger = Trigger.NO_HOST, day: str = "2022-10-17", **more: Any) -> Occasion:
    first = date.fromisoformat(day)
    return Occasion(
        trigger,
        **{
            "key": "takeover:5",
            "day": first,
            "unit_id": HOESKOVEN,
            "people": {Audience.HOST: ("host:5",)},
            "days": (first, first + timedelta(days=6)),
            **more,
        },
    )


def facts(*things: Rule | Occasion, **more: Any) -> Facts:
    rules = tuple(one for one in things if isinstance(one, Rule))
    occasions: dict[Trigger, tuple[Occasion, ...]] = {}
    for one in things:
        if isinstance(one, Occasion):
            occasions[one.trigger] = (*occasions.get(one.trigger, ()), one)
    directory = Directory(PEOPLE, {SOH: SOH, HOESKOVEN: SOH})
    return Facts(rules, occasions, **{"directory": directory, **more})


def mails(database: Database) -> list[OutboxMessage]:
    """What reminders have put in the outbox, in order."""
    with database.reader() as session:
        found = session.exec(select(OutboxMessage).order_by(OutboxMessage.id))  # type: ignore[arg-type]
        return [one for one in found if one.dedupe_key.startswith("reminder")]
