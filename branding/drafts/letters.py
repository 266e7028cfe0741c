"""Mails about posts: no subject and no text names anybody who is in one, or says what it says."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.accounts.values import PersonView
from branding.core import clock
from branding.drafts.service.review_links import LASTS
from branding.drafts.values.previews import Told
from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.web.mailing import render_mail
from branding.web.stafet import stafet

#: Those who have no account have chosen no language.
_LANGUAGE = "da"


def address_of(path: str) -> str:
    """The whole address of a page of ours, for mails and codes."""
    return f"{stafet().settings.base_url}{path}"


def called(name: str) -> str:
    """How a letter greets somebody: by the first name, or the whole name after a title such as Dr."""
    first = name.split(" ")[0]
    return name if first.endswith(".") else first


def mention(person: PersonView, draft_id: str) -> Mail:
    """Somebody asks for a word about a post."""
    link = address_of(f"/posts/{draft_id}")
    return _mail("mention", person.email, person.language, name=called(person.name), link=link)


def preview(session: Session, unit_id: int, email: str, token: str, until: datetime) -> Mail:
    """A post to look at before others do."""
    return _mail(
        "preview",
        email,
        _LANGUAGE,
        unit=organisation.unit_by_id(session, unit_id),
        organisation=organisation.find_organisation(session),
        link=address_of(f"/preview/{token}"),
        until=clock.local(until).date(),
    )


def refused(told: Told) -> Mail:
    """Somebody who is in the post said no to it."""
    path = "/my-week" if told.is_host else f"/posts/{told.draft_id}"
    return _mail("refused", told.email, told.language, name=called(told.name), link=address_of(path))


def answered(template: str, told: Told) -> Mail:
    """What became of the author's post: ``approved`` or ``returned``."""
    path = "/my-week" if told.is_host else f"/posts/{told.draft_id}"
    is_host, link = told.is_host, address_of(path)
    return _mail(template, told.email, told.language, name=called(told.name), link=link, is_host=is_host)


def reviewer(session: Session, unit_id: int, name: str, email: str, token: str, *, now: datetime) -> Mail:
    """Somebody without an account is asked to approve one post."""
    return _mail(
        "reviewer",
        email,
        _LANGUAGE,
        name=called(name),
        unit=organisation.unit_by_id(session, unit_id),
        organisation=organisation.find_organisation(session),
        link=address_of(f"/review/{token}"),
        until=clock.local(now + LASTS).date(),
    )


def _mail(template: str, to: str, language: str, **context: object) -> Mail:
    subject, text = render_mail(f"drafts/mail/{template}.txt", language, **context)
    return Mail(to, subject, text, language=language)
