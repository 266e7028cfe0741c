"""Asking a person: the request, its links, sending it, taking it back, and letting it lapse."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent import texts
from branding.consent.models import ConsentRequest, SigningLink
from branding.consent.queries import requests as queries
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.subjects import representation_by_id, subject_by_id
from branding.consent.rules.asking import main_audience
from branding.consent.rules.periods import longest, months_after
from branding.consent.service.form_versions import ensure_form
from branding.consent.values.people import Kind
from branding.consent.values.records import Outcome
from branding.consent.values.register import SubjectView
from branding.consent.values.requests import Life, NewRequest, RequestView
from branding.core import clock, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.outbox.service import cancel as cancel_mails
from branding.outbox.service import enqueue
from branding.outbox.values import Mail

#: Long enough to take the sheet home and talk it over.
OPEN_FOR = timedelta(days=30)
#: No 0, O, 1, I or L: people read it from paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_ASK = "consent:consent:ask"
#: How the caller turns the link's secret into a mail to this address.
WriteMail = Callable[[RequestView, str, str], Mail]


def ask(session: Session, actor: Actor, new: NewRequest, *, now: datetime) -> str:
    """Write down that a person is asked; returns the request's id.  Links are made apart.

    Who answers for others (a shoot's own code) comes with an actor of kind ``subject``.
    """
    person = subject_by_id(session, new.subject_id)
    check_unit(actor, person.unit_id, new.subject_id)
    _check(new)
    parts = queries.parts_of(session, person.id, now)
    form = ensure_form(session, texts.newest(main_audience(parts)).id, now=now)
    if form.recalled_at is not None or (form.accepted_until and form.accepted_until <= now):
        raise RuleBroken("retired", say("This form is no longer in use. Ask communications for a new one."))
    _close_earlier(session, actor, new, now=now)
    until = last_day(session, person, new.lasts_until, now)
    row = ConsentRequest(
        id=new_id(),
        subject_id=person.id,
        form_id=form.id,
        target=new.about.target,
        target_ref=new.about.ref,
        target_label=new.about.label,
        offered=new.offered.to_json(),
        lasts_until=until,
        asked_by_kind=actor.kind,
        asked_by_id=actor.id,
        asked_at=now,
        place=new.place,
        asker_has_power=new.has_power,
        power_reason=new.power_reason if new.has_power else "",
        code=new_code(session),
        expires_at=min(now + OPEN_FOR, clock.at_local(until + timedelta(days=1))),
    )
    session.add(row)
    session.flush()
    record(session, actor, "consent:request:made", "consent_request", row.id, now=now)
    return row.id


def check_unit(actor: Actor, unit_id: int, subject_id: str) -> None:
    """A person who answers for herself, or staff of the unit."""
    if actor.kind not in ("subject", "host"):  # their views have checked the link that let them in
        policy.check(actor, _ASK, unit_id, thing="subject", key=subject_id)


def _check(new: NewRequest) -> None:
    if not new.offered.channels:
        raise RuleBroken("no_channel", say("Choose at least one place."), "channels")
    if not new.offered.media:
        raise RuleBroken("no_media", say("Choose pictures, film or both."), "media")
    if new.has_power and not new.power_reason.strip():
        text = say("Write why you ask yourself. It is best that somebody else does.")
        raise RuleBroken("no_power_reason", text, "power_reason")


def last_day(session: Session, person: SubjectView, wanted: date | None, now: datetime) -> date:
    """The last day of a yes that is given today; what the rules allow at most when nothing is wished."""
    rules, today = consent_rules(session), clock.local(now).date()
    months = longest(
        Kind(person.kind),
        also_citizen=person.also_citizen,
        citizen_months=rules.citizen_months,
        colleague_months=rules.colleague_months,
    )
    latest = months_after(today, months)
    if wanted is None:
        return latest
    if wanted < today:
        raise RuleBroken("over", say("The last day must not have passed."), "lasts_until")
    if wanted > latest:
        text = say("It can last until %(day)s at most.", day=f"{latest:%d-%m-%Y}")
        raise RuleBroken("too_long", text, "lasts_until")
    return wanted


def new_code(session: Session) -> str:
    """Six letters and digits that no other form carries."""
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(6))
        if not queries.codes_in_use(session, [code]):
            return code


def _close_earlier(session: Session, actor: Actor, new: NewRequest, *, now: datetime) -> None:
    """Asked again about the same thing: the earlier question is off, and its links with it."""
    for row in _waiting(session, new.subject_id, new.about.target, new.about.ref):
        _end(session, actor, row, Outcome.CANCELLED, now=now)


def _waiting(session: Session, subject_id: str, target: str, ref: str) -> Sequence[ConsentRequest]:
    """The questions to a person about one thing that nobody has answered."""
    return session.exec(
        select(ConsentRequest).where(
            ConsentRequest.subject_id == subject_id,
            ConsentRequest.target == target,
            ConsentRequest.target_ref == ref,
            ConsentRequest.outcome == Outcome.WAITING,
        )
    ).all()


def make_link(
    session: Session, actor: Actor, request_id: str, *, part: str = "", in_person: bool = False, now: datetime
) -> str:
    """A secret link to answer by; earlier ones go on working.  Returns the secret, kept nowhere."""
    request = open_request(session, actor, request_id, now=now)
    if part and part not in {one.key for one in request.waiting}:
        raise RuleBroken("no_part", say("This signer has answered already."))
    token = secrets.token_urlsafe(32)
    session.add(
        SigningLink(
            id=new_id(),
            request_id=request_id,
            part=part,
            is_in_person=in_person,
            token_hash=queries.token_hash(token),
            made_at=now,
        )
    )
    session.flush()
    record(session, actor, "consent:signing-link:made", "consent_request", request_id, now=now)
    return token


def send_link(
    session: Session, actor: Actor, request_id: str, write: WriteMail, *, part: str = "", now: datetime
) -> str:
    """Mail a link to the signer of a part (empty: the person); returns the address."""
    request = open_request(session, actor, request_id, now=now)
    address = mail_of(session, request, part)
    if not address:
        raise RuleBroken("no_mail", say("There is no mail address. Copy the link, or use paper."))
    token = make_link(session, actor, request_id, part=part, now=now)
    key = f"{mail_prefix(request_id)}{part}:{now:%Y%m%d%H%M%S}"
    enqueue(session, write(request, address, token), dedupe_key=key, due_at=now, now=now)
    queries.request_row(session, request_id).reminded_at = now
    record(session, actor, "consent:request:sent", "consent_request", request_id, now=now)
    return address


def mail_of(session: Session, request: RequestView, part: str) -> str:
    """Where the signer of a part can be written to; empty when nobody has said."""
    found = next((one for one in request.parts if one.key == part), None)
    if found is not None and found.representation_id:
        return representation_by_id(session, request.subject_id, found.representation_id).email
    return subject_by_id(session, request.subject_id).email


def mail_prefix(request_id: str) -> str:
    return f"consent-request:{request_id}:"


def open_request(session: Session, actor: Actor, request_id: str, *, now: datetime) -> RequestView:
    """A request of the actor's units that can still be answered."""
    request = queries.request_by_id(session, request_id)
    check_unit(actor, request.unit_id, request.subject_id)
    life = queries.life_of(session, queries.request_row(session, request_id), now)
    if life is not Life.OPEN:
        raise RuleBroken("not_open", say("This request is over. Ask again."))
    return request


def cancel(session: Session, actor: Actor, request_id: str, *, now: datetime) -> str:
    """Ask no more; an answer that was given stays.  Returns the person's id."""
    row = queries.request_row(session, request_id)
    check_unit(actor, subject_by_id(session, row.subject_id).unit_id, row.subject_id)
    if row.outcome == Outcome.WAITING:
        _end(session, actor, row, Outcome.CANCELLED, now=now)
    return row.subject_id


def resume(session: Session, actor: Actor, request_id: str, *, now: datetime) -> None:
    """Undo ``cancel`` while the time to answer runs; half answers went with it."""
    row = queries.request_row(session, request_id)
    check_unit(actor, subject_by_id(session, row.subject_id).unit_id, row.subject_id)
    is_asked_again = bool(_waiting(session, row.subject_id, row.target, row.target_ref))
    if row.outcome != Outcome.CANCELLED or row.expires_at <= now or is_asked_again:
        raise RuleBroken("not_cancelled", say("This request is over. Ask again."))
    row.outcome, row.ended_at = Outcome.WAITING, None
    session.flush()
    record(session, actor, "consent:request:resumed", "consent_request", row.id, now=now)


def _end(session: Session, actor: Actor, row: ConsentRequest, outcome: Outcome, *, now: datetime) -> None:
    row.outcome, row.ended_at, row.partial_sealed = outcome, now, ""
    cancel_mails(session, mail_prefix(row.id))
    session.flush()
    record(session, actor, f"consent:request:{outcome}", "consent_request", row.id, now=now)


def lapse_requests(session: Session, *, now: datetime) -> int:
    """End what nobody answered in time; half answers are forgotten.  Returns how many."""
    rows = session.exec(
        select(ConsentRequest).where(
            ConsentRequest.outcome == Outcome.WAITING, col(ConsentRequest.expires_at) <= now
        )
    ).all()
    for row in rows:
        _end(session, SYSTEM, row, Outcome.LAPSED, now=now)
    return len(rows)
