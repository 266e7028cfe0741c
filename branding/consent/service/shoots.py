"""An afternoon of pictures with many people: one QR code, blank forms for paper, and the list that fills."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.audit.service import record
from branding.consent import texts
from branding.consent.models import BlankForm, Shoot
from branding.consent.queries import requests as request_queries
from branding.consent.queries import shoots as queries
from branding.consent.queries.settings import consent_rules
from branding.consent.rules.asking import audience_for
from branding.consent.rules.periods import months_after
from branding.consent.service.form_versions import ensure_form
from branding.consent.service.requests import ask, make_link, new_code
from branding.consent.service.signing import SUBJECT
from branding.consent.service.subjects import add_subject
from branding.consent.values.answers import NewSubject
from branding.consent.values.people import Hold, Kind, Route
from branding.consent.values.register import SubjectView
from branding.consent.values.requests import NewRequest, NewShoot, ShootView
from branding.core import clock, policy, sealed
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.text import say

_ASK = "consent:consent:ask"
#: The code takes answers until the day after: some write at home.
_OPEN_AFTER = timedelta(days=2)
MOST_BLANKS = 50
#: More than come to any party: whoever fills the list by a program is stopped.
_MOST_PEOPLE = 400


def add_shoot(session: Session, actor: Actor, new: NewShoot, *, now: datetime) -> str:
    """A shoot with a code that works at once; returns its id."""
    policy.check(actor, _ASK, new.unit_id, thing="unit", key=new.unit_id)
    if actor.id is None:
        raise RuntimeError("a person makes a shoot")
    until = _checked(session, new, clock.local(now).date())
    shoot_id, token = new_id(), secrets.token_urlsafe(32)
    session.add(
        Shoot(
            id=shoot_id,
            unit_id=new.unit_id,
            title=" ".join(new.title.split()),
            place=" ".join(new.place.split()),
            held_on=new.held_on,
            reference=new.reference,
            offered=new.offered.to_json(),
            lasts_until=until,
            token_hash=request_queries.token_hash(token),
            token_sealed=sealed.seal(session, token, about=f"shoot:{shoot_id}:token"),
            open_until=clock.at_local(new.held_on) + _OPEN_AFTER,
            made_by=actor.id,
            made_at=now,
        )
    )
    session.flush()
    record(session, actor, "consent:shoot:made", "shoot", shoot_id, now=now)
    return shoot_id


def _checked(session: Session, new: NewShoot, today: date) -> date:
    """The last day of a yes; what the rules allow citizens when nothing is wished."""
    if not new.title.strip():
        raise RuleBroken("no_title", say("Write what it is called."), "title")
    if new.held_on < today:
        raise RuleBroken("past", say("The day must not have passed."), "held_on")
    if (new.held_on - today).days > 92:
        raise RuleBroken("far", say("Make it at most three months ahead."), "held_on")
    if not new.offered.channels:
        raise RuleBroken("no_channel", say("Choose at least one place."), "channels")
    if not new.offered.media:
        raise RuleBroken("no_media", say("Choose pictures, film or both."), "media")
    latest = months_after(today, consent_rules(session).citizen_months)
    until = new.lasts_until or latest
    if until > latest:
        text = say("It can last until %(day)s at most.", day=f"{latest:%d-%m-%Y}")
        raise RuleBroken("too_long", text, "lasts_until")
    if until < new.held_on:
        raise RuleBroken("too_short", say("The last day must come after the day itself."), "lasts_until")
    return until


def close_shoot(session: Session, actor: Actor, shoot_id: str, *, now: datetime) -> None:
    """The code takes nobody in any more; who has begun may finish."""
    row = queries.shoot_row(session, shoot_id)
    policy.check(actor, _ASK, row.unit_id, thing="shoot", key=shoot_id)
    if row.closed_at is None:
        row.closed_at = now
        session.flush()
        record(session, actor, "consent:shoot:closed", "shoot", shoot_id, now=now)


def reopen_shoot(session: Session, actor: Actor, shoot_id: str, *, now: datetime) -> None:
    """Undo ``close_shoot``."""
    row = queries.shoot_row(session, shoot_id)
    policy.check(actor, _ASK, row.unit_id, thing="shoot", key=shoot_id)
    if row.closed_at is not None:
        row.closed_at = None
        session.flush()
        record(session, actor, "consent:shoot:reopened", "shoot", shoot_id, now=now)


def join(session: Session, shoot: ShootView, kind: Kind, label: str, *, now: datetime) -> str:
    """Somebody at the shoot gives a first name; returns the secret that the own answer is given by."""
    if not queries.takes_answers(shoot, now):
        raise RuleBroken("closed", say("This shoot takes no more answers."))
    if request_queries.questions_of_shoot(session, shoot.id) >= _MOST_PEOPLE:
        raise RuleBroken("full", say("This shoot takes no more answers."))
    subject_id = add_subject(session, SUBJECT, NewSubject(kind, label, shoot.unit_id), now=now)
    new = NewRequest(subject_id, shoot.about, shoot.offered, shoot.lasts_until, shoot.place)
    request_id = ask(session, SUBJECT, new, now=now)
    return make_link(session, SUBJECT, request_id, now=now)


def blank_forms(
    session: Session, actor: Actor, shoot_id: str, kind: Kind, count: int, *, now: datetime
) -> list[str]:
    """Codes for forms that are printed before anybody knows who fills them in."""
    shoot = queries.shoot_by_id(session, shoot_id)
    policy.check(actor, _ASK, shoot.unit_id, thing="shoot", key=shoot_id)
    if not 1 <= count <= MOST_BLANKS:
        raise RuleBroken("count", say("Print between 1 and %(most)s.", most=MOST_BLANKS), "count")
    form_id = blank_form_id(shoot, kind, now)
    ensure_form(session, form_id, now=now)
    codes = []
    for _ in range(count):
        code = new_code(session)
        session.add(BlankForm(code=code, shoot_id=shoot_id, form_id=form_id, made_at=now))
        session.flush()
        codes.append(code)
    record(session, actor, "consent:shoot:printed", "shoot", shoot_id, changes={"forms": (0, count)}, now=now)
    return codes


def blank_form_id(shoot: ShootView, kind: Kind, now: datetime) -> str:
    """The form for an adult of this kind who signs alone."""
    day = clock.local(now).date()
    nobody = SubjectView(
        "", kind, False, "", shoot.unit_id, "", "", Route.SELF, None, None, None, Hold.NONE, None, now, 1
    )
    return texts.newest(audience_for(nobody, day)).id


def take_blank(session: Session, actor: Actor, code: str, label: str, *, now: datetime) -> str:
    """A blank form came back: whoever filled it in comes onto the register.  Returns the request's id."""
    blank = request_queries.find_blank_form(session, code)
    if blank is None:
        raise RuleBroken("no_form", say("No form has this code. Look at the paper once more."), "code")
    shoot = queries.shoot_by_id(session, blank.shoot_id)
    policy.check(actor, _ASK, shoot.unit_id, thing="shoot", key=shoot.id)
    if blank.request_id is not None:
        return blank.request_id
    kinds = {"citizen_easy": Kind.CITIZEN, "colleague_written": Kind.COLLEAGUE}
    kind = kinds.get(blank.form_id.split("-")[0], Kind.OTHER)
    subject_id = add_subject(session, actor, NewSubject(kind, label, shoot.unit_id), now=now)
    new = NewRequest(subject_id, shoot.about, shoot.offered, shoot.lasts_until, shoot.place)
    request_id = ask(session, actor, new, now=now)
    # It was asked when the paper was handed out, in its words, and the paper carries the blank form's code.
    row = request_queries.request_row(session, request_id)
    row.asked_at, row.code, row.form_id = blank.made_at, blank.code, blank.form_id
    blank.request_id = request_id
    session.flush()
    return request_id
