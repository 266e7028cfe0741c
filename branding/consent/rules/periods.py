"""How long answers last (consent.md R27, R29, R61; decisions.md 6)."""

from __future__ import annotations

import calendar
from datetime import date

from branding.consent.values.people import Kind


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def longest(kind: Kind, *, also_citizen: bool, citizen_months: int, colleague_months: int) -> int:
    """The months a yes of such a person may last at most."""
    is_colleague = kind is Kind.COLLEAGUE and not also_citizen
    return colleague_months if is_colleague else citizen_months
