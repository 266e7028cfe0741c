"""Using a proposal: everything it says is written in one go, and can be taken back in one go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.clock import local
from branding.core.errors import Conflict, RuleBroken, StafetError
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.rotation import queries
from branding.rotation.queries.proposals import view_of
from branding.rotation.rules.planner import telling
from branding.rotation.service import moves, proposals, stored
from branding.rotation.service.followers import tell_removed, tell_shifted
from branding.rotation.service.ground import ground
from branding.rotation.service.plans import archive_plan, create_plan
from branding.rotation.service.questions import copied_changes, fill_question, replan_question
from branding.rotation.service.slots import add_slot, remove_slot, restore_slot
from branding.rotation.values import MoveCause, NewSlot, PlanRequest, SlotStatus, SlotStep
from branding.rotation.values.planning import (
    Addition,
    Changes,
    ProposalKind,
    ProposalState,
    ProposalView,
)

_EDIT = "rotation:plan:edit"
#: So many changes are told after a use; the rest are counted.
_TOLD = 2
_Done = TypeVar("_Done")


def use_proposal(session: Session, actor: Actor, proposal_id: int, answer: str, *, now: datetime) -> int:
    """Write what the page showed; ``answer`` is greedy or best.  Returns the plan that got the turns.

    Conflict when the plan has changed since, or when the proposal was used or put away.
    """
    policy.check(actor, _EDIT)
    row = queries.proposal_by_id(session, proposal_id)
    if row.state in (ProposalState.USED, ProposalState.DISCARDED):
        raise Conflict("proposal_ended", say("The proposal has been used or discarded already."))
    today = Week.of(local(now).date())
    proposal = view_of(row)
    if proposals.is_stale(session, proposal, today):
        raise Conflict(
            "plan_changed", say("The plan has changed since the proposal was made, so nothing was written.")
        )
    found = changes_of(session, proposal, answer, today)
    plan_id, is_new = _target(session, actor, proposal, now=now)
    written = _write(session, actor, plan_id, found, now=now)
    switches = [[one.block.label, one.before, one.after] for one in found.switches]
    row.undo = written | {"plan_id": plan_id if is_new else None, "into": plan_id, "switches": switches}
    row.state, row.used_at, row.lease_until = ProposalState.USED, now, None
    session.flush()
    told = {
        "added": (None, len(found.added)),
        "moved": (None, len(found.steps)),
        "cancelled": (None, len(found.removed)),
    }
    record(session, actor, "rotation:proposal:used", "plan_proposal", proposal_id, changes=told, now=now)
    # They were made on the plan as it was: nothing of them could be used any more.
    for other in queries.open_proposals(session, {proposal.plan_id, plan_id}):
        proposals.discard_proposal(session, actor, other.id or 0, now=now)
    return plan_id


def use_told(session: Session, proposal_id: int) -> Text:
    """What the use of a proposal has changed, for the notice after it: two changes, the rest counted."""
    switches = (queries.proposal_by_id(session, proposal_id).undo or {}).get("switches", [])
    if not switches:
        return say("The plan is laid.")
    names = {unit.id: unit.short_name or unit.name for unit in organisation.units(session, archived=True)}
    told = [telling.switch_told(weeks, names[one], names.get(other)) for weeks, one, other in switches]
    rest = len(told) - _TOLD
    parts = told if rest <= 0 else [*told[:_TOLD], say("%(count)s more", count=rest)]
    return say("The change is written: %(what)s.", what=telling.joined(parts, last=telling.AND))


def changes_of(session: Session, proposal: ProposalView, answer: str, today: Week) -> Changes:
    """What one of the proposal's answers would write; the ground must be the one it was made on."""
    chosen = proposal.best if answer == "best" and proposal.best else proposal.greedy
    if proposal.kind is ProposalKind.COPY:
        request = stored.copy_from(proposal.request)
        found = proposals.copy_ground(session, proposal.plan_id, request)
        sources = proposals.copy_sources(session, proposal.plan_id, request, found)
        return copied_changes(found, sources, request.target_year)
    if proposal.kind is ProposalKind.REPLAN:
        replan = stored.replan_from(proposal.request)
        question = replan_question(proposals.replan_ground(session, proposal.plan_id, replan), replan, today)
    else:
        fill = stored.fill_from(proposal.request)
        question = fill_question(ground(session, proposal.plan_id, fill.first, fill.last), fill)
    return question.changes(question.read(chosen["owners"]))


def objections(session: Session, actor: Actor, found: Changes, *, now: datetime) -> list[int]:
    """Slots that cannot go or move because something in them is used; nothing is written."""
    refused = [
        slot_id
        for slot_id in found.removed
        if _is_refused(session, partial(tell_removed, session, actor, slot_id, now=now))
    ]
    if not _is_refused(session, partial(tell_shifted, session, actor, found.steps, now=now)):
        return refused
    alone = [
        step.slot_id
        for step in found.steps
        if _is_refused(session, partial(tell_shifted, session, actor, [step], now=now))
    ]
    return refused + (alone or [step.slot_id for step in found.steps])


