"""The admin's pages of mails that Stafet sends, or would have sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from branding.core import clock
from branding.core.text import say
from branding.outbox import queries, service
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.safe_address import page_number
from branding.web.stafet import stafet
from branding.web.transaction import db

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@requires("outbox:message:view")
def messages_page() -> Any:
    number = page_number()
    messages, more = queries.messages(db(), page=number)
    sends = stafet().settings.sends_mail
    return page("outbox/messages.html", messages=messages, more=more, number=number, sends=sends)


@bp.get("/outbox/<int:message_id>")
@requires("outbox:message:view")
def message_page(message_id: int) -> Any:
    message = queries.message_by_id(db(), message_id)
    # Links in a mail open things in the recipient's name: only the demo shows them.
    has_link = stafet().settings.base_url in message.body
    files = queries.attachment_names(db(), message_id)
    return page("outbox/message.html", message=message, has_link=has_link, files=files)


@bp.post("/outbox/<int:message_id>/retry")
@requires("outbox:message:view")
def retry(message_id: int) -> Any:
    service.try_again(db(), actor(), message_id, now=clock.now())
    return go("outbox.messages_page", notice=say("The mail is on its way again."))
