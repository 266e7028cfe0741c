"""Mails to ambassadors, written in Danish: the language of the list."""

from __future__ import annotations

from sqlmodel import Session

from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.plan.values import Joining, KitView, ShareWay
from branding.web.mailing import render_mail
from branding.web.stafet import stafet

_LANGUAGE = "da"


def joined(session: Session, request: Joining, unit_id: int | None, token: str) -> Mail:
    """That a name is on the list, and how to take it off."""
    return _render(
        session,
        "joined",
        request.email.lower(),
        name=request.name,
        unit=organisation.unit_by_id(session, unit_id) if unit_id else None,
        link=_address(f"/ambassador/off/{token}"),
    )


def kit(session: Session, one: KitView, name: str, email: str, token: str) -> Mail:
    """Something to share: a suggestion, and a link for each way."""
    ways = {link.way: _address(f"/s/{link.token}") for link in one.links if link.way != ShareWay.QR}
    page, off = _address(f"/share/{one.token}"), _address(f"/ambassador/off/{token}")
    return _render(session, "kit", email, kit=one, name=name, ways=ways, page=page, off=off)


def _address(path: str) -> str:
    return f"{stafet().settings.base_url}{path}"


def _render(session: Session, template: str, to: str, /, **context: object) -> Mail:
    here = organisation.find_organisation(session)
    subject, text = render_mail(f"plan/mail/{template}.txt", _LANGUAGE, organisation=here, **context)
    return Mail(to, subject, text)
