"""Who may be shown at all: policies and assessments as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from branding.consent.models import Assessment, AssessmentUnit, PublicationPolicy, Subject
from branding.consent.values.people import Kind
from branding.consent.values.policies import SHIPPED, Openness, PolicyKind
from branding.consent.values.records import Channel, Purpose
from branding.consent.values.rulebook import QUESTIONS, AssessmentView, PolicyCell, PolicyRow, Source
from branding.core.errors import Missing
from branding.organisation.values import UnitView

_Own = Mapping[tuple[int | None, PolicyKind], PublicationPolicy]


def policy_table(
    session: Session, units: Sequence[UnitView], assessments: Sequence[AssessmentView], today: date
) -> list[PolicyRow]:
    """The whole organisation first, then each area, and each afdeling that has something of its own."""
    rows = session.exec(select(PublicationPolicy))
    own: dict[tuple[int | None, PolicyKind], PublicationPolicy] = {
        (row.unit_id, PolicyKind(row.kind)): row for row in rows
    }
    opened = [one for one in assessments if one.is_open(today)]
    with_own = {unit_id for unit_id, _ in own} | {unit_id for one in opened for unit_id in one.unit_ids}
    shown: list[UnitView | None] = [None]
    shown += [unit for unit in units if unit.id == unit.area_id or unit.id in with_own]
    return [PolicyRow(unit, tuple(_cell(unit, kind, own, opened) for kind in PolicyKind)) for unit in shown]


def policy_cell(session: Session, unit: UnitView | None, kind: PolicyKind) -> PolicyCell:
    """What holds for one kind of person in one unit, without its assessments."""
    rows = session.exec(select(PublicationPolicy).where(PublicationPolicy.kind == kind))
    return _cell(unit, kind, {(row.unit_id, kind): row for row in rows}, [])


def _cell(unit: UnitView | None, kind: PolicyKind, own: _Own, opened: Iterable[AssessmentView]) -> PolicyCell:
    line: list[tuple[Source, int | None]] = [(Source.ORGANISATION, None)]
    if unit is not None and unit.id != unit.area_id:
        line.insert(0, (Source.AREA, unit.area_id))
    if unit is not None:
        line.insert(0, (Source.OWN, unit.id))
    else:
        line = [(Source.OWN, None)]
    source, openness = Source.SHIPPED, SHIPPED[kind]
    for where, unit_id in line:
        if (unit_id, kind) in own:
            source, openness = where, Openness(own[unit_id, kind].openness)
            break
    here = {unit_id for _, unit_id in line if unit_id is not None}
    mine = own.get((line[0][1], kind))
    return PolicyCell(
        kind,
        openness,
        source,
        0 if mine is None else mine.version,
        None if mine is None else Openness(mine.openness),
        tuple(one for one in opened if kind in one.kinds and here & set(one.unit_ids)),
    )


def assessments(session: Session) -> list[AssessmentView]:
    """Every assessment, the one that is looked at next first."""
    units: dict[str, list[int]] = {}
    for row in session.exec(select(AssessmentUnit).order_by(col(AssessmentUnit.id))):
        units.setdefault(row.assessment_id, []).append(row.unit_id)
    rows = session.exec(
        select(Assessment).order_by(
            col(Assessment.ended_at).is_not(None), col(Assessment.review_on), col(Assessment.id)
        )
    )
    return [_view(row, units.get(row.id, [])) for row in rows]


def assessment_by_id(session: Session, assessment_id: str) -> AssessmentView:
    row = assessment_row(session, assessment_id)
    units = session.exec(
        select(AssessmentUnit.unit_id)
        .where(AssessmentUnit.assessment_id == assessment_id)
        .order_by(col(AssessmentUnit.id))
    )
    return _view(row, list(units))


def assessment_row(session: Session, assessment_id: str) -> Assessment:
    found = session.get(Assessment, assessment_id)
    if found is None:
        raise Missing("assessment", assessment_id)
    return found


def _view(row: Assessment, unit_ids: Iterable[int]) -> AssessmentView:
    return AssessmentView(
        id=row.id,
        reference=row.reference,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        review_on=row.review_on,
        kinds=tuple(kind for kind in PolicyKind if kind in row.kinds),
        purposes=tuple(purpose for purpose in Purpose if purpose in row.purposes),
        channels=tuple(channel for channel in Channel if channel in row.channels),
        answers=tuple((name, str(row.answers.get(name, ""))) for name in QUESTIONS),
        guardian_alone=row.guardian_alone,
        made_at=row.made_at,
        ended_at=row.ended_at,
        unit_ids=tuple(unit_ids),
    )


def people_covered(session: Session, one: AssessmentView, unit_ids: Iterable[int], today: date) -> int:
    """How many people of these units only an assessment opens for: whom it closes when it lapses."""
    is_minor = col(Subject.turns_18_on).is_not(None) & (col(Subject.turns_18_on) > today)
    is_citizen = or_(col(Subject.kind) == Kind.CITIZEN, col(Subject.also_citizen))
    wanted = {
        PolicyKind.MINOR: is_minor,
        PolicyKind.CITIZEN: ~is_minor & is_citizen,
        PolicyKind.OTHER: ~is_minor & ~is_citizen & (col(Subject.kind) == Kind.OTHER),
    }
    total = 0
    for kind in one.kinds:
        if kind in wanted:
            query = select(func.count()).where(
                wanted[kind], col(Subject.unit_id).in_(set(unit_ids)), col(Subject.erased_at).is_(None)
            )
            total += session.exec(query.select_from(Subject)).one()
    return total
