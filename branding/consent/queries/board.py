"""Where everybody stands, counted and filtered in the database: rules.standing said in SQL.

A property test keeps the two alike; what a consent covers, only the gate knows.  It is asked for now:
nothing in the tables is from later, so whatever is written down has happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from branding.consent.models import (
    Consent,
    ConsentRequest,
    ConsentUse,
    FormVersion,
    Shoot,
    Subject,
    Withdrawal,
)
from branding.consent.rules.standing import BEST_FIRST, SOON
from branding.consent.values.board import ROWS_A_PAGE, TAB_STATES, BoardFilter, OpenRequest, Tab, ToDo
from branding.consent.values.people import Kind
from branding.consent.values.records import WRITTEN, Channel, Outcome, Target
from branding.consent.values.standing import State
from branding.core import clock

_RANK = {state: n for n, state in enumerate(BEST_FIRST)}


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
        _sum(people.c.id.in_(_unchecked_people(now, reader))),
        _sum(_in_tab(people, Tab.EXPIRING)),
        _sum(and_(_in_tab(people, Tab.MISSING), people.c.id.in_(citizens))),
    ).select_from(people)
    return ToDo(*session.execute(query).one())


def _in_tab(people: CTE, tab: Tab) -> ColumnElement[bool]:
    if tab is Tab.ALL:
        return literal(1) == 1
    if tab is Tab.TO_VERIFY:
        return people.c.to_verify
    return people.c.rank.in_([_RANK[state] for state in TAB_STATES[tab]])


def _chosen(people: CTE, wanted: BoardFilter) -> ColumnElement[bool]:
    here = _in_tab(people, wanted.tab)
    return here if wanted.state is None else and_(here, people.c.rank == _RANK[wanted.state])


def _people(wanted: BoardFilter, reflection: timedelta, now: datetime) -> CTE:
    """Everybody whom the filter lets through, with their rank and whether a signature waits for a check."""
    query = (
        select(
            col(Subject.id),
            func.coalesce(func.min(_rank(reflection, now)), _RANK[State.MISSING]).label("rank"),
            col(Subject.id).in_(_unchecked_people(now)).label("to_verify"),
        )
        .select_from(Subject)
        .join(Consent, and_(col(Consent.subject_id) == Subject.id, _counted(now)), isouter=True)
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


def _counted(now: datetime) -> ColumnElement[bool]:
    """The answers that count: no defect, and nothing newer about the same thing."""
    return and_(
        col(Consent.invalidated_at).is_(None),
        or_(~col(Consent.is_refusal), col(Consent.expires_at) > now),
        col(Consent.id).not_in(_superseded()),
    )


@cache
def _superseded() -> Any:
    """Answers that a newer one has replaced.

    Whoever is in such a pair was written down after another, and so has ``supersedes_id``, or was
    written down before one that has: most answers are in no pair, and are never compared.
    """
    linked, other = aliased(Consent), aliased(Consent)
    same = and_(
        col(linked.subject_id) == other.subject_id,
        col(linked.target) == other.target,
        col(linked.target_ref) == other.target_ref,
        col(linked.id) != other.id,
        col(linked.supersedes_id).is_not(None),
    )

    def given(one: type[Consent]) -> Any:
        return tuple_(one.signed_at, one.recorded_at, one.id)

    older_is_other = select(col(other.id)).where(
        same, given(linked) > given(other), col(linked.invalidated_at).is_(None)
    )
    older_is_linked = select(col(linked.id)).where(
        same, given(other) > given(linked), col(other.invalidated_at).is_(None)
    )
    return union(older_is_other, older_is_linked)


def _rank(reflection: timedelta, now: datetime) -> ColumnElement[int]:
    """The state of one answer as a number; what decides most often is asked first."""
    is_citizen = or_(col(Subject.kind) == Kind.CITIZEN, col(Subject.also_citizen))
    pending = or_(
        _is_unchecked(),
        and_(col(Consent.signed_at) > now - reflection, is_citizen),
        col(Consent.valid_from) > now,
    )
    return case(
        (col(Consent.id).is_(None), None),
        (col(Consent.is_refusal), _RANK[State.REFUSED]),
        (col(Consent.id).in_(_withdrawn()), _RANK[State.WITHDRAWN]),
        (col(Consent.form_id).in_(recalled_forms(now)), _RANK[State.MISSING]),
        (col(Consent.expires_at) <= now, _RANK[State.EXPIRED]),
        (pending, _RANK[State.PENDING]),
        (col(Consent.expires_at) <= now + SOON, _RANK[State.EXPIRING]),
        else_=_RANK[State.VALID],
    )


def _is_unchecked() -> ColumnElement[bool]:
    return and_(col(Consent.verified_at).is_(None), col(Consent.evidence).in_(sorted(WRITTEN)))


def recalled_forms(now: datetime) -> Any:
    """Forms that were found defective: no yes on them counts."""
    return select(col(FormVersion.id)).where(
        col(FormVersion.recalled_at).is_not(None), col(FormVersion.recalled_at) <= now
    )


def _unchecked_people(now: datetime, reader: tuple[str, int | None] | None = None) -> Any:
    """People with a yes that waits for a second pair of eyes, and for those of others than ``reader``."""
    kind, number = reader or ("", None)
    asked = and_(col(Consent.asked_by_kind) == kind, col(Consent.asked_by_id) == number)
    recorded = and_(col(Consent.recorded_by_kind) == kind, col(Consent.recorded_by_id) == number)
    return select(col(Consent.subject_id)).where(
        *([] if reader is None else [~func.coalesce(or_(asked, recorded), False)]),
        col(Consent.form_id).not_in(recalled_forms(now)),
        _is_unchecked(),
        ~col(Consent.is_refusal),
        col(Consent.expires_at) > now,
        _counted(now),
        col(Consent.id).not_in(_withdrawn()),
    )


@cache
def _withdrawn() -> Any:
    """Answers that were taken back for Instagram."""
    taken = aliased(Withdrawal)
    given = aliased(Consent)
    quoted = cast(taken.channels, String).contains(f'"{Channel.INSTAGRAM.value}"')
    is_all = or_(col(taken.channels).is_(None), cast(taken.channels, String) == "null")
    return select(col(given.id)).where(
        col(given.subject_id) == taken.subject_id,
        or_(is_all, quoted),
        or_(
            col(taken.consent_id) == given.id,
            and_(col(taken.consent_id).is_(None), col(given.signed_at) <= taken.received_at),
        ),
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
