"""The search for the best answer: claimed by a lease, solved outside any transaction, then kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil, isfinite

from sqlmodel import Session

from branding.audit.service import record
from branding.core.actor import SYSTEM
from branding.core.clock import local
from branding.core.isoweek import Week
from branding.rotation import queries
from branding.rotation.models import PlanProposal
from branding.rotation.queries.proposals import view_of
from branding.rotation.rules.planner import score
from branding.rotation.service import proposals, stored
from branding.rotation.service.ground import ground
from branding.rotation.service.questions import Question, fill_question
from branding.rotation.values.planning import Claimed, ProposalState
from branding.rotation.values.problems import Optimum

#: How long the solver may take, and how long a worker has a proposal before another may take it.
SECONDS = 10.0
_LEASE = timedelta(seconds=60)
#: Bounds come with rounding errors; what is counted is whole.
_ROUNDING = 1e-6
#: A proposal that no worker survives is given up.
_MOST_TRIES = 3
#: Unused proposals and removed requests are deleted after this.
_KEPT = timedelta(days=30)


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether a proposal waits; a tick must not take the write lock for nothing."""
    return queries.find_due_proposal(session, now) is not None


def claim(session: Session, *, now: datetime) -> Claimed | None:
    """Take the oldest that waits, or that a worker has left; None when there is nothing to solve."""
    row = queries.find_due_proposal(session, now, lock=True)
    if row is None:
        return None
    tries = row.progress.get("tries", 0) + 1
    row.progress = {**row.progress, "tries": tries, "began": now.isoformat()}
    if tries > _MOST_TRIES or proposals.is_stale(session, view_of(row), Week.of(local(now).date())):
        row.state, row.lease_until = ProposalState.FAILED, None
        session.flush()
        return None
    row.state, row.lease_until = ProposalState.SOLVING, now + _LEASE
    session.flush()
    return Claimed(row.id or 0, now + _LEASE)


def question_of(session: Session, claimed: Claimed) -> tuple[Question, tuple[int, ...]]:
    """The problem, and the answer to begin with."""
    row = queries.proposal_by_id(session, claimed.id)
    request = stored.fill_from(row.request)
    question = fill_question(ground(session, row.plan_id, request.first, request.last), request)
    return question, question.read(row.greedy["owners"])


def note_progress(
    session: Session, claimed: Claimed, aim: str, best: float, bound: float, *, now: datetime
) -> None:
    """How far the solver has come, for those who wait."""
    row = _ours(session, claimed)
    if row is not None and isfinite(best) and isfinite(bound):
        row.progress = {**row.progress, "aim": aim, "best": round(best), "bound": ceil(bound - _ROUNDING)}


def store(
    session: Session, claimed: Claimed, question: Question, found: Optimum | None, *, now: datetime
) -> None:
    """Keep the answer, unless the proposal was used or discarded meanwhile or another worker has it."""
    row = _ours(session, claimed)
    if row is None:
        return
    row.lease_until = None
    if found is None:
        row.state = ProposalState.UNAVAILABLE
        return
    first = question.read(row.greedy["owners"])
    best = min(found.answer, first, key=lambda one: score.score(question.problem, one))
    reached = score.score(question.problem, best)
    row.best = {"owners": question.stored(best), "score": reached._asdict()}
    row.state = ProposalState.PROVEN if found.is_proven else ProposalState.BEST_FOUND
    row.progress = {**row.progress, "seconds": round(found.seconds, 1)}
    session.flush()
    changes = {"state": (str(ProposalState.SOLVING), str(row.state))}
    record(session, SYSTEM, "rotation:proposal:solved", "plan_proposal", row.id, changes=changes, now=now)


def give_up(session: Session, claimed: Claimed) -> None:
    """The solver failed: the built-in answer stands."""
    row = _ours(session, claimed)
    if row is not None:
        row.state, row.lease_until = ProposalState.FAILED, None


def purge(session: Session, *, now: datetime) -> int:
    """Delete what nobody used and what was taken away long ago; returns how many rows went."""
    old = [*queries.old_proposals(session, now - _KEPT), *queries.removed_requests(session, now - _KEPT)]
    for row in old:
        session.delete(row)
    session.flush()
    return len(old)


def _ours(session: Session, claimed: Claimed) -> PlanProposal | None:
    """The row, while this worker has it; it may be deleted meanwhile too."""
    row = session.get(PlanProposal, claimed.id)
    if row is None or row.state != ProposalState.SOLVING or row.lease_until != claimed.lease_until:
        return None
    return row
