"""The takeover report: who had the profile, what came of it, and how the hosts found it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from branding.core.danish import sort_key
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.reports.values.report import BETWEEN, Chart, Column, Figure, Report, Series, Table, Type, Value
from branding.takeovers.values import TakeoverStatus

#: From 4 of 5 a host felt equipped, as everywhere in Stafet.
_EQUIPPED = 4
STATES = {
    TakeoverStatus.PLANNED: say("no host yet"),
    TakeoverStatus.HOST_FOUND: say("host found"),
    TakeoverStatus.INVITED: say("host invited"),
    TakeoverStatus.ACCEPTED: say("host said yes"),
    TakeoverStatus.BRIEFED: say("ready"),
    TakeoverStatus.LIVE: say("on now"),
    TakeoverStatus.CLOSED: say("finished"),
    TakeoverStatus.CANCELLED: say("cancelled"),
}
NO_TAKEOVER = say("not made in Stafet")


@dataclass(frozen=True, slots=True)
class PostFacts:
    """One post's newest numbers; None where the channel does not say."""

    reach: int | None
    likes: int | None
    comments: int | None
    shares: int | None


@dataclass(frozen=True, slots=True)
class TakeoverFacts:
    """A takeover, or (``status`` is None) a turn of the plan that no takeover was made for.

    ``scores`` are the hosts' answers from 1 to 5; ``hosts`` is empty where nobody may be named.
    """

    starts_on: date
    ends_on: date
    area: str
    unit: str
    topic: str
    hosts: tuple[str, ...]
    status: TakeoverStatus | None
    posts: tuple[PostFacts, ...]
    scores: tuple[int, ...]


def takeover_report(
    takeovers: Sequence[TakeoverFacts],
    first: date,
    last: date,
    scope: tuple[str, ...],
    *,
    names_hosts: bool,
) -> Report:
    """A line for each takeover with a day in the period, by date."""
    held = [one for one in takeovers if one.status == TakeoverStatus.CLOSED]
    scores = [score for one in takeovers for score in one.scores]
    equipped = sum(score >= _EQUIPPED for score in scores)
    return Report(
        title=say("Takeovers"),
        first=first,
        last=last,
        scope=scope,
        figures=(
            Figure(say("takeovers held"), len(held)),
            Figure(say("posts"), sum(len(one.posts) for one in takeovers)),
            Figure(
                say("of the hosts felt equipped (%(n)s answers)", n=len(scores)),
                equipped / len(scores) if scores else None,
                Type.SHARE,
            ),
        ),
        chart=_chart(takeovers),
        tables=(_table(takeovers, names_hosts), _areas(takeovers)),
        notes=(
            say("Numbers are the newest that the channels or people have given. A dash means: not known."),
            say("Reach cannot be added up to people: somebody who has seen two posts counts twice."),
        ),
    )


def _table(takeovers: Sequence[TakeoverFacts], names_hosts: bool) -> Table:
    columns = [
        Column(say("Week"), Type.WEEK),
        Column(say("First day"), Type.DAY),
        Column(say("Last day"), Type.LAST_DAY),
        Column(say("Specialområde")),
        Column(say("Unit")),
        Column(say("Topic")),
        *([Column(say("Hosts"))] if names_hosts else []),
        Column(say("State")),
        Column(say("Posts"), Type.WHOLE),
        Column(say("Reach"), Type.WHOLE),
        Column(say("Likes"), Type.WHOLE),
        Column(say("Comments"), Type.WHOLE),
        Column(say("Shares"), Type.WHOLE),
        Column(say("Equipped, 1-5"), Type.DECIMAL),
    ]
    return Table(
        say("Takeover by takeover"),
        tuple(columns),
        tuple(_row(one, names_hosts) for one in takeovers),
        say("There were no takeovers in this period."),
    )


def _row(one: TakeoverFacts, names_hosts: bool) -> tuple[Value, ...]:
    return (
        _week(one.starts_on, one.ends_on),
        one.starts_on,
        one.ends_on,
        one.area,
        one.unit,
        one.topic,
        *([", ".join(one.hosts)] if names_hosts else []),
        STATES[one.status] if one.status is not None else NO_TAKEOVER,
        len(one.posts),
        total(post.reach for post in one.posts),
        total(post.likes for post in one.posts),
        total(post.comments for post in one.posts),
        total(post.shares for post in one.posts),
        round(sum(one.scores) / len(one.scores), 1) if one.scores else None,
    )


def _week(first: date, last: date) -> str:
    one, other = Week.of(first), Week.of(last)
    return str(one) if one == other else f"{one}{BETWEEN}{other}"


def _areas(takeovers: Sequence[TakeoverFacts]) -> Table:
    """What each specialområde has had and got; the posts in the middle, as a few big ones say little."""
    rows = []
    for area in sorted({one.area for one in takeovers}, key=sort_key):
        mine = [one for one in takeovers if one.area == area]
        likes = [post.likes for one in mine for post in one.posts if post.likes is not None]
        rows.append(
            (
                area,
                len(mine),
                sum(one.status == TakeoverStatus.CLOSED for one in mine),
                sum(len(one.posts) for one in mine),
                float(median(likes)) if likes else None,
            )
        )
    return Table(
        say("Specialområde by specialområde"),
        (
            Column(say("Specialområde")),
            Column(say("Planned"), Type.WHOLE),
            Column(say("Held"), Type.WHOLE),
            Column(say("Posts"), Type.WHOLE),
            Column(say("Likes of the post in the middle"), Type.DECIMAL),
        ),
        tuple(rows),
        say("There were no takeovers in this period."),
    )


def _chart(takeovers: Sequence[TakeoverFacts]) -> Chart | None:
    """Likes, takeover by takeover: the only number that both channels and people give."""
    told = [(one, total(post.likes for post in one.posts)) for one in takeovers]
    known = [(one, likes) for one, likes in told if likes is not None]
    if not known:
        return None
    most, likes = max(known, key=lambda pair: pair[1])
    sentence: Text = say(
        "%(unit)s in week %(week)s got the most likes: %(n)s.",
        unit=most.unit,
        week=Week.of(most.starts_on).number,
        n=likes,
    )
    labels = tuple(f"{_short(one.starts_on)} {one.unit}" for one, _ in known)
    return Chart(
        say("Likes by takeover"),
        sentence,
        labels,
        (Series(say("Likes"), tuple(float(likes) for _, likes in known)),),
    )


def _short(day: date) -> str:
    return f"{Week.of(day).number}/{Week.of(day).year}"


def total(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
