"""What the organisation has decided, for the gate: policies, assessments and time limits, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import literal, or_
from sqlmodel import Session, col, select

from branding.consent.models import Assessment, AssessmentUnit, ConsentRules, PublicationPolicy
from branding.consent.values.gate import AssessmentFacts, PolicyFacts, RulesFacts
from branding.consent.values.policies import SHIPPED, Openness, PolicyKind
from branding.consent.values.records import Channel, Purpose
from branding.core import clock
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView


@dataclass(frozen=True)
class Rulebook:
    """Everything that is decided; units stand in the order own, area, organisation."""

    rules: RulesFacts
    openness: Mapping[int | None, Mapping[PolicyKind, Openness]]
    assessments: Mapping[int, tuple[AssessmentFacts, ...]]
    areas: Mapping[int, int]

    def policy_of(self, unit_id: int) -> PolicyFacts:
        """What holds for a unit: its own word, its area's, the organisation's, else as shipped (R1)."""
        line = self.line(unit_id)
        openness = {
            kind: next(
                (self.openness[at][kind] for at in line if kind in self.openness.get(at, {})), SHIPPED[kind]
            )
            for kind in PolicyKind
        }
        found = {one.id: one for at in line if at for one in self.assessments.get(at, ())}
        return PolicyFacts(openness, tuple(found.values()))

    def line(self, unit_id: int) -> tuple[int | None, ...]:
        """The unit, what it is a part of, and the whole organisation."""
        return tuple(dict.fromkeys((unit_id, self.areas.get(unit_id, unit_id), None)))


def read(
    session: Session,
    unit_ids: Iterable[int],
    *,
    units: Mapping[int, UnitView] | None = None,
    for_colleagues: bool = False,
) -> Rulebook:
    """What holds for these units, in three queries; two when the units are known already.

    ``for_colleagues``: the book is about grown-up colleagues only.  Where nothing but a consent is asked
    of them, no assessment could matter, and none is read.
    """
    if units is None:
        units = {unit.id: unit for unit in organisation.units(session, archived=True)}
    wanted = set(unit_ids)
    areas = {unit_id: units[unit_id].area_id for unit_id in wanted}
    wanted |= set(areas.values())
    rules, openness = _decided(session, wanted)
    words = [one.get(PolicyKind.COLLEAGUE, SHIPPED[PolicyKind.COLLEAGUE]) for one in openness.values()]
    if (
        for_colleagues
        and set(words) <= {Openness.ALLOWED}
        and SHIPPED[PolicyKind.COLLEAGUE] is Openness.ALLOWED
    ):
        return Rulebook(rules, openness, {}, areas)
    return Rulebook(rules, openness, _assessments(session, wanted), areas)


def _decided(
    session: Session, unit_ids: set[int]
) -> tuple[RulesFacts, dict[int | None, dict[PolicyKind, Openness]]]:
    """The time limits and the policies: one query, also where nothing was ever decided."""
    one = select(literal(1).label("one")).subquery()
    here = or_(col(PublicationPolicy.unit_id).is_(None), col(PublicationPolicy.unit_id).in_(unit_ids))
    rows = session.exec(
        select(ConsentRules, PublicationPolicy)
        .select_from(one)
        .join(ConsentRules, col(ConsentRules.id) == one.c.one, isouter=True)
        .join(PublicationPolicy, here, isouter=True)
    )
    rules, openness = RulesFacts(), dict[int | None, dict[PolicyKind, Openness]]()
    for row, policy in rows:
        if row is not None:
            rules = RulesFacts(
                timedelta(hours=row.reflection_hours), row.colleague_written, row.one_custody_holder
            )
        if policy is not None:
            openness.setdefault(policy.unit_id, {})[PolicyKind(policy.kind)] = Openness(policy.openness)
    return rules, openness


def _assessments(session: Session, unit_ids: set[int]) -> dict[int, tuple[AssessmentFacts, ...]]:
    rows = session.exec(
        select(AssessmentUnit.unit_id, Assessment)
        .join(Assessment, col(Assessment.id) == AssessmentUnit.assessment_id)
        .where(col(AssessmentUnit.unit_id).in_(unit_ids))
        .order_by(col(Assessment.id))
    )
    found: dict[int, tuple[AssessmentFacts, ...]] = {}
    for unit_id, row in rows:
        found[unit_id] = (*found.get(unit_id, ()), assessment_facts(row))
    return found


def assessment_facts(row: Assessment) -> AssessmentFacts:
    """When it opens and closes: never before it was written down, never after it was ended."""
    review = clock.at_local(row.review_on)
    return AssessmentFacts(
        row.id,
        max(clock.at_local(row.decided_on), row.made_at),
        review if row.ended_at is None else min(review, row.ended_at),
        frozenset(PolicyKind(one) for one in row.kinds),
        frozenset(Purpose(one) for one in row.purposes),
        frozenset(Channel(one) for one in row.channels),
        row.guardian_alone,
    )
