"""Alerts become mails: one to each person about each kind of event, however many happened since the last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from branding.accounts import queries as accounts
from branding.accounts.values import PersonView
from branding.core.actor import Role
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.publishing.models import Alert, HandPackage, Publication
from branding.publishing.rules.reasons import why
from branding.publishing.rules.telling import TOLD
from branding.publishing.service import hand
from branding.publishing.values.alerts import Event, Told
from branding.publishing.values.letters import Item, Letter
from branding.takeovers import queries as takeovers

#: So many alerts are told in one go; the next tick goes on.
_AT_ONCE = 200
#: Without an account nobody has chosen a language.
_LANGUAGE = "da"
_BY_HAND = (Event.HAND_DUE, Event.HAND_CHASE)
_MUST_ACT = (Told.COORDINATORS, Told.HOLDER, Told.ANSWERER)
#: Pages that an event is about, where it is not a publication's own.
_PAGES = {
    Event.PAUSED: "/publishing",
    Event.QUOTA_FULL: "/publishing",
    Event.OVERDUE: "/publishing/status",
    Event.UNREGISTERED: "/publishing/found",
}
Write = Callable[[Letter], Mail]


@dataclass(frozen=True, slots=True)
class _Reader:
    name: str
    email: str
    language: str
    is_host: bool = False


def anything_to_tell(session: Session, *, now: datetime) -> bool:
    """Looked at without the write lock: most ticks find nothing."""
    return bool(_due(session, now, limit=1))


def tell(session: Session, write: Write, *, now: datetime) -> int:
    """Plan the mails of every alert that is due and not ended; returns how many were planned."""
    due, people = _due(session, now, limit=_AT_ONCE), accounts.people(session)
    links: dict[int, str] = {}
    letters: dict[tuple[Event, str], list[tuple[Alert, _Reader]]] = {}
    for row in due:
        row.told_at = now
        for reader in _readers(session, row, people):
            letters.setdefault((Event(row.event), reader.email), []).append((row, reader))
    for (event, email), found in letters.items():
        reader = found[0][1]
        items = tuple(_item(session, row, reader, links) for row, _ in found)
        letter = Letter(event, reader.name, email, reader.language, items, reader.is_host)
        to = hashlib.sha256(email.encode()).hexdigest()[:16]
        key = f"alert:{event.value}:{found[0][0].id}:{to}"
        enqueue(session, write(letter), dedupe_key=key, due_at=now, now=now)
    session.flush()
    return len(letters)


def _due(session: Session, now: datetime, *, limit: int) -> Sequence[Alert]:
    query = select(Alert).where(
        col(Alert.told_at).is_(None), col(Alert.ended_at).is_(None), col(Alert.due_at) <= now
    )
    return session.exec(query.order_by(col(Alert.id)).limit(limit)).all()


def _readers(session: Session, row: Alert, people: Iterable[PersonView]) -> list[_Reader]:
    """Everybody whom the event is for, once; where nobody can be reached, communications or admins can."""
    active = [one for one in people if one.joined_at is not None and one.deactivated_at is None]
    found: list[_Reader] = []
    for told in TOLD[Event(row.event)]:
        found += _reached(session, row, told, active)
    if row.event != Event.PUBLISHED:  # good news is nobody else's
        for told in (Told.COMMUNICATIONS, Told.ADMINS):
            found = found or _reached(session, row, told, active)
    return list({one.email: one for one in reversed(found)}.values())[::-1]


def _reached(session: Session, row: Alert, told: Told, people: list[PersonView]) -> list[_Reader]:
    """Those with an address; communications instead of whoever should act and cannot be reached."""
    found = [one for one in _of(session, row, told, people) if one.email]
    if not found and told in _MUST_ACT:
        found = [one for one in _of(session, row, Told.COMMUNICATIONS, people) if one.email]
    return found


def _of(session: Session, row: Alert, told: Told, people: list[PersonView]) -> Iterator[_Reader]:
    roles = {Told.COMMUNICATIONS: Role.COMMUNICATIONS, Told.ADMINS: Role.ADMIN, Told.DPO: Role.DPO}
    if told in roles:
        yield from (_user(one) for one in people if roles[told] in one.roles)
    elif told is Told.COORDINATORS:
        area = organisation.unit_by_id(session, row.unit_id).area_id if row.unit_id is not None else None
        for one in people:
            if Role.COORDINATOR in one.roles and (area is None or area in one.area_ids):
                yield _user(one)
    else:
        ref = _answerer(row) if told is Told.ANSWERER else ""
        ref = ref or (_author(session, row) if told is Told.AUTHOR else _holder(session, row))
        yield from _by_ref(session, ref, people)


def _by_ref(session: Session, ref: str, people: list[PersonView]) -> Iterator[_Reader]:
    kind, _, number = ref.partition(":")
    if kind == "user":
        yield from (_user(one) for one in people if str(one.id) == number)
    elif kind == "host" and number.isdecimal():
        host = takeovers.host_by_id(session, int(number))
        yield _Reader(host.name, host.email, _LANGUAGE, is_host=True)


def _author(session: Session, row: Alert) -> str:
    publication = session.get(Publication, row.publication_id) if row.publication_id else None
    return publication.author if publication is not None else ""


def _answerer(row: Alert) -> str:
    kind, _, ref = row.reference.partition(":")
    return ref if kind == "answers" else ""


def _holder(session: Session, row: Alert) -> str:
    package = _package(session, row)
    return package.holder if package is not None else ""


def _package(session: Session, row: Alert) -> HandPackage | None:
    kind, _, number = row.reference.partition(":")
    return session.get(HandPackage, int(number)) if kind == "package" and number.isdecimal() else None


def _user(one: PersonView) -> _Reader:
    return _Reader(one.name, one.email, one.language)


def _item(session: Session, row: Alert, reader: _Reader, links: dict[int, str]) -> Item:
    publication = session.get(Publication, row.publication_id) if row.publication_id else None
    handle = organisation.profile_by_id(session, row.profile_id).handle if row.profile_id else ""
    unit = organisation.unit_by_id(session, row.unit_id).name if row.unit_id is not None else ""
    counted = row.code.rpartition("_")[2]
    number = int(counted) if row.code.startswith(("days_", "hours_")) and counted.isdecimal() else None
    due_at = publication.due_at if publication is not None else None
    return Item(_path(session, row, reader, links), unit, handle, due_at, why(row.code), number)


def _path(session: Session, row: Alert, reader: _Reader, links: dict[int, str]) -> str:
    """Where the reader does something about it.

    A link to a package is new each time it is sent, and the same to everybody who is sent it then:
    ``links`` has those of this round, for a newer one would shut them.
    """
    event, package = Event(row.event), _package(session, row)
    if event in _BY_HAND and package is not None and package.id is not None:
        if package.id not in links:
            links[package.id] = hand.new_link(session, package.id)
        return f"/hand/{links[package.id]}"
    if reader.is_host:
        return "/my-week"
    kind, _, key = row.reference.partition(":")
    if kind in ("takedown", "incident") and key:
        return f"/publishing/{kind}s/{key}"
    if event in _PAGES:
        return _PAGES[event]
    if row.publication_id:
        about_comments = event in (Event.COMMENTS, Event.COMMENT_NAMES)
        return f"/publishing/{row.publication_id}{'/comments' if about_comments else ''}"
    return f"/profiles/{row.profile_id}/connection" if row.profile_id else "/publishing"
