"""What became of the one call: out, not out, or nobody knows; by an answer, by looking, or by a person."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.consent.service.uses import end_use, note_use
from branding.consent.values.names import CHANNELS
from branding.consent.values.records import Channel
from branding.consent.values.uses import NewUse
from branding.core import clock, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.drafts.queries.going_out import content_by_id
from branding.drafts.service import going_out
from branding.drafts.values.content import Content
from branding.media.service import keeping
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row, taken_addresses
from branding.publishing.rules.addresses import is_address, is_of
from branding.publishing.rules.keeping import keep_originals_until, remove_by
from branding.publishing.rules.times import next_look
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.judging import reference_of
from branding.publishing.service.moving import move
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Placed
from branding.publishing.values.states import Shows, State, Way

SETTLE = "publishing:publication:settle"
#: What a person may have to do after an unclear answer.
_UNCLEAR = (Event.UNCLEAR, Event.MISSED, Event.FAILED)


def note_published(
    session: Session, row: Publication, placed: Placed, *, now: datetime, actor: Actor = SYSTEM
) -> None:
    """It is out.  The id is saved before anything else is done about it."""
    row.external_id = placed.external_id or row.external_id
    row.permalink = (placed.permalink or row.permalink)[:300]
    row.published_at = row.published_at or now
    content = content_by_id(session, row.draft_id)
    row.left = _left(row, content)
    row.is_followed_up, row.failures = not row.left, 0
    row.next_attempt_at = now
    row.seen_at = now
    _rests_on(session, row, content, now)
    is_known = bool(row.external_id or row.permalink) or row.way == Way.HAND
    state = State.PUBLISHED if is_known else State.PUBLISHED_NO_ID
    move(session, actor, row, state, now=now)
    end_alerts(session, *_UNCLEAR, publication_id=row.id, now=now)
    raise_alert(session, Event.PUBLISHED, f"{row.id}:{row.calls}", about=row, now=now)


def note_unclear(session: Session, row: Publication, *, code: str, now: datetime) -> None:
    """It may be out: what it rests on is in use until we know better."""
    row.next_attempt_at = next_look(0, now)
    row.made = {**row.made, "looks": 0}
    _rests_on(session, row, content_by_id(session, row.draft_id), now)
    move(session, SYSTEM, row, State.UNKNOWN, code=code, now=now)


def note_not_out(session: Session, row: Publication, *, now: datetime) -> None:
    """It is certain that nobody has seen it: no consent is in use for it."""
    end_use(session, SYSTEM, reference_of(row.draft_id), Channel(row.channel), ended_at=now, now=now)


def say_published(
    session: Session, actor: Actor, publication_id: str, permalink: str, version: int, *, now: datetime
) -> None:
    """A person has looked at the profile: it is there, at this address."""
    row = _for_person(session, actor, publication_id, version)
    address = checked_address(session, row, permalink)
    note_published(session, row, Placed(row.external_id, address), actor=actor, now=now)


def say_not_published(
    session: Session, actor: Actor, publication_id: str, version: int, *, now: datetime
) -> None:
    """A person has looked at the profile: it is not there.  Whether it shall go out is asked next."""
    row = _for_person(session, actor, publication_id, version)
    note_not_out(session, row, now=now)
    move(session, actor, row, State.CANCELLED, code="not_published", now=now)
    end_alerts(session, *_UNCLEAR, publication_id=row.id, now=now)


def checked_address(session: Session, row: Publication, permalink: str) -> str:
    """A post's address as people paste it: on its channel, and no other post's."""
    address, channel = permalink.strip(), Channel(row.channel)
    if not is_address(address):
        text = say("Copy the post's address from the channel. It begins with https://")
        raise RuleBroken("no_address", text, "permalink")
    if not is_of(channel, address):
        text = say("That is not the address of a post on %(channel)s.", channel=CHANNELS[channel])
        raise RuleBroken("foreign_address", text, "permalink")
    if address in taken_addresses(session, row.profile_id, row.id):
        raise RuleBroken(
            "taken_address", say("Another post has that address. Copy this post's own."), "permalink"
        )
    return address


def _for_person(session: Session, actor: Actor, publication_id: str, version: int) -> Publication:
    row = publication_row(session, publication_id)
    policy.check(actor, SETTLE, row.unit_id, thing="publication", key=publication_id)
    if row.version != version:
        raise Conflict("publication_changed", say("This has changed since you opened it."))
    if row.state not in (State.NEEDS_REVIEW, State.UNKNOWN, State.PUBLISHED_NO_ID):
        raise RuleBroken("settled", say("It is known already what became of this post."))
    if row.state == State.UNKNOWN:
        move(session, actor, row, State.NEEDS_REVIEW, now=row.state_since)
    return row


def _left(row: Publication, content: Content) -> list[str]:
    """What is done after publishing, apart from it: the address, and the first comment."""
    if row.way == Way.HAND:
        return []
    left = [] if row.permalink else ["permalink"]
    return [*left, "comment"] if content.first_comment else left


def _rests_on(session: Session, row: Publication, content: Content, now: datetime) -> None:
    """Which consents it rests on, until when it may stay, and how long its pictures are needed."""
    live_from = row.publish_started_at or now
    if row.consents:
        reference, channel = reference_of(row.draft_id), Channel(row.channel)
        use = NewUse(reference, channel, tuple(row.consents), live_from, "", row.permalink)
        note_use(session, SYSTEM, use, now=now)
    today = clock.local(live_from).date()
    ends = row.holds_until and clock.local(row.holds_until).date()
    row.remove_by = remove_by(today, shows=Shows(row.shows), holds_until=ends)
    keeping.keep_until(session, SYSTEM, content.item_ids, keep_originals_until(today), now=now)
    going_out.mark_out(session, row.draft_id, now=now)
