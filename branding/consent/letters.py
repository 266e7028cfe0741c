"""Mails and text messages about a consent: the receipt to the person, and word to those who look after it.

No mail names a citizen, and no subject line names anybody.
"""

from __future__ import annotations

from sqlmodel import Session

from branding.consent.queries.wording import danish_day
from branding.consent.values.oral import OralDone, Receipt
from branding.consent.values.withdrawals import Told
from branding.core import clock
from branding.organisation import queries as organisation
from branding.organisation.values import Channel
from branding.outbox.values import Mail
from branding.web.mailing import render_mail
from branding.web.stafet import stafet

_TO_PEOPLE = "da"


def own_link(token: str) -> str:
    """Where a person sees what was said yes to."""
    return f"{stafet().settings.base_url}/my-consent/{token}"


def card_link(token: str) -> str:
    """Where the code on the card leads."""
    return f"{stafet().settings.base_url}/withdraw/{token}"


def receipt(session: Session, request: Receipt) -> Mail:
    """What was said yes to, one link to say that it is right, or to take it back."""
    subject, text = render_mail(
        "consent/mail/receipt.txt",
        _TO_PEOPLE,
        name=request.first_name,
        about=request.about,
        day=danish_day(clock.today()),
        handle=_handle(session),
        link=own_link(request.token),
    )
    return Mail(request.email, subject, text)


def receipt_sms(session: Session, done: OralDone, about: str) -> str:
    """The same in one text message, to copy."""
    _, text = render_mail(
        "consent/mail/receipt_sms.txt",
        _TO_PEOPLE,
        name=done.name.split()[0],
        about=about,
        day=danish_day(clock.today()),
        handle=_handle(session),
        link=own_link(done.token),
    )
    return text.strip()


def withdrawn(told: Told) -> Mail:
    """To those who look after the consents: one was taken back."""
    path = f"/consent/people/{told.subject_id}"
    return _to_staff("withdrawn", told, path)


def message_left(told: Told) -> Mail:
    """To those who look after the consents: somebody wrote on the open page."""
    return _to_staff("message", told, f"/consent/messages/{told.withdrawal_id}")


def _to_staff(name: str, told: Told, path: str) -> Mail:
    subject, text = render_mail(
        f"consent/mail/{name}.txt",
        told.language,
        name=told.name,
        link=f"{stafet().settings.base_url}{path}",
    )
    return Mail(told.email, subject, text, language=told.language)


def _handle(session: Session) -> str:
    found = [one.handle for one in organisation.profiles(session) if one.channel is Channel.INSTAGRAM]
    return found[0] if found else ""
