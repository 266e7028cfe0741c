"""Putting messages in the outbox, claiming those that are due, and marking what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.outbox import queries, rules
from branding.outbox.models import OutboxAttachment, OutboxMessage
from branding.outbox.values import Attachment, Claimed, Mail, MessageStatus, Via

#: The note of a message that was dropped.
TOO_LATE = "too_late"


def enqueue(
    session: Session,
    mail: Mail,
    *,
    dedupe_key: str,
    due_at: datetime,
    now: datetime,
    via: Via = Via.MAIL,
    drop_after: datetime | None = None,
) -> bool:
    """Plan a message once; False when one with this key is there already.

    What has not left by ``drop_after`` (the mail server was away, the worker stood still) never leaves.
    """
    if session.exec(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == dedupe_key)).first():
        return False
    # One line each: a line break in a header would let a name add headers of its own.
    subject = " ".join(mail.subject.split())[:200]
    message = OutboxMessage(
        dedupe_key=dedupe_key,
        via=via,
        language=mail.language,
        to_address=mail.to,
        subject=subject,
        body=mail.text,
        made_at=now,
        next_attempt_at=due_at,
        drop_after=drop_after,
    )
    session.add(message)
    session.flush()
    for one in mail.attachments:
        file = OutboxAttachment(
            message_id=message.id or 0, name=one.name, media_type=one.media_type, content=one.content
        )
        session.add(file)
    session.flush()
    return True


def cancel(session: Session, dedupe_prefix: str) -> int:
    """Take back the mails of this prefix that have not left; returns how many."""
    return _take_back(
        session,
        col(OutboxMessage.dedupe_key).startswith(dedupe_prefix, autoescape=True),
        col(OutboxMessage.status).in_([MessageStatus.WAITING, MessageStatus.FAILED]),
    )


def drop_stale(session: Session, *, now: datetime) -> int:
    """Drop, with a note, what would come too late to help anybody; returns how many."""
    return _take_back(
        session,
        col(OutboxMessage.drop_after) < now,
        col(OutboxMessage.status) == MessageStatus.WAITING,
        last_error=TOO_LATE,
    )


def _take_back(session: Session, *which: ColumnElement[bool], **also: str) -> int:
    """Cancel these messages; their texts and files go."""
    found = (
        update(OutboxMessage)
        .where(*which)
        .values(status=MessageStatus.CANCELLED, body="", **also)
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    ids = list(session.scalars(found))
    if ids:
        session.execute(delete(OutboxAttachment).where(col(OutboxAttachment.message_id).in_(ids)))
    return len(ids)


def forget(session: Session, dedupe_prefix: str) -> None:
    """Erase the address of the mails of this prefix that have left or never will."""
    ended = [MessageStatus.SENT, MessageStatus.SHOWN, MessageStatus.CANCELLED]
    here = (
        update(OutboxMessage)
        .where(
            col(OutboxMessage.dedupe_key).startswith(dedupe_prefix, autoescape=True),
            col(OutboxMessage.status).in_(ended),
        )
        .values(to_address="", body="")
    )
    session.execute(here)


def claim_due(session: Session, *, now: datetime, limit: int = 10) -> list[Claimed]:
    """Take due messages for this process; no two processes get the same one.

    The row locks of the inner SELECT make it so on PostgreSQL, the write lock
    of the whole transaction on SQLite.  The caller commits before sending.
    """
    stuck = (col(OutboxMessage.status) == MessageStatus.SENDING) & (col(OutboxMessage.lease_until) < now)
    due = (col(OutboxMessage.status) == MessageStatus.WAITING) & (col(OutboxMessage.next_attempt_at) <= now)
    inner = (
        select(OutboxMessage.id)
        .where(or_(due, stuck))
        .order_by(col(OutboxMessage.next_attempt_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
        # PostgreSQL may run the subquery of an IN once for each row, past the limit; this runs once.
        .cte("first_due")
    )
    taken = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(select(inner.c.id)))
        .values(
            status=MessageStatus.SENDING,
            lease_until=now + rules.LEASE,
            attempts=OutboxMessage.attempts + 1,
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    messages = list(session.scalars(taken))
    files = queries.attachments_of(session, [message.id or 0 for message in messages])
    return [_claimed(message, files.get(message.id or 0, ())) for message in messages]


def _claimed(message: OutboxMessage, files: tuple[Attachment, ...]) -> Claimed:
    mail = Mail(message.to_address, message.subject, message.body, files, message.language)
    # The same id at every attempt lets the receiving server drop a second copy.
    name = f"stafet-{message.id}-{message.made_at:%Y%m%d%H%M%S}"
    return Claimed(message.id or 0, mail, name, message.attempts, Via(message.via))


def mark_sent(session: Session, message_id: int, *, now: datetime) -> None:
    message = queries.message_by_id(session, message_id)
    message.status, message.sent_at, message.lease_until = MessageStatus.SENT, now, None
    message.body, message.last_error = "", ""
    session.execute(delete(OutboxAttachment).where(col(OutboxAttachment.message_id) == message_id))


def mark_shown(session: Session, message_id: int) -> None:
    """No mail server is set: the message is for the page only."""
    message = queries.message_by_id(session, message_id)
    message.status, message.lease_until = MessageStatus.SHOWN, None


def mark_failed(session: Session, claimed: Claimed, *, code: str, permanent: bool, now: datetime) -> bool:
    """Plan the next attempt; False when there is none left."""
    message = queries.message_by_id(session, claimed.id)
    again = None if permanent else rules.next_attempt_at(claimed.attempt, now)
    message.last_error, message.lease_until = code[:80], None
    message.status = MessageStatus.WAITING if again else MessageStatus.FAILED
    if again:
        message.next_attempt_at = again
    return again is not None


def try_again(session: Session, actor: Actor, message_id: int, *, now: datetime) -> None:
    """An admin puts a message that we gave up on back in the queue."""
    message = queries.message_by_id(session, message_id)
    if message.status != MessageStatus.FAILED:
        raise RuleBroken("not_failed", say("Only a mail that failed can be sent again."))
    message.status, message.next_attempt_at, message.attempts = MessageStatus.WAITING, now, 0
    record(session, actor, "outbox:message:retried", "outbox_message", message_id, now=now)
