"""Telling a person's story: what happened, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from branding.consent.values.timeline import Event, Step

#: Things of the same instant are told in this order.
_ORDER = {step: n for n, step in enumerate(Step)}


def told(events: Iterable[Event], now: datetime) -> tuple[Event, ...]:
    """What has happened by now, the newest first: an end that lies ahead has not happened."""
    past = (event for event in events if event.at <= now)
    return tuple(sorted(past, key=lambda event: (event.at, _ORDER[event.step]), reverse=True))
