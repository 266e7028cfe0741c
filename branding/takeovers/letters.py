"""Mails to hosts, leaders and volunteers, written in Danish: the language of the guide."""

from __future__ import annotations

from sqlmodel import Session

from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.takeovers.guide import RULES
from branding.takeovers.rules import EVALUATION_OPEN
from branding.takeovers.values import HostView, Invitation, LeaderMail, SignUp, TakeoverView
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


def thanks(session: Session, request: Invitation) -> Mail:
    """Thanks for the days, and a link to say how it went."""
    link = f"{stafet().settings.base_url}/host/{request.token}"
    until = request.takeover.ends_on + EVALUATION_OPEN
    return _mail(session, "thanks", request.host, request.takeover, link=link, until=until)


def leader(session: Session, name: str, request: LeaderMail) -> Mail:
    """One of the mails to a leader: asked, a new host, moved, called off."""
    return _render(
        session,
        name,
        request.ask.email,
        ask=request.ask,
        unit=organisation.unit_by_id(session, request.unit_id),
        profile=organisation.profile_by_id(session, request.profile_id),
        first=request.starts_on,
        last=request.ends_on,
        hosts=request.hosts,
        link=f"{stafet().settings.base_url}/leader/{request.token}" if request.token else "",
    )


def volunteer(session: Session, name: str, request: SignUp, unit_id: int, token: str) -> Mail:
    """That a name is on the list, and how to take it off: by oneself, or put there by the leader."""
    unit = organisation.unit_by_id(session, unit_id)
    link = f"{stafet().settings.base_url}/volunteer/off/{token}"
    return _render(session, name, request.email.lower(), name=request.name, unit=unit, link=link)


def _mail(session: Session, name: str, host: HostView, takeover: TakeoverView, **context: object) -> Mail:
    return _render(
        session,
        name,
        host.email,
        host=host,
        takeover=takeover,
        unit=organisation.unit_by_id(session, takeover.unit_id),
        profile=organisation.profile_by_id(session, takeover.profile_id),
        **context,
    )


def _render(session: Session, template: str, to: str, /, **context: object) -> Mail:
    organisation_now = organisation.find_organisation(session)
    subject, text = render_mail(
        f"takeovers/mail/{template}.txt", _LANGUAGE, organisation=organisation_now, **context
    )
    return Mail(to, subject, text)
