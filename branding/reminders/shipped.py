"""The rules that Stafet comes with: ``schedules/reminders.toml``, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import time
from functools import cache
from typing import Any

from branding.core import files
from branding.outbox.values import Via
from branding.reminders.values.reminding import RuleRequest
from branding.reminders.values.triggers import Audience, Counted, Trigger


@cache
def shipped_rules() -> Mapping[str, RuleRequest]:
    """By code, in the order of the file."""
    with (files.shipped("schedules") / "reminders.toml").open("rb") as file:
        return {row["code"]: _rule(row) for row in tomllib.load(file)["rule"]}


def _rule(row: Mapping[str, Any]) -> RuleRequest:
    return RuleRequest(
        trigger=Trigger(row["trigger"]),
        offset=row["offset"],
        counted=Counted(row.get("counted", "days")),
        at=time.fromisoformat(row.get("at", "08:00")),
        audiences=tuple(Audience(one) for one in row["audiences"]),
        channels=tuple(Via(one) for one in row.get("channels", ["mail"])),
        subject=row.get("subject", ""),
        text=row["text"].strip(),
        is_urgent=row.get("is_urgent", False),
        is_before=row.get("is_before", False),
        stale_hours=row["stale_hours"],
    )
