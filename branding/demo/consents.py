"""Consents of the example: every word of the board once, for people who do not exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.consent import letters
from branding.consent.drawing import signature_svg
from branding.consent.queries.settings import consent_rules
from branding.consent.service import (
    assessments,
    oral,
    policies,
    requests,
    shoots,
    signing,
    subjects,
    verifying,
    withdrawing,
)
from branding.consent.values.answers import NewSubject
from branding.consent.values.oral import NewOral
from branding.consent.values.people import Kind
from branding.consent.values.policies import PolicyKind
from branding.consent.values.records import Channel, EvidenceKind, MediaKind, Purpose, Target
from branding.consent.values.requests import About, Ended, Given, NewRequest, NewShoot, Offered
from branding.consent.values.rulebook import QUESTIONS, NewAssessment, RulesRequest
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView

#: Somebody's hand, as a screen would send it.
_LINE = [
    [20, 60],
    [34, 22],
    [48, 66],
    [60, 30],
    [78, 62],
    [96, 40],
    [120, 58],
    [150, 36],
    [176, 54],
    [210, 44],
]
_SIGNATURE = json.dumps({"width": 320, "height": 100, "strokes": [_LINE]})
_DAY = timedelta(days=1)
#: Whoever was asked longer ago, was asked for the party in the spring.
_RECENT = 60


_ANSWERS = {
    "dependence": "Borgerne bor på stedet. Derfor spørger en, som ikke bestemmer over deres hjælp.",
    "asker": "Koordinatoren sammen med en kontaktperson, som borgeren selv vælger.",
    "necessity": "De fleste opslag viser kolleger og steder. Borgere er kun med, når de selv vil fortælle.",
    "dpia": "Ja, gennemført og godkendt.",
}


@dataclass(frozen=True, slots=True)
class _Example:
    """A citizen: when the yes was given, and what became of it."""

    label: str
    days_ago: int = 0
    is_answered: bool = True
    says_no: bool = False
    is_checked: bool = True
    taken_back_days_ago: int | None = None


_SOH = (
    _Example("Vega", 10),
    _Example("Nor", 1, is_checked=False),
    _Example("Liv", 165),
    _Example("Birk", 230),
    _Example("Saga", 20, taken_back_days_ago=2),
    _Example("Dag", 6, says_no=True),
    _Example("Ida", 2, is_answered=False),
)
_SVO = (_Example("Noa", 12),)


def consents(session: Session, karen: Actor, about: About, now: datetime) -> None:
    """``about`` is the takeover that people are asked for."""
    soh, svo = _unit(session, "SOH"), _unit(session, "SVO")
    klaus, signe = _coordinator(session, soh), _coordinator(session, svo)
    _decide(session, now - 250 * _DAY)
    _assess(session, karen, [soh.id, svo.id], now - 250 * _DAY)
    party = _summer_party(session, klaus, soh, now)
    for coordinator, unit, examples in ((klaus, soh, _SOH), (signe, svo, _SVO)):
        for example in examples:
            asked_for = about if example.days_ago < _RECENT else party
            _citizen(session, coordinator, karen, unit, asked_for, example, now)
    subjects.add_subject(session, klaus, NewSubject(Kind.CITIZEN, "Storm", soh.id), now=now - 3 * _DAY)
    spoken = NewOral(
        about, soh.id, name="Alma", email="alma@example.dk", said_instagram=True, said_yes=True,
        may_name=True, may_voice=True, place=soh.name,
    )  # fmt: skip
    oral.record_oral(session, klaus, spoken, partial(letters.receipt, session), now=now - 4 * _DAY)


def _citizen(
    session: Session,
    asker: Actor,
    checker: Actor,
    unit: UnitView,
    about: About,
    example: _Example,
    now: datetime,
) -> None:
    at = now - example.days_ago * _DAY
    subject_id = subjects.add_subject(
        session, asker, NewSubject(Kind.CITIZEN, example.label, unit.id), now=at - _DAY
    )
    offered = Offered(media=frozenset(MediaKind), name=True)
    request_id = requests.ask(session, asker, NewRequest(subject_id, about, offered, place=unit.name), now=at)
    if not example.is_answered:
        return
    consent_id = _answer(session, asker, request_id, example, at + timedelta(minutes=20))
    if example.is_checked and not example.says_no:
        verifying.verify(session, checker, consent_id, now=at + timedelta(hours=3))
    if example.taken_back_days_ago is not None:
        said_at = now - example.taken_back_days_ago * _DAY
        new = NewWithdrawal(subject_id, said_at, consent_id)
        withdrawing.withdraw(session, asker, new, letters.withdrawn, now=said_at)


def _answer(session: Session, asker: Actor, request_id: str, example: _Example, at: datetime) -> str:
    """Signed on the coordinator's tablet."""
    token = requests.make_link(session, asker, request_id, in_person=True, now=at)
    opened = signing.find_open(session, token, now=at)
    assert opened is not None
    assert opened.now is not None
    choices = {key: key != "video" for key in opened.request.offered.choices}
    given = Given(opened.now.key, choices, EvidenceKind.DRAWN, example.label, signature_svg(_SIGNATURE))
    act: Callable[..., Ended] = signing.refuse if example.says_no else signing.sign
    consent_id = act(session, opened, given, now=at).consent_id
    assert consent_id is not None
    return consent_id


