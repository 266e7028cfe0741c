"""Answering a request: parts are kept until every needed signer has signed, then the answer is recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.consent import vault
from branding.consent.models import ConsentRequest
from branding.consent.queries import requests as queries
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.subjects import subject_by_id
from branding.consent.rules.asking import WITNESS, earliest_use, scopes_of, together
from branding.consent.service import evidence
from branding.consent.service.recording import record_answer
from branding.consent.service.requests import mail_prefix
from branding.consent.texts import FormText
from branding.consent.values.answers import Answer, Scope, Signed
from branding.consent.values.records import (
    WRITTEN,
    Channel,
    EvidenceKind,
    FileKind,
    Outcome,
    SignerRole,
)
from branding.consent.values.requests import Ended, Given, Kept, Life, OpenedLink, Part, RequestView
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.outbox.service import cancel as cancel_mails

#: Whoever answers by a link; the link says for whom.
SUBJECT = Actor("subject")


def find_open(session: Session, token: str, *, now: datetime) -> OpenedLink | None:
    """What a link opens.  Looked up in the transaction that answers, so of two devices one is too late."""
    return queries.find_link(session, token, now)


def sign(session: Session, opened: OpenedLink, given: Given, *, now: datetime) -> Ended:
    """One signer says yes to some lines and signs; the answer is recorded when nobody is missing."""
    request = opened.request
    part = _turn(opened, given)
    _check(request, part, given)
    row = queries.request_row(session, request.id)
    form_id = _form_id(session, request, part)
    kept = [*queries.kept_parts(session, row), Kept(given, now, form_id)]
    waiting = missing(queries.parts_of(session, request.subject_id, now, kept), kept)
    if waiting:
        _keep(session, row, kept)
        record(session, SUBJECT, "consent:request:part-signed", "consent_request", row.id, now=now)
        return Ended(None, waiting=waiting)
    return finish(session, SUBJECT, request, kept, now=now)


def refuse(session: Session, opened: OpenedLink, given: Given, *, now: datetime) -> Ended:
    """Somebody whose yes is needed says no: that is the answer, whatever others have said.

    A witness only tells what was seen: whoever cannot leaves the person's answer as it is.
    """
    part = _turn(opened, given)
    if part.role is SignerRole.WITNESS:
        raise RuleBroken("witness", say("Ask somebody else to be the witness"))
    kept = [Kept(given, now, _form_id(session, opened.request, part))]
    return finish(session, SUBJECT, opened.request, kept, is_refusal=True, now=now)


def witnessed(session: Session, opened: OpenedLink) -> tuple[FormText, Given] | None:
    """What the person answered, for the witness who is to sign that the answers are the person's own."""
    own = next((part for part in opened.request.parts if part.role is SignerRole.SELF), None)
    kept = queries.kept_parts(session, queries.request_row(session, opened.request.id))
    given = next((one.given for one in kept if own is not None and one.given.part == own.key), None)
    if own is None or given is None:
        return None
    return queries.shown_form(session, opened.request, own)[0], given


def check_part(opened: OpenedLink, given: Given) -> None:
    """Whether this part could be signed as it is: before the person looks at it once more."""
    _check(opened.request, _turn(opened, given), given)


def missing(parts: Sequence[Part], kept: Sequence[Kept]) -> tuple[Part, ...]:
    done = {one.given.part for one in kept}
    return tuple(part for part in parts if part.key not in done)


def finish(
    session: Session,
    actor: Actor,
    request: RequestView,
    kept: Sequence[Kept],
    *,
    is_refusal: bool = False,
    pages: Sequence[tuple[bytes, str, bytes]] = (),
    now: datetime,
) -> Ended:
    """Record the answer with its evidence, and end the request.

    A yes that opens nothing, because no place or no kind of picture was left, is a no.
    ``pages`` of a paper form: content, MIME type, and the file as it came.
    """
    parts = {one.key: one for one in (*queries.parts_of(session, request.subject_id, now, kept), WITNESS)}
    kept = [one for one in kept if one.given.part in parts]  # somebody's right to sign may have ended since
    choices = together(one.given.choices for one in kept if one.given.choices)
    scopes = () if is_refusal else scopes_of(request.offered, choices)
    is_refusal = not scopes
    answer = _answer(session, request, kept, parts, scopes, is_refusal=is_refusal)
    consent_id = record_answer(session, actor, answer, now=now)
    _prove(session, request, consent_id, kept, parts, is_refusal=is_refusal, now=now)
    for content, mime, source in pages:
        evidence.keep(
            session, consent_id, request.subject_id, FileKind.SCAN, content, mime, source=source, now=now
        )
    row = queries.request_row(session, request.id)
    row.outcome, row.ended_at = (Outcome.NO if is_refusal else Outcome.YES), now
    row.partial_sealed = ""
    cancel_mails(session, mail_prefix(row.id))
    session.flush()
    earliest = None if is_refusal else _earliest(session, request, kept)
    # Whatever is signed is looked at by somebody else before it counts.
    return Ended(consent_id, is_refusal, earliest=earliest, waits_for_check=answer.evidence in WRITTEN)


