"""Looking through profiles: posts that nobody registered, and posts of ours that are gone (R68, H5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.service.uses import note_address
from branding.consent.values.records import Channel
from branding.core import log, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.drafts.service.access import ref_of
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Connection, FoundPost, Publication
from branding.publishing.queries.found import (
    UNCLEAR,
    could_be,
    found_row,
    known,
    ours_out,
    scanned_profiles,
)
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.answers import classify
from branding.publishing.rules.finding import ASKED_AGAIN, look_since, looked_until, state_of, strangers
from branding.publishing.service import hand, takedowns
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.connections import mark_broken
from branding.publishing.service.failing import code_of
from branding.publishing.service.judging import reference_of
from branding.publishing.service.outlets import Outlets
from branding.publishing.service.settling import note_published
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Answer, CallFailed, CallRecord, Can, Placed, RemotePost
from branding.publishing.values.down import FoundState, Proof
from branding.publishing.values.states import State, Way

TRIAGE = "publishing:account:triage"
#: So many of ours that are not in the list are asked about one by one, each time.
_ASKED = 25
_ONCE_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look through a profile brought."""

    posts: Sequence[RemotePost]
    #: Our posts that the channel says are there, and those that it says are not.
    there: frozenset[str]
    missing: frozenset[str]


def scan(outlets: Outlets) -> int:
    """Every profile that can be listed; returns how many were looked through."""
    with outlets.database.reader() as session:
        profiles = scanned_profiles(session)
    count = 0
    for profile_id, way, scanned_at in profiles:
        try:
            count += _scan(outlets, profile_id, way, scanned_at)
        except CallFailed as error:
            if classify(error.failure) is Answer.RECONNECT:
                with outlets.database.transaction() as session:
                    mark_broken(session, profile_id, code_of(error.failure), now=outlets.now())
            else:
                log.event("publishing.scan_failed", profile=profile_id, kind=error.failure.kind)
        except Exception as error:  # noqa: BLE001 - one profile does not keep the others from being looked at
            log.failure("publishing.scan_failed", error, profile=profile_id)
    return count


def _scan(outlets: Outlets, profile_id: int, way: Way, scanned_at: datetime | None) -> bool:
    calls: list[CallRecord] = []
    with outlets.database.reader() as session:
        client = outlets.client(session, profile_id, way, calls.append)
        ours = ours_out(session, profile_id)
    if Can.LIST not in client.can:
        return False
    now = outlets.now()
    since = look_since(scanned_at, now)
    posts = client.posts_since(since)
    seen = _asked(client, ours, posts, since, now)
    with outlets.database.transaction() as session:
        _note(session, profile_id, seen, now)
    for publication_id in sorted(seen.missing):
        with outlets.database.transaction() as session:
            record_calls(session, publication_id, calls)
            calls.clear()
            _note_missing(session, publication_id, now)
    return True


def _asked(
    client: ChannelClient,
    ours: Sequence[Publication],
    posts: Sequence[RemotePost],
    since: datetime,
    now: datetime,
) -> _Seen:
    """Ours that should be in the list and are not, and older ones once a day, are asked about."""
    listed = {post.external_id for post in posts}
    there = {row.id for row in ours if row.external_id in listed}
    missing = set[str]()
    unsure = [row for row in ours if row.id not in there and _is_due(row, since, now)]
    for row in unsure[:_ASKED]:
        (there if client.is_live(row.external_id) else missing).add(row.id)
    return _Seen(posts, frozenset(there), frozenset(missing))


def _is_due(row: Publication, since: datetime, now: datetime) -> bool:
    out_at = row.published_at or row.due_at
    is_recent = since <= out_at < now - ASKED_AGAIN
    return is_recent or row.missing_at is not None or row.seen_at is None or row.seen_at < now - _ONCE_A_DAY


def _note(session: Session, profile_id: int, seen: _Seen, now: datetime) -> None:
    """Strangers are written down; the first time they are the baseline."""
    connection = session.get(Connection, profile_id)
    if connection is None:
        return
    ids, addresses, unclear_since = known(session, profile_id)
    for post in strangers(seen.posts, ids=ids, addresses=addresses, unclear_since=unclear_since):
        _add(session, profile_id, post, state_of(post.posted_at, connection.baseline_at), now)
    connection.baseline_at = connection.baseline_at or now
    connection.scanned_at = looked_until(now, unclear_since)
    session.add(connection)
    for publication_id in sorted(seen.there):
        row = publication_row(session, publication_id)
        row.seen_at, row.missing_at = now, None
        session.add(row)
    session.flush()


