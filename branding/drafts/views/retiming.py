"""A time that has passed: whoever approves chooses a new one in the same act."""

from __future__ import annotations

from datetime import datetime, timedelta

from wtforms.fields.choices import SelectChoice

from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.forms.review import ReviewForm
from branding.drafts.service import drafts
from branding.drafts.service.access import WRITE
from branding.drafts.values.drafts import DraftView
from branding.drafts.values.kinds import USUAL_HOUR
from branding.drafts.values.review import Desk
from branding.takeovers import queries as takeovers
from branding.web.i18n import short_day, translate
from branding.web.transaction import db


def has_passed(draft: DraftView, now: datetime) -> bool:
    """The time that was wished for is over."""
    return draft.due_at is not None and draft.due_at <= now


def retime(by: Actor, draft: DraftView, form: ReviewForm, version: int, *, now: datetime) -> int:
    """Save the new time, if the page asked for one; returns the version that was seen with it."""
    may_choose = policy.covers(by, WRITE, draft.unit_id) and form.day.data is not None
    if not may_choose or not has_passed(draft, now):
        return version
    due_at = form.due_at()
    if due_at is not None and due_at <= now:
        raise RuleBroken("time_passed", say("The time has passed. Choose a new one."), "day")
    drafts.plan_time(db(), by, draft.id, due_at, version, now=now)
    return version + 1


def offer(form: ReviewForm, one: Desk, now: datetime) -> None:
    """The days that are left, and the first instant that is lawful, or tomorrow at ten."""
    if one.draft.takeover_id is None:
        return
    takeover = takeovers.takeover_by_id(db(), one.draft.takeover_id)
    day, days = max(takeover.starts_on, clock.local(now).date()), []
    while day <= takeover.ends_on:
        days.append(day)
        day += timedelta(days=1)
    choices = [SelectChoice("", translate(say("As soon as it is ready")))]
    form.day.choices = choices + [SelectChoice(one.isoformat(), short_day(one)) for one in days]
    if form.day.raw_data is not None:
        return
    proposed = _proposed(one, now)
    form.day.data = proposed.date().isoformat() if proposed.date() in days else ""
    form.time.data = f"{proposed:%H:%M}"


def _proposed(one: Desk, now: datetime) -> datetime:
    """In local time; a whole minute, never before the lawful instant."""
    lawful = one.standing.at
    if lawful is not None and lawful > now:
        return clock.local(lawful + timedelta(seconds=59)).replace(second=0, microsecond=0)
    tomorrow = clock.local(now).date() + timedelta(days=1)
    return clock.local(clock.at_local(tomorrow, USUAL_HOUR, 0))