def _turn(opened: OpenedLink, given: Given) -> Part:
    part = opened.now
    if opened.life is not Life.OPEN or part is None or part.key != given.part:
        raise RuleBroken("answered", say("This has been answered already."))
    return part


def _check(request: RequestView, part: Part, given: Given) -> None:
    if part.role in (SignerRole.WITNESS, SignerRole.ASSENT):
        if not given.name:
            raise RuleBroken("no_name", say("Write your name."), "name")
        return
    if set(given.choices) != set(request.offered.choices):
        raise RuleBroken("no_choice", say("Choose yes or no in every line."))
    if not (given.name or given.svg or given.by_mark):
        raise RuleBroken("no_signature", say("Draw your signature, or write your name."), "name")
    if given.by_mark and part.role is not SignerRole.SELF:
        raise RuleBroken("no_signature", say("Draw your signature, or write your name."), "name")


def _form_id(session: Session, request: RequestView, part: Part) -> str:
    return "" if part.audience is None else queries.shown_form(session, request, part)[0].id


def _keep(session: Session, row: ConsentRequest, kept: Sequence[Kept]) -> None:
    parts = json.dumps([one.to_json() for one in kept], ensure_ascii=False)
    about = f"consent_request:{row.id}:partial"
    row.partial_sealed = vault.seal_facts(session, row.subject_id, {"parts": parts}, about=about)
    session.flush()


def _answer(
    session: Session,
    request: RequestView,
    kept: Sequence[Kept],
    parts: dict[str, Part],
    scopes: tuple[Scope, ...],
    *,
    is_refusal: bool,
) -> Answer:
    """A refusal names everything that was asked for: that is what it blocks."""
    everything = scopes_of(request.offered, dict.fromkeys(request.offered.choices, True))
    main = next((one for one in kept if one.form_id == request.form_id), kept[0])
    text, shown = queries.shown_form(session, request, parts[main.given.part])
    return Answer(
        subject_id=request.subject_id,
        form_id=request.form_id,
        target=request.about.target,
        target_ref=request.about.ref,
        target_label=request.about.label,
        evidence=_kind(kept),
        asked=request.asked,
        scopes=everything if is_refusal else scopes,
        signatures=tuple(_signed(one, parts[one.given.part]) for one in kept),
        lasts_until=request.lasts_until,
        is_refusal=is_refusal,
        told_instagram=Channel.INSTAGRAM in request.offered.channels,
        clear_answer=True,
        request_id=request.id,
        text_sha256=text.words_sha256,
        shown=shown,
    )


def _signed(one: Kept, part: Part) -> Signed:
    return Signed(part.role, one.given.method, one.signed_at, one.given.name, part.representation_id)


def _kind(kept: Sequence[Kept]) -> EvidenceKind:
    """How the answer was given, by its strongest part."""
    methods = {one.given.method for one in kept}
    order = (EvidenceKind.PAPER, EvidenceKind.DRAWN, EvidenceKind.TYPED)
    return next((kind for kind in order if kind in methods), EvidenceKind.CLICK)


def _prove(
    session: Session,
    request: RequestView,
    consent_id: str,
    kept: Sequence[Kept],
    parts: dict[str, Part],
    *,
    is_refusal: bool,
    now: datetime,
) -> None:
    for one in kept:
        if one.given.svg:
            svg = one.given.svg.encode()
            evidence.keep(
                session, consent_id, request.subject_id, FileKind.SIGNATURE, svg, "image/svg+xml", now=now
            )
    shown = [_part_record(session, request, one, parts[one.given.part]) for one in kept]
    whole = {
        "request": request.id,
        "about": {"target": request.about.target, "ref": request.about.ref, "label": request.about.label},
        "asked_at": request.asked.at.isoformat(),
        "lasts_until": request.lasts_until.isoformat(),
        "answer": "no" if is_refusal else "yes",
        "parts": shown,
    }
    content = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
    evidence.keep(
        session, consent_id, request.subject_id, FileKind.RECORD, content, "application/json", now=now
    )


def _part_record(session: Session, request: RequestView, one: Kept, part: Part) -> dict[str, Any]:
    """Exactly what this signer was shown and did."""
    found: dict[str, Any] = {
        "part": part.key,
        "role": part.role,
        "method": one.given.method,
        "name": one.given.name,
        "signed_at": one.signed_at.isoformat(),
        "by_mark": one.given.by_mark,
        "choices": dict(one.given.choices),
    }
    if part.audience is not None:
        text, shown = queries.shown_form(session, request, part)
        found |= {
            "form": text.id,
            "form_sha256": text.sha256,
            "words": text.words.split("\n"),
            "shown": shown,
        }
    device = {"user_agent": one.given.user_agent, "address": one.given.address}
    return found | {key: value for key, value in device.items() if value}


def _earliest(session: Session, request: RequestView, kept: Sequence[Kept]) -> datetime:
    person = subject_by_id(session, request.subject_id)
    signed_at = max(one.signed_at for one in kept)
    hours = consent_rules(session).reflection_hours
    return earliest_use(signed_at, as_citizen=person.is_as_citizen, reflection_hours=hours)
