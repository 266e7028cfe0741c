"""What is due among two thousand takeovers and twenty thousand consents: the time is printed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import pytest

from branding.reminders.rules.due import due_reminders
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.reminding import Facts, Occasion, Rule
from branding.reminders.values.triggers import Audience, Trigger
from tests.reminders import factories as f

pytestmark = pytest.mark.bench

TAKEOVERS, CONSENTS, ROUNDS = 2_000, 20_000, 5
OF_A_TAKEOVER = (
    Trigger.NO_HOST,
    Trigger.GUIDE,
    Trigger.CITIZENS_READY,
    Trigger.FIRST_POST,
    Trigger.LAST_POST,
)


def busy() -> Facts:
    first = date(2022, 1, 1)
    rules = tuple(
        Rule(number, code, asked, f.LONG_AGO)
        for number, (code, asked) in enumerate(shipped_rules().items(), start=1)
    )
    takeovers = {
        trigger: tuple(_takeover(trigger, n, first + timedelta(days=n % 500)) for n in range(TAKEOVERS))
        for trigger in OF_A_TAKEOVER
    }
    consents = tuple(_consent(n, first + timedelta(days=n % 730)) for n in range(CONSENTS))
    found = f.facts(closed=frozenset())
    return replace(found, rules=rules, occasions={**takeovers, Trigger.CONSENT_ENDS: consents})


def _takeover(trigger: Trigger, number: int, day: date) -> Occasion:
    people = {Audience.HOST: ("host:5",)}
    return f.occasion(trigger, day.isoformat(), key=f"takeover:{number}", people=people)


def _consent(number: int, day: date) -> Occasion:
    return f.occasion(Trigger.CONSENT_ENDS, day.isoformat(), key=f"consent:{number}", days=None)


def test_what_is_due_among_all_of_them() -> None:
    found, now, times = busy(), f.at("2022-09-19 08:00"), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        due = due_reminders(found, now)
        times.append(time.perf_counter() - start)
    print(
        f"\n  due_reminders over {TAKEOVERS} takeovers and {CONSENTS} consents: "
        f"{median(times) * 1000:.0f} ms, {len(due)} due (aim 200 ms)"
    )
    assert due
