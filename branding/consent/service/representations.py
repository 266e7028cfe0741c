"""Those who may sign for a person: guardians and custody holders, as their documents showed."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent import vault
from branding.consent.models import Representation, Subject
from branding.consent.queries.subjects import representation_by_id, representation_row, subject_row
from branding.consent.values.people import Mandate
from branding.consent.values.register import NewRepresentation
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say

#: Rights that never let anybody sign for pictures; kept so that nobody asks twice.
MONEY_ONLY = frozenset({Mandate.GUARDIAN_FINANCIAL, Mandate.CO_GUARDIAN})


def add_representation(
    session: Session, actor: Actor, subject_id: str, new: NewRepresentation, *, now: datetime
) -> str:
    """Write down somebody's right to sign; the actor has seen the document."""
    subject = _subject(session, actor, subject_id)
    _check(new, clock.local(now).date())
    if actor.id is None:
        raise RuntimeError("a person sees the document")
    representation_id = new_id()
    session.add(
        Representation(
            id=representation_id,
            subject_id=subject.id,
            mandate=new.mandate,
            contact_sealed=_contact(session, subject_id, representation_id, new),
            covers_images=_covers(new),
            seen_by=actor.id,
            seen_on=new.seen_on,
            valid_from=new.valid_from,
            valid_until=new.valid_until,
            review_on=new.review_on,
            recorded_at=now,
        )
    )
    session.flush()
    changes = {"mandate": (None, new.mandate.value), "subject": (None, subject_id)}
    record(
        session,
        actor,
        "consent:representation:added",
        "representation",
        representation_id,
        changes=changes,
        now=now,
    )
    return representation_id


def change_representation(
    session: Session,
    actor: Actor,
    subject_id: str,
    representation_id: str,
    new: NewRepresentation,
    version: int,
    *,
    now: datetime,
) -> None:
    """Correct what was written.  The kind of right stays: another one is another document."""
    _subject(session, actor, subject_id)
    row = representation_row(session, subject_id, representation_id)
    seen = representation_by_id(session, subject_id, representation_id)
    _check(new, clock.local(now).date())
    before = {
        "covers_images": row.covers_images,
        "seen_on": row.seen_on,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "review_on": row.review_on,
    }
    after = {key: getattr(new, key) for key in before} | {"covers_images": _covers(new)}
    if row.version != version:
        text = say("Somebody else changed this while you were writing.")
        raise Conflict(
            "stale_representation",
            text,
            [(say("Name"), new.name), (say("Valid until"), new.valid_until or "–")],
            [(say("Name"), seen.name), (say("Valid until"), row.valid_until or "–")],
        )
    for key, value in after.items():
        setattr(row, key, value)
    row.contact_sealed = _contact(session, subject_id, representation_id, new)
    row.version += 1
    session.flush()
    record(
        session,
        actor,
        "consent:representation:changed",
        "representation",
        representation_id,
        changes={key: (before[key], after[key]) for key in before},
        now=now,
    )


def end_representation(
    session: Session, actor: Actor, subject_id: str, representation_id: str, *, today: date, now: datetime
) -> date | None:
    """The right ends today; returns when it would have ended, so that it can be undone."""
    _subject(session, actor, subject_id)
    row = representation_row(session, subject_id, representation_id)
    before = row.valid_until
    row.valid_until, row.version = max(today, row.valid_from), row.version + 1
    session.flush()
    record(
        session,
        actor,
        "consent:representation:ended",
        "representation",
        representation_id,
        changes={"valid_until": (before, row.valid_until)},
        now=now,
    )
    return before


def _subject(session: Session, actor: Actor, subject_id: str) -> Subject:
    row = subject_row(session, subject_id)
    policy.check(actor, "consent:subject:edit", row.unit_id, thing="subject", key=subject_id)
    return row


def _covers(new: NewRepresentation) -> bool:
    """Custody always covers pictures of the child, and money never does."""
    return new.mandate is Mandate.CUSTODY or (new.covers_images and new.mandate not in MONEY_ONLY)


def _check(new: NewRepresentation, today: date) -> None:
    if not new.name.strip():
        raise RuleBroken("no_name", say("Write the name."), "name")
    if new.seen_on > today:
        raise RuleBroken("future", say("The day must not lie ahead."), "seen_on")
    if new.valid_until is not None and new.valid_until <= new.valid_from:
        raise RuleBroken("period", say("It must end after it begins."), "valid_until")


def _contact(session: Session, subject_id: str, representation_id: str, new: NewRepresentation) -> str:
    contact = {"name": new.name.strip(), "email": new.email.strip(), "phone": new.phone.strip()}
    return vault.seal_facts(session, subject_id, contact, about=f"representation:{representation_id}:contact")
