"""Reads for the plan of posts: what goes out when, and what waits for a time or for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from branding.consent.values.records import Channel
from branding.core import clock
from branding.drafts.queries.going_out import (
    approved_hashes,
    approved_without_time,
    contents_by_id,
    words_by_id,
)
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import Approved
from branding.drafts.values.kinds import PostKind
from branding.media import queries as media
from branding.organisation import queries as organisation
from branding.publishing.models import Publication
from branding.publishing.queries.standing import Around
from branding.publishing.rules.profiles import without_profile
from branding.publishing.rules.reasons import why
from branding.publishing.rules.suggesting import suggestions
from branding.publishing.values.plan import (
    FOR_PEOPLE,
    PlanPage,
    PublicationView,
    Waiting,
)
from branding.publishing.values.states import State
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus, TakeoverView

#: The plan page looks this far ahead.
AHEAD = timedelta(days=14)
#: What nobody has dealt with for this long is in the lists of posts.
_LOOKS_BACK = timedelta(days=30)
_MOST = 100
_OFF = (State.CANCELLED, State.REMOVED)
_OVER = (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)


def _when(one: PublicationView) -> datetime:
    """When it went out, or is to."""
    return one.published_at or one.due_at


def plan_page(session: Session, units: Collection[int] | None, now: datetime) -> PlanPage:
    """``units``: those whose posts the reader sees; None: all.  A fixed number of queries."""
    around, today = Around(session, now), clock.local(now).date()
    rows = _rows(session, units, clock.at_local(today), now)
    views = [around.view(row) for row in rows]
    for_people = [one for one in views if one.is_for_people]
    hurry = {look: n for n, look in enumerate(FOR_PEOPLE)}
    for_people.sort(key=lambda one: (hurry[one.look], one.due_at))
    shown = [one for one in views if _is_listed(one, today)]
    days: dict[date, list[PublicationView]] = {}
    for one in shown[:_MOST]:
        days.setdefault(clock.local(_when(one)).date(), []).append(one)
    waiting = _waiting(session, units, [one for one in views if one.state is State.CANCELLED], now)
    ids = {one.draft_id for one in [*for_people, *shown[:_MOST]]} | {one.draft_id for one in waiting}
    contents, profiles = contents_by_id(session, ids), organisation.profiles(session, archived=True)
    own = {one.draft_id: one.profile_id for one in views}
    return PlanPage(
        for_people=tuple(for_people),
        days=tuple((day, tuple(sorted(found, key=_when))) for day, found in sorted(days.items())),
        waiting=tuple(waiting),
        pauses=around.pauses,
        profiles={one.id: one for one in profiles},
        units={one.id: one for one in organisation.units(session, archived=True)},
        thumbs=_thumbs(session, contents),
        nowhere={key: without_profile(profiles, own.get(key), one.channels) for key, one in contents.items()},
        more=max(0, len(shown) - _MOST),
    )


def nowhere(session: Session, row: Publication) -> tuple[Channel, ...]:
    """Channels that a post is meant for too, and where the organisation has no profile."""
    found = contents_by_id(session, [row.draft_id]).get(row.draft_id)
    profiles = organisation.profiles(session, archived=True)
    return without_profile(profiles, row.profile_id, found.channels) if found else ()


def thumbs(session: Session, draft_ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """The first picture that is there of each post, and its edition; two queries."""
    return _thumbs(session, words_by_id(session, draft_ids))


def _thumbs(session: Session, contents: Mapping[str, Content]) -> dict[str, tuple[str, int]]:
    first = {key: one.item_ids[0] for key, one in contents.items() if one.item_ids}
    items = media.item_views(session, set(first.values())) if first else {}
    return {
        key: (item, items[item].edition)
        for key, item in first.items()
        if item in items and not items[item].is_dropped
    }


def suggested_times(
    takeover: TakeoverView, taken: Iterable[tuple[str, datetime, str]], but: str, now: datetime
) -> tuple[datetime, ...]:
    """Times for one post; ``taken``: draft, time and kind of what the profile has."""
    others = [(clock.local(at).replace(tzinfo=None), kind) for draft, at, kind in taken if draft != but]
    found = suggestions(
        takeover.starts_on,
        takeover.ends_on,
        taken=[at for at, _ in others],
        with_post={at.date() for at, kind in others if kind != PostKind.STORY},
        now=clock.local(now).replace(tzinfo=None),
    )
    return tuple(clock.at_local(at.date(), at.hour, at.minute) for at in found)


def taken_on(
    session: Session, profile_ids: Collection[int], first: datetime, last: datetime
) -> Mapping[int, Sequence[tuple[str, datetime, str]]]:
    """When something goes or went out on these profiles: draft, time and kind."""
    query = select(Publication.profile_id, Publication.draft_id, Publication.due_at, Publication.kind).where(
        col(Publication.profile_id).in_(profile_ids),
        col(Publication.due_at).between(first, last),
        col(Publication.state).not_in((State.CANCELLED, State.REMOVED, State.FAILED, State.MISSED)),
    )
    found: dict[int, list[tuple[str, datetime, str]]] = {}
    for profile_id, draft_id, due_at, kind in session.exec(query):
        found.setdefault(profile_id, []).append((draft_id, due_at, kind))
    return found


def _rows(
    session: Session, units: Collection[int] | None, midnight: datetime, now: datetime
) -> Sequence[Publication]:
    """What is due from today on, what went out today, and what a person must still deal with."""
    when = or_(
        and_(col(Publication.due_at) >= midnight, col(Publication.due_at) < now + AHEAD),
        col(Publication.published_at) >= midnight,
        and_(
            col(Publication.state).not_in((State.PUBLISHED, State.REMOVED)),
            col(Publication.due_at) >= now - _LOOKS_BACK,
            col(Publication.due_at) < midnight,
        ),
    )
    query = select(Publication).where(when)
    if units is not None:
        query = query.where(col(Publication.unit_id).in_(units))
    return session.exec(query.order_by(col(Publication.due_at), col(Publication.id)).limit(1000)).all()


def _is_listed(one: PublicationView, today: date) -> bool:
    """In the list of days: not what was taken out, and of the past only what went out today."""
    if one.state in (*_OFF, State.FAILED, State.MISSED):
        return False
    return clock.local(one.published_at or one.due_at).date() >= today


def _waiting(
    session: Session, units: Collection[int] | None, off: list[PublicationView], now: datetime
) -> list[Waiting]:
    """Approved posts of takeovers that are on or ahead, without a place in the plan."""
    today = clock.local(now).date()
    ahead = takeovers.takeovers_between(session, today, today + timedelta(days=120))
    coming = {
        one.id: one
        for one in ahead
        if one.status not in _OVER and one.ends_on >= today and (units is None or one.unit_id in units)
    }
    untimed = approved_without_time(session, list(coming))
    off = [one for one in off if one.takeover_id in coming]
    approved = approved_hashes(session, [one.draft_id for one in off]) if off else {}
    off = [one for one in off if one.draft_id in approved]
    profiles = {coming[one.takeover_id].profile_id for one in untimed if one.takeover_id in coming}
    profiles |= {one.profile_id for one in off}
    last = now + timedelta(days=150)
    taken = taken_on(session, profiles, clock.at_local(today), last) if profiles else {}
    return [_untimed(one, coming, taken, now) for one in untimed] + [
        Waiting(
            one.draft_id,
            one.title,
            one.kind,
            one.unit_id,
            one.takeover_id or 0,
            suggested_times(coming[one.takeover_id or 0], taken.get(one.profile_id, ()), one.draft_id, now),
            one,
            why(one.code),
        )
        for one in off
    ]


def _untimed(
    one: Approved,
    coming: Mapping[int, TakeoverView],
    taken: Mapping[int, Sequence[tuple[str, datetime, str]]],
    now: datetime,
) -> Waiting:
    takeover = coming[one.takeover_id or 0]
    times = suggested_times(takeover, taken.get(takeover.profile_id, ()), one.id, now)
    return Waiting(one.id, one.title, PostKind(one.kind), one.unit_id, takeover.id, times)