def keep_objections(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Ask whoever has something in the slots when the proposal is made: pages only read."""
    row, today = queries.proposal_by_id(session, proposal_id), Week.of(local(now).date())
    found = {}
    for answer in ("greedy", "best") if row.best else ("greedy",):
        found[answer] = objections(session, actor, changes_of(session, view_of(row), answer, today), now=now)
    row.progress = {**row.progress, "objections": found}
    session.flush()


def undo_proposal(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> int:
    """Take everything back that the use wrote, unless somebody has used it since; returns the plan's id."""
    policy.check(actor, _EDIT)
    row = queries.proposal_by_id(session, proposal_id)
    if row.state != ProposalState.USED or row.undo is None:
        raise Conflict("not_used", say("The proposal is not in use, so there is nothing to undo."))
    undo: dict[str, Any] = row.undo
    for slot_id, version in undo["added"]:
        _take_away(session, actor, slot_id, version, now=now)
    if undo["move_id"]:
        move = queries.slot_move_by_id(session, undo["move_id"])
        moves.check_open(session, move)
        moves.take_back(session, actor, move, now=now)
        back = [SlotStep(step.slot_id, step.after, step.before) for step in moves.steps_of(move)]
        _in_one_go(partial(tell_shifted, session, actor, back, now=now))
    for slot_id, status, version in undo["removed"]:
        if queries.slot_by_id(session, slot_id).version != version:
            raise _used_since(session, slot_id)
        _in_one_go(partial(restore_slot, session, actor, slot_id, SlotStatus(status), now=now))
    if undo["plan_id"]:
        for slot in queries.slots_of_plan(session, undo["plan_id"]):
            raise _used_since(session, slot.id)
    row.state, row.undone_at = ProposalState.DISCARDED, now
    session.flush()
    record(session, actor, "rotation:proposal:undone", "plan_proposal", proposal_id, now=now)
    if undo["plan_id"]:
        archive_plan(session, actor, undo["plan_id"], now=now)
    return int(undo.get("into", row.plan_id))


def _take_away(session: Session, actor: Actor, slot_id: int, version: int, *, now: datetime) -> None:
    """A turn that was added goes again while nobody has used it."""
    if queries.slot_by_id(session, slot_id).version != version:
        raise _used_since(session, slot_id)
    try:
        remove_slot(session, actor, slot_id, now=now)
    except RuleBroken:
        raise _used_since(session, slot_id) from None


def _write(session: Session, actor: Actor, plan_id: int, found: Changes, *, now: datetime) -> dict[str, Any]:
    """Cancel first, then move, then add: so that weeks are free when somebody gets them."""
    removed = []
    for slot_id in found.removed:
        before = _told_of(session, slot_id, partial(remove_slot, session, actor, slot_id, now=now))
        removed.append([slot_id, str(before), queries.slot_by_id(session, slot_id).version])
    move_id = None
    if found.steps:
        move_id = moves.carry_out(session, actor, found.steps, MoveCause.MOVE, now=now)
        tell = partial(tell_shifted, session, actor, found.steps, now=now)
        _told_of(session, found.steps[0].slot_id, tell)
    added = []
    for one in found.added:
        slot_id = add_slot(session, actor, _new_slot(session, plan_id, one), now=now)
        added.append([slot_id, queries.slot_by_id(session, slot_id).version])
    return {"added": added, "removed": removed, "move_id": move_id}


def _new_slot(session: Session, plan_id: int, one: Addition) -> NewSlot:
    """A copied turn keeps what it is about; who hosts is found anew."""
    if one.source_id is None:
        return NewSlot(plan_id, one.unit_id, one.block)
    like = queries.slot_by_id(session, one.source_id)
    return NewSlot(
        plan_id,
        one.unit_id,
        one.block,
        profession_id=like.profession_id,
        topic=like.topic,
        responsible=like.responsible,
    )


def _target(session: Session, actor: Actor, proposal: ProposalView, *, now: datetime) -> tuple[int, bool]:
    """The plan that gets the turns, and whether it was made for them."""
    if proposal.kind is not ProposalKind.COPY:
        return proposal.plan_id, False
    request = stored.copy_from(proposal.request)
    if request.target_plan_id is not None:
        return request.target_plan_id, False
    like = queries.plan_view(session, proposal.plan_id)
    wanted = PlanRequest(request.name, like.profile_id, like.area_id)
    return create_plan(session, actor, wanted, now=now), True


def _told_of(session: Session, slot_id: int, work: Callable[[], _Done]) -> _Done:
    """Whoever has something inside a slot may refuse; then the slot is named."""
    try:
        return work()
    except RuleBroken as error:
        slot = queries.slot_view(session, slot_id)
        unit = organisation.unit_by_id(session, slot.unit_id)
        text = say(
            "%(unit)s, week %(weeks)s: %(reason)s",
            unit=unit.short_name or unit.name,
            weeks=slot.block.label,
            reason=error.text,
        )
        raise RuleBroken(error.code, text) from None


def _is_refused(session: Session, work: Callable[[], None]) -> bool:
    """Whether something would be refused, found out without leaving a trace."""
    trial = session.begin_nested()
    try:
        work()
    except RuleBroken:
        return True
    finally:
        trial.rollback()
    return False


def _in_one_go(work: Callable[[], None]) -> None:
    """A refusal half way through an undo is a conflict: all of it stays as it is."""
    try:
        work()
    except RuleBroken as error:
        raise Conflict(error.code, error.text) from None


def _used_since(session: Session, slot_id: int) -> StafetError:
    slot = queries.slot_view(session, slot_id)
    unit = organisation.unit_by_id(session, slot.unit_id)
    text = say(
        "Somebody has used %(unit)s, week %(weeks)s since, so nothing was undone.",
        unit=unit.short_name or unit.name,
        weeks=slot.block.label,
    )
    return Conflict("slot_used", text)
