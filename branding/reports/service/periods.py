"""Which days somebody asks for: what the pages and the command line read."""

from __future__ import annotations

from datetime import date

from branding.reports.rules import periods as rules
from branding.reports.values.orders import Kind


def usual_days(kind: Kind, today: date) -> tuple[date, date]:
    """What is shown before somebody chooses."""
    return rules.usual_days(kind, today)


quick_choices = rules.quick_choices


def chosen_days(kind: Kind, first: str, last: str, today: date) -> tuple[date, date]:
    """Weeks or days as people write them; what is left out is as usual.  Raises RuleBroken."""
    usual = rules.usual_days(kind, today)
    days = (
        rules.day_of(first, is_last=False) if first.strip() else usual[0],
        rules.day_of(last, is_last=True) if last.strip() else usual[1],
    )
    rules.check_period(*days)
    return days