def _add(session: Session, profile_id: int, post: RemotePost, state: FoundState, now: datetime) -> None:
    row = FoundPost(
        profile_id=profile_id,
        external_id=post.external_id[:120],
        permalink=post.permalink[:300],
        kind=post.kind[:10],
        posted_at=post.posted_at,
        found_at=now,
        state=state,
    )
    session.add(row)
    session.flush()
    if state is FoundState.NEW:
        record(session, SYSTEM, "publishing:found:new", "found_post", row.id, now=now)
        reference, key = f"found:{row.id}", f"{profile_id}:{row.external_id}"[:100]
        raise_alert(session, Event.UNREGISTERED, key, profile_id=profile_id, reference=reference, now=now)


def _note_missing(session: Session, publication_id: str, now: datetime) -> None:
    """Believed when the channel has said so twice, with half an hour between."""
    row = publication_row(session, publication_id)
    if row.state != State.PUBLISHED:
        return
    if row.missing_at is None:
        row.missing_at = now
        session.add(row)
    elif now - row.missing_at >= ASKED_AGAIN:
        takedowns.note_gone(session, row, Proof.GONE, code="gone", now=now)


# What people decide about a found post


def say_fine(session: Session, actor: Actor, found_id: int, *, now: datetime) -> None:
    """Nobody can be recognised, or the consents are kept elsewhere."""
    _decide(session, actor, found_id, FoundState.FINE, now=now)


def say_down(session: Session, actor: Actor, found_id: int, *, now: datetime) -> None:
    """It must come down: somebody does it by hand, and says so."""
    _decide(session, actor, found_id, FoundState.DOWN, now=now)


def say_gone(session: Session, actor: Actor, found_id: int, *, now: datetime) -> None:
    _decide(session, actor, found_id, FoundState.GONE, now=now)


def reopen(session: Session, actor: Actor, found_id: int, *, now: datetime) -> None:
    """A slip: it stands in the list again."""
    row = found_row(session, found_id)
    policy.check(actor, TRIAGE, thing="found_post", key=found_id)
    if row.state not in (FoundState.FINE, FoundState.DOWN, FoundState.GONE):
        raise RuleBroken("not_decided", say("This cannot be taken back any more."))
    connection = session.get(Connection, row.profile_id)
    row.state = state_of(row.posted_at, connection.baseline_at if connection else None)
    row.decided_by, row.decided_at = "", None
    _changed(session, actor, row, now)


def bind(session: Session, actor: Actor, found_id: int, publication_id: str, *, now: datetime) -> None:
    """It is one of ours, of which nobody knew where it is."""
    row = found_row(session, found_id)
    policy.check(actor, TRIAGE, thing="found_post", key=found_id)
    ours = next((one for one in could_be(session, row) if one.id == publication_id), None)
    if ours is None:
        raise Missing("publication", publication_id)
    placed = Placed(row.external_id, row.permalink)
    if ours.state in (State.UNKNOWN, State.PUBLISHED_NO_ID, State.NEEDS_REVIEW, State.HANDED):
        if ours.state == State.HANDED:
            hand.take_back_packages(session, ours, now=now)
        note_published(session, ours, placed, actor=actor, now=now)
    elif ours.state in UNCLEAR:
        raise RuleBroken("on_its_way", say("The post is on its way. Try again in a few minutes."))
    ours.external_id, ours.permalink = row.external_id, ours.permalink or row.permalink
    note_address(session, reference_of(ours.draft_id), Channel(ours.channel), ours.permalink)
    session.add(ours)
    row.publication_id = ours.id
    _decide(session, actor, found_id, FoundState.BOUND, now=now)


def _decide(session: Session, actor: Actor, found_id: int, state: FoundState, *, now: datetime) -> None:
    row = found_row(session, found_id)
    policy.check(actor, TRIAGE, thing="found_post", key=found_id)
    if row.state not in (FoundState.OLD, FoundState.NEW, FoundState.DOWN):
        raise RuleBroken("done", say("Somebody has dealt with this already."))
    row.state, row.decided_by, row.decided_at = state, ref_of(actor), now
    _changed(session, actor, row, now)
    if state is not FoundState.DOWN:
        end_alerts(session, Event.UNREGISTERED, reference=f"found:{row.id}", now=now)


def _changed(session: Session, actor: Actor, row: FoundPost, now: datetime) -> None:
    session.add(row)
    session.flush()
    changes = {"state": (None, str(row.state))}
    record(session, actor, "publishing:found:decided", "found_post", row.id, changes=changes, now=now)
