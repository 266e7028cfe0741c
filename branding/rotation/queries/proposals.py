"""Reads of proposals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
        target_id=(row.undo or {}).get("into", row.plan_id),
    )


def find_open_proposal(session: Session, plan_id: int) -> ProposalView | None:
    """The newest proposal for a plan that nobody has used or put away."""
    ended = col(PlanProposal.state).in_(ENDED)
    wanted = select(PlanProposal).where(PlanProposal.plan_id == plan_id, ~ended)
    row = session.exec(wanted.order_by(col(PlanProposal.id).desc()).limit(1)).first()
    return view_of(row) if row else None


def open_proposals(session: Session, plan_ids: Collection[int]) -> Sequence[PlanProposal]:
    """The proposals for these plans that nobody has used or put away."""
    ended = col(PlanProposal.state).in_(ENDED)
    return session.exec(select(PlanProposal).where(col(PlanProposal.plan_id).in_(plan_ids), ~ended)).all()


def find_used_proposal(session: Session, plan_id: int) -> ProposalView | None:
    """The proposal that was written into a plan last and is still in use."""
    used = select(PlanProposal).where(PlanProposal.state == ProposalState.USED)
    own = (PlanProposal.plan_id == plan_id) | (PlanProposal.kind == ProposalKind.COPY)
    rows = session.exec(
        used.where(own).order_by(col(PlanProposal.used_at).desc(), col(PlanProposal.id).desc())
    )
    return next((one for one in map(view_of, rows) if one.target_id == plan_id), None)


def taken_back(session: Session) -> dict[int, int]:
    """Turns that an undone proposal had added: slot id and the version that the undo left it in."""
    undone = select(PlanProposal).where(col(PlanProposal.undone_at).is_not(None))
    found = [one for row in session.exec(undone) for one in (row.undo or {}).get("added", ())]
    return {slot_id: version + 1 for slot_id, version in found}


def find_due_proposal(session: Session, now: datetime, *, lock: bool = False) -> PlanProposal | None:
    """The oldest that waits for a solver, or whose solver has not been heard of; ``lock`` to claim it."""
    lost = (col(PlanProposal.state) == ProposalState.SOLVING) & (col(PlanProposal.lease_until) < now)
    due = select(PlanProposal).where(or_(col(PlanProposal.state) == ProposalState.WAITING, lost))
    due = due.order_by(col(PlanProposal.id)).limit(1)
    return session.exec(due.with_for_update(skip_locked=True) if lock else due).first()


def old_proposals(session: Session, before: datetime) -> Sequence[PlanProposal]:
    """Those made before this moment that were never used.

    One that was taken back stays: it says which cancelled turns never were anybody's.
    """
    unused = col(PlanProposal.used_at).is_(None)
    return session.exec(select(PlanProposal).where(col(PlanProposal.made_at) < before, unused)).all()
