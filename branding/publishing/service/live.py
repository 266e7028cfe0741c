"""What is out is looked at each minute: what must come down, or be looked at again, becomes a duty.

The twin of sweeping.py for live posts.  Reading comes first and without the write lock; only what
must change is asked about again and written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from branding.consent.values.gate import Stage
from branding.core import log
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.publishing.models import Publication, Takedown
from branding.publishing.queries.down import (
    about_copy,
    about_post,
    kept_grounds,
    late_ids,
    open_of,
    standing_of,
    takedown_row,
)
from branding.publishing.queries.live import SEEN, ended_with_duty, judged_live, watched
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.duties import (
    STORY_LASTS,
    Kind,
    Step,
    day_is_near,
    sorted_needs,
    step,
)
from branding.publishing.service import takedowns
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.judging import ask
from branding.publishing.values.alerts import Event
from branding.publishing.values.down import Live, Need, Proof
from branding.publishing.values.states import Shows

Duties = Mapping[str, list[Takedown]]
Steps = list[tuple[Takedown | None, Step, list[Need]]]


def sweep_live(database: Database, *, now: datetime) -> int:
    """Begin, change and end duties; returns how many posts had one begun, changed or ended."""
    with database.reader() as session:
        rows, duties = watched(session), open_of(session)
        over = [row.id for row in rows if _is_over(row, now)]
        gone, late = ended_with_duty(session), late_ids(session, now)
        kept = kept_grounds(session, [row.id for row in rows])
        shown = [row for row in rows if row.id not in set(over)]
        found = [
            row.id
            for row, live in _judged(session, shown, duties, now)
            if _steps(row, live, duties.get(row.id, []), kept.get(row.id, ()), now)
        ]
    _each(database, over, _end_story, now)
    _each(database, found, settle, now)
    _each(database, gone, _end_duty, now)
    _each(database, late, _say_late, now)
    return len(over) + len(found) + len(gone)


def _each(
    database: Database, ids: Sequence[str], act: Callable[[Session, str, datetime], None], now: datetime
) -> None:
    """Each in its own transaction: one that cannot be understood keeps no other waiting."""
    for key in ids:
        try:
            with database.transaction() as session:
                act(session, key, now)
        except Exception as error:  # noqa: BLE001 - the others must not stay because of this one
            log.failure("publishing.sweep_live_failed", error, key=key)


def tell_of_colleagues(database: Database, *, now: datetime) -> int:
    """Once for each: a colleague who has left stands in a live post; it may stay (E2)."""
    with database.reader() as session:
        rows = [row for row in watched(session) if row.shows != Shows.NOBODY]
        found = [
            (row.id, subject_id)
            for row, live in _judged(session, rows, open_of(session), now)
            for subject_id in live.colleagues_left
        ]
    count = 0
    for publication_id, subject_id in found:
        with database.transaction() as session:
            row = publication_row(session, publication_id)
            key = f"{publication_id}:{subject_id}"
            if row.state in SEEN:
                count += raise_alert(
                    session, Event.COLLEAGUE_LEFT, key, about=row, code="employee_left", now=now
                )
    return count


def _judged(
    session: Session, rows: Sequence[Publication], duties: Duties, now: datetime
) -> Iterator[tuple[Publication, Live]]:
    since = {row.id: takedowns.since_of(duties.get(row.id, [])) for row in rows}
    return judged_live(session, rows, since, now)


def _steps(
    row: Publication, live: Live, duties: Sequence[Takedown], kept: Collection[str], now: datetime
) -> Steps:
    """What changes: one duty about the post, and one about what is beside it."""
    day = day_is_near(row.remove_by, now)
    needs = sorted_needs([*live.needs, *([day] if day else [])])
    found: Steps = []
    for duty, wanted in ((about_post(duties), needs), (about_copy(duties), list(live.beside))):
        change = step(standing_of(duty), wanted, kept)
        if change is not None:
            found.append((duty, change, wanted))
    return found


def settle(session: Session, publication_id: str, now: datetime) -> None:
    """Asked again under the lock, and kept: meanwhile it may be down, or be right again."""
    row = publication_row(session, publication_id)
    if row.state not in SEEN:
        return
    duties = open_of(session, [publication_id])
    kept = kept_grounds(session, [publication_id]).get(publication_id, set())
    for _, live in _judged(session, [row], duties, now):
        for duty, change, needs in _steps(row, live, duties.get(publication_id, []), kept, now):
            _do(session, row, duty, change, [one.ground for one in needs], now)


def _do(
    session: Session,
    row: Publication,
    duty: Takedown | None,
    change: Step,
    grounds: list[str],
    now: datetime,
) -> None:
    if duty is not None and change.kind is Kind.END:
        takedowns.end(session, duty, Proof.KEPT, now=now)
        return
    assert change.need is not None
    if duty is not None and change.kind is Kind.NOTE:
        takedowns.note_grounds(duty, grounds, now)
        return
    decision_id = _decision(session, row, now)
    if duty is None:
        takedowns.begin(session, row, change.need, grounds=grounds, decision_id=decision_id, now=now)
    else:
        takedowns.strengthen(
            session, row, duty, change.need, grounds=grounds, decision_id=decision_id, now=now
        )


def _decision(session: Session, row: Publication, now: datetime) -> str:
    """The gate's answer is kept as well: a duty rests on it (R8)."""
    return ask(session, SYSTEM, row, Stage.PUBLISH, now=now).decision_id


def _is_over(row: Publication, now: datetime) -> bool:
    return row.kind == "story" and row.published_at is not None and now >= row.published_at + STORY_LASTS


def _end_story(session: Session, publication_id: str, now: datetime) -> None:
    row = publication_row(session, publication_id)
    if row.state in SEEN and row.published_at is not None:
        ended_at = row.published_at + STORY_LASTS
        takedowns.note_gone(session, row, Proof.OVER, code="story_over", gone_at=ended_at, now=now)


def _say_late(session: Session, takedown_id: str, now: datetime) -> None:
    takedowns.say_late(session, takedown_id, now=now)


def _end_duty(session: Session, takedown_id: str, now: datetime) -> None:
    """The post turned out not to be there."""
    duty = takedown_row(session, takedown_id)
    if duty.done_at is None:
        takedowns.end(session, duty, Proof.GONE, now=now)
