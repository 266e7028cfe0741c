"""Reads of requests: one with those who must sign, by its link or its code, and lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from branding.consent import texts, vault
from branding.consent.models import BlankForm, Consent, ConsentRequest, FormVersion, SigningLink, Subject
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.subjects import representations_of, subject_by_id, subject_row
from branding.consent.queries.wording import blanks
from branding.consent.rules.asking import WITNESS, parts_for
from branding.consent.texts import FormText
from branding.consent.values.answers import Asked
from branding.consent.values.records import Audience, Outcome, SignerRole, Target
from branding.consent.values.requests import About, Kept, Life, Offered, OpenedLink, Part, RequestView
from branding.core import clock
from branding.core.errors import Missing, RuleBroken


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def request_row(session: Session, request_id: str) -> ConsentRequest:
    found = session.get(ConsentRequest, request_id)
    if found is None:
        raise Missing("consent_request", request_id)
    return found


def request_by_id(session: Session, request_id: str) -> RequestView:
    return _view(session, request_row(session, request_id))


def find_request_by_code(session: Session, code: str) -> str | None:
    """The request whose paper form carries this code."""
    return session.exec(select(ConsentRequest.id).where(ConsentRequest.code == plain_code(code))).first()


def find_blank_form(session: Session, code: str) -> BlankForm | None:
    return session.get(BlankForm, plain_code(code))


def plain_code(typed: str) -> str:
    """``k7p-4m2`` as people read it, ``K7P4M2`` as it is kept."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:8]


def requests_of(session: Session, subject_id: str) -> list[RequestView]:
    """Everything the person was asked, newest first; signers are looked up for open ones only."""
    rows = session.exec(
        select(ConsentRequest)
        .where(ConsentRequest.subject_id == subject_id)
        .order_by(col(ConsentRequest.asked_at).desc(), col(ConsentRequest.id))
    )
    return [_view(session, row) for row in rows]


def questions_of_shoot(session: Session, shoot_id: str) -> int:
    """How many questions the shoot has led to, however they ended; of people who are still here."""
    query = (
        select(func.count())
        .select_from(ConsentRequest)
        .join(Subject, col(Subject.id) == col(ConsentRequest.subject_id))
        .where(
            ConsentRequest.target == Target.SHOOT,
            ConsentRequest.target_ref == shoot_id,
            col(Subject.erased_at).is_(None),
        )
    )
    return session.exec(query).one()


def open_requests(
    session: Session, unit_ids: Collection[int], now: datetime
) -> list[tuple[str, str, str, str, datetime]]:
    """(request, subject, label, about, expires at) of what still waits for an answer."""
    rows = session.exec(
        select(ConsentRequest, Subject.label)
        .join(Subject, col(Subject.id) == col(ConsentRequest.subject_id))
        .where(
            ConsentRequest.outcome == Outcome.WAITING,
            col(ConsentRequest.expires_at) > now,
            col(Subject.unit_id).in_(unit_ids),
            col(Subject.erased_at).is_(None),
        )
        .order_by(col(ConsentRequest.expires_at), col(ConsentRequest.id))
    )
    return [(row.id, row.subject_id, label, row.target_label, row.expires_at) for row, label in rows]


def find_link(session: Session, token: str, now: datetime) -> OpenedLink | None:
    """What the secret opens, also when it can no longer be answered; None when nobody knows it."""
    link = session.exec(select(SigningLink).where(SigningLink.token_hash == token_hash(token))).first()
    if link is None:
        return None
    row = request_row(session, link.request_id)
    try:
        view = _view(session, row)
    except Missing:
        return None  # the person was erased
    life = life_of(session, row, now)
    opened = OpenedLink(view, life, link.part, link.is_in_person)
    if life is Life.OPEN and (link.revoked_at is not None or opened.now is None):
        return OpenedLink(view, Life.CLOSED, link.part, link.is_in_person)
    return opened


