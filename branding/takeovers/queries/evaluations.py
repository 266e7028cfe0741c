"""Reads of what hosts say afterwards, and of those who can still be asked."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.takeovers.models import Evaluation, Host, Takeover
from branding.takeovers.rules import EVALUATION_OPEN
from branding.takeovers.values import EvaluationView, Recommend, TakeoverStatus


def evaluations_between(session: Session, first: date, last: date) -> list[EvaluationView]:
    """Answers about takeovers that ended in the period, latest first."""
    query = (
        select(Evaluation, Takeover)
        .join(Host, col(Host.id) == Evaluation.host_id)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(col(Takeover.ends_on) >= first, col(Takeover.ends_on) <= last)
        .order_by(col(Takeover.starts_on).desc(), col(Evaluation.id).desc())
    )
    return [_view(row, takeover) for row, takeover in session.exec(query)]


def _view(row: Evaluation, takeover: Takeover) -> EvaluationView:
    return EvaluationView(
        row.id or 0,
        takeover.id or 0,
        takeover.unit_id,
        takeover.starts_on,
        row.equipped,
        Recommend(row.recommend),
        row.advice,
        row.answered_at,
        row.hidden_at is not None,
    )


def possible_answers(session: Session, first: date, last: date) -> int:
    """How many hosts of takeovers that ended in the period could answer."""
    query = (
        select(func.count())
        .select_from(Host)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(
            Takeover.status == TakeoverStatus.CLOSED,
            col(Takeover.ends_on) >= first,
            col(Takeover.ends_on) <= last,
            col(Host.accepted_at).is_not(None),
            col(Host.removed_at).is_(None),
        )
    )
    return int(session.exec(query).one())


def find_evaluation_of(session: Session, host_id: int) -> Evaluation | None:
    """What a host has answered; None before that."""
    return session.exec(select(Evaluation).where(Evaluation.host_id == host_id)).first()


def evaluation_by_id(session: Session, evaluation_id: int) -> tuple[Evaluation, Takeover]:
    found = session.exec(
        select(Evaluation, Takeover)
        .join(Host, col(Host.id) == Evaluation.host_id)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(Evaluation.id == evaluation_id)
    ).first()
    if found is None:
        raise Missing("evaluation", evaluation_id)
    return found[0], found[1]


def hosts_to_thank(session: Session, today: date) -> list[tuple[Host, Takeover]]:
    """Hosts of takeovers that are over since yesterday or a little longer, and were not thanked."""
    query = (
        select(Host, Takeover)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(
            Takeover.status == TakeoverStatus.CLOSED,
            col(Takeover.ends_on) < today,
            col(Takeover.ends_on) >= today - EVALUATION_OPEN,
            col(Host.accepted_at).is_not(None),
            col(Host.removed_at).is_(None),
            col(Host.thanked_at).is_(None),
        )
        .order_by(col(Host.id))
    )
    return [(host, takeover) for host, takeover in session.exec(query)]
