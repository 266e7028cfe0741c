"""Facts that indicators are counted from: each room below is asked once, and only when somebody counts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.indicators.queries.rows import reading_rows, reading_view
from branding.indicators.rules.periods import before, compared, period_of
from branding.indicators.values.facts import Facts
from branding.indicators.values.measures import Aim, Measure
from branding.indicators.values.standing import IndicatorFacts, ReadingView
from branding.organisation import queries as organisation
from branding.plan import queries as plan
from branding.publishing.queries import numbers
from branding.publishing.values.calls import Metric
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus

_PLANNED = frozenset({Measure.CHANNEL, Measure.ACTIVITY, Measure.TIED})
_POSTED = frozenset({Measure.POSTS, Measure.VIEWS})
_HELD = frozenset({Measure.TAKEOVERS, Measure.EQUIPPED})
#: Followers are counted once a day, but not always: the last count before a period may be older.
_COUNT_BEFORE = timedelta(days=31)
_Days = dict[tuple[Measure, str], list[date]]


def facts_for(session: Session, indicators: Sequence[IndicatorFacts], first: date, last: date) -> Facts:
    """Facts for judging every day of this time, with the periods before that they are compared with."""
    aims = [one.aim for one in indicators]
    since = min([first, *(_since(aim, first) for aim in aims if aim.measure is not Measure.HAND)])
    measures = {aim.measure for aim in aims}
    days: _Days = {}
    if measures & _PLANNED:
        _add_activities(session, days, since, last)
    posts = numbers.numbers(session, None, clock.at_local(since)) if measures & _POSTED else []
    channels = _channels(session) if measures & (_POSTED | {Measure.FOLLOWERS}) else {}
    views: dict[str, list[tuple[date, int]]] = {}
    for post in posts:
        channel, on = channels.get(post.profile_id, ""), clock.local(post.published_at).date()
        days.setdefault((Measure.POSTS, channel), []).append(on)
        seen = post.values.get(Metric.VIEWS)
        if seen is not None:
            views.setdefault(channel, []).append((on, seen))
    ended = _ended(session, since, last) if measures & _HELD else {}
    days[Measure.TAKEOVERS, ""] = list(ended.values())
    return Facts(
        days={key: tuple(sorted(found)) for key, found in days.items()},
        views={key: tuple(sorted(found)) for key, found in views.items()},
        followers=_followers(session, channels, since) if Measure.FOLLOWERS in measures else {},
        equipped=_equipped(session, ended, since, last) if Measure.EQUIPPED in measures else (),
        readings=_by_indicator(reading_view(row) for row in reading_rows(session)),
    )


def _since(aim: Aim, first: date) -> date:
    """The first day that a judgement on this day looks at."""
    period = period_of(aim.rhythm, first)
    earlier = before(aim.rhythm, period) or compared(aim.rhythm, period) or period
    against = compared(aim.rhythm, period) or period
    return min(period.first, earlier.first, against.first)


def _add_activities(session: Session, days: _Days, first: date, last: date) -> None:
    for one in plan.done_between(session, first, last):
        days.setdefault((Measure.CHANNEL, one.channel_kind.value), []).append(one.done_on)
        days.setdefault((Measure.ACTIVITY, one.activity_kind.value), []).append(one.done_on)
        if one.initiative_ref:
            days.setdefault((Measure.TIED, one.initiative_ref), []).append(one.done_on)


def _channels(session: Session) -> dict[int, str]:
    return {one.id: one.channel.value for one in organisation.profiles(session, archived=True)}


def _ended(session: Session, first: date, last: date) -> dict[int, date]:
    """Takeovers that are over, by their last day."""
    found = takeovers.takeovers_between(session, first, last, status=TakeoverStatus.CLOSED)
    return {one.id: one.ends_on for one in found if one.ends_on <= last}


def _equipped(
    session: Session, ended: dict[int, date], first: date, last: date
) -> tuple[tuple[date, int], ...]:
    found = takeovers.evaluations_between(session, first, last)
    return tuple(
        sorted(
            (ended.get(one.takeover_id, clock.local(one.answered_at).date()), one.equipped) for one in found
        )
    )


def _followers(
    session: Session, channels: dict[int, str], since: date
) -> dict[str, tuple[tuple[tuple[date, int], ...], ...]]:
    found: dict[str, list[tuple[tuple[date, int], ...]]] = {}
    for profile_id, counts in numbers.followers(session, channels.keys(), since - _COUNT_BEFORE).items():
        found.setdefault(channels[profile_id], []).append(tuple(counts))
    return {channel: tuple(all_of) for channel, all_of in found.items()}


def _by_indicator(readings: Iterable[ReadingView]) -> dict[int, tuple[ReadingView, ...]]:
    found: dict[int, list[ReadingView]] = {}
    for one in readings:
        found.setdefault(one.indicator_id, []).append(one)
    return {indicator_id: tuple(each) for indicator_id, each in found.items()}
