"""What is done after a post is out: its address and its first comment.  Nothing here publishes again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from branding.core import log
from branding.core.ids import new_id
from branding.drafts.queries.going_out import content_by_id
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.answers import classify
from branding.publishing.rules.reconciling import same_words
from branding.publishing.rules.times import LEASE, next_try
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.claiming import Held, mine
from branding.publishing.service.moving import release
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.calls import Answer, CallFailed, CallRecord, Can
from branding.publishing.values.states import State, Way

PERMALINK, COMMENT = "permalink", "comment"
_AGAIN = timedelta(minutes=1)


def follow_due(outlets: Outlets) -> int:
    """Everything that is left to do for live posts and is due; returns how many were looked after."""
    count = 0
    while True:
        with outlets.database.reader() as session:
            if session.exec(_due(outlets.now())).first() is None:
                return count
        with outlets.database.transaction() as session:
            held = _take(session, outlets.now())
        if held is None:
            return count
        count += 1
        calls: list[CallRecord] = []
        try:
            _follow(outlets, held, calls)
        except CallFailed as error:
            _later(outlets, held, calls, is_over=classify(error.failure) is Answer.PERMANENT)
        except Exception as error:  # noqa: BLE001 - the post is out, whatever happens here
            log.failure("publishing.follow_failed", error, publication=held.publication_id)
            _later(outlets, held, calls, is_over=False)


def _take(session: Session, now: datetime) -> Held | None:
    taken = (
        update(Publication)
        .where(col(Publication.id).in_(_due(now).with_for_update(skip_locked=True)))
        .values(claim=new_id(), lease_until=now + LEASE)
        .returning(Publication)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    row = session.scalars(taken).first()
    return Held(row.id, row.claim, Way(row.way)) if row is not None else None


def _due(now: datetime) -> SelectOfScalar[str]:
    return (
        select(Publication.id)
        .where(
            Publication.state == State.PUBLISHED,
            col(Publication.is_followed_up).is_(False),
            col(Publication.next_attempt_at) <= now,
            or_(col(Publication.lease_until).is_(None), col(Publication.lease_until) < now),
        )
        .order_by(col(Publication.next_attempt_at))
        .limit(1)
    )


def _follow(outlets: Outlets, held: Held, calls: list[CallRecord]) -> None:
    with outlets.database.reader() as session:
        row = publication_row(session, held.publication_id)
        comment = content_by_id(session, row.draft_id).first_comment
        client = outlets.client(session, row.profile_id, held.way, calls.append)
    if PERMALINK in row.left:
        permalink = client.permalink(row.external_id)
        if not _save(outlets, held, calls, PERMALINK, permalink):
            return
    if COMMENT in row.left:
        _comment(client, row.external_id, comment)
        _save(outlets, held, calls, COMMENT)


def _comment(client: ChannelClient, external_id: str, text: str) -> None:
    """A comment that was answered with an error may be there all the same: look before writing."""
    if Can.COMMENT not in client.can:
        return
    if any(same_words(one.text, text) for one in client.comments(external_id)):
        return
    client.comment(external_id, text)


def _save(outlets: Outlets, held: Held, calls: list[CallRecord], done: str, permalink: str = "") -> bool:
    now = outlets.now()
    with outlets.database.transaction() as session:
        record_calls(session, held.publication_id, calls)
        calls.clear()
        row = mine(session, held, now=now)
        if row is None:
            return False
        row.left = [one for one in row.left if one != done]
        row.permalink = permalink[:300] or row.permalink
        if not row.left:
            row.is_followed_up = True
            release(row)
    return True


def _later(outlets: Outlets, held: Held, calls: list[CallRecord], *, is_over: bool) -> None:
    """Tried again a few times; a post without its address or comment is a blemish, no accident."""
    now = outlets.now()
    with outlets.database.transaction() as session:
        record_calls(session, held.publication_id, calls)
        row = mine(session, held, now=now)
        if row is None:
            return
        row.failures += 1
        at = None if is_over else next_try(row.failures, now)
        row.is_followed_up = at is None
        row.next_attempt_at = at or now + _AGAIN
        release(row)
