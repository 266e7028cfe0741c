"""The holiday weeks that ship with Stafet, as data."""

from __future__ import annotations

import tomllib
from typing import Any

from branding.core.files import shipped


def shipped_holiday_weeks() -> dict[str, Any]:
    """The content of ``schedules/holiday_weeks.toml``: year -> name -> week numbers."""
    return tomllib.loads((shipped("schedules") / "holiday_weeks.toml").read_text(encoding="utf-8"))
