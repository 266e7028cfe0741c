"""Reads of the outbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.outbox.models import OutboxAttachment, OutboxMessage
from branding.outbox.values import Attachment, MessageStatus


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


def attachments_of(session: Session, message_ids: Collection[int]) -> dict[int, tuple[Attachment, ...]]:
    """The files of these mails, by mail."""
    found: dict[int, tuple[Attachment, ...]] = {}
    query = select(OutboxAttachment).where(col(OutboxAttachment.message_id).in_(message_ids))
    for row in session.exec(query.order_by(col(OutboxAttachment.id))) if message_ids else ():
        file = Attachment(row.name, row.media_type, row.content)
        found[row.message_id] = (*found.get(row.message_id, ()), file)
    return found


def attachment_names(session: Session, message_id: int) -> list[str]:
    """What goes with a mail, for its page."""
    query = select(OutboxAttachment.name).where(OutboxAttachment.message_id == message_id)
    return list(session.exec(query.order_by(col(OutboxAttachment.id))))


def waiting_keys(session: Session, prefix: str) -> set[str]:
    """Of the messages of this prefix those that have not left."""
    query = select(OutboxMessage.dedupe_key).where(
        OutboxMessage.status == MessageStatus.WAITING,
        col(OutboxMessage.dedupe_key).startswith(prefix, autoescape=True),
    )
    return set(session.exec(query))


def any_stale(session: Session, now: datetime) -> bool:
    """Whether something waits that has come too late."""
    query = select(OutboxMessage.id).where(
        OutboxMessage.status == MessageStatus.WAITING, col(OutboxMessage.drop_after) < now
    )
    return session.exec(query.limit(1)).first() is not None


def failed_count(session: Session) -> int:
    """How many messages we have given up on."""
    return int(session.execute(failed_query()).scalar_one())


def failed_query() -> Any:
    """The same, for those who count more at once."""
    return select(func.count()).where(OutboxMessage.status == MessageStatus.FAILED)
