"""People on the register."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent import vault
from branding.consent.models import Subject
from branding.consent.queries.subjects import contact_of, subject_row
from branding.consent.rules.ages import birthdays, is_minor
from branding.consent.values.answers import NewSubject
from branding.consent.values.people import Kind, Route
from branding.consent.values.register import SubjectView
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.errors import Conflict, RuleBroken
from branding.core.ids import new_id
from branding.core.text import Text, say
from branding.organisation import queries as organisation

_EDIT = "consent:subject:edit"
#: What people read for the fields that two may change at once.
_LABELS = {
    "label": say("Name"),
    "unit": say("Unit"),
    "email": say("Mail"),
    "phone": say("Phone"),
    "route": say("Who signs"),
    "hold": say("Nothing may go out for now"),
    "left_on": say("Last day at work"),
}


def add_subject(session: Session, actor: Actor, new: NewSubject, *, now: datetime) -> str:
    """Put a person on the register, with a key of the own; returns the id."""
    if actor.kind not in ("host", "subject"):  # by a takeover's or a shoot's link, which the view has checked
        policy.check(actor, _EDIT, new.unit_id, thing="unit", key=new.unit_id)
    label = _label(session, new)
    subject_id = new_id()
    vault.key_store(session).make(subject_id)
    session.add(
        Subject(
            id=subject_id,
            kind=new.kind,
            also_citizen=new.also_citizen,
            label=label,
            search_key=label.casefold(),
            sort_key=sort_key(label),
            unit_id=new.unit_id,
            contact_sealed=_contact(session, subject_id, new),
            route=_route(new, clock.local(now).date()),
            turns_15_on=new.turns_15_on,
            turns_18_on=new.turns_18_on,
            left_on=new.left_on,
            hold=new.hold,
            reference=new.reference,
            made_at=now,
        )
    )
    session.flush()
    record(session, actor, "consent:subject:added", "subject", subject_id, now=now)
    return subject_id


def change_subject(
    session: Session, actor: Actor, subject_id: str, new: NewSubject, version: int, *, now: datetime
) -> bool:
    """Change a person.  ``version``: what the editor saw.  Returns whether anything changed."""
    row = subject_row(session, subject_id)
    policy.check(actor, _EDIT, row.unit_id, thing="subject", key=subject_id)
    if new.unit_id != row.unit_id:
        policy.check(actor, _EDIT, new.unit_id, thing="unit", key=new.unit_id)
    label = _label(session, new)
    contact = contact_of(session, row)
    before, after = _shown(row, contact or {}), _wanted(new, label, _route(new, clock.local(now).date()))
    if row.version != version:
        raise _conflict(session, after, before)
    if before == after:
        return False
    row.label, row.search_key, row.sort_key = label, label.casefold(), sort_key(label)
    row.kind, row.also_citizen, row.unit_id = new.kind, new.also_citizen, new.unit_id
    if contact is not None or new.email.strip() or new.phone.strip():  # what does not open stays as it is
        row.contact_sealed = _contact(session, subject_id, new)
    row.route, row.hold, row.left_on = str(after["route"]), new.hold, new.left_on
    row.turns_15_on, row.turns_18_on = new.turns_15_on, new.turns_18_on
    row.version += 1
    session.flush()
    # Names and addresses stay out of the log: it says which fields changed, and the values of the others.
    private = {"label", "email", "phone"}
    changes = {
        key: (("…", "changed") if key in private else (before[key], after[key]))
        for key in after
        if before[key] != after[key]
    }
    record(session, actor, "consent:subject:changed", "subject", subject_id, changes=changes, now=now)
    return True


def birthdays_of(born: date | None, today: date, is_under_18: bool) -> tuple[date | None, date | None]:
    """The two birthdays that are kept instead of the day of birth, for somebody who is under 18."""
    if not is_under_18:
        return None, None
    if born is None:
        raise RuleBroken("no_day", say("Write the day of birth as numbers: 24 12 2012."), "born_day")
    return birthdays(born, today)


def new_birthdays(
    person: SubjectView, born: date | None, today: date, is_under_18: bool
) -> tuple[date | None, date | None]:
    """The birthdays after a change: kept when nothing was typed, and for good once somebody is of age.

    A yes from before the 18th birthday must go on being known as one (truth table D4).
    """
    kept = (person.turns_15_on, person.turns_18_on)
    is_of_age = person.turns_18_on is not None and person.turns_18_on <= today
    if is_of_age or (is_under_18 and born is None and person.turns_18_on is not None):
        return kept
    return birthdays_of(born, today, is_under_18)


def _label(session: Session, new: NewSubject) -> str:
    """A first name or a name only the unit knows; a CPR number is refused wherever it is written (R40)."""
    label = " ".join(new.label.split())
    if not label:
        raise RuleBroken("no_name", say("Write a first name, or another name for the person."), "label")
    if len(_digits(label)) >= 6:
        text = say("That looks like a CPR number. Write a first name, or another name for the person.")
        raise RuleBroken("number", text, "label")
    if organisation.unit_by_id(session, new.unit_id).is_archived:
        raise RuleBroken(
            "unit_archived", say("The unit has been put away. Choose one that is in use."), "unit_id"
        )
    return label


def _digits(label: str) -> str:
    return "".join(letter for letter in label if letter.isdecimal())


def _route(new: NewSubject, today: date) -> Route:
    """Minors have custody holders, and colleagues sign themselves."""
    if is_minor(new.turns_18_on, today):
        return Route.CUSTODY
    return new.route if new.kind is Kind.CITIZEN or new.also_citizen else Route.SELF


def _contact(session: Session, subject_id: str, new: NewSubject) -> str:
    contact = {"email": new.email.strip(), "phone": new.phone.strip()}
    return vault.seal_facts(session, subject_id, contact, about=f"subject:{subject_id}:contact")


def _shown(row: Subject, contact: dict[str, str]) -> dict[str, object]:
    return {
        "label": row.label,
        "kind": row.kind,
        "also_citizen": row.also_citizen,
        "unit": row.unit_id,
        "email": contact.get("email", ""),
        "phone": contact.get("phone", ""),
        "route": row.route,
        "turns_15_on": row.turns_15_on,
        "turns_18_on": row.turns_18_on,
        "left_on": row.left_on,
        "hold": row.hold,
    }


def _wanted(new: NewSubject, label: str, route: Route) -> dict[str, object]:
    return {
        "label": label,
        "kind": new.kind.value,
        "also_citizen": new.also_citizen,
        "unit": new.unit_id,
        "email": new.email.strip(),
        "phone": new.phone.strip(),
        "route": route.value,
        "turns_15_on": new.turns_15_on,
        "turns_18_on": new.turns_18_on,
        "left_on": new.left_on,
        "hold": new.hold.value,
    }


def _conflict(session: Session, mine: dict[str, object], theirs: dict[str, object]) -> Conflict:
    def lines(values: dict[str, object]) -> list[tuple[Text, object]]:
        named = {**values, "unit": organisation.unit_by_id(session, int(str(values["unit"]))).name}
        return [(_LABELS[key], named[key] or "–") for key in _LABELS]

    text = say("Somebody else changed this person while you were writing.")
    return Conflict("stale_subject", text, lines(mine), lines(theirs))
