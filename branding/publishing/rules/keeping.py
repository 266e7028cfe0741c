"""How long a post with people in it may stay (R56), and how long its original pictures are needed."""

from __future__ import annotations

from datetime import date, timedelta

from branding.publishing.values.states import Shows

#: consent.md R56; decisions.md 6.
CITIZEN = timedelta(days=60)
COLLEAGUE = timedelta(days=730)
#: Long enough to post again by hand what was lost; then what pages show is enough.
_ORIGINALS = timedelta(days=30)


def remove_by(published_on: date, *, shows: Shows, holds_until: date | None) -> date | None:
    """The day on which it must be down; None when nobody can be recognised.

    ``holds_until``: the first day on which a consent that it rests on no longer holds.
    """
    if shows is Shows.NOBODY:
        return None
    last = published_on + (CITIZEN if shows is Shows.CITIZENS else COLLEAGUE)
    return last if holds_until is None else min(last, holds_until)


def keep_originals_until(published_on: date) -> date:
    return published_on + _ORIGINALS
