"""Whether a running period can still be reached by the even pace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from branding.indicators.values.standing import Period

#: The last one is expected when four sevenths of its time have passed: in a week, on Friday.
_LAST_ONE = Decimal(4) / 7


def elapsed(period: Period, on: date) -> Decimal:
    """How much of the period is over on the morning of this day."""
    days = (period.last - period.first).days + 1
    return Decimal(min(max((on - period.first).days, 0), days)) / days


def is_late(value: Decimal, target: Decimal, period: Period, on: date) -> bool:
    """Fewer than whole steps of the even pace, or the last one still to come near the end."""
    if value >= target:
        return False
    share = elapsed(period, on)
    if value < (target * share).to_integral_value(rounding="ROUND_FLOOR"):
        return True
    last = min(target, Decimal(1))
    return share >= (target - last + last * _LAST_ONE) / target
