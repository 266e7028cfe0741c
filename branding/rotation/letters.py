"""Mails about swaps, in the language of the reader."""

from __future__ import annotations

from flask import url_for
from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.accounts.values import PersonView
from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.rotation.values.swaps import SwapView
from branding.web.mailing import render_mail
from branding.web.stafet import stafet


def swap_asked(session: Session, person: PersonView, swap: SwapView, token: str) -> Mail:
    """Who asks, which weeks, and the link by which it is answered."""
    return _mail(session, "swap_asked", person, swap, url_for("rotation.swap_answer_page", token=token))


def swap_answered(session: Session, person: PersonView, swap: SwapView) -> Mail:
    """Yes, no, or no answer any more; and the weeks as they are now."""
    return _mail(session, "swap_answered", person, swap, url_for("rotation.swap_page", swap_id=swap.id))


def _mail(session: Session, name: str, person: PersonView, swap: SwapView, path: str) -> Mail:
    units = {unit.id: unit for unit in organisation.units(session, archived=True)}
    ids = {one for one in (swap.proposed_by, swap.answered_by) if one}
    subject, text = render_mail(
        f"rotation/mail/{name}.txt",
        person.language,
        person=person,
        swap=swap,
        unit=units[swap.slot.unit_id],
        other=units[swap.other.unit_id],
        names=accounts.people_names(session, ids),
        link=f"{stafet().settings.base_url}{path}",
    )
    return Mail(person.email, subject, text, language=person.language)
