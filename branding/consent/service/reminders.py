"""Reminding those who were asked and have not answered: themselves by mail, or their coordinator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.queries.board import open_requests_of
from branding.consent.queries.requests import request_by_id
from branding.consent.queries.subjects import subject_by_id
from branding.consent.queries.withdrawals import stewards_of
from branding.consent.service.requests import WriteMail, mail_of, send_link
from branding.consent.values.board import OpenRequest
from branding.consent.values.reminders import Chase, Reminded
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.outbox.service import enqueue
from branding.outbox.values import Mail

#: Nobody hears from us twice in a day.
PAUSE = timedelta(hours=24)
_ASK = "consent:consent:ask"


def remind(
    session: Session,
    actor: Actor,
    subject_ids: Iterable[str],
    write: WriteMail,
    write_chase: Callable[[Chase], Mail],
    *,
    now: datetime,
) -> Reminded:
    """Remind each who has an open question; who has no mail address is left to the unit's coordinator."""
    ids = sorted(set(subject_ids))
    units = {one: subject_by_id(session, one).unit_id for one in ids}
    for one, unit_id in units.items():
        policy.check(actor, _ASK, unit_id, thing="subject", key=one)
    asked = open_requests_of(session, ids, now)
    mailed = lately = 0
    left: dict[int, list[OpenRequest]] = {}
    for subject_id, request in asked.items():
        if request.reminded_at is not None and request.reminded_at > now - PAUSE:
            lately += 1
        elif _mail(session, actor, request.id, write, now=now):
            mailed += 1
        else:
            left.setdefault(units[subject_id], []).append(request)
    chased = sum(
        len(requests)
        for unit_id, requests in left.items()
        if _chase(session, unit_id, len(requests), write_chase, now=now)
    )
    record(session, actor, "consent:request:reminded", "consent_request", len(asked), now=now)
    return Reminded(mailed, chased, lately, len(ids) - len(asked))


def _mail(session: Session, actor: Actor, request_id: str, write: WriteMail, *, now: datetime) -> bool:
    """A link to everybody who has not signed yet and has a mail address."""
    request = request_by_id(session, request_id)
    parts = [part.key for part in request.waiting if mail_of(session, request, part.key)]
    for part in parts:
        send_link(session, actor, request_id, write, part=part, now=now)
    return bool(parts)


def _chase(
    session: Session, unit_id: int, number: int, write: Callable[[Chase], Mail], *, now: datetime
) -> bool:
    """Ask the coordinators to ask in person; once a day and unit.  False when the unit has none."""
    stewards = stewards_of(session, unit_id)
    for steward in stewards:
        mail = write(Chase(steward.name, steward.email, steward.language, unit_id, number))
        key = f"consent-chase:{unit_id}:{steward.id}:{clock.local(now):%Y%m%d}"
        enqueue(session, mail, dedupe_key=key, due_at=now, now=now)
    return bool(stewards)
