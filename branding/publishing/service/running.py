"""The engine: one publication from its claim to the answer of the one call.

What is done is saved before the next call is made, so that a worker that dies at any place leaves a
row that says where it was.  No transaction is open while a channel is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.core import log
from branding.core.actor import SYSTEM
from branding.drafts.queries.going_out import held as held_draft
from branding.drafts.service import going_out
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row, taken_ids
from branding.publishing.rules.reconciling import conclude
from branding.publishing.rules.times import LEASE
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.claiming import (
    NotClaimed,
    claim_next,
    is_any_due,
    is_any_lost,
    lawful,
    lost_to_unknown,
    put_off,
)
from branding.publishing.service.failing import note_failure
from branding.publishing.service.leases import Held, mine
from branding.publishing.service.moving import move, release
from branding.publishing.service.outlets import Outlets, is_paused
from branding.publishing.service.packing import post_of
from branding.publishing.service.settling import note_published, note_unclear
from branding.publishing.values.calls import (
    READY_AT,
    CallFailed,
    CallRecord,
    Failure,
    Made,
    Placed,
    Progress,
    Sent,
    Step,
)
from branding.publishing.values.posts import Post
from branding.publishing.values.states import State

#: What a channel works on is never asked for more often.
_LEAST_WAIT = timedelta(seconds=1)


@dataclass
class Work:
    """One claimed publication in the hands of this worker."""

    outlets: Outlets
    held: Held
    post: Post
    client: ChannelClient
    #: As it was when the claim began.
    row: Publication
    #: Calls that have been made and are not saved yet.
    calls: list[CallRecord] = field(default_factory=list)
    #: When the marker was saved.
    begun_at: datetime | None = None

    def save(self, change: Callable[[Session, Publication], None]) -> bool:
        """Write what was done, with the calls; False when this worker does not hold it any more."""
        now = self.outlets.now()
        with self.outlets.database.transaction() as session:
            record_calls(session, self.held.publication_id, self.calls)
            self.calls.clear()
            row = mine(session, self.held, now=now)
            if row is None:
                return False
            _kept = held_draft(session, row.draft_id)
            with session.no_autoflush:
                change(session, row)
            session.add(row)
        return True


def publish_due(outlets: Outlets) -> int:
    """Everything that is due, one after another until nothing is; returns how many were taken up."""
    with outlets.database.reader() as session:
        is_lost = is_any_lost(session, now=outlets.now())
        if not is_lost and not is_any_due(session, now=outlets.now()):
            return 0
    if is_lost:
        with outlets.database.transaction() as session:
            lost_to_unknown(session, now=outlets.now())
    count = 0
    while True:
        try:
            with outlets.database.transaction() as session:
                claimed = claim_next(session, now=outlets.now())
        except NotClaimed as error:
            log.failure("publishing.not_claimed", error.__cause__ or error, publication=error.publication_id)
            with outlets.database.transaction() as session:
                put_off(session, error.publication_id, now=outlets.now())
            continue
        if claimed is None:
            return count
        count += 1
        if claimed.held is not None:
            _work(outlets, claimed.held)


def _work(outlets: Outlets, held: Held) -> None:
    work: Work | None = None
    try:
        work = _begin(outlets, held)
        made = _prepare(work)
        if made is not None and _begin_call(work, made):
            _call(work, made)
    except CallFailed as error:
        assert work is not None
        failure, now = error.failure, outlets.now()
        work.save(lambda session, row: note_failure(session, row, failure, now=now))
    except Exception as error:  # noqa: BLE001 - whatever happens to one post, the next one goes out
        log.failure("publishing.work_failed", error, publication=held.publication_id)
        _give_up(outlets, held)


def _begin(outlets: Outlets, held: Held) -> Work:
    calls: list[CallRecord] = []
    with outlets.database.reader() as session:
        row = publication_row(session, held.publication_id)
        post = post_of(session, outlets, row)
        client = outlets.client(session, row.profile_id, held.way, calls.append)
    return Work(outlets, held, post, client, row, calls)


def _prepare(work: Work) -> Made | None:
    """Hand over the pictures, one change at a time; None when it must wait, or is not ours any more."""
    made: Made = work.row.made
    while True:
        progress = work.client.advance(work.post, made)
        is_news, made = progress.made != made, progress.made
        is_early = progress.is_ready and work.outlets.now() < work.post.due_at
        state = State.READY if progress.is_ready else State.PREPARING
        if progress.wait is not None:
            state = State.PROCESSING
        is_over = is_early or progress.wait is not None
        if progress.is_ready and not is_over and not is_news:
            return made  # what there is to write is written with the marker
        if not work.save(_saved(work, progress, state, is_over)) or is_over:
            return None
        if progress.is_ready:
            return made


def _saved(
    work: Work, progress: Progress, state: State, is_over: bool
) -> Callable[[Session, Publication], None]:
    def change(session: Session, row: Publication) -> None:
        now = work.outlets.now()
        row.made, row.lease_until = dict(progress.made), now + max(LEASE, progress.lasts)
        if row.state != state:
            move(session, SYSTEM, row, state, now=now)
        if is_over:
            wait = max(progress.wait or _LEAST_WAIT, _LEAST_WAIT)
            row.next_attempt_at = row.due_at if progress.is_ready else now + wait
            release(row)

    return change


def _begin_call(work: Work, made: Made) -> bool:
    """The gate once more, and the marker: both are saved before the call, in the same transaction.

    Somebody may have stopped it while the pictures were handed over; then nothing more is done.
    """
    before = list(work.client.newest(work.post))
    if _is_out_already(work, made):
        return False
    is_begun = False

    def change(session: Session, row: Publication) -> None:
        nonlocal is_begun
        now = work.outlets.now()
        if is_paused(session, row.profile_id):
            row.next_attempt_at = now + _LEAST_WAIT
            release(row)
            return
        if lawful(session, row, now=now) is None:
            return
        row.before = [*row.before, *(one for one in before if one not in row.before)]
        row.made = {name: value for name, value in row.made.items() if name != READY_AT}
        row.calls += 1
        row.publish_started_at = now
        move(session, SYSTEM, row, State.READY, now=now)
        move(session, SYSTEM, row, State.PUBLISHING, now=now)
        going_out.mark_out(session, row.draft_id, now=now)
        work.begun_at, is_begun = now, True

    return work.save(change) and is_begun


def _is_out_already(work: Work, made: Made) -> bool:
    """Before the call is made a second time: the first one may have come through late after all.

    Whatever speaks for that stops it; what was found is looked into like any unclear answer.
    """
    started_at, before = work.row.publish_started_at, work.row.before
    if work.row.calls == 0 or started_at is None:
        return False
    with work.outlets.database.reader() as session:
        taken = taken_ids(session, work.row.profile_id, work.row.id)
    look = work.client.look(work.post, made, started_at)
    # As of the call itself, as silence proves nothing here however long it lasts.
    verdict = conclude(
        look, caption=work.post.caption, before=before, taken=taken, started_at=started_at, now=started_at
    )
    if verdict.state in (None, State.NOT_PUBLISHED):
        return False

    def change(session: Session, row: Publication) -> None:
        now = work.outlets.now()
        move(session, SYSTEM, row, State.READY, now=now)
        move(session, SYSTEM, row, State.PUBLISHING, now=now)
        if verdict.post is None:
            note_unclear(session, row, code="unclear", now=now)
        else:
            placed = Placed(verdict.post.external_id, verdict.post.permalink)
            note_published(session, row, placed, now=now)

    work.save(change)
    return True


def _call(work: Work, made: Made) -> None:
    """The one call that cannot be taken back.  Whatever is unclear about it is never repeated.

    Who slept since the marker calls nobody: it may have been found not to be out, and sent, meanwhile.
    """
    if work.begun_at is None or work.outlets.now() >= work.begun_at + LEASE:
        return
    try:
        placed = work.client.publish(work.post, made)
    except CallFailed as error:
        failure = error.failure
    except Exception as error:  # noqa: BLE001 - we do not know how far it came
        log.failure("publishing.call_unclear", error, publication=work.held.publication_id)
        failure = Failure(Step.PUBLISH, Sent.MAYBE, "crash")
    else:
        _save_placed(work, placed)
        return
    if failure.adopt:
        _save_placed(work, Placed(failure.adopt))
        return
    now = work.outlets.now()
    work.save(lambda session, row: note_failure(session, row, failure, now=now))


def _save_placed(work: Work, placed: Placed) -> None:
    """An answer that comes after the lease ran out is worth as much: there was but one call."""
    now = work.outlets.now()
    if work.save(lambda session, row: note_published(session, row, placed, now=now)):
        return
    with work.outlets.database.transaction() as session:
        row = publication_row(session, work.held.publication_id)
        if row.state in (State.UNKNOWN, State.PUBLISHED_NO_ID):
            note_published(session, row, placed, now=now)


def _give_up(outlets: Outlets, held: Held) -> None:
    """An error of ours: before the marker it is tried again, after it nobody knows."""
    now = outlets.now()
    with outlets.database.transaction() as session:
        row = mine(session, held, now=now)
        if row is None:
            return
        if row.state == State.PUBLISHING:
            note_unclear(session, row, code="crash", now=now)
        elif row.state in (State.CLAIMED, State.PREPARING, State.PROCESSING, State.READY):
            note_failure(session, row, Failure(Step.PREPARE, Sent.NO, "crash"), now=now)
