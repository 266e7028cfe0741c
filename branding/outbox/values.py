"""Messages and their states, as values that cross layers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MessageStatus(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SHOWN = "shown"  # due while no mail server is set: kept for the page, never sent later
    FAILED = "failed"
    CANCELLED = "cancelled"


class Via(StrEnum):
    """How a message travels.  ``TEAMS`` is one channel that everybody reads: no personal links there."""

    MAIL = "mail"
    TEAMS = "teams"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; kept until the mail has left."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as the rooms write it: plain text, one recipient.  A mail also gets the text as HTML.

    ``to`` is an address, a telephone number for an SMS, and empty for Teams.
    """

    to: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    language: str = "da"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process has taken for a while; ``attempt`` counts from 1."""

    id: int
    mail: Mail
    message_id: str
    attempt: int
    via: Via = Via.MAIL