def _summer_party(session: Session, klaus: Actor, soh: UnitView, now: datetime) -> About:
    """An afternoon long ago, with one code for everybody who was there."""
    at = now - 235 * _DAY
    new = NewShoot(soh.id, "Forårsfest i haven", clock.local(at).date(), Offered(), place="Haven")
    shoot_id = shoots.add_shoot(session, klaus, new, now=at)
    shoots.close_shoot(session, klaus, shoot_id, now=at + _DAY)
    return About(Target.SHOOT, shoot_id, new.title)


def _decide(session: Session, at: datetime) -> None:
    """The data protection officer says whom people can turn to; the time limits are as shipped."""
    dorte = accounts.find_user_by_email(session, "dpo@example.dk")
    assert dorte is not None
    officer = Actor("user", dorte.id, dorte.name, dorte.email, frozenset({Role.DPO}))
    shipped = consent_rules(session)
    limits = {field.name: getattr(shipped, field.name) for field in fields(RulesRequest)}
    told = {
        "controller": "Socialområdet",
        "dpo_contact": "Dorte Eksempel, dpo@example.dk",
        "phone": "00 00 00 00",
    }
    policies.set_rules(session, officer, RulesRequest(**{**limits, **told}), now=at)


def _assess(session: Session, karen: Actor, unit_ids: list[int], at: datetime) -> None:
    """What opens citizens in two specialområder: everywhere else they stay closed."""
    decided_on = clock.local(at).date()
    new = NewAssessment(
        "26/00000",
        "Direktøren for Socialområdet",
        decided_on,
        decided_on + timedelta(days=360),
        tuple(unit_ids),
        frozenset({PolicyKind.CITIZEN}),
        frozenset({Purpose.RECRUITING}),
        frozenset({Channel.INSTAGRAM}),
        tuple((key, _ANSWERS[key]) for key in QUESTIONS),
    )
    assessments.register_assessment(session, karen, new, today=decided_on, now=at)


def _unit(session: Session, short_name: str) -> UnitView:
    found = organisation.find_unit(session, short_name)
    assert found is not None
    return found


def _coordinator(session: Session, unit: UnitView) -> Actor:
    email = "koordinator@example.dk" if unit.short_name == "SOH" else "koordinator.svo@example.dk"
    user = accounts.find_user_by_email(session, email)
    assert user is not None
    units = organisation.ids_under(session, [unit.id])
    return Actor("user", user.id, user.name, user.email, frozenset({Role.COORDINATOR}), units)
