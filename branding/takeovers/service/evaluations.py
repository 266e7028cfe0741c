"""Afterwards: thanking the hosts, what they answer, and advice that is not passed on."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.takeovers import queries
from branding.takeovers.models import Evaluation
from branding.takeovers.rules import evaluations as rules
from branding.takeovers.service.checklist import tick_by_key
from branding.takeovers.service.hosts import add_link
from branding.takeovers.values import Evaluate, EvaluationFigures, EvaluationView, Invitation, LinkLife

WriteMail = Callable[[Invitation], Mail]


def thank_hosts(
    session: Session,
    write: WriteMail,
    *,
    today: date,
    now: datetime,
    only: Collection[int] | None = None,
) -> int:
    """One mail to every host of a takeover that is over, with a link to the evaluation; returns how many.

    ``only``: these hosts.
    """
    found = [
        (host, takeover)
        for host, takeover in queries.hosts_to_thank(session, today)
        if only is None or host.id in only
    ]
    for host, takeover in found:
        token = secrets.token_urlsafe(32)
        link_id = add_link(session, host.id or 0, token, now=now)
        facts = queries.host_view(session, host.id or 0), queries.takeover_view(session, takeover.id or 0)
        mail = write(Invitation(*facts, token))
        enqueue(session, mail, dedupe_key=f"host-thanks:{host.id}:{link_id}", due_at=now, now=now)
        host.thanked_at = now
        session.flush()
        tick_by_key(session, SYSTEM, takeover.id or 0, "thanks", now=now)
        record(session, SYSTEM, "takeovers:host:thanked", "host", host.id, now=now)
    return len(found)


def evaluate(session: Session, actor: Actor, request: Evaluate, *, today: date, now: datetime) -> None:
    """Say how it went, once; until then nothing is stored."""
    policy.check(actor, "takeovers:host:week")
    host_id = actor.id or 0
    if queries.find_evaluation_of(session, host_id) is not None:
        raise Conflict("answered", say("You have answered already. Thank you!"))
    if queries.host_link_life(session, host_id, today) != LinkLife.EVALUATION:
        raise RuleBroken("not_over", say("You can answer when your days are over."))
    row = Evaluation(
        host_id=host_id,
        equipped=request.equipped,
        recommend=request.recommend,
        advice=request.advice,
        answered_at=now,
    )
    session.add(row)
    session.flush()
    record(session, actor, "takeovers:evaluation:answered", "evaluation", row.id, now=now)


def hide_advice(session: Session, actor: Actor, evaluation_id: int, *, now: datetime) -> None:
    """Do not pass an advice on; ``show_advice`` undoes it."""
    row = _advice(session, actor, evaluation_id)
    if row.hidden_at is None:
        row.hidden_at = now
        record(session, actor, "takeovers:evaluation:hidden", "evaluation", row.id, now=now)


def show_advice(session: Session, actor: Actor, evaluation_id: int, *, now: datetime) -> None:
    """Pass it on after all."""
    row = _advice(session, actor, evaluation_id)
    if row.hidden_at is not None:
        row.hidden_at = None
        record(session, actor, "takeovers:evaluation:shown", "evaluation", row.id, now=now)


def _advice(session: Session, actor: Actor, evaluation_id: int) -> Evaluation:
    row, takeover = queries.evaluation_by_id(session, evaluation_id)
    policy.check(actor, "takeovers:evaluation:hide", takeover.unit_id, thing="evaluation", key=evaluation_id)
    return row


def figures_of(session: Session, first: date, last: date) -> tuple[EvaluationFigures, list[EvaluationView]]:
    """What hosts of a period's takeovers said, added up and one by one."""
    answers = queries.evaluations_between(session, first, last)
    return rules.figures(answers, queries.possible_answers(session, first, last)), answers


def advice_for(session: Session, unit_id: int) -> list[EvaluationView]:
    """What earlier hosts want the next one of this unit to know."""
    area_of = {unit.id: unit.area_id for unit in organisation.units(session, archived=True)}
    return rules.advice_for(queries.evaluations_between(session, date.min, date.max), unit_id, area_of)
