"""Legal assessments: registered, ended before their time, and taken up again (R2, R3)."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.models import Assessment, AssessmentUnit
from branding.consent.queries.policies import assessment_row
from branding.consent.rules.policies import check_assessment
from branding.consent.values.rulebook import NewAssessment
from branding.core import policy
from branding.core.actor import Actor
from branding.core.ids import new_id
from branding.organisation import queries as organisation

_EDIT = "consent:assessment:edit"


def register_assessment(
    session: Session, actor: Actor, new: NewAssessment, *, today: date, now: datetime
) -> str:
    """Write an assessment down; from now on it opens what it covers.  Returns the id."""
    policy.check(actor, _EDIT)
    check_assessment(new, today)
    row = Assessment(
        id=new_id(),
        reference=new.reference,
        decided_by=new.decided_by,
        decided_on=new.decided_on,
        review_on=new.review_on,
        kinds=sorted(new.kinds),
        purposes=sorted(new.purposes),
        channels=sorted(new.channels),
        answers=dict(new.answers),
        guardian_alone=new.guardian_alone,
        made_at=now,
        made_by=actor.id if actor.kind == "user" else None,
    )
    session.add(row)
    session.flush()
    for unit_id in sorted(set(new.unit_ids)):
        organisation.unit_row(session, unit_id)
        session.add(AssessmentUnit(assessment_id=row.id, unit_id=unit_id))
    session.flush()
    changes = {"reference": (None, new.reference), "review_on": (None, new.review_on.isoformat())}
    record(session, actor, "consent:assessment:registered", "assessment", row.id, changes=changes, now=now)
    return row.id


def end_assessment(session: Session, actor: Actor, assessment_id: str, *, now: datetime) -> None:
    """It opens nothing from now on; ended twice is ended once."""
    policy.check(actor, _EDIT)
    row = assessment_row(session, assessment_id)
    if row.ended_at is None:
        row.ended_at = now
        session.flush()
        record(session, actor, "consent:assessment:ended", "assessment", row.id, now=now)


def reopen_assessment(session: Session, actor: Actor, assessment_id: str, *, now: datetime) -> None:
    """It was ended by mistake: until its review day it opens again."""
    policy.check(actor, _EDIT)
    row = assessment_row(session, assessment_id)
    if row.ended_at is not None:
        row.ended_at = None
        session.flush()
        record(session, actor, "consent:assessment:reopened", "assessment", row.id, now=now)
