"""What is done about a call that failed: before the marker, and after it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.core.actor import SYSTEM
from branding.publishing.models import Publication
from branding.publishing.rules.answers import classify
from branding.publishing.rules.times import next_try, too_late_at
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.connections import mark_broken
from branding.publishing.service.moving import move, release
from branding.publishing.service.settling import note_unclear
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Answer, Failure, Step
from branding.publishing.values.states import State

#: Without a word from the channel (publishing-apis.md section 1.6).
_PEACE = timedelta(hours=1)
_ASK_AGAIN = timedelta(seconds=5)
#: A channel that says "not ready" again and again is asked once a minute in the end.
_SLOWEST = 12
#: Instagram's own count of posts a day (section 1.5).
_QUOTA = (9, 2207042)


def note_failure(session: Session, row: Publication, failure: Failure, *, now: datetime) -> None:
    """Into the state that the answer's class asks for; nothing unclear is ever tried again."""
    answer = classify(failure)
    code = code_of(failure)
    if answer is Answer.UNKNOWN and failure.step is not Step.PUBLISH:
        answer = Answer.RETRY  # nothing that anybody can see was asked for
    if answer is Answer.UNKNOWN:
        note_unclear(session, row, code=code, now=now)
    elif answer is Answer.RECONNECT:
        _wait_for_connection(session, row, code, now)
    elif answer is Answer.PERMANENT:
        fail(session, row, code, now=now)
    elif answer is Answer.NOT_READY:
        pause = failure.wait or _ASK_AGAIN * min(max(row.calls, 1), _SLOWEST)
        _again(session, row, State.READY, code, now + pause, now)
    elif answer is Answer.WAIT:
        _wait(session, row, failure, code, now)
    else:
        if answer is Answer.REBUILD:
            row.made = {}
        _try_later(session, row, failure, code, now)


def code_of(failure: Failure) -> str:
    """What pages put into words: the channel's numbers, or what was seen."""
    if failure.code is None:
        return failure.kind if failure.http_status is None else f"{failure.kind}:{failure.http_status}"
    return f"{failure.code}/{failure.subcode}" if failure.subcode else str(failure.code)


def fail(session: Session, row: Publication, code: str, *, now: datetime) -> None:
    """It cannot go out as it is: a person must look."""
    move(session, SYSTEM, row, State.FAILED, code=code, now=now)
    raise_alert(session, Event.FAILED, f"{row.id}:{row.version}", about=row, code=code, now=now)


def _wait_for_connection(session: Session, row: Publication, code: str, now: datetime) -> None:
    """The post stays planned; nothing more goes out on the profile until somebody has connected it anew."""
    mark_broken(session, row.profile_id, code, now=now)
    move(session, SYSTEM, row, State.SCHEDULED, code=code, now=now)
    row.next_attempt_at = now


def _wait(session: Session, row: Publication, failure: Failure, code: str, now: datetime) -> None:
    """The channel wants peace: that is no failure of the post's."""
    at = now + max(failure.wait or _PEACE, timedelta(minutes=1))
    _again(session, row, State.RETRY_WAIT, code, at, now)
    if (failure.code, failure.subcode) == _QUOTA:
        raise_alert(
            session, Event.QUOTA_FULL, f"{row.profile_id}:{now.date()}", about=row, code=code, now=now
        )


def _try_later(session: Session, row: Publication, failure: Failure, code: str, now: datetime) -> None:
    row.failures += 1
    at = next_try(row.failures, now, failure.wait)
    if at is None:
        fail(session, row, code, now=now)
    else:
        _again(session, row, State.RETRY_WAIT, code, at, now)


def _again(session: Session, row: Publication, state: State, code: str, at: datetime, now: datetime) -> None:
    if row.state == State.PUBLISHING or row.state != state:
        move(session, SYSTEM, row, state, code=code, now=now)
    # Longer than until then nobody waits: it is missed, and a person is asked.
    row.code, row.next_attempt_at = code, min(at, max(now, too_late_at(row.due_at)))
    release(row)
