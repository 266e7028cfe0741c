"""Who may see a profile's login, and when.

Source: domain.md, "Access" (time-boxed, logged, ends in a reminder to change it)
and decisions.md 7 (what is posted natively cannot be checked here, and the page says so).
"""

from __future__ import annotations

from datetime import date

from branding.takeovers.values import LoginFacts, LoginRefusal


def login_refusal(facts: LoginFacts, today: date) -> LoginRefusal | None:
    """Why the login is not shown today; None: show it."""
    if not facts.is_on:
        return LoginRefusal.OFF
    if not facts.has_accepted:
        return LoginRefusal.NOT_ACCEPTED
    if today < facts.starts_on:
        return LoginRefusal.NOT_BEGUN
    if today > facts.ends_on:
        return LoginRefusal.OVER
    if not facts.is_live:
        return LoginRefusal.NOT_LIVE
    return LoginRefusal.CHANGE_DUE if facts.change_due else None
