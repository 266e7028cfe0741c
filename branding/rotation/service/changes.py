"""Every change to a slot is counted and dated here, so that subscribed calendars never miss one."""

from __future__ import annotations

from datetime import datetime

from branding.rotation.models import Slot


def note_change(slot: Slot, *, now: datetime) -> None:
    """Count the version up and keep when: what a feed sends as SEQUENCE and LAST-MODIFIED.

    The only place that writes either on a slot that exists; a test looks for others.
    """
    slot.version += 1
    slot.changed_at = now
