"""What is done after a post is out: its address and its first comment.  Nothing here publishes again."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col

from branding.consent.service.uses import note_address
from branding.consent.values.records import Channel
from branding.core import log
from branding.drafts.queries.going_out import content_by_id
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.answers import classify
from branding.publishing.rules.reconciling import same_words
from branding.publishing.rules.times import next_try
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.judging import reference_of
from branding.publishing.service.leases import Held, each_due, mine
from branding.publishing.service.moving import release
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.calls import Answer, CallFailed, CallRecord, Can
from branding.publishing.values.states import State

PERMALINK, COMMENT = "permalink", "comment"
_AGAIN = timedelta(minutes=1)


def follow_due(outlets: Outlets) -> int:
    """Everything that is left to do for live posts and is due; returns how many were looked after."""
    count = 0
    unfinished = col(Publication.state) == State.PUBLISHED, col(Publication.is_followed_up).is_(False)
    for held in each_due(outlets, *unfinished):
        count += 1
        calls: list[CallRecord] = []
        try:
            _follow(outlets, held, calls)
        except CallFailed as error:
            _later(outlets, held, calls, is_over=classify(error.failure) is Answer.PERMANENT)
        except Exception as error:  # noqa: BLE001 - the post is out, whatever happens here
            log.failure("publishing.follow_failed", error, publication=held.publication_id)
            _later(outlets, held, calls, is_over=False)
    return count


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
        if permalink:
            row.permalink = permalink[:300]
            note_address(session, reference_of(row.draft_id), Channel(row.channel), row.permalink)
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
