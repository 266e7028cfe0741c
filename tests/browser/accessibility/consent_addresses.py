"""Addresses of consent's pages in a running demo: those with random ids, and those with a secret."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, select

from branding import demo
from branding.accounts import queries as accounts
from branding.consent.models import Assessment, Consent, ConsentRequest, Evidence, Subject
from branding.consent.queries.shoots import token_of
from branding.consent.service import links, representations, requests, shoots, withdrawing
from branding.consent.values.people import Mandate
from branding.consent.values.register import NewRepresentation
from branding.consent.values.requests import NewShoot, Offered
from branding.consent.values.withdrawals import Told
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.takeovers.models import Takeover
from tests.browser.stored import stored
from tests.support.running import Running


def fill(site: Running) -> Mapping[str, str]:
    """Add what the demo lacks; returns what stands for each parameter of an address, and the secrets."""
    with stored(site) as session:
        return _ids(session) | _added(session)


def _ids(session: Session) -> dict[str, str]:
    """A yes on a signature that nobody has looked at, a question that is open, and what belongs to them."""
    unverified = select(Consent).where(col(Consent.verified_at).is_(None), col(Consent.evidence) == "drawn")
    consent = session.exec(unverified.where(~col(Consent.is_refusal))).first()
    asked = session.exec(select(ConsentRequest).where(col(ConsentRequest.outcome) == "")).first()
    assert consent is not None
    assert asked is not None
    drawn = (Evidence.consent_id == consent.id) & (col(Evidence.kind) == "signature")
    return {
        "subject_id": consent.subject_id,
        "consent_id": consent.id,
        "request_id": asked.id,
        "evidence_id": session.exec(select(Evidence.id).where(drawn)).one(),
        "assessment_id": session.exec(select(Assessment.id)).first() or "",
        "takeover_id": str(session.exec(select(Takeover.id).where(_is_coming(session, consent))).first()),
        "form_id": "citizen_easy-1-da",
        "name": "dpia",
    }


def _is_coming(session: Session, consent: Consent) -> object:
    subject = session.get_one(Subject, consent.subject_id)
    inside = organisation.ids_under(session, [organisation.unit_by_id(session, subject.unit_id).area_id])
    return col(Takeover.unit_id).in_(inside)


def _added(session: Session) -> dict[str, str]:
    now = clock.now()
    karen = accounts.find_user_by_email(session, demo.PEOPLE[0].email)
    soh = organisation.find_unit(session, "SOH")
    empty = organisation.find_unit(session, "DOK")
    assert karen and soh and empty
    actor = Actor("user", karen.id, karen.name, karen.email, frozenset({Role.COMMUNICATIONS}))
    ids = _ids(session)
    today = clock.today()
    guardian = NewRepresentation(Mandate.GUARDIAN_PERSONAL, "Inge Eksempel", True, today, today)
    shoot = NewShoot(soh.id, "Kaffe i haven", today, Offered())
    shoot_id = shoots.add_shoot(session, actor, shoot, now=now)
    return {
        "representation_id": representations.add_representation(
            session, actor, ids["subject_id"], guardian, now=now
        ),
        # In a unit without citizens, so that nobody is held by it.
        "message_id": withdrawing.leave_message(session, "Stop, tak.", empty.id, _no_letter, now=now),
        "shoot_id": shoot_id,
        "shoot_token": token_of(session, shoot_id),
        "sign_token": requests.make_link(session, actor, ids["request_id"], now=now),
        "own_token": links.link_for(session, ids["consent_id"], now=now),
    }


def _no_letter(told: Told) -> Mail:
    return Mail(told.email, "Et samtykke", "Der ligger en besked.")
