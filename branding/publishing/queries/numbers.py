"""Reads of numbers: what is due to be read, one post's, and every post's with what it counts under."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core import clock
from branding.drafts.values.kinds import GUIDES, PostKind
from branding.organisation import queries as organisation
from branding.publishing.models import FollowerCount, Measurement, Publication
from branding.publishing.rules.measuring import is_due
from branding.publishing.values.calls import Metric
from branding.publishing.values.states import State, Way
from branding.takeovers import queries as takeovers
from branding.takeovers.values import HostView

_LONGEST = timedelta(days=38)
_AT_ONCE = 100
_WAS_OUT = (State.PUBLISHED, State.REMOVED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """One post with the newest number of each metric; None is unknown."""

    publication_id: str
    title: str
    kind: PostKind
    unit_id: int
    takeover_id: int | None
    profile_id: int
    published_at: datetime
    values: dict[Metric, int | None]
    professions: tuple[int, ...] = ()


def due_rows(session: Session, now: datetime) -> Sequence[Publication]:
    """Posts that a channel can be asked about now."""
    query = select(Publication).where(
        Publication.state == State.PUBLISHED,
        Publication.way == Way.API,
        Publication.external_id != "",
        col(Publication.published_at) > now - _LONGEST,
    )
    # The newest first: a channel that answers nothing about old posts keeps no story waiting till it ends.
    rows = session.exec(query.order_by(col(Publication.published_at).desc())).all()
    last = _last_read(session, [row.id for row in rows])
    due = [
        row
        for row in rows
        if row.published_at is not None
        and is_due(row.published_at, last.get(row.id), now, is_story=row.kind == PostKind.STORY)
    ]
    return due[:_AT_ONCE]


def numbers(
    session: Session,
    units: Collection[int] | None,
    since: datetime,
    *,
    takeover_id: int | None = None,
) -> list[Numbers]:
    """Every post that went out since then, the newest first; ``units``: None is all."""
    query = select(Publication).where(
        col(Publication.state).in_(_WAS_OUT), col(Publication.published_at) >= since
    )
    if units is not None:
        query = query.where(col(Publication.unit_id).in_(units))
    if takeover_id is not None:
        query = query.where(Publication.takeover_id == takeover_id)
    rows = session.exec(query.order_by(col(Publication.published_at).desc())).all()
    values = _newest(session, {row.id for row in rows})
    hosts = takeovers.hosts_of(session, {row.takeover_id for row in rows if row.takeover_id})
    return [
        Numbers(
            row.id,
            row.title,
            PostKind(row.kind),
            row.unit_id,
            row.takeover_id,
            row.profile_id,
            row.published_at,
            values.get(row.id, {}),
            tuple(
                sorted(
                    {one.profession_id for one in hosts.get(row.takeover_id or 0, ()) if one.profession_id}
                )
            ),
        )
        for row in rows
        if row.published_at is not None
    ]


def newest_of(session: Session, publication_id: str) -> dict[Metric, int | None]:
    """One post's numbers."""
    return _newest(session, {publication_id}).get(publication_id, {})


def labels_of(session: Session, by: str, found: Sequence[Numbers]) -> list[tuple[str, ...]]:
    """What each post counts under; a post with two hosts counts under both of their faggrupper."""
    if by == "unit":
        names = {one.id: one.short_name or one.name for one in organisation.units(session, archived=True)}
        return [(names.get(one.unit_id, ""),) for one in found]
    if by == "profession":
        called = {one.id: one.name for one in organisation.professions(session, archived=True)}
        return [tuple(called.get(each, "") for each in one.professions) for one in found]
    if by == "takeover":
        units = {one.id: one.name for one in organisation.units(session, archived=True)}
        return [(f"{units.get(one.unit_id, '')} ({_week(one.published_at)})",) for one in found]
    if by == "day":
        return [(str(clock.local(one.published_at).isoweekday()),) for one in found]
    return [(one.kind.value,) for one in found]


def followers(
    session: Session, profile_ids: Collection[int], since: date
) -> dict[int, list[tuple[date, int]]]:
    """How many followed each profile, day by day; days that nobody knows are left out."""
    query = select(FollowerCount).where(
        col(FollowerCount.profile_id).in_(profile_ids),
        FollowerCount.counted_on >= since,
        col(FollowerCount.value).is_not(None),
    )
    found: dict[int, list[tuple[date, int]]] = {}
    for row in session.exec(query.order_by(col(FollowerCount.counted_on))):
        found.setdefault(row.profile_id, []).append((row.counted_on, row.value or 0))
    return found


def _professions(hosts: Iterable[HostView]) -> tuple[int, ...]:
    return tuple(sorted({one.profession_id for one in hosts if one.profession_id}))


def _week(moment: datetime) -> str:
    year, week, _ = clock.local(moment).isocalendar()
    return f"{week}/{year}"


def kind_labels() -> dict[str, object]:
    return {kind.value: guide.label for kind, guide in GUIDES.items()}


def _last_read(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    query = (
        select(Measurement.publication_id, func.max(Measurement.measured_at))
        .where(col(Measurement.publication_id).in_(ids), Measurement.made_by == "")
        .group_by(col(Measurement.publication_id))
    )
    return dict(session.exec(query).all())


def _newest(session: Session, ids: Collection[str]) -> dict[str, dict[Metric, int | None]]:
    """The newest number of each metric that was said; one that was never said is None."""
    query = select(Measurement).where(col(Measurement.publication_id).in_(ids))
    found: dict[str, dict[Metric, int | None]] = {}
    for row in session.exec(query.order_by(col(Measurement.measured_on), col(Measurement.id))):
        values = found.setdefault(row.publication_id, {})
        metric = Metric(row.metric)
        values[metric] = row.value if row.value is not None else values.get(metric)
    return found
