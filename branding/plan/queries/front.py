"""The plan as the front page needs it, in two queries: what comes back, and what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session, col, select

from branding.core.isoweek import Week
from branding.plan.models import Activity, Format, FormatRhythm, PlanChannel
from branding.plan.queries.activities import activity_rows, activity_views
from branding.plan.queries.channels import channel_view
from branding.plan.queries.formats import format_views, last_of_gaps, slots_of
from branding.plan.rules.rhythm import slots
from branding.plan.values import ActivityView, ChannelView, FormatSlot, FormatView, Status

#: So many of a format's latest times say whether it is kept.
LATEST = 4
_LONGEST = timedelta(days=400)


def plan_now(session: Session, today: date) -> tuple[tuple[FormatSlot, ...], tuple[ActivityView, ...]]:
    """The slots of each format from its fourth last until six weeks ahead, and every activity that fills one
    of them, lies in this week or is late.  Nobody's name is read."""
    channels, found = _formats(session)
    before = [slots(one.rhythms, today - _LONGEST, today - timedelta(days=1))[-LATEST:] for one in found]
    first, last = min([today, *(day for days in before for day in days)]), last_of_gaps(today)
    week = Week.of(today)
    in_plan = col(Activity.status) != Status.CANCELLED
    this_week = (col(Activity.starts_on) <= week.sunday) & (col(Activity.ends_on) >= week.monday)
    promised = col(Activity.status).in_([Status.PLANNED, Status.IN_PROGRESS])
    wanted = col(Activity.slot_on).between(first, last) | this_week
    rows = activity_rows(session, (wanted & in_plan) | (promised & (col(Activity.ends_on) < today)))
    activities = activity_views(session, rows, names=False, known_channels=channels)
    return slots_of(session, found, activities, first, last), activities


def _formats(session: Session) -> tuple[Mapping[int, ChannelView], tuple[FormatView, ...]]:
    """Channels and formats together; a channel without a format is there too."""
    rows = session.exec(
        select(PlanChannel, Format, FormatRhythm)
        .join(Format, col(Format.channel_id) == col(PlanChannel.id), isouter=True)
        .join(FormatRhythm, col(FormatRhythm.format_id) == col(Format.id), isouter=True)
        .order_by(col(Format.title), col(Format.id), col(FormatRhythm.valid_from), col(FormatRhythm.id))
    ).all()
    channels: dict[int, ChannelView] = {}
    found: list[tuple[Format, FormatRhythm]] = []
    for channel, row, rhythm in rows:
        channels.setdefault(channel.id or 0, channel_view(channel))
        if rhythm is not None:
            found.append((row, rhythm))
    return channels, format_views(found, channels, {})
