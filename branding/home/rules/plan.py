"""The content plan as the front page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from branding.core.isoweek import Week
from branding.home.values import Pace, PlanNow
from branding.plan.values import ActivityView, FormatSlot, Status

_PROMISED = (Status.PLANNED, Status.IN_PROGRESS)


def plan_now(
    slots: Sequence[FormatSlot], activities: Iterable[ActivityView], today: date, latest: int
) -> PlanNow:
    """``latest``: so many of a format's past times say whether it is kept up with."""
    week, found = Week.of(today), list(activities)
    return PlanNow(
        gaps=tuple(one for one in slots if one.on >= today and one.activity is None),
        late=tuple(one for one in found if one.status in _PROMISED and one.ends_on < today),
        week=tuple(
            one
            for one in found
            if one.status is not Status.CANCELLED
            and one.starts_on <= week.sunday
            and one.ends_on >= week.monday
        ),
        paces=_paces([one for one in slots if one.on < today], latest),
        has_formats=bool(slots),
    )


def _paces(past: Iterable[FormatSlot], latest: int) -> tuple[Pace, ...]:
    """Those that lag most first; a format that has not come round yet says nothing."""
    by_format: dict[int, list[FormatSlot]] = {}
    for slot in past:
        by_format.setdefault(slot.format_id, []).append(slot)
    found = []
    for slots in by_format.values():
        last = slots[-latest:]
        done = sum(one.activity is not None and one.activity.status is Status.DONE for one in last)
        found.append(Pace(last[-1].title, last[-1].channel.name, done, len(last)))
    return tuple(sorted(found, key=lambda one: one.done / one.count))
