"""Gathering the proof of one answer: what was shown and said, by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from branding.consent import texts, vault
from branding.consent.models import Consent
from branding.consent.queries import evidence as evidence_queries
from branding.consent.queries import people_pages
from branding.consent.queries.evidence import EvidenceView
from branding.consent.rules.proving import check, code_of, sealed
from branding.consent.values.answers import Scope
from branding.consent.values.proof import Checked, Picture, Proof, Verdict
from branding.consent.values.timeline import Event
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation

__all__ = ["Verdict", "check_file", "gather", "seal", "staff_of"]

_VIEW = "consent:evidence:view"


def gather(
    session: Session, actor: Actor, consent_id: str, names: Mapping[int, str], *, now: datetime
) -> Proof:
    """The proof as it stands now.  ``names`` of staff by id; the caller writes the reading into the log."""
    shown = people_pages.consent_page(session, consent_id)
    policy.check(actor, _VIEW, shown.unit_id, thing="consent", key=consent_id)
    consent = session.get(Consent, consent_id)
    if consent is None:
        raise Missing("consent", consent_id)
    if consent.purged_at is not None:
        raise RuleBroken("purged", say("The proof has been removed: it is not needed any more."))
    files = evidence_queries.evidence_of(session, consent_id)
    pictures, left_out = _pictures(session, files)
    record = _record(session, consent, names, files, now)
    return Proof(record, code_of(_key(session), record), pictures, left_out, now)


def staff_of(session: Session, consent_id: str) -> set[int]:
    """Whose names the proof needs."""
    shown = people_pages.consent_page(session, consent_id)
    consent = session.get(Consent, consent_id)
    assert consent is not None
    actors = (
        (consent.asked_by_kind, consent.asked_by_id),
        (consent.recorded_by_kind, consent.recorded_by_id),
        (consent.verified_by_kind, consent.verified_by_id),
    )
    found = {number for kind, number in actors if kind == "user" and number is not None}
    return found | {event.user_id for event in shown.events if event.user_id is not None}


def seal(session: Session, pdf: bytes) -> bytes:
    return sealed(_key(session), pdf)


def check_file(key: str, content: bytes) -> Checked:
    """What ``branding consent verify`` says about a file."""
    return check(key, content)


def _key(session: Session) -> str:
    return str(session.info["audit_key"])


def _pictures(session: Session, files: list[EvidenceView]) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    found, left_out = [], []
    for number, file in enumerate(files):
        if file.purged_at is not None:
            continue
        if not file.is_picture:
            if file.mime == "application/pdf":
                left_out.append(file.sha256)
            continue
        try:
            content = evidence_queries.content_of(session, file)
        except vault.Damaged:
            left_out.append(file.sha256)
            continue
        ending = "svg" if file.mime == "image/svg+xml" else "jpg"
        found.append(Picture(f"picture-{number}.{ending}", content, file.sha256))
    return tuple(found), tuple(left_out)


def _record(
    session: Session, consent: Consent, names: Mapping[int, str], files: list[EvidenceView], now: datetime
) -> dict[str, Any]:
    shown = people_pages.consent_page(session, consent.id)
    signatures = evidence_queries.signatures_of(session, consent.id, consent.subject_id)
    events = sorted(shown.events, key=lambda event: (event.at, event.step))
    return {
        "about": "stafet-proof-1",
        "made_at": _at(now),
        "consent": consent.id,
        "person": shown.label,
        "unit": organisation.unit_by_id(session, shown.unit_id).name,
        **_said(consent),
        **_course(consent, names),
        "form": _form(consent),
        "scopes": [_scope(one) for one in shown.scopes],
        "signatures": [
            {
                "role": one.role,
                "method": one.method,
                "by_mark": one.by_mark,
                "name": None if one.is_unreadable else one.name,
                "at": _at(one.signed_at),
            }
            for one in signatures
        ],
        "files": [_file(one) for one in files],
        "events": [_event(event, names) for event in events if event.at <= now],
    }


def _said(consent: Consent) -> dict[str, Any]:
    """The answer itself, and on which basis it stands."""
    return {
        "answer": "no" if consent.is_refusal else "yes",
        "for": {"label": consent.target_label, "kind": consent.target, "reference": consent.target_ref},
        "evidence": consent.evidence,
        "told_instagram": consent.told_instagram,
        "clear_answer": consent.clear_answer,
        "valid": {"from": _at(consent.valid_from), "until": _at(consent.expires_at)},
        "basis": {"article_6": consent.art6, "article_9": consent.art9},
    }


def _course(consent: Consent, names: Mapping[int, str]) -> dict[str, Any]:
    """Who asked, wrote it down and looked at it, and when."""
    asked = _step(consent.asked_at, consent.asked_by_kind, consent.asked_by_id, names)
    power = {"has_power": consent.asker_has_power, "power_reason": consent.power_reason}
    verified, invalidated = consent.verified_at, consent.invalidated_at
    return {
        "asked": {**asked, "place": consent.place, **power},
        "signed_at": _at(consent.signed_at),
        "recorded": _step(consent.recorded_at, consent.recorded_by_kind, consent.recorded_by_id, names),
        "verified": verified and _step(verified, consent.verified_by_kind, consent.verified_by_id, names),
        "invalidated": invalidated and {"at": _at(invalidated), "why": consent.invalidated_why},
    }


def _step(at: datetime, kind: str, number: int | None, names: Mapping[int, str]) -> dict[str, Any]:
    return {"at": _at(at), "by": _who(kind, number, names)}


def _scope(one: Scope) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "formats": sorted(one.formats),
        "purposes": sorted(one.purposes),
        "media": sorted(one.media),
        "name": one.may_name,
        "voice": one.may_voice,
        "paid": one.may_be_paid,
    }


def _file(one: EvidenceView) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "mime": one.mime,
        "size": one.size,
        "sha256": one.sha256,
        "source_sha256": one.source_sha256,
        "stored_at": _at(one.stored_at),
        "purged_at": one.purged_at and _at(one.purged_at),
    }


def _event(event: Event, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "at": _at(event.at),
        "step": event.step,
        "what": event.what,
        "channels": list(event.channels),
        "by": names.get(event.user_id, "") if event.user_id else "",
    }


def _form(consent: Consent) -> dict[str, Any]:
    """Which words were shown; they come back exactly from the form's file and what filled its blanks."""
    text = texts.forms().get(consent.form_id)
    words: list[str] = [str(consent.shown["line"])] if "line" in consent.shown else []
    if text is not None and "choices" in consent.shown:
        filled = text.asking(str(consent.shown.get("choices", "")).split()).filled(consent.shown)
        words = filled.words.split("\n") if filled.words_sha256 == consent.text_sha256 else []
    return {
        "id": consent.form_id,
        "sha256": text.sha256 if text else "",
        "words_sha256": consent.text_sha256,
        "words": words,
    }


def _who(kind: str, number: int | None, names: Mapping[int, str]) -> dict[str, Any]:
    return {"kind": kind, "id": number, "name": names.get(number or 0, "") if kind == "user" else ""}


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
