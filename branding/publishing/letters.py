"""Mails about posts that go out: no subject and no text names anybody, or says what a post says."""

from __future__ import annotations

from branding.drafts.letters import address_of, called
from branding.outbox.values import Mail
from branding.publishing.values.letters import Letter
from branding.web.mailing import render_mail


def alert(letter: Letter) -> Mail:
    """The mail of an event, for one or for several of its kind."""
    subject, text = render_mail(
        f"publishing/mail/{letter.event.value}.txt",
        letter.language,
        name=called(letter.name),
        items=letter.items,
        is_host=letter.is_host,
        address_of=address_of,
    )
    return Mail(letter.email, subject, text, language=letter.language)
