"""Figures and findings for the data protection officer: counts and ids, no names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from branding.audit import queries as audit
from branding.consent import texts
from branding.consent.models import Assessment, Consent, FormVersion, Subject, Withdrawal
from branding.consent.queries.standing import of_every_channel, recalled_forms
from branding.consent.values.oversight import AssessmentLine, FormInUse, ReadingLine, Unverified
from branding.consent.values.records import WRITTEN
from branding.core.errors import Missing

#: What counts as reading somebody's data.
READINGS = (
    "consent:evidence:read",
    "consent:subject:read",
    "consent:subject:exported",
    "consent:people:searched",
)


def forms_in_use(session: Session, now: datetime) -> list[FormInUse]:
    """Every version that was shipped, with what rests on it; three queries."""
    rows = {row.id: row for row in session.exec(select(FormVersion))}
    given = dict(
        session.exec(
            select(Consent.form_id, func.count())
            .where(col(Consent.is_refusal).is_(False))
            .group_by(Consent.form_id)
        ).all()
    )
    standing = dict(
        session.exec(
            select(Consent.form_id, func.count()).where(*stands(now)).group_by(Consent.form_id)
        ).all()
    )
    found = []
    for text in texts.forms().values():
        row = rows.get(text.id)
        found.append(
            FormInUse(
                text.id,
                text.title,
                text.audience,
                text.language,
                text.number,
                text.sha256,
                standing.get(text.id, 0),
                given.get(text.id, 0),
                row.published_at if row else None,
                row.accepted_until if row else None,
                row.recalled_at if row else None,
                row is not None and row.sha256 != text.sha256,
            )
        )
    return found


def form_in_use(session: Session, form_id: str, now: datetime) -> FormInUse:
    found = next((one for one in forms_in_use(session, now) if one.id == form_id), None)
    if found is None:
        raise Missing("form_version", form_id)
    return found


def stands(now: datetime) -> list[ColumnElement[bool]]:
    """Yes, not over, and not found invalid; taken back, replaced or erased ones are left out too."""
    of_all = col(Withdrawal.consent_id).is_(None) & (col(Withdrawal.received_at) >= col(Consent.signed_at))
    taken_back = (
        select(Withdrawal.id)
        .where(
            Withdrawal.subject_id == Consent.subject_id,
            of_every_channel(Withdrawal),
            or_(col(Withdrawal.consent_id) == col(Consent.id), of_all),
        )
        .correlate(Consent)
    )
    replaced = select(Consent.supersedes_id).where(
        col(Consent.supersedes_id).is_not(None), col(Consent.invalidated_at).is_(None)
    )
    return [
        col(Consent.is_refusal).is_(False),
        col(Consent.expires_at) > now,
        col(Consent.invalidated_at).is_(None),
        col(Consent.purged_at).is_(None),
        col(Consent.form_id).not_in(recalled_forms(now)),
        ~taken_back.exists(),
        col(Consent.id).not_in(replaced),
    ]


def counts(session: Session, now: datetime) -> tuple[int, int]:
    """People on the register, and how many of them have a yes that stands."""
    people = session.exec(
        select(func.count()).select_from(Subject).where(col(Subject.erased_at).is_(None))
    ).one()
    with_yes = session.exec(
        select(func.count(func.distinct(col(Consent.subject_id)))).where(*stands(now))
    ).one()
    return people, with_yes


def unverified(session: Session, before: datetime, now: datetime) -> list[Unverified]:
    """Written yeses from before that moment that stand now, and that nobody else has looked at."""
    rows = session.exec(
        select(Consent.id, Subject.unit_id, Consent.recorded_at)
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(
            *stands(now),
            col(Consent.verified_at).is_(None),
            col(Consent.evidence).in_(WRITTEN),
            col(Consent.recorded_at) < before,
            col(Subject.erased_at).is_(None),
        )
        .order_by(col(Consent.recorded_at), col(Consent.id))
    )
    return [Unverified(*row) for row in rows]


def readings(session: Session, since: datetime, limit: int = 500) -> list[ReadingLine]:
    """Who has opened what since then, the newest first."""
    return [
        ReadingLine(
            entry.at,
            entry.actor_id if entry.actor_kind == "user" else None,
            entry.actor_kind,
            entry.tag,
            entry.subject_kind,
            entry.subject_id,
            next((str(after) for name, _, after in entry.changes if name == "reason"), ""),
        )
        for entry in audit.entries_tagged(session, READINGS, since, limit)
    ]


def assessments_to_review(session: Session, today: date) -> list[AssessmentLine]:
    """Those that end within two months, and those that ended within one."""
    rows = session.exec(select(Assessment).where(*_up_for_review(today)).order_by(col(Assessment.review_on)))
    return [AssessmentLine(row.id, row.reference, row.review_on) for row in rows]


def assessments_to_review_query(today: date) -> Any:
    """How many they are, for those who count more at once."""
    return select(func.count()).select_from(Assessment).where(*_up_for_review(today))


def _up_for_review(today: date) -> list[ColumnElement[bool]]:
    return [
        col(Assessment.ended_at).is_(None),
        col(Assessment.review_on) <= today + timedelta(days=60),
        col(Assessment.review_on) >= today - timedelta(days=30),
    ]


def standing_assessments(session: Session, today: date) -> Sequence[str]:
    """The case numbers of assessments that hold today."""
    return session.exec(
        select(Assessment.reference)
        .where(
            col(Assessment.ended_at).is_(None),
            col(Assessment.decided_on) <= today,
            col(Assessment.review_on) > today,
        )
        .order_by(col(Assessment.reference))
    ).all()
