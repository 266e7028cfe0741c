"""Asking for a proposal: to fill a period, to replan after a dropout, or to copy a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.clock import local
from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week, weeks_in
from branding.core.text import say
from branding.rotation import queries
from branding.rotation.models import PlanProposal
from branding.rotation.optimum import is_available, optimum
from branding.rotation.rules.planner import greedy, replan, score
from branding.rotation.service import stored
from branding.rotation.service.ground import (
    Ground,
    ground,
    new_ground,
    stamp,
)
from branding.rotation.service.questions import copied_changes, fill_question, replan_question
from branding.rotation.service.suggestions import free_name, suggested_name
from branding.rotation.values import PlanStatus, SlotView
from branding.rotation.values.planning import (
    LARGEST_GAP,
    LONGEST_TURN,
    MOST_PLANNED,
    CopyRequest,
    FillRequest,
    ProposalKind,
    ProposalState,
    ProposalView,
    ReplanRequest,
)
from branding.rotation.values.problems import Answer, Problem

_EDIT = "rotation:plan:edit"
#: A replanning is asked for and answered in one go.
_REPLAN_SECONDS = 2.0


def propose_fill(session: Session, actor: Actor, plan_id: int, request: FillRequest, *, now: datetime) -> int:
    """A proposal for a period, answered at once by the built-in planner; returns its id."""
    policy.check(actor, _EDIT)
    found = _open_ground(session, plan_id, request.first, _checked_end(request, _this_week(now)))
    if not set(request.shares) <= set(found.unit_ids):
        raise RuleBroken("unit_outside_plan", say("One of the units takes no turns in this plan."))
    if not any(request.shares.values()):
        raise RuleBroken("no_units", say("Give at least one unit a share."))
    question = fill_question(found, request)
    problem = question.problem
    if not problem.tiles and not question.shut:
        text = say("There are no open weeks in this period: all of them are holidays or have a turn.")
        raise RuleBroken("nothing_open", text, "first_week")
    answer = greedy.answer(problem)
    reached = score.score(problem, answer)
    state = ProposalState.WAITING if is_available() else ProposalState.UNAVAILABLE
    if not any(reached):
        state = ProposalState.PROVEN  # nothing is better than nothing amiss
    kept = {"owners": question.stored(answer), "score": reached._asdict()}
    asked = stored.fill_as_json(request)
    return _keep(session, actor, plan_id, ProposalKind.FILL, asked, stamp(found), kept, state, now=now)


def propose_replan(
    session: Session, actor: Actor, plan_id: int, request: ReplanRequest, *, now: datetime
) -> int:
    """A proposal that changes as few turns as possible; returns its id."""
    policy.check(actor, _EDIT)
    if request.last is not None and request.last < request.first:
        raise RuleBroken("ends_before", say("The last week lies before the first."), "last_week")
    this_week = _this_week(now)
    found = replan_ground(session, plan_id, request)
    if request.unit_id is not None and request.unit_id not in {slot.unit_id for slot in found.slots}:
        raise RuleBroken("no_turns", say("This unit has no turns in the plan."), "unit_id")
    question = replan_question(found, request, this_week)
    if not question.problem.tiles:
        text = say("The plan has no turns from this week on that have not begun.")
        raise RuleBroken("nothing_to_replan", text, "first_week")
    answer = replan.answer(question.problem)
    best, state = _best_now(question.problem, answer)
    kept = {"owners": question.stored(answer)}
    better = {"owners": question.stored(best)} if best is not None else None
    asked = stored.replan_as_json(request)
    fingerprint = stamp(found, this_week)
    return _keep(
        session, actor, plan_id, ProposalKind.REPLAN, asked, fingerprint, kept, state, better, now=now
    )


def propose_copy(session: Session, actor: Actor, plan_id: int, request: CopyRequest, *, now: datetime) -> int:
    """A proposal with a year's turns in another year; returns its id."""
    policy.check(actor, _EDIT)
    plan = queries.plan_by_id(session, plan_id)
    if not request.target_plan_id and not request.name.strip():
        request = replace(request, name=free_name(session, suggested_name(plan.name, request.target_year)))
    if request.target_plan_id == plan_id and request.target_year == request.source_year:
        raise RuleBroken("same_year", say("Choose another year, or another plan."), "target_year")
    if not request.target_plan_id and queries.find_plan_by_name(session, " ".join(request.name.split())):
        raise RuleBroken("name_taken", say("There is already a plan with this name."), "name")
    found = copy_ground(session, plan_id, request)
    sources = copy_sources(session, plan_id, request, found)
    if not sources:
        text = say("The plan has no turns in %(year)s to copy.", year=request.source_year)
        raise RuleBroken("nothing_to_copy", text, "source_year")
    placed = copied_changes(found, sources, request.target_year)
    kept = {"turns": [[one.source_id, str(one.block.first)] for one in placed.added]}
    fingerprint = stamp(found, *(f"{slot.id}:{slot.version}" for slot in sources))
    asked = stored.copy_as_json(request)
    state = ProposalState.PROVEN
    return _keep(session, actor, plan_id, ProposalKind.COPY, asked, fingerprint, kept, state, now=now)


