"""The rhythm of a takeover: hello first, one post a day, goodbye on the last day at work (domain.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from branding.drafts.values.kinds import Day, PostKind


def rhythm(starts_on: date, ends_on: date) -> tuple[Day, ...]:
    """Each day with the post that fits it.

    Goodbye falls on the last weekday after the first day, or on the last day where there is none;
    a single day is all hello.
    """
    days = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    goodbye = max((day for day in days[1:] if not _is_weekend(day)), default=ends_on)

    def kind(day: date) -> PostKind | None:
        if day == starts_on:
            return PostKind.HERE_I_AM
        if day == goodbye:
            return PostKind.GOODBYE
        return None if _is_weekend(day) else PostKind.DAILY

    return tuple(Day(day, kind(day)) for day in days)


def suggested(day: Day, had: Sequence[tuple[date, PostKind]]) -> PostKind:
    """The kind for the next post of a day, after the posts there are.

    Nobody says goodbye who has not been there, and a day that has its post has room for stories.
    """
    kinds = {kind for _, kind in had}
    if PostKind.GOODBYE in kinds:
        return PostKind.STORY
    if day.kind == PostKind.GOODBYE and kinds - {PostKind.STORY}:
        return PostKind.GOODBYE
    if PostKind.HERE_I_AM not in kinds:
        return PostKind.HERE_I_AM
    is_done = any(on == day.day and kind != PostKind.STORY for on, kind in had)
    return PostKind.STORY if is_done or day.kind is None else PostKind.DAILY


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
