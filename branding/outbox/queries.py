"""Reads of the outbox."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.outbox.models import OutboxMessage
from branding.outbox.values import MessageStatus


def messages(session: Session, *, page: int = 1, size: int = 30) -> tuple[list[OutboxMessage], bool]:
    """One page of messages, newest first, and whether there are more."""
    query = select(OutboxMessage).order_by(col(OutboxMessage.id).desc())
    rows = list(session.exec(query.offset((page - 1) * size).limit(size + 1)))
    return rows[:size], len(rows) > size


def message_by_id(session: Session, message_id: int) -> OutboxMessage:
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise Missing("outbox_message", message_id)
    return message


def failed_count(session: Session) -> int:
    """How many messages we have given up on."""
    return session.exec(select(func.count()).where(OutboxMessage.status == MessageStatus.FAILED)).one()
