"""Numbers of posts and profiles: read at set times, or written down by people; unknown is never 0."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from branding.audit.service import record
from branding.consent.values.records import Format
from branding.core import clock, log, policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.service.access import ref_of
from branding.drafts.values.kinds import GUIDES, PostKind
from branding.publishing.models import FollowerCount, Measurement, Publication
from branding.publishing.queries.found import scanned_profiles
from branding.publishing.queries.numbers import due_rows
from branding.publishing.queries.publications import publication_row
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.calls import CallFailed, CallRecord, Can, Metric
from branding.publishing.values.states import State, Way

EDIT = "publishing:number:edit"
VIEW = "publishing:number:view"
_MOST = 1_000_000_000


def measure(outlets: Outlets) -> int:
    """Every post whose next point has passed; returns how many were read."""
    with outlets.database.reader() as session:
        rows = due_rows(session, outlets.now())
    count = 0
    for row in rows:
        try:
            count += _measure(outlets, row)
        except CallFailed as error:
            log.event("publishing.measure_failed", publication=row.id, kind=error.failure.kind)
        except Exception as error:  # noqa: BLE001 - one post does not keep the others from being read
            log.failure("publishing.measure_failed", error, publication=row.id)
    return count


def count_followers(outlets: Outlets) -> int:
    """Once a day, for every profile whose channel says it."""
    with outlets.database.reader() as session:
        profiles = scanned_profiles(session)
    count = 0
    for profile_id, way, _ in profiles:
        try:
            count += _count(outlets, profile_id, way)
        except CallFailed as error:
            log.event("publishing.followers_failed", profile=profile_id, kind=error.failure.kind)
        except Exception as error:  # noqa: BLE001
            log.failure("publishing.followers_failed", error, profile=profile_id)
    return count


def write_down(
    session: Session, actor: Actor, publication_id: str, values: Mapping[Metric, int | None], *, now: datetime
) -> None:
    """Somebody has read the numbers in the app; what is left empty stays unknown."""
    row = publication_row(session, publication_id)
    policy.check(actor, EDIT, row.unit_id, thing="publication", key=publication_id)
    if row.published_at is None:
        raise RuleBroken("not_out", say("This post is not out."))
    told = {metric: value for metric, value in values.items() if value is not None}
    if not told:
        raise RuleBroken("empty", say("Write at least one number."))
    if any(not 0 <= value <= _MOST for value in told.values()):
        raise RuleBroken("bad_number", say("A number is 0 or more."))
    keep(session, publication_id, told, made_by=ref_of(actor), now=now)
    record(session, actor, "publishing:number:written", "publication", publication_id, now=now)


def keep(
    session: Session,
    publication_id: str,
    values: Mapping[Metric, int | None],
    *,
    made_by: str = "",
    now: datetime,
) -> None:
    """A later count of the same day takes the place of the earlier, unless the channel says nothing now."""
    day = clock.local(now).date()
    query = select(Measurement).where(
        Measurement.publication_id == publication_id, Measurement.measured_on == day
    )
    known = {row.metric: row for row in session.exec(query)}
    for metric, value in values.items():
        row = known.get(metric) or Measurement(
            publication_id=publication_id, metric=metric, measured_on=day, measured_at=now
        )
        row.measured_at = now
        if value is not None:
            row.value, row.made_by = value, made_by
        session.add(row)
    session.flush()


def _measure(outlets: Outlets, row: Publication) -> bool:
    calls: list[CallRecord] = []
    with outlets.database.reader() as session:
        client = outlets.client(session, row.profile_id, Way(row.way), calls.append)
    if Can.MEASURE not in client.can:
        return False
    form: Format = GUIDES[PostKind(row.kind)].format
    try:
        values = client.measure(row.external_id, form).values
    finally:
        with outlets.database.transaction() as session:
            record_calls(session, row.id, calls)
    with outlets.database.transaction() as session:
        if publication_row(session, row.id).state in (State.PUBLISHED, State.REMOVED):
            # A row for each metric, also for what was not said: this point has been read.
            keep(session, row.id, values or dict.fromkeys(Metric), now=outlets.now())
    return True


def _count(outlets: Outlets, profile_id: int, way: Way) -> bool:
    with outlets.database.reader() as session:
        client = outlets.client(session, profile_id, way, lambda call: None)
    if Can.FOLLOWERS not in client.can:
        return False
    value, now = client.followers(), outlets.now()
    day = clock.local(now).date()
    with outlets.database.transaction() as session:
        row = session.get(FollowerCount, (profile_id, day))
        row = row or FollowerCount(profile_id=profile_id, counted_on=day)
        row.value = value if value is not None else row.value
        session.add(row)
    return True
