"""Mails to hosts, written in Danish: the language of the guide."""

from __future__ import annotations

from sqlmodel import Session

from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.takeovers.guide import RULES
from branding.takeovers.values import HostView, Invitation, TakeoverView
from branding.web.mailing import render_mail
from branding.web.stafet import stafet

_LANGUAGE = "da"


def invitation(session: Session, request: Invitation) -> Mail:
    """The guide in short, the rules and the personal link."""
    link = f"{stafet().settings.base_url}/host/{request.token}"
    return _mail(session, "invitation", request.host, request.takeover, link=link, rules=RULES)


def moved(session: Session, host: HostView, takeover: TakeoverView) -> Mail:
    """The days have moved; the link stays the same."""
    return _mail(session, "moved", host, takeover)


def called_off(session: Session, host: HostView, takeover: TakeoverView) -> Mail:
    """The takeover is called off, or goes on with another host."""
    return _mail(session, "called_off", host, takeover)


def _mail(session: Session, name: str, host: HostView, takeover: TakeoverView, **context: object) -> Mail:
    subject, text = render_mail(
        f"takeovers/mail/{name}.txt",
        _LANGUAGE,
        host=host,
        takeover=takeover,
        unit=organisation.unit_by_id(session, takeover.unit_id),
        profile=organisation.profile_by_id(session, takeover.profile_id),
        organisation=organisation.find_organisation(session),
        **context,
    )
    return Mail(host.email, subject, text)
