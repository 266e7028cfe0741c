"""By hand: at the minute somebody is given the post, asked again when it is opened and when it is done."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent.values.gate import Decision, Stage
from branding.core import clock
from branding.core.actor import SYSTEM
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.publishing.models import Connection, HandPackage, Publication
from branding.publishing.queries.hand import HandView, hand_view, waiting_packages
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.live import comes_down
from branding.publishing.rules.telling import chase_number
from branding.publishing.service.alerts import end_alerts, open_keys, raise_alert
from branding.publishing.service.failing import fail
from branding.publishing.service.judging import ask, note_answer
from branding.publishing.service.moving import move
from branding.publishing.service.outlets import is_paused
from branding.publishing.service.settling import checked_address, note_published
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Placed
from branding.publishing.values.states import State

#: decisions.md 7.
OPEN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """``decision`` says why not, when the package stays shut."""

    is_open: bool
    decision: Decision


def hand_over(session: Session, row: Publication, *, now: datetime) -> None:
    """Give the post to whoever puts it up; the secret goes out with the mail (:func:`new_link`)."""
    package = HandPackage(
        publication_id=row.id,
        holder=holder_of(session, row),
        token_hash=_hash(secrets.token_urlsafe(32)),  # nobody has it: each mail carries a new one
        made_at=now,
    )
    session.add(package)
    session.flush()
    move(session, SYSTEM, row, State.HANDED, now=now)
    raise_alert(
        session, Event.HAND_DUE, f"{package.id}", about=row, reference=f"package:{package.id}", now=now
    )


def holder_of(session: Session, row: Publication) -> str:
    """Who posts by hand on this profile; otherwise whoever approved or planned the post."""
    connection = session.get(Connection, row.profile_id)
    if connection is not None and connection.hand_user_id is not None:
        return f"user:{connection.hand_user_id}"
    return row.planned_by if row.planned_by.startswith("user:") else row.author


def new_link(session: Session, package_id: int) -> str:
    """A new secret for the holder's mail; one that was sent before no longer opens."""
    package = session.get(HandPackage, package_id)
    if package is None:
        raise Missing("hand_package", package_id)
    token = secrets.token_urlsafe(32)
    package.token_hash = _hash(token)
    session.add(package)
    return token


def find_package(session: Session, token: str) -> HandPackage | None:
    """By the link's secret; taken back or done packages are found too, and say so."""
    return session.exec(select(HandPackage).where(HandPackage.token_hash == _hash(token))).first()


def look(session: Session, token: str, *, now: datetime) -> HandView | None:
    """What the link shows: nothing of the post before it is opened."""
    package = find_package(session, token)
    return None if package is None else hand_view(session, package, now)


def open_package(session: Session, token: str, *, now: datetime) -> Opened:
    """The gate is asked for this instant; after a yes the pictures are shown for half an hour."""
    package = _standing(session, token)
    row = publication_row(session, package.publication_id)
    if is_paused(session, row.profile_id):
        text = say("Everything is paused on this profile. Wait with it until it goes on.")
        raise RuleBroken("paused", text)
    asked = ask(session, SYSTEM, row, Stage.PUBLISH, now=now)
    if not asked.decision.allowed:
        stop(session, row, asked.code, decision_id=asked.decision_id, now=now)
        return Opened(False, asked.decision)
    package.opened_at, package.open_until, package.decision_id = now, now + OPEN_FOR, asked.decision_id
    note_answer(row, asked)
    row.publish_started_at = row.publish_started_at or now
    session.add_all([package, row])
    record(session, SYSTEM, "publishing:package:opened", "publication", row.id, now=now)
    session.flush()
    return Opened(True, asked.decision)


def done(session: Session, token: str, permalink: str, *, now: datetime) -> bool:
    """The holder says that it is up; False when what it rests on does not hold: it must come down at once.

    It is written down as out either way, because it is.
    """
    package = _standing(session, token)
    row = publication_row(session, package.publication_id)
    if package.opened_at is None:
        raise RuleBroken("not_opened", say("Open the package first."))
    address = checked_address(session, row, permalink)
    asked = ask(session, SYSTEM, row, Stage.PUBLISH, now=now)
    package.done_at = now
    row.calls += 1
    note_published(session, row, Placed("", address), now=now)
    end_alerts(session, Event.HAND_DUE, Event.HAND_CHASE, publication_id=row.id, now=now)
    return not comes_down(asked.decision)


def cannot(session: Session, token: str, *, now: datetime) -> None:
    """The holder cannot put it up: it goes back to those who plan."""
    row = publication_row(session, _standing(session, token).publication_id)
    take_back_packages(session, row, now=now)
    fail(session, row, "hand_cannot", now=now)


def chase(session: Session, *, now: datetime) -> int:
    """Ask those again who have not answered for an hour, while it is day; returns how many."""
    count, hour = 0, clock.local(now).hour
    for package, row in waiting_packages(session):
        number = chase_number(package.made_at, now, hour)
        is_open = package.open_until is not None and package.open_until > now
        if number < 1 or is_open or is_paused(session, row.profile_id):
            continue
        key, reference = f"{package.id}:{number}", f"package:{package.id}"
        before = open_keys(session, Event.HAND_CHASE, row.id)
        if f"{Event.HAND_CHASE.value}:{key}" in before:
            continue
        end_alerts(session, Event.HAND_CHASE, publication_id=row.id, now=now)
        count += raise_alert(session, Event.HAND_CHASE, key, about=row, reference=reference, now=now)
    return count


def stop(session: Session, row: Publication, code: str, *, decision_id: str = "", now: datetime) -> None:
    """A consent does not hold: the package shuts, and its holder is told at once."""
    row.decision_id = decision_id or row.decision_id
    reference = take_back_packages(session, row, now=now)
    move(session, SYSTEM, row, State.CANCELLED, code=code, now=now)
    tell_stopped(session, row, reference, code, now=now)


def tell_stopped(session: Session, row: Publication, reference: str, code: str, *, now: datetime) -> None:
    """Whoever was given it may have it half up already; nobody was, without a ``reference``."""
    if reference:
        key = f"{row.id}:{row.version}"
        raise_alert(session, Event.HAND_STOPPED, key, about=row, code=code, reference=reference, now=now)


def shut_packages(session: Session, profile_id: int | None) -> None:
    """What is open on this profile, or on any, is shown no more until it is opened again."""
    for package, row in waiting_packages(session):
        if profile_id in (None, row.profile_id):
            package.open_until = None
            session.add(package)


def take_back_packages(session: Session, row: Publication, *, now: datetime) -> str:
    """Shut every package of a publication; returns the last one's reference."""
    reference = ""
    query = select(HandPackage).where(
        HandPackage.publication_id == row.id,
        col(HandPackage.done_at).is_(None),
        col(HandPackage.revoked_at).is_(None),
    )
    for package in session.exec(query):
        package.revoked_at, package.open_until = now, None
        reference = f"package:{package.id}"
    end_alerts(session, Event.HAND_DUE, Event.HAND_CHASE, publication_id=row.id, now=now)
    session.flush()
    return reference


def _standing(session: Session, token: str) -> HandPackage:
    package = find_package(session, token)
    if package is None:
        raise Missing("hand_package")
    if package.revoked_at is not None:
        raise RuleBroken("taken_back", say("The post has been taken out of the plan. Do not put it up."))
    if package.done_at is not None:
        raise RuleBroken("done", say("You have said already that it is up. Thank you."))
    return package


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
