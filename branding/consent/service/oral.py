"""A colleague's spoken yes or no, and its receipt.

Hosts may write down answers about their own takeover; the views of that room have checked the link.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent import texts
from branding.consent.models import Consent, ConsentScope, Subject
from branding.consent.queries import links as link_queries
from branding.consent.queries.links import latest_answer
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.subjects import subject_by_id
from branding.consent.queries.wording import blanks
from branding.consent.rules.ages import is_minor
from branding.consent.rules.periods import months_after
from branding.consent.service.links import link_for
from branding.consent.service.recording import record_answer
from branding.consent.service.requests import WriteMail, ask, make_link, send_link
from branding.consent.service.subjects import add_subject
from branding.consent.service.withdrawing import SUBJECT
from branding.consent.texts import FormText
from branding.consent.values.answers import Answer, Asked, NewSubject, Scope, Signed
from branding.consent.values.oral import (
    NO_CHOICE,
    NOT_CLEAR,
    NOT_TOLD,
    NewOral,
    OralDone,
    Receipt,
)
from branding.consent.values.people import Kind
from branding.consent.values.records import Audience, Channel, EvidenceKind, MediaKind, SignerRole
from branding.consent.values.register import SubjectView
from branding.consent.values.requests import NewRequest, Offered
from branding.consent.values.withdrawals import OpenedCard
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.outbox.service import enqueue
from branding.outbox.values import Mail

_ASK = "consent:consent:ask"
#: The same answer twice within this time is one answer that was sent twice.
_ONCE = timedelta(minutes=2)
#: How the caller writes the receipt.
Write = Callable[[Receipt], Mail]


def must_be_written(session: Session) -> bool:
    """Whether colleagues have to sign here."""
    return consent_rules(session).colleague_written


def last_day(session: Session, now: datetime) -> date:
    """Until when a colleague's yes lasts that is given today."""
    return months_after(clock.local(now).date(), consent_rules(session).colleague_months)


def script(session: Session, unit_id: int, now: datetime) -> tuple[FormText, dict[str, str]]:
    """What is said to the colleague, and what filled its blanks."""
    text = texts.newest(Audience.COLLEAGUE_ORAL)
    shown = blanks(session, unit_id, last_day(session, now))
    return text.filled(shown), {**shown, "choices": " ".join(text.choices)}


def record_oral(session: Session, actor: Actor, new: NewOral, write: Write, *, now: datetime) -> OralDone:
    """Write down a clear yes that was told it goes on Instagram, and send the receipt (R22)."""
    _check_asker(session, actor, new)
    _check_yes(session, new)
    _check_may_speak(session, new, now)
    scope = Scope(
        Channel.INSTAGRAM,
        media=frozenset(MediaKind),
        may_name=bool(new.may_name),
        may_voice=bool(new.may_voice),
    )
    earlier = _just_recorded(session, actor, new, scope, now)
    if earlier is not None:
        return _receipt(session, earlier, write, now=now, is_again=True)
    subject_id = _colleague(session, actor, new, now=now)
    answer = _answer(session, actor, new, subject_id, scope, is_refusal=False, now=now)
    consent_id = record_answer(session, actor, answer, now=now)
    return _receipt(session, consent_id, write, now=now)


def ask_in_writing(
    session: Session, actor: Actor, new: NewOral, write: WriteMail, *, now: datetime
) -> OralDone:
    """Where colleagues sign: a question with a link to sign, mailed when there is an address."""
    _check_asker(session, actor, new)
    subject_id = _colleague(session, actor, new, now=now)
    offered = Offered(media=frozenset(MediaKind), name=True, voice=True)
    question = NewRequest(subject_id, new.about, offered, place=new.place.strip())
    request_id = ask(session, actor, question, now=now)
    person = subject_by_id(session, subject_id)
    if person.email:
        send_link(session, actor, request_id, write, now=now)
    token = make_link(session, actor, request_id, now=now)
    return OralDone("", subject_id, person.label, token, bool(person.email))


def record_no(session: Session, actor: Actor, new: NewOral, *, now: datetime) -> str:
    """Write down a no, so that nobody asks again (R61); returns the person's id."""
    _check_asker(session, actor, new)
    scope = Scope(Channel.INSTAGRAM, media=frozenset(MediaKind), may_name=True, may_voice=True)
    subject_id = _colleague(session, actor, new, now=now)
    answer = _answer(session, actor, new, subject_id, scope, is_refusal=True, now=now)
    record_answer(session, actor, answer, now=now)
    return subject_id


def confirm(session: Session, token: str, *, now: datetime) -> OpenedCard:
    """ "Ja, det passer": the person's own tap verifies what somebody else wrote down (decisions.md 2)."""
    opened = link_queries.find_card(session, token, now)
    if opened is None or opened.is_card:
        raise Missing("subject_link")
    consent = session.get(Consent, opened.consent.id)
    assert consent is not None
    is_open = not opened.consent.is_over and bool(opened.consent.left)
    if consent.evidence == EvidenceKind.ORAL and consent.verified_at is None and is_open:
        consent.verified_at, consent.verified_by_kind, consent.verified_by_id = now, "subject", None
        session.flush()
        record(session, SUBJECT, "consent:consent:verified", "consent", consent.id, now=now)
    return opened


