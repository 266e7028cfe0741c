"""Taking a consent back: by the own link or card, through an employee, or in somebody's own words.

Nothing is asked but what is needed, and whoever says it is believed: that is the safe direction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent.models import Consent, ConsentScope, OpenMessage, Subject, Withdrawal
from branding.consent.queries import links as link_queries
from branding.consent.queries import withdrawals as queries
from branding.consent.queries.subjects import subject_by_id
from branding.consent.rules.withdrawing import check_received, next_working_day
from branding.consent.values.records import Channel, Via
from branding.consent.values.withdrawals import NewWithdrawal, OpenedCard, Told
from branding.core import clock, policy, sealed
from branding.core.actor import ANONYMOUS, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.outbox.values import Mail

_WITHDRAW = "consent:consent:withdraw"
_LONGEST = 2000
#: Whoever holds a personal link.
SUBJECT = Actor("subject")
#: How the caller writes the mail to a coordinator.
Tell = Callable[[Told], Mail]


def withdraw_by_link(
    session: Session, token: str, channels: Collection[Channel], tell: Tell, *, now: datetime
) -> OpenedCard:
    """Take back what the link is about, or only these channels of it; a second time changes nothing."""
    opened = link_queries.find_card(session, token, now)
    if opened is None:
        raise Missing("subject_link")
    consent = opened.consent
    wanted = frozenset(channels) & frozenset(consent.channels)
    left = (wanted or frozenset(consent.channels)) - consent.withdrawn
    if consent.withdrawn_at is not None and not left:
        return opened
    via = Via.CARD if opened.is_card else Via.LINK
    new = NewWithdrawal(consent.subject_id, now, consent.id, wanted or None, via)
    _write(session, SUBJECT, new, consent.unit_id, tell, now=now)
    found = link_queries.find_card(session, token, now)
    assert found is not None
    return found


def withdraw(session: Session, actor: Actor, new: NewWithdrawal, tell: Tell, *, now: datetime) -> str:
    """Somebody told an employee; returns the withdrawal's id.  It counts from when it was said."""
    person = subject_by_id(session, new.subject_id)
    policy.check(actor, _WITHDRAW, person.unit_id, thing="subject", key=new.subject_id)
    check_received(new.received_at, now)
    if new.consent_id is not None:
        consent = session.get(Consent, new.consent_id)
        if consent is None or consent.subject_id != new.subject_id:
            raise Missing("consent", new.consent_id)
        if new.received_at < consent.signed_at:
            raise RuleBroken("too_early", say("That is before the consent was given."), "received_at")
    return _write(session, actor, new, person.unit_id, tell, now=now)


def withdraw_own(
    session: Session,
    actor: Actor,
    subject_id: str,
    ref: str,
    tell: Tell | None,
    *,
    via: Via = Via.LINK,
    now: datetime,
) -> None:
    """The host takes back, by the personal link, what was said yes to about this; once is enough."""
    found = session.exec(
        select(Consent)
        .where(Consent.subject_id == subject_id, Consent.target_ref == ref, ~col(Consent.is_refusal))
        .order_by(col(Consent.recorded_at).desc(), col(Consent.id))
    ).first()
    if found is None:
        return
    own = link_queries.own_consent(session, found.id, now)
    if own.left and not own.is_over:
        new = NewWithdrawal(subject_id, now, found.id, None, via)
        _write(session, actor, new, own.unit_id, tell, now=now)


def _write(
    session: Session, actor: Actor, new: NewWithdrawal, unit_id: int, tell: Tell | None, *, now: datetime
) -> str:
    row = Withdrawal(
        id=new_id(),
        subject_id=new.subject_id,
        consent_id=new.consent_id,
        channels=None if new.channels is None else sorted(new.channels),
        received_at=new.received_at,
        registered_at=now,
        via=new.via,
        registered_by_kind=actor.kind,
        registered_by_id=actor.id,
    )
    session.add(row)
    session.flush()
    changes = {"via": (None, new.via.value), "channels": (None, row.channels)}
    about = ("consent", new.consent_id) if new.consent_id else ("subject", new.subject_id)
    record(session, actor, "consent:consent:withdrawn", *about, changes=changes, now=now)
    for person in queries.stewards_of(session, unit_id) if tell else ():
        if actor.kind == "user" and actor.id == person.id:
            continue  # knows it already
        told = Told(row.id, new.subject_id, person.name, person.email, person.language)
        key = f"consent:{new.subject_id}:withdrawn:{row.id}:{person.id}"
        assert tell is not None
        enqueue(session, tell(told), dedupe_key=key, due_at=now, now=now)
    return row.id


