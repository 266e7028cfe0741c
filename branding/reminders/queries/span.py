"""How far around now each kind of thing matters: what no rule can speak about is not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from branding.core import clock
from branding.reminders.values.reminding import Rule
from branding.reminders.values.triggers import Counted, Trigger

#: Weekends and holidays move a reminder by at most this.
_SLACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Span:
    """Now, and for each trigger in use the first and the last day that its things can lie on."""

    now: datetime
    today: date
    #: The last day that is asked about.
    until: date
    days: Mapping[Trigger, tuple[date, date]]

    @classmethod
    def of(cls, rules: Iterable[Rule], now: datetime, today: date, ahead: timedelta) -> Span:
        until, found = today + ahead, dict[Trigger, tuple[date, date]]()
        for rule in rules:
            asked = rule.asked
            if not asked.is_on:
                continue
            off = timedelta(days=-7 if asked.counted is Counted.FRIDAY else asked.offset)
            if asked.counted is Counted.HOURS:
                off = timedelta(days=asked.offset // 24)
            first = today - off - timedelta(hours=asked.stale_hours) - _SLACK
            last = until - off + _SLACK
            before = found.get(asked.trigger, (first, last))
            found[asked.trigger] = min(first, before[0]), max(last, before[1])
        return cls(now, today, until, found)

    def asks(self, *triggers: Trigger) -> bool:
        return any(one in self.days for one in triggers)

    def around(self, *triggers: Trigger) -> tuple[date, date]:
        """The days that all of these reach over."""
        found = [self.days[one] for one in triggers if one in self.days]
        return min(first for first, _ in found), max(last for _, last in found)

    def moments(self, *triggers: Trigger) -> tuple[datetime, datetime]:
        """The same as moments."""
        first, last = self.around(*triggers)
        return clock.at_local(first), clock.at_local(last + timedelta(days=1))
