"""Mails to people with an account, in the language each of them reads."""

from __future__ import annotations

from flask import url_for

from branding.accounts.values import PersonView
from branding.outbox.values import Mail
from branding.web.guards import user
from branding.web.mailing import render_mail
from branding.web.safe_address import own_address
from branding.web.stafet import stafet


def sign_in_link(person: PersonView, token: str, *, wanted: str = "") -> Mail:
    """A link that lets the reader in, and on to the page that was asked for."""
    onwards = own_address(wanted, "") or None
    return _mail("sign_in_link", person, url_for("accounts.link_page", token=token, next=onwards))


def invitation(person: PersonView, token: str) -> Mail:
    """A link for somebody who is asked in, from whoever is signed in."""
    return _mail("invitation", person, url_for("accounts.invitation_page", token=token))


def _mail(name: str, person: PersonView, path: str) -> Mail:
    subject, text = render_mail(
        f"accounts/mail/{name}.txt",
        person.language,
        person=person,
        sender=user().name,
        link=f"{stafet().settings.base_url}{path}",
    )
    return Mail(person.email, subject, text, language=person.language)