def down_by(received_at: datetime) -> date:
    """The day by which everything is taken down (R52)."""
    return next_working_day(clock.local(received_at).date())


def channels_of(session: Session, subject_id: str) -> list[Channel]:
    """Every channel that the person ever said yes to."""
    rows = session.exec(
        select(ConsentScope.channel)
        .join(Consent, col(Consent.id) == col(ConsentScope.consent_id))
        .where(Consent.subject_id == subject_id, ~col(Consent.is_refusal))
    ).all()
    return [channel for channel in Channel if channel in set(rows)]


def leave_message(session: Session, text: str, unit_id: int | None, tell: Tell, *, now: datetime) -> str:
    """Keep a withdrawal in somebody's own words, sealed; people it may be about are held from now on."""
    words = text.strip()
    if not words:
        raise RuleBroken("empty", say("Write what we should stop showing."), "text")
    if len(words) > _LONGEST:
        raise RuleBroken("long", say("Write at most %(max)s characters.", max=_LONGEST), "text")
    if unit_id is not None and unit_id not in {unit.id for unit in organisation.units(session)}:
        raise RuleBroken("no_unit", say("Choose a place from the list."), "unit_id")
    message_id = new_id()
    text_sealed = sealed.seal(session, words, about=queries.about(message_id))
    session.add(OpenMessage(id=message_id, text_sealed=text_sealed, unit_id=unit_id, received_at=now))
    session.flush()
    record(session, ANONYMOUS, "consent:message:left", "open_message", message_id, now=now)
    for person in queries.stewards_of(session, unit_id):
        told = Told(message_id, "", person.name, person.email, person.language)
        enqueue(
            session, tell(told), dedupe_key=f"consent-message:{message_id}:{person.id}", due_at=now, now=now
        )
    return message_id


def resolve_message(
    session: Session, actor: Actor, message_id: str, subject_id: str | None, tell: Tell, *, now: datetime
) -> str | None:
    """Say who was meant (everything the person said yes to is taken back), or that nobody was.

    The words are forgotten.  Returns the withdrawal's id.
    """
    row = queries.message_row(session, message_id)
    policy.check(actor, _WITHDRAW, row.unit_id, thing="open_message", key=message_id)
    if row.resolved_at is not None:
        raise RuleBroken("resolved", say("Somebody has dealt with this message already."))
    withdrawal_id = None
    if subject_id is not None:
        new = NewWithdrawal(subject_id, row.received_at, via=Via.OPEN_PAGE)
        withdrawal_id = withdraw(session, actor, new, tell, now=now)
    row.text_sealed, row.subject_id = "", subject_id
    row.resolved_at, row.resolved_by = now, actor.id
    session.flush()
    record(session, actor, "consent:message:resolved", "open_message", message_id, now=now)
    return withdrawal_id


def people_to_choose(session: Session, message_id: str) -> list[tuple[str, str]]:
    """Who may be meant: people whose name is in the words first, then everybody of the unit."""
    message = queries.message_by_id(session, message_id)
    units = None if message.unit_id is None else organisation.ids_under(session, [message.unit_id])
    query = select(Subject.id, Subject.label).where(col(Subject.erased_at).is_(None))
    if units is not None:
        query = query.where(col(Subject.unit_id).in_(units))
    everybody = dict(session.exec(query.order_by(col(Subject.sort_key), col(Subject.id))).all())
    return [
        *message.matches.items(),
        *((i, label) for i, label in everybody.items() if i not in message.matches),
    ]