def colleague_for(session: Session, subject_id: str, ref: str | None) -> SubjectView:
    """A colleague to ask again; with ``ref`` only one who was asked about that before."""
    person = subject_by_id(session, subject_id)
    was_asked = ref is None or latest_answer(session, subject_id, ref) is not None
    if person.kind is not Kind.COLLEAGUE or not was_asked:
        raise Missing("subject", subject_id)
    return person


def _check_asker(session: Session, actor: Actor, new: NewOral) -> None:
    if actor.kind == "host":
        if new.subject_id is not None:
            colleague_for(session, new.subject_id, new.about.ref)
    else:
        unit_id = subject_by_id(session, new.subject_id).unit_id if new.subject_id else new.unit_id
        policy.check(actor, _ASK, unit_id, thing="subject", key=new.subject_id)
    if new.has_power and not new.power_reason.strip():
        text = say("Write why you ask yourself. It is best that somebody else does.")
        raise RuleBroken("no_power_reason", text, "power_reason")


def _check_yes(session: Session, new: NewOral) -> None:
    if must_be_written(session):
        raise RuleBroken("written", say("Here colleagues sign. Send a link to sign instead."))
    if not new.said_instagram:
        raise RuleBroken("not_told", NOT_TOLD, "said_instagram")
    if not new.said_yes:
        raise RuleBroken("not_clear", NOT_CLEAR, "said_yes")
    for field in ("may_name", "may_voice"):
        if getattr(new, field) is None:
            raise RuleBroken("no_choice", NO_CHOICE, field)


def _check_may_speak(session: Session, new: NewOral, now: datetime) -> None:
    """A spoken no is taken of everybody; a yes of some only counts in writing (B11, B13)."""
    if new.subject_id is None:
        return
    person = subject_by_id(session, new.subject_id)
    if is_minor(person.turns_18_on, clock.local(now).date()):
        raise RuleBroken("minor", say("This colleague is under 18. The consent must be in writing."))
    if person.is_as_citizen:
        text = say("This colleague is a citizen of a service too. The consent must be in writing.")
        raise RuleBroken("as_citizen", text)


def _colleague(session: Session, actor: Actor, new: NewOral, *, now: datetime) -> str:
    if new.subject_id is None:
        added = NewSubject(Kind.COLLEAGUE, new.name, new.unit_id, new.email, new.phone)
        try:
            return add_subject(session, actor, added, now=now)
        except RuleBroken as error:
            raise RuleBroken(
                error.code, error.text, "name" if error.field == "label" else error.field
            ) from None
    return subject_by_id(session, new.subject_id).id


def _answer(
    session: Session,
    actor: Actor,
    new: NewOral,
    subject_id: str,
    scope: Scope,
    *,
    is_refusal: bool,
    now: datetime,
) -> Answer:
    text, shown = script(session, new.unit_id, now)
    return Answer(
        subject_id=subject_id,
        form_id=text.id,
        target=new.about.target,
        target_ref=new.about.ref,
        target_label=new.about.label,
        evidence=EvidenceKind.ORAL,
        asked=Asked(actor.kind, actor.id, now, new.place.strip(), new.has_power, new.power_reason.strip()),
        scopes=(scope,),
        signatures=(Signed(SignerRole.SELF, EvidenceKind.ORAL, now),),
        is_refusal=is_refusal,
        told_instagram=new.said_instagram,
        clear_answer=is_refusal or new.said_yes,
        text_sha256=text.words_sha256,
        shown=shown,
    )


def _receipt(
    session: Session, consent_id: str, write: Write, *, now: datetime, is_again: bool = False
) -> OralDone:
    own = link_queries.own_consent(session, consent_id, now)
    person = subject_by_id(session, own.subject_id)
    token = link_for(session, consent_id, now=now)
    if person.email and not is_again:
        mail = write(Receipt(person.email, own.first_name, own.about, token))
        key = f"consent:{person.id}:receipt:{consent_id}"
        enqueue(session, mail, dedupe_key=key, due_at=now, now=now)
    return OralDone(consent_id, person.id, person.label, token, bool(person.email))


def _just_recorded(session: Session, actor: Actor, new: NewOral, scope: Scope, now: datetime) -> str | None:
    """The consent that the same form has just made: a button pressed twice, or a page loaded again."""
    rows = session.exec(
        select(Consent.id, Subject.id, Subject.label)
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .join(ConsentScope, col(ConsentScope.consent_id) == col(Consent.id))
        .where(
            Consent.target_ref == new.about.ref,
            Consent.recorded_by_kind == actor.kind,
            Consent.recorded_by_id == actor.id,
            Consent.evidence == EvidenceKind.ORAL,
            ~col(Consent.is_refusal),
            col(Consent.recorded_at) > now - _ONCE,
            ConsentScope.may_name == scope.may_name,
            ConsentScope.may_voice == scope.may_voice,
        )
    )
    label = " ".join(new.name.split())
    for consent_id, subject_id, known in rows:
        if subject_id == new.subject_id or (new.subject_id is None and known == label):
            if subject_id != new.subject_id and not _has_same_contact(session, subject_id, new):
                continue
            own = link_queries.own_consent(session, consent_id, now)
            return consent_id if own.left and not own.is_over else None
    return None


def _has_same_contact(session: Session, subject_id: str, new: NewOral) -> bool:
    """Two colleagues of one name are two when their mail or phone differ."""
    known = subject_by_id(session, subject_id)
    return (known.email, known.phone) == (new.email.strip(), new.phone.strip())
