"""Reads of the archive, its links and what is made by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, or_, select

from branding.accounts import queries as accounts
from branding.core.errors import Missing
from branding.reports.models import ReportFile, ReportLink, ReportSchedule
from branding.reports.values.orders import Form, Kind, Order
from branding.reports.values.schedules import FileView, Rhythm, Scheduled, ScheduleView, Span, Stage

#: So many lines on a page of the archive.
PAGE = 30


def files(
    session: Session, units: Collection[int] | None, user_id: int | None, number: int = 1
) -> tuple[list[FileView], bool]:
    """A page of the archive, the newest first, and whether there is more.

    ``units``: None is all.  Otherwise one's own orders and reports about just these units.
    """
    query = select(ReportFile).options(defer(ReportFile.content))  # type: ignore[arg-type]
    if units is not None:
        mine = or_(col(ReportFile.unit_id).in_(units), ReportFile.ordered_by == user_id)
        query = query.where(mine)
    query = query.order_by(col(ReportFile.id).desc()).offset((number - 1) * PAGE).limit(PAGE + 1)
    rows = session.exec(query).all()
    names = names_of(session, rows)
    return [view_of(row, names.get(row.ordered_by, "")) for row in rows[:PAGE]], len(rows) > PAGE


def newest_made(session: Session) -> FileView | None:
    """The latest report that can be read, without who ordered it; one query."""
    query = select(ReportFile).options(defer(ReportFile.content)).where(ReportFile.stage == Stage.DONE)  # type: ignore[arg-type]
    row = session.exec(query.order_by(col(ReportFile.id).desc()).limit(1)).first()
    return view_of(row) if row else None


def names_of(session: Session, rows: Iterable[ReportFile]) -> dict[int, str]:
    """Who ordered these."""
    return accounts.people_names(session, {row.ordered_by for row in rows})


def view_of(row: ReportFile, name: str = "") -> FileView:
    return FileView(
        row.id or 0,
        order_of(row),
        Form(row.form),
        Stage(row.stage),
        row.ordered_at,
        row.made_at,
        row.size,
        name,
        row.schedule_id,
    )


def order_of(row: ReportFile) -> Order:
    return Order(Kind(row.kind), row.first_on, row.last_on, row.unit_id, row.channel_id, row.for_leaders)


def file_by_id(session: Session, file_id: int) -> ReportFile:
    row = session.get(ReportFile, file_id)
    if row is None:
        raise Missing("report_file", file_id)
    return row


def claimed_file(session: Session, file_id: int) -> ReportFile:
    """As it is in this instant, held until the transaction ends: another worker may want it too."""
    query = select(ReportFile).options(defer(ReportFile.content))  # type: ignore[arg-type]
    row = session.exec(query.where(ReportFile.id == file_id).with_for_update()).first()
    if row is None:
        raise Missing("report_file", file_id)
    return row


def find_waiting(session: Session, now: datetime, *, lock: bool = False) -> ReportFile | None:
    """The oldest report that is to be made, or that a worker has left half made."""
    left = (col(ReportFile.stage) == Stage.MAKING) & (col(ReportFile.lease_until) < now)
    query = select(ReportFile).where(or_(col(ReportFile.stage) == Stage.WAITING, left))
    query = query.options(defer(ReportFile.content)).order_by(col(ReportFile.id)).limit(1)  # type: ignore[arg-type]
    return session.exec(query.with_for_update(skip_locked=True) if lock else query).first()


def old_files(session: Session, before: datetime) -> Sequence[ReportFile]:
    query = select(ReportFile).options(defer(ReportFile.content))  # type: ignore[arg-type]
    return session.exec(query.where(col(ReportFile.ordered_at) < before).order_by(col(ReportFile.id))).all()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(session: Session, token: str) -> ReportLink | None:
    """The link whatever its age; the service says whether it opens."""
    return session.exec(select(ReportLink).where(ReportLink.token_hash == token_hash(token))).first()


def links_of(session: Session, file_id: int) -> Sequence[ReportLink]:
    query = select(ReportLink).where(ReportLink.file_id == file_id)
    return session.exec(query.order_by(col(ReportLink.id))).all()


def schedules(session: Session) -> list[ScheduleView]:
    rows = session.exec(select(ReportSchedule).order_by(col(ReportSchedule.id))).all()
    names = accounts.people_names(session, {row.made_by for row in rows})
    return [schedule_view(row, names.get(row.made_by, "")) for row in rows]


def last_files(session: Session) -> dict[int, FileView]:
    """The newest file of each schedule."""
    newest = (select(func.max(ReportFile.id)).where(col(ReportFile.schedule_id).is_not(None))).group_by(
        col(ReportFile.schedule_id)
    )
    query = select(ReportFile).options(defer(ReportFile.content))  # type: ignore[arg-type]
    rows = session.exec(query.where(col(ReportFile.id).in_(newest))).all()
    return {row.schedule_id: view_of(row) for row in rows if row.schedule_id is not None}


def schedule_view(row: ReportSchedule, name: str = "") -> ScheduleView:
    asked = Scheduled(
        Kind(row.kind),
        Form(row.form),
        Rhythm(row.rhythm),
        Span(row.span),
        row.unit_id,
        row.for_leaders,
        tuple(row.mails),
        row.as_link,
        row.version,
    )
    return ScheduleView(row.id or 0, asked, row.is_on, row.on_since, row.last_run_on, name)


def schedule_by_id(session: Session, schedule_id: int) -> ReportSchedule:
    row = session.get(ReportSchedule, schedule_id)
    if row is None:
        raise Missing("report_schedule", schedule_id)
    return row


def schedules_on(session: Session, *, lock: bool = False) -> Sequence[ReportSchedule]:
    query = select(ReportSchedule).where(col(ReportSchedule.is_on)).order_by(col(ReportSchedule.id))
    return session.exec(query.with_for_update() if lock else query).all()
