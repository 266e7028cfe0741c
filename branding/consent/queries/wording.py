"""What fills the blanks of the forms: nothing about the person who is asked."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from branding.consent.queries.settings import consent_rules
from branding.consent.values.people import Mandate
from branding.consent.values.records import SignerRole
from branding.consent.values.requests import Part
from branding.organisation import queries as organisation
from branding.organisation.values import Channel

# The forms are Danish, whatever language the page around them has.
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli"),
    *("august", "september", "oktober", "november", "december"),
)
_CALL = "Eller ring til {phone}."
_DPO = "Rådgiveren om data: {contact}."
_GUARDIAN_TOO = "Du har en værge. Vi spørger jer begge. Siger du nej, så er det nej."
_WARD, _CHILD = "den, du er værge for", "dit barn"
_RIGHTS = {
    SignerRole.GUARDIAN: "Jeg er værge for personen, også når det gælder billeder.",
    SignerRole.CUSTODY: "Jeg har forældremyndighed over barnet.",
}
_FUTURE_POWER = "Jeg har en fremtidsfuldmagt, som også gælder billeder."


def danish_day(day: date) -> str:
    """``20. maj 2027``"""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def blanks(
    session: Session, unit_id: int, until: date, *, part: Part | None = None, has_guardian: bool = False
) -> dict[str, str]:
    """Every blank of every form: the unit, who answers for the data, for how long, whom to call."""
    rules, own = consent_rules(session), organisation.find_organisation(session)
    phone = rules.phone or (own.contact_phone if own else "")
    handles = [p.handle for p in organisation.profiles(session) if p.channel is Channel.INSTAGRAM]
    return {
        "unit": organisation.unit_by_id(session, unit_id).name,
        "controller": rules.controller or (own.name if own else ""),
        "until": danish_day(until),
        "live_days": str(rules.citizen_live_days),
        "call_line": _CALL.format(phone=phone) if phone else "",
        "dpo_line": _DPO.format(contact=rules.dpo_contact) if rules.dpo_contact else "",
        "handle": handles[0] if handles else "",
        "guardian_line": _GUARDIAN_TOO if has_guardian else "",
        "person": _CHILD if part and part.role is SignerRole.CUSTODY else _WARD,
        "right_line": _right(part),
    }


def _right(part: Part | None) -> str:
    if part is None:
        return _RIGHTS[SignerRole.GUARDIAN]
    return _FUTURE_POWER if part.mandate is Mandate.FUTURE_POWER else _RIGHTS.get(part.role, "")
