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


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as the rooms write it: plain text, one recipient."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process has taken for a while; ``attempt`` counts from 1."""

    id: int
    mail: Mail
    message_id: str
    attempt: int