def propose_again(
    session: Session,
    actor: Actor,
    proposal: ProposalView,
    *,
    gap: int | None,
    length: int | None,
    now: datetime,
) -> int:
    """The same question on the plan as it is now, with another distance or length when they are given."""
    policy.check(actor, _EDIT)
    if proposal.kind is ProposalKind.REPLAN:
        new_id = propose_replan(
            session, actor, proposal.plan_id, stored.replan_from(proposal.request), now=now
        )
    elif proposal.kind is ProposalKind.COPY:
        new_id = propose_copy(session, actor, proposal.plan_id, stored.copy_from(proposal.request), now=now)
    else:
        old = stored.fill_from(proposal.request)
        gap = old.gap if gap is None else gap
        length = old.length if length is None else length
        request = FillRequest(old.first, old.last, length, gap, _still(session, proposal.plan_id, old))
        new_id = propose_fill(session, actor, proposal.plan_id, request, now=now)
    if not proposal.has_ended:
        discard_proposal(session, actor, proposal.id, now=now)
    return new_id


def discard_proposal(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Nothing has been written, so nothing has to be undone; a second time changes nothing."""
    policy.check(actor, _EDIT)
    row = queries.proposal_by_id(session, proposal_id)
    if row.state == ProposalState.USED:
        raise Conflict("proposal_used", say("The proposal is used already. Undo it, or change the plan."))
    if row.state == ProposalState.DISCARDED:
        return
    row.state, row.lease_until = ProposalState.DISCARDED, None
    session.flush()
    record(session, actor, "rotation:proposal:discarded", "plan_proposal", proposal_id, now=now)


def replan_ground(session: Session, plan_id: int, request: ReplanRequest) -> Ground:
    """From the first week to the plan's end."""
    slots = queries.slots_of_plan(session, plan_id)
    end = max([request.first, *(slot.block.last for slot in slots)])
    return _open_ground(session, plan_id, request.first, end)


def copy_ground(session: Session, plan_id: int, request: CopyRequest) -> Ground:
    """The year that is copied into, in the plan that gets the turns."""
    first = Week(request.target_year, 1)
    last = Week(request.target_year, weeks_in(request.target_year))
    if request.target_plan_id is None:
        return new_ground(session, plan_id, first, last)
    return _open_ground(session, request.target_plan_id, first, last)


def copy_sources(session: Session, plan_id: int, request: CopyRequest, found: Ground) -> list[SlotView]:
    """The turns that begin in the year; units that are put away or belong elsewhere stay behind."""
    slots = queries.slots_of_plan(session, plan_id)
    return [
        slot
        for slot in slots
        if slot.block.first.year == request.source_year and slot.unit_id in found.unit_ids
    ]


def is_stale(session: Session, proposal: ProposalView, today: Week) -> bool:
    """Whether the plan, the holidays or the wishes have changed since, or its first week is over."""
    if proposal.kind is ProposalKind.FILL and stored.fill_from(proposal.request).first < today:
        return True
    return current_stamp(session, proposal, today) != proposal.stamp


def current_stamp(session: Session, proposal: ProposalView, today: Week) -> str:
    if proposal.kind is ProposalKind.REPLAN:
        return stamp(replan_ground(session, proposal.plan_id, stored.replan_from(proposal.request)), today)
    if proposal.kind is ProposalKind.COPY:
        request = stored.copy_from(proposal.request)
        found = copy_ground(session, proposal.plan_id, request)
        sources = copy_sources(session, proposal.plan_id, request, found)
        return stamp(found, *(f"{slot.id}:{slot.version}" for slot in sources))
    fill = stored.fill_from(proposal.request)
    return stamp(ground(session, proposal.plan_id, fill.first, fill.last))


def _best_now(problem: Problem, answer: Answer) -> tuple[Answer | None, ProposalState]:
    """The solver's answer at once: a replanning is a small problem."""
    found = optimum(problem, answer, score.score, seconds=_REPLAN_SECONDS)
    if found is None:
        return None, ProposalState.UNAVAILABLE
    best = min(found.answer, answer, key=lambda one: score.score(problem, one))
    return best, ProposalState.PROVEN if found.is_proven else ProposalState.BEST_FOUND


def _keep(
    session: Session,
    actor: Actor,
    plan_id: int,
    kind: ProposalKind,
    asked: dict[str, Any],
    fingerprint: str,
    answer: dict[str, Any],
    state: ProposalState,
    best: dict[str, Any] | None = None,
    *,
    now: datetime,
) -> int:
    row = PlanProposal(
        plan_id=plan_id,
        kind=kind,
        request=asked,
        stamp=fingerprint,
        greedy=answer,
        best=best,
        state=state,
        progress={},
        asked_by=actor.id if actor.kind == "user" else None,
        made_at=now,
    )
    session.add(row)
    session.flush()
    changes = {"kind": (None, str(kind)), "plan_id": (None, plan_id)}
    record(session, actor, "rotation:proposal:made", "plan_proposal", row.id, changes=changes, now=now)
    return row.id or 0


def _open_ground(session: Session, plan_id: int, first: Week, last: Week) -> Ground:
    found = ground(session, plan_id, first, last)
    if found.plan.status is PlanStatus.ARCHIVED:
        raise RuleBroken("plan_archived", say("The plan is archived. Bring it back before you plan in it."))
    return found


def _checked_end(request: FillRequest, this_week: Week) -> Week:
    """The last week of a period that can be filled; the limits of the form, for everybody who asks."""
    if request.last < request.first:
        raise RuleBroken("ends_before", say("The last week lies before the first."), "last_week")
    if request.first < this_week:
        text = say(
            "Week %(week)s of %(year)s is over. Begin with this week or a later one.",
            week=request.first.number,
            year=request.first.year,
        )
        raise RuleBroken("in_the_past", text, "first_week")
    if request.last - request.first + 1 > MOST_PLANNED:
        raise RuleBroken("too_long", say("At most %(most)s weeks at once.", most=MOST_PLANNED), "last_week")
    if not 1 <= request.length <= LONGEST_TURN:
        raise RuleBroken("length", say("From 1 to %(most)s weeks.", most=LONGEST_TURN), "length")
    if not 0 <= request.gap <= LARGEST_GAP:
        raise RuleBroken("gap", say("From 0 to %(most)s weeks.", most=LARGEST_GAP), "gap")
    return request.last


def _still(session: Session, plan_id: int, old: FillRequest) -> Mapping[int, int]:
    """The shares of those who still take turns."""
    there: Sequence[int] = ground(session, plan_id, old.first, old.last).unit_ids
    return {unit_id: share for unit_id, share in old.shares.items() if unit_id in there}


def _this_week(now: datetime) -> Week:
    return Week.of(local(now).date())
