"""Writing an answer down: the only place where consents come into being."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent import vault
from branding.consent.models import Consent, ConsentScope, Signature, Subject
from branding.consent.queries.settings import consent_rules
from branding.consent.rules.periods import longest, months_after
from branding.consent.service.form_versions import ensure_form
from branding.consent.values.answers import Answer, Scope, Signed
from branding.consent.values.people import Kind
from branding.core import clock
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say


def record_answer(session: Session, actor: Actor, answer: Answer, *, now: datetime) -> str:
    """Add a consent or a refusal; returns its id.  Who may do it, the caller has checked.

    An earlier answer about the same thing is superseded, never changed.
    """
    subject = session.get(Subject, answer.subject_id)
    if subject is None or subject.erased_at is not None:
        raise Missing("subject", answer.subject_id)
    if answer.asked.at > now or any(part.signed_at > now for part in answer.signatures):
        raise RuleBroken("future", say("Nobody can have answered in the future."), "asked_at")
    signed_at = max((part.signed_at for part in answer.signatures), default=answer.asked.at)
    last_day = _last_day(session, subject, answer, clock.local(signed_at).date())
    expires_at = clock.at_local(last_day + timedelta(days=1))
    if expires_at <= signed_at:
        raise RuleBroken("over", say("The last day must not have passed."), "lasts_until")
    ensure_form(session, answer.form_id, now=now)
    consent_id = new_id()
    row = _row(consent_id, actor, answer, signed_at, expires_at, now)
    row.art9 = "9(2)(a)" if subject.kind == Kind.CITIZEN or subject.also_citizen else ""
    row.supersedes_id = _earlier(session, answer, signed_at)
    session.add(row)
    session.flush()
    session.add_all(_scope(consent_id, scope) for scope in answer.scopes)
    for part in answer.signatures:
        _sign(session, subject.id, consent_id, part)
    session.flush()
    verb = "refused" if answer.is_refusal else "recorded"
    changes = {"evidence": (None, answer.evidence.value), "target": (None, answer.target_ref)}
    record(session, actor, f"consent:consent:{verb}", "consent", consent_id, changes=changes, now=now)
    return consent_id


def _row(
    consent_id: str, actor: Actor, answer: Answer, signed_at: datetime, expires_at: datetime, now: datetime
) -> Consent:
    return Consent(
        id=consent_id,
        subject_id=answer.subject_id,
        form_id=answer.form_id,
        request_id=answer.request_id,
        is_refusal=answer.is_refusal,
        target=answer.target,
        target_ref=answer.target_ref,
        target_label=answer.target_label,
        evidence=answer.evidence,
        told_instagram=answer.told_instagram,
        clear_answer=answer.clear_answer,
        asked_by_kind=answer.asked.by_kind,
        asked_by_id=answer.asked.by_id,
        asked_at=answer.asked.at,
        place=answer.asked.place,
        asker_has_power=answer.asked.has_power,
        power_reason=answer.asked.power_reason,
        signed_at=signed_at,
        recorded_at=now,
        recorded_by_kind=actor.kind,
        recorded_by_id=actor.id,
        valid_from=signed_at,
        expires_at=expires_at,
        text_sha256=answer.text_sha256,
        shown=dict(answer.shown),
    )


def _sign(session: Session, subject_id: str, consent_id: str, part: Signed) -> None:
    """The name is sealed about its own row, so the row comes first."""
    signature = Signature(
        consent_id=consent_id,
        role=part.role,
        representation_id=part.representation_id,
        method=part.method,
        signed_at=part.signed_at,
    )
    session.add(signature)
    session.flush()
    about = f"consent_signature:{signature.id}:name"
    signature.name_sealed = vault.seal_facts(session, subject_id, {"name": part.name}, about=about)


def _last_day(session: Session, subject: Subject, answer: Answer, signed_on: date) -> date:
    """Never later than the rules allow; a no is remembered for its own time (R61)."""
    rules = consent_rules(session)
    if answer.is_refusal:
        return months_after(signed_on, rules.refusal_months)
    months = longest(
        Kind(subject.kind),
        also_citizen=subject.also_citizen,
        citizen_months=rules.citizen_months,
        colleague_months=rules.colleague_months,
    )
    latest = months_after(signed_on, months)
    if answer.lasts_until is None:
        return latest
    if answer.lasts_until > latest:
        text = say("It can last until %(day)s at most.", day=f"{latest:%d-%m-%Y}")
        raise RuleBroken("too_long", text, "lasts_until")
    return answer.lasts_until


def _earlier(session: Session, answer: Answer, signed_at: datetime) -> str | None:
    """A paper that is written down late does not replace what was said since (rules.answers)."""
    found = session.exec(
        select(Consent.id)
        .where(
            Consent.subject_id == answer.subject_id,
            Consent.target == answer.target,
            Consent.target_ref == answer.target_ref,
            col(Consent.signed_at) <= signed_at,
        )
        .order_by(col(Consent.signed_at).desc(), col(Consent.recorded_at).desc(), col(Consent.id).desc())
    ).first()
    return found


def _scope(consent_id: str, scope: Scope) -> ConsentScope:
    return ConsentScope(
        consent_id=consent_id,
        channel=scope.channel,
        formats=sorted(scope.formats),
        purposes=sorted(scope.purposes),
        media=sorted(scope.media),
        may_name=scope.may_name,
        may_voice=scope.may_voice,
        may_be_paid=scope.may_be_paid,
    )
