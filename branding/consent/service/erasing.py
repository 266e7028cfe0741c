"""Erasing a person: nothing readable is left, and no backup brings it back (R58, decisions.md 13).

The database is changed first and the key destroyed after that is saved; a sweep does the second half
again for whoever was erased while the machine went down, and for databases restored from a backup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from branding.audit import service as audit
from branding.consent import vault
from branding.consent.models import (
    Consent,
    ConsentRequest,
    Evidence,
    Representation,
    RightsRequest,
    Signature,
    SigningLink,
    Subject,
    SubjectLink,
)
from branding.consent.queries import retention as queries
from branding.consent.service.requests import mail_prefix
from branding.consent.values.records import Outcome
from branding.consent.values.retention import Erased
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.outbox import service as outbox

#: Mails to a person have keys that begin like this.
MAIL_PREFIX = "consent:{subject_id}:"
#: Keys and files that no row knows are kept this long: a backup may be on its way back.
_ORPHANS_KEPT = timedelta(days=90)


def erase(session: Session, actor: Actor, subject_id: str, *, now: datetime) -> Erased:
    """Erase the person; the caller finishes with :func:`finish` once this is saved."""
    subject = session.get(Subject, subject_id)
    if subject is None or subject.erased_at is not None:
        raise Missing("subject", subject_id)
    policy.check(actor, "consent:rights:manage", subject.unit_id, thing="subject", key=subject_id)
    shown = queries.uses_in_force(session, subject_id)
    if shown:
        text = say("The person is still shown. Take the posts down first.")
        raise RuleBroken("still_shown", text)
    return _erase(session, actor, subject, now=now)


def _erase(session: Session, actor: Actor, subject: Subject, *, now: datetime) -> Erased:
    of_person = {"subject_id": subject.id}
    consents = session.exec(select(Consent).filter_by(**of_person)).all()
    file_names = _purge(session, [consent.id for consent in consents], now=now)
    subject.label = subject.search_key = subject.sort_key = subject.contact_sealed = ""
    subject.turns_15_on = subject.turns_18_on = subject.left_on = subject.reference = None
    subject.erased_at = now
    subject.version += 1
    for consent in consents:
        consent.place = consent.power_reason = ""
        consent.purged_at = consent.purged_at or now
    requests = session.exec(select(ConsentRequest).filter_by(**of_person)).all()
    _close(session, requests, now=now)
    for representation in session.exec(select(Representation).filter_by(**of_person)):
        representation.contact_sealed = ""
    for link in session.exec(select(SubjectLink).filter_by(**of_person)):
        link.revoked_at = link.revoked_at or now
    for wish in session.exec(select(RightsRequest).filter_by(**of_person, kind="erasure", done_at=None)):
        wish.done_at, wish.done_by = now, actor.id if actor.kind == "user" else None
    for prefix in (MAIL_PREFIX.format(subject_id=subject.id), *(mail_prefix(row.id) for row in requests)):
        outbox.cancel(session, prefix)
        outbox.forget(session, prefix)
    gone = {"subject": [subject.id], "consent": [row.id for row in consents]}
    audit.erase_values(session, {**gone, "consent_request": [row.id for row in requests]})
    audit.record(session, actor, "consent:subject:erased", "subject", subject.id, now=now)
    session.flush()
    return Erased((subject.id,), file_names)


def _close(session: Session, requests: Sequence[ConsentRequest], *, now: datetime) -> None:
    """Questions to somebody who was erased: half answers go, and no link opens them."""
    for row in requests:
        row.place = row.power_reason = row.partial_sealed = ""
        if row.outcome == Outcome.WAITING:
            row.outcome, row.ended_at = Outcome.CANCELLED, now
    ids = [row.id for row in requests]
    for link in session.exec(select(SigningLink).where(col(SigningLink.request_id).in_(ids))):
        link.revoked_at = link.revoked_at or now


def purge_consents(session: Session, consent_ids: list[str], *, now: datetime) -> Erased:
    """Remove the proof of answers whose time is up; ids, hashes and dates stay."""
    file_names = _purge(session, consent_ids, now=now)
    for consent_id in consent_ids:
        consent = session.get(Consent, consent_id)
        assert consent is not None
        consent.purged_at, consent.place, consent.power_reason = now, "", ""
        audit.record(session, SYSTEM, "consent:evidence:purged", "consent", consent_id, now=now)
    session.flush()
    return Erased((), file_names)


def _purge(session: Session, consent_ids: list[str], *, now: datetime) -> tuple[str, ...]:
    """Empty what the proof holds; returns the files to remove."""
    session.execute(
        update(Signature).where(col(Signature.consent_id).in_(consent_ids)).values(name_sealed="")
    )
    files = session.exec(
        select(Evidence).where(col(Evidence.consent_id).in_(consent_ids), col(Evidence.purged_at).is_(None))
    ).all()
    for file in files:
        file.purged_at, file.wrapped_key = now, ""
    return tuple(file.file_name for file in files)


def finish(session: Session, erased: Erased) -> None:
    """Destroy keys and remove files, after the erasure itself is saved.  Twice does no harm."""
    for subject_id in erased.subject_ids:
        vault.key_store(session).destroy(subject_id)
    for name in erased.file_names:
        vault.remove(session, name)


def still_stands(session: Session, erased: Erased) -> bool:
    """Whether the erasure was not saved after all: then nothing may be destroyed."""
    return bool(queries.standing_ids(session, erased.subject_ids))


def left_to_finish(session: Session, *, since: datetime) -> Erased:
    """What was erased lately and whose keys or files are still there."""
    store = vault.key_store(session)
    ids = tuple(one for one in queries.erased_ids_since(session, since) if store.holds(one))
    names = tuple(
        name for name in queries.purged_file_names_since(session, since) if vault.is_there(session, name)
    )
    return Erased(ids, names)


def returned(session: Session) -> list[str]:
    """People whose keys were destroyed and whom a restored database shows again."""
    destroyed = sorted(vault.key_store(session).destroyed())
    return list(queries.standing_ids(session, destroyed)) if destroyed else []


def erase_again(session: Session, subject_ids: list[str], *, now: datetime) -> Erased:
    """Erase once more what a backup brought back; nothing of it could be read anyway."""
    parts = []
    for subject_id in subject_ids:
        subject = session.get(Subject, subject_id)
        assert subject is not None
        parts.append(_erase(session, SYSTEM, subject, now=now))
    return Erased(
        tuple(one for part in parts for one in part.subject_ids),
        tuple(one for part in parts for one in part.file_names),
    )


def remove_orphans(session: Session, *, now: datetime) -> int:
    """Remove old keys and files that no row knows: those of requests that were never saved."""
    before = (now - _ORPHANS_KEPT).timestamp()
    store, known = vault.key_store(session), queries.known_subject_ids(session)
    old = [name for name in store.names() if name not in known and store.made_at(name) < before]
    for name in old:
        store.forget_orphan(name)
    kept = queries.kept_file_names(session)
    stray = [name for name in vault.file_names(session, older_than=before) if name not in kept]
    for name in stray:
        vault.remove(session, name)
    return len(old) + len(stray)
