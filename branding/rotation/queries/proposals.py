"""Reads of proposals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from branding.core.errors import Missing
from branding.rotation.models import PlanProposal
from branding.rotation.values.planning import ENDED, ProposalKind, ProposalState, ProposalView


def proposal_by_id(session: Session, proposal_id: int) -> PlanProposal:
    found = session.get(PlanProposal, proposal_id)
    if found is None:
        raise Missing("plan_proposal", proposal_id)
    return found


def proposal_view(session: Session, proposal_id: int) -> ProposalView:
    return view_of(proposal_by_id(session, proposal_id))


def view_of(row: PlanProposal) -> ProposalView:
    return ProposalView(
        id=row.id or 0,
        plan_id=row.plan_id,
        kind=ProposalKind(row.kind),
        state=ProposalState(row.state),
        request=row.request,
        stamp=row.stamp,
        greedy=row.greedy,
        best=row.best,
        progress=row.progress,
        made_at=row.made_at,
        used_at=row.used_at,
    )


def find_open_proposal(session: Session, plan_id: int) -> ProposalView | None:
    """The newest proposal for a plan that nobody has used or put away."""
    ended = col(PlanProposal.state).in_(ENDED)
    wanted = select(PlanProposal).where(PlanProposal.plan_id == plan_id, ~ended)
    row = session.exec(wanted.order_by(col(PlanProposal.id).desc()).limit(1)).first()
    return view_of(row) if row else None


def find_due_proposal(session: Session, now: datetime, *, lock: bool = False) -> PlanProposal | None:
    """The oldest that waits for a solver, or whose solver has not been heard of; ``lock`` to claim it."""
    lost = (col(PlanProposal.state) == ProposalState.SOLVING) & (col(PlanProposal.lease_until) < now)
    due = select(PlanProposal).where(or_(col(PlanProposal.state) == ProposalState.WAITING, lost))
    due = due.order_by(col(PlanProposal.id)).limit(1)
    return session.exec(due.with_for_update(skip_locked=True) if lock else due).first()


def old_proposals(session: Session, before: datetime) -> Sequence[PlanProposal]:
    """Those made before this moment that were never used, or whose use was taken back."""
    unused = col(PlanProposal.state) != ProposalState.USED
    return session.exec(select(PlanProposal).where(col(PlanProposal.made_at) < before, unused)).all()
