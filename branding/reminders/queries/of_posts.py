"""What posts give people to be reminded of: on their way, missing on a day, talked about, or to come down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.drafts.queries import reminding as drafts
from branding.drafts.queries.reminding import OnTheWay
from branding.organisation import queries as organisation
from branding.organisation.values import SHARING_LASTS, UnitView
from branding.publishing.queries import reminding as publishing
from branding.publishing.queries.comments import waiting
from branding.reminders.queries.of_takeovers import days_of
from branding.reminders.queries.span import Span
from branding.reminders.values.reminding import Occasion
from branding.reminders.values.triggers import Audience, Trigger
from branding.takeovers.values import TakeoverView

Units = Mapping[int, UnitView]
_OF_DAYS = (Trigger.FIRST_POST, Trigger.NO_POST, Trigger.LAST_POST)


def post_occasions(
    session: Session, span: Span, units: Units, running: list[TakeoverView]
) -> Iterator[Occasion]:
    if span.asks(*_OF_DAYS) and running:
        yield from _of_days(session, span, units, running)
    if span.asks(Trigger.COMMENTS):
        yield from _of_comments(session, span, units)
    if span.asks(Trigger.DRAFT_WAITS):
        for one in drafts.waiting_for_review(session):
            yield _of_draft(Trigger.DRAFT_WAITS, one, units)
    if span.asks(Trigger.CONSENT_MISSING):
        last = span.moments(Trigger.CONSENT_MISSING)[1]
        for one in drafts.lacking_consent(session, span.now, last, span.now):
            yield _of_draft(Trigger.CONSENT_MISSING, one, units)
    if span.asks(Trigger.TAKEDOWN):
        yield from _of_deadlines(session, units)
    if span.asks(Trigger.ATTESTATION):
        yield from _of_profiles(session, span)


def _of_days(session: Session, span: Span, units: Units, running: list[TakeoverView]) -> Iterator[Occasion]:
    """Two queries for all takeovers: what went out or will, and what somebody has sent for approval."""
    handles = {one.id: one.handle for one in organisation.profiles(session, archived=True)}
    near = [one for one in running if one.ends_on >= span.today - timedelta(days=2)]
    ids, (first, last) = [one.id for one in near], span.moments(*_OF_DAYS)
    found: set[tuple[int, date]] = {
        (key, clock.local(at).date()) for key, at in publishing.posts_between(session, ids, first, last)
    }
    for post in drafts.due_between(session, ids, first, last):
        if post.takeover_id is not None and post.due_at is not None:
            found.add((post.takeover_id, clock.local(post.due_at).date()))
    for one in near:
        words = {"unit": units[one.unit_id].name, "handle": handles.get(one.profile_id, "")}
        yield from days_of(one, found, span, words)


def _of_comments(session: Session, span: Span, units: Units) -> Iterator[Occasion]:
    for takeover_id, one in waiting(session, span.now).items():
        yield Occasion(
            Trigger.COMMENTS,
            f"takeover:{takeover_id}:{span.today:%Y%m%d}",
            span.today,
            until=clock.at_local(span.today + timedelta(days=1)),
            unit_id=one.unit_id,
            path=f"/publishing/{one.publication_id}/comments",
            people={Audience.ANSWERER: (one.answerer,)},
            words={"unit": units[one.unit_id].name},
            ids=(takeover_id,),
        )


def _of_draft(trigger: Trigger, one: OnTheWay, units: Units) -> Occasion:
    waits = trigger is Trigger.DRAFT_WAITS
    at = one.state_since if waits or one.due_at is None else one.due_at
    return Occasion(
        trigger,
        f"draft:{one.id}",
        clock.local(at).date(),
        at,
        until=None if waits else one.due_at,
        unit_id=one.unit_id,
        path=f"/posts/{one.id}",
        people={Audience.AUTHOR: (one.author,)},
        words={"unit": units[one.unit_id].name},
    )


def _of_deadlines(session: Session, units: Units) -> Iterator[Occasion]:
    for one in publishing.open_deadlines(session):
        yield Occasion(
            Trigger.TAKEDOWN,
            f"takedown:{one.takedown_id}",
            clock.local(one.due_at).date(),
            one.due_at,
            until=one.due_at,
            unit_id=one.unit_id,
            path=f"/publishing/takedowns/{one.takedown_id}",
            words={"unit": units[one.unit_id].name},
        )


def _of_profiles(session: Session, span: Span) -> Iterator[Occasion]:
    """Profiles in use where nobody has looked for ninety days whether they share by themselves."""
    stale = [
        one
        for one in organisation.profiles(session)
        if one.shares_checked_at is not None and not one.is_sharing_known(span.now)
    ]
    used = publishing.used_profiles(session) if stale else set()
    for one in stale:
        if one.id in used and one.shares_checked_at is not None:
            day = clock.local(one.shares_checked_at + SHARING_LASTS).date()
            yield Occasion(
                Trigger.ATTESTATION,
                f"profile:{one.id}:{day:%Y%m%d}",
                day,
                path=f"/profiles/{one.id}/connection",
                words={"handle": one.handle},
            )