def life_of(session: Session, row: ConsentRequest, now: datetime) -> Life:
    if row.outcome in (Outcome.YES, Outcome.NO):
        return Life.ANSWERED
    if row.outcome == Outcome.CANCELLED:
        return Life.CANCELLED
    if row.outcome == Outcome.LAPSED or row.expires_at <= now:
        return Life.LAPSED
    form = session.get(FormVersion, row.form_id)
    if form is not None and (form.recalled_at or (form.accepted_until and form.accepted_until <= now)):
        return Life.OUTDATED
    return Life.OPEN


def kept_parts(session: Session, row: ConsentRequest) -> list[Kept]:
    """The parts that are signed while others wait; what does not open is signed anew."""
    about = f"consent_request:{row.id}:partial"
    found = vault.facts_or_none(session, row.subject_id, row.partial_sealed, about=about) or {}
    return [Kept.from_json(one) for one in json.loads(found.get("parts", "[]"))]


def parts_of(session: Session, subject_id: str, day: datetime, kept: Sequence[Kept] = ()) -> tuple[Part, ...]:
    """Who must sign for this person on this day; raises when nobody can."""
    found = parts_for(
        subject_by_id(session, subject_id),
        representations_of(session, subject_id),
        clock.local(day).date(),
        one_custody_holder=consent_rules(session).one_custody_holder,
    )
    return (*found, WITNESS) if any(one.given.by_mark for one in kept) else found


def shown_form(session: Session, request: RequestView, part: Part) -> tuple[FormText, dict[str, str]]:
    """The words that this signer reads, and what filled their blanks.

    The same words come back from ``texts.form(id).asking(shown["choices"].split()).filled(shown)``.
    """
    form_id = request.form_id
    if part.audience is not None and texts.form(form_id).audience != part.audience:
        form_id = texts.newest(part.audience).id
    has_guardian = any(one.role is SignerRole.GUARDIAN for one in request.parts)
    filled = blanks(session, request.unit_id, request.lasts_until, part=part, has_guardian=has_guardian)
    shown = {**filled, "choices": " ".join(request.offered.choices)}
    return texts.form(form_id).asking(request.offered.choices).filled(shown), shown


def full_form(session: Session, request: RequestView) -> FormText | None:
    """The whole text behind "Læs mere", for those who read the easy one."""
    if texts.form(request.form_id).audience not in (Audience.CITIZEN_EASY, Audience.YOUTH, Audience.GUARDIAN):
        return None
    filled = blanks(session, request.unit_id, request.lasts_until)
    return texts.newest(Audience.CITIZEN_FULL).asking(request.offered.choices).filled(filled)


def codes_in_use(session: Session, codes: Iterable[str]) -> set[str]:
    wanted = list(codes)
    asked = session.exec(select(ConsentRequest.code).where(col(ConsentRequest.code).in_(wanted)))
    blank = session.exec(select(BlankForm.code).where(col(BlankForm.code).in_(wanted)))
    return {*asked, *blank}


def _view(session: Session, row: ConsentRequest) -> RequestView:
    subject = subject_row(session, row.subject_id)
    kept = kept_parts(session, row)
    parts: tuple[Part, ...] = ()
    if row.outcome == Outcome.WAITING:
        try:
            parts = parts_of(session, row.subject_id, clock.now(), kept)
        except RuleBroken:
            parts = ()  # nobody can sign for the person any more
    consent_id = session.exec(
        select(Consent.id).where(Consent.request_id == row.id).order_by(col(Consent.recorded_at).desc())
    ).first()
    asked = Asked(
        row.asked_by_kind,
        row.asked_by_id,
        row.asked_at,
        row.place,
        row.asker_has_power,
        row.power_reason,
    )
    return RequestView(
        row.id,
        row.subject_id,
        subject.label,
        subject.unit_id,
        row.form_id,
        About(Target(row.target), row.target_ref, row.target_label),
        Offered.from_json(row.offered),
        row.lasts_until,
        asked,
        row.code,
        row.expires_at,
        Outcome(row.outcome),
        row.ended_at,
        parts,
        frozenset(one.given.part for one in kept),
        consent_id,
    )
