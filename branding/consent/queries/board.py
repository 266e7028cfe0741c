"""Where everybody stands, counted and filtered in the database.

A property test keeps the two alike; what a consent covers, only the gate knows.  It is asked for now:
nothing in the tables is from later, so whatever is written down has happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlmodel import Session, col

from branding.consent.models import (
    Consent,
    ConsentRequest,
    ConsentUse,
    Shoot,
    Subject,
)
from branding.consent.queries.standing import RANK, counted, rank, unchecked_people
from branding.consent.rules.standing import BEST_FIRST
from branding.consent.values.board import ROWS_A_PAGE, TAB_STATES, BoardFilter, OpenRequest, Tab, ToDo
from branding.consent.values.people import Kind
from branding.consent.values.records import Outcome, Target
from branding.consent.values.standing import State
from branding.core import clock


@dataclass(frozen=True, slots=True)
class Found:
    """The people of one page, and how many each tab has."""

    subject_ids: tuple[str, ...]
    counts: Mapping[Tab, int]
    found: int


def board_page(session: Session, wanted: BoardFilter, reflection: timedelta, now: datetime) -> Found:
    """One query: the counts of the tabs, and one page of people in Danish order."""
    people = _people(wanted, reflection, now)
    total = (
        select(
            *(_sum(_in_tab(people, tab)).label(tab) for tab in Tab),
            _sum(_chosen(people, wanted)).label("found"),
        )
        .select_from(people)
        .cte("total")
    )
    page = _page(people, wanted)
    query = select(total, page.c.id).select_from(total).join(page, literal(1) == 1, isouter=True)
    rows = session.execute(query.order_by(page.c.sort_key, page.c.id)).all()
    *counts, found, _ = rows[0]
    ids = tuple(row[-1] for row in rows if row[-1] is not None)
    return Found(ids, dict(zip(Tab, counts, strict=True)), int(found))


def _page(people: CTE, wanted: BoardFilter) -> CTE:
    """Fifty people; where everybody is shown, nobody's word is needed to find them."""
    query = select(col(Subject.id), col(Subject.sort_key))
    if wanted.tab is Tab.ALL and wanted.state is None:
        query = query.where(*_filters(wanted))
    else:
        query = query.join(people, people.c.id == Subject.id).where(_chosen(people, wanted))
    return (
        query.order_by(col(Subject.sort_key), col(Subject.id))
        .limit(ROWS_A_PAGE)
        .offset((wanted.page - 1) * ROWS_A_PAGE)
        .cte("page")
    )


def _sum(here: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((here, 1), else_=0)), 0)


def people_states(session: Session, reflection: timedelta, now: datetime) -> dict[str, tuple[State, bool]]:
    """Each person's word, and whether a signature waits for a check, as the database tells it."""
    people = everybody(reflection, now)
    rows = session.execute(select(people.c.id, people.c.rank, people.c.to_verify))
    return {subject_id: (BEST_FIRST[rank], bool(waits)) for subject_id, rank, waits in rows}


def everybody(reflection: timedelta, now: datetime) -> CTE:
    """Each person's id, the rank of their word in ``BEST_FIRST``, and whether a signature waits."""
    return _people(BoardFilter(), reflection, now)


def to_do(
    session: Session,
    unit_ids: frozenset[int] | None,
    reflection: timedelta,
    now: datetime,
    reader: tuple[str, int | None] | None = None,
) -> ToDo:
    """What the front page counts: one query.  What ``reader`` asked or wrote down is for others to check."""
    people = _people(BoardFilter(unit_ids), reflection, now)
    citizens = select(col(Subject.id)).where(col(Subject.kind) == Kind.CITIZEN)
    query = select(
        _sum(people.c.id.in_(unchecked_people(now, reader))),
        _sum(_in_tab(people, Tab.EXPIRING)),
        _sum(and_(_in_tab(people, Tab.MISSING), people.c.id.in_(citizens))),
    ).select_from(people)
    return ToDo(*session.execute(query).one())


def _in_tab(people: CTE, tab: Tab) -> ColumnElement[bool]:
    if tab is Tab.ALL:
        return literal(1) == 1
    if tab is Tab.TO_VERIFY:
        return people.c.to_verify
    return people.c.rank.in_([RANK[state] for state in TAB_STATES[tab]])


def _chosen(people: CTE, wanted: BoardFilter) -> ColumnElement[bool]:
    here = _in_tab(people, wanted.tab)
    return here if wanted.state is None else and_(here, people.c.rank == RANK[wanted.state])


def _people(wanted: BoardFilter, reflection: timedelta, now: datetime) -> CTE:
    """Everybody whom the filter lets through, with their rank and whether a signature waits for a check."""
    query = (
        select(
            col(Subject.id),
            func.coalesce(func.min(rank(reflection, now)), RANK[State.MISSING]).label("rank"),
            col(Subject.id).in_(unchecked_people(now)).label("to_verify"),
        )
        .select_from(Subject)
        .join(Consent, and_(col(Consent.subject_id) == Subject.id, counted(now)), isouter=True)
        .where(*_filters(wanted))
        .group_by(col(Subject.id))
    )
    return query.cte("people")


def _filters(wanted: BoardFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Subject.erased_at).is_(None)]
    if wanted.unit_ids is not None:
        found.append(col(Subject.unit_id).in_(wanted.unit_ids))
    if wanted.kind is not None:
        found.append(col(Subject.kind) == wanted.kind)
    if wanted.text.strip():
        text = " ".join(wanted.text.casefold().split())
        found.append(col(Subject.search_key).contains(text, autoescape=True))
    if wanted.references is not None:
        found.append(col(Subject.id).in_(_of_references(wanted.references)))
    return found


def _of_references(references: frozenset[str]) -> Any:
    """People who were asked for these, said yes to them, or are shown in them."""
    shoots = select(col(Shoot.id)).where(col(Shoot.reference).in_(references))
    return union(
        select(col(Consent.subject_id)).where(
            or_(
                col(Consent.target_ref).in_(references),
                and_(col(Consent.target) == Target.SHOOT, col(Consent.target_ref).in_(shoots)),
            )
        ),
        select(col(ConsentRequest.subject_id)).where(col(ConsentRequest.target_ref).in_(references)),
        select(col(Consent.subject_id))
        .join(ConsentUse, col(ConsentUse.consent_id) == Consent.id)
        .where(col(ConsentUse.reference).in_(references)),
    )


def open_requests_of(session: Session, subject_ids: Sequence[str], now: datetime) -> dict[str, OpenRequest]:
    """The newest question that each person has not answered."""
    rows = session.execute(
        select(ConsentRequest)
        .where(
            col(ConsentRequest.subject_id).in_(subject_ids),
            col(ConsentRequest.outcome) == Outcome.WAITING,
            col(ConsentRequest.expires_at) > now,
        )
        .order_by(col(ConsentRequest.asked_at), col(ConsentRequest.id))
    ).scalars()
    return {
        row.subject_id: OpenRequest(
            row.id, row.target_label, clock.local(row.asked_at).date(), row.reminded_at
        )
        for row in rows
    }
