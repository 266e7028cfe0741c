"""Making recurring formats, changing their rhythm from a day on, and ending them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict
from branding.core.text import say
from branding.plan.models import Format, FormatRhythm
from branding.plan.queries.channels import channel_by_id
from branding.plan.queries.formats import format_by_id, format_row, rhythm_rows
from branding.plan.rules.activities import check_day
from branding.plan.rules.rhythm import changed_rhythm, check_format
from branding.plan.service.channels import EDIT
from branding.plan.values import FormatRequest, FormatView

_DAY = timedelta(days=1)


def add_format(session: Session, actor: Actor, request: FormatRequest, *, now: datetime) -> int:
    """A format that comes round from its first day on."""
    policy.check(actor, EDIT)
    request = check_format(request)
    channel_by_id(session, request.channel_id)
    row = Format(made_at=now, title="", channel_id=request.channel_id, kind=request.kind)
    _write(row, request)
    session.add(row)
    session.flush()
    session.add(_rhythm(row.id or 0, request, request.starts_on))
    session.flush()
    changes = {"rhythm": (None, request.rhythm), "every": (None, request.every)}
    record(session, actor, "plan:format:added", "plan_format", row.id, changes=changes, now=now)
    return row.id or 0


def change_format(
    session: Session, actor: Actor, format_id: int, request: FormatRequest, *, today: date, now: datetime
) -> None:
    """Title, channel and so on at once; another rhythm counts from today, and the past stays as it was."""
    policy.check(actor, EDIT)
    row, before = format_row(session, format_id), format_by_id(session, format_id)
    request = check_format(request)
    if row.version != request.version:
        raise _conflict(request, before)
    rows = rhythm_rows(session, format_id)
    latest = rows[-1]
    is_new, begins_on = changed_rhythm(before.rhythms, request, today)
    if is_new and latest.valid_from < begins_on and latest.valid_from < today:
        # One that had ended already stays ended.
        latest.valid_until = min(latest.valid_until or date.max, begins_on - _DAY)
        session.add(_rhythm(format_id, request, begins_on))
    elif is_new:
        if len(rows) > 1 and rows[-2].valid_until == latest.valid_from - _DAY:
            rows[-2].valid_until = begins_on - _DAY  # the one before goes on until this one begins
        latest.rhythm, latest.every, latest.weekday = request.rhythm, request.every, request.weekday
        latest.anchor_on, latest.valid_from = request.starts_on, begins_on
        latest.valid_until = request.until
    else:
        latest.valid_until = request.until
    _write(row, request)
    row.version += 1
    session.flush()
    changes = {
        "rhythm": (before.rhythm.rhythm, request.rhythm),
        "every": (before.rhythm.every, request.every),
        "weekday": (before.rhythm.weekday, request.weekday),
        "until": (before.rhythm.valid_until, request.until),
        "channel_id": (before.channel.id, request.channel_id),
        "unit_id": (before.unit_id, request.unit_id),
    }
    record(session, actor, "plan:format:changed", "plan_format", format_id, changes=changes, now=now)


def end_format(session: Session, actor: Actor, format_id: int, *, today: date, now: datetime) -> None:
    """No more slots from today on; what is planned in them stays."""
    policy.check(actor, EDIT)
    row, latest = format_row(session, format_id), rhythm_rows(session, format_id)[-1]
    if latest.valid_until is None or latest.valid_until >= today:
        before, latest.valid_until = latest.valid_until, today - _DAY
        row.version += 1
        session.flush()
        changes = {"until": (before, latest.valid_until)}
        record(session, actor, "plan:format:ended", "plan_format", format_id, changes=changes, now=now)


def resume_format(
    session: Session, actor: Actor, format_id: int, until: date | None, version: int, *, now: datetime
) -> None:
    """Undo ``end_format``; refused when the format has changed since."""
    policy.check(actor, EDIT)
    if until is not None:
        check_day(until, "until")
    row, latest = format_row(session, format_id), rhythm_rows(session, format_id)[-1]
    if row.version != version:
        text = say("It has been changed again since, so it cannot be undone from here.")
        raise Conflict("changed_since", text)
    before, latest.valid_until = latest.valid_until, until
    row.version += 1
    session.flush()
    changes = {"until": (before, until)}
    record(session, actor, "plan:format:resumed", "plan_format", format_id, changes=changes, now=now)


def _write(row: Format, request: FormatRequest) -> None:
    row.title, row.channel_id, row.kind = request.title, request.channel_id, request.kind
    row.unit_id, row.at = request.unit_id, request.at
    row.audience, row.goal = request.audience, request.goal
    row.responsible_id = request.responsible_id
    row.responsible_name = "" if request.responsible_id else request.responsible_name


def _rhythm(format_id: int, request: FormatRequest, valid_from: date) -> FormatRhythm:
    return FormatRhythm(
        format_id=format_id,
        rhythm=request.rhythm,
        every=request.every,
        weekday=request.weekday,
        anchor_on=request.starts_on,
        valid_from=valid_from,
        valid_until=request.until,
    )


def _conflict(mine: FormatRequest, theirs: FormatView) -> Conflict:
    now = theirs.rhythm
    return Conflict(
        "format_changed",
        say("Somebody else has changed “%(title)s” since you opened the page.", title=theirs.title),
        [(say("Title"), mine.title), (say("Every"), mine.every), (say("First day"), mine.starts_on)],
        [(say("Title"), theirs.title), (say("Every"), now.every), (say("First day"), now.anchor_on)],
    )
