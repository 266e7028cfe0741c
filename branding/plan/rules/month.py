"""A month of the plan: weeks from Monday to Sunday, what lasts for days as bars, the rest in its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from branding.core.isoweek import Week
from branding.plan.values import ActivityView, FormatSlot, Status
from branding.plan.values.pages import Bar, BarCell, DayCell, MonthRow
from branding.publishing.values.calendar import DayPosts
from branding.takeovers.values import TakeoverStatus, TakeoverView

#: More of these do not fit in a day, or in a week.
MOST_IN_DAY, MOST_LANES = 5, 6


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a month."""

    activities: Sequence[ActivityView]
    slots: Iterable[FormatSlot] = ()
    takeovers: Sequence[TakeoverView] = ()
    posts: Mapping[date, DayPosts] = field(default_factory=dict)
    #: Names of holiday weeks by week, and of public holidays by day.
    weeks: Mapping[Week, str] = field(default_factory=dict)
    days: Mapping[date, str] = field(default_factory=dict)


def weeks_of_month(year: int, month: int) -> list[Week]:
    """Every week with a day in the month."""
    week, found = Week.of(date(year, month, 1)), []
    while (week.monday.year, week.monday.month) <= (year, month):
        found.append(week)
        week += 1
    return found


def month_rows(year: int, month: int, content: Content, today: date) -> tuple[MonthRow, ...]:
    """The whole month; what was called off is not in it."""
    slots: dict[date, list[FormatSlot]] = defaultdict(list)
    for slot in content.slots:
        if slot.activity is None:
            slots[slot.on].append(slot)
    on_day: dict[date, list[ActivityView]] = defaultdict(list)
    for one in content.activities:
        if one.status != Status.CANCELLED and one.starts_on == one.ends_on:
            on_day[one.starts_on].append(one)
    return tuple(_row(week, month, content, on_day, slots, today) for week in weeks_of_month(year, month))


def _row(
    week: Week,
    month: int,
    content: Content,
    on_day: Mapping[date, list[ActivityView]],
    slots: Mapping[date, list[FormatSlot]],
    today: date,
) -> MonthRow:
    lanes = in_lanes(_bars(week, content))
    shown = lanes[:MOST_LANES]
    days = []
    for day in week.days:
        found = sorted(on_day.get(day, ()), key=lambda one: (f"{one.at or ''}", one.id))
        cut = found if len(found) <= MOST_IN_DAY + 1 else found[:MOST_IN_DAY]
        days.append(
            DayCell(
                day,
                day.month != month,
                day == today,
                content.days.get(day, ""),
                tuple(cut),
                len(found) - len(cut),
                tuple(slots.get(day, ())),
                content.posts.get(day),
            )
        )
    more = sum(len(lane) for lane in lanes[len(shown) :])
    return MonthRow(
        week, tuple(days), tuple(cells(lane) for lane in shown), content.weeks.get(week, ""), more
    )


def _bars(week: Week, content: Content) -> list[Bar]:
    found = []
    for takeover in content.takeovers:
        if takeover.status != TakeoverStatus.CANCELLED:
            found += _bar(week, takeover.starts_on, takeover.ends_on, takeover=takeover)
    for one in content.activities:
        if one.status != Status.CANCELLED and one.starts_on < one.ends_on:
            found += _bar(week, one.starts_on, one.ends_on, activity=one)
    return found


def _bar(
    week: Week,
    first: date,
    last: date,
    *,
    activity: ActivityView | None = None,
    takeover: TakeoverView | None = None,
) -> list[Bar]:
    if last < week.monday or first > week.sunday:
        return []
    start, end = max((first - week.monday).days, 0), min((last - week.monday).days, 6)
    return [Bar(start, end, activity, takeover)]


def in_lanes(bars: Iterable[Bar]) -> list[list[Bar]]:
    """As few lanes as possible, so that no two bars of a lane share a day; takeovers on top."""
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.takeover is None, one.first, -one.last)):
        fits = (
            lane for lane in lanes if all(bar.first > other.last or bar.last < other.first for other in lane)
        )
        lane = next(fits, None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return [sorted(lane, key=lambda one: one.first) for lane in lanes]


def cells(lane: Sequence[Bar]) -> tuple[BarCell, ...]:
    """A table row of seven days."""
    found, at = [], 0
    for bar in lane:
        if bar.first > at:
            found.append(BarCell(bar.first - at))
        found.append(BarCell(bar.last - bar.first + 1, bar))
        at = bar.last + 1
    if at < 7:
        found.append(BarCell(7 - at))
    return tuple(found)
