"""A proposal as its page shows it: computed from the plan as it is, so only while that has not changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from branding.core.isoweek import Week
from branding.core.text import Text, say, say_n
from branding.rotation import queries
from branding.rotation.rules.planner import explain, telling
from branding.rotation.rules.planner.picture import picture
from branding.rotation.rules.planner.score import missed, turns_of, weeks_of
from branding.rotation.service import proposals, stored
from branding.rotation.service.ground import Ground, ground
from branding.rotation.service.questions import Question, copied_changes, fill_question, replan_question
from branding.rotation.values.planning import (
    Alternative,
    Changes,
    FillRequest,
    Picture,
    ProposalKind,
    ProposalPage,
    ProposalState,
    ProposalView,
)
from branding.rotation.values.problems import Answer, Problem

#: So many reasons are told; the rest are counted.
_MOST_REASONS = 12


def proposal_page(session: Session, proposal: ProposalView, today: Week) -> ProposalPage:
    """Everything the page shows; the proposal must not be stale."""
    if proposal.kind is ProposalKind.COPY:
        return _copy_page(session, proposal)
    if proposal.kind is ProposalKind.REPLAN:
        return _replan_page(session, proposal, today)
    return _fill_page(session, proposal)


def _fill_page(session: Session, proposal: ProposalView) -> ProposalPage:
    request = stored.fill_from(proposal.request)
    found = ground(session, proposal.plan_id, request.first, request.last)
    question = fill_question(found, request)
    answer, name = _answer(proposal, question)
    shown = [n for n, share in enumerate(question.problem.shares) if share]
    empty = sum(tile.weeks for tile, unit in zip(question.problem.tiles, answer, strict=True) if unit < 0)
    empty += sum(block.weeks for block in question.shut)
    weeks = weeks_of(question.problem, answer)
    names = [found.names[unit_id] for unit_id in question.unit_ids]
    lead = [telling.weeks_told([weeks[n] for n in shown], [names[n] for n in shown])]
    lead += _wishes(question.problem, answer)
    lead += telling.empty_told(empty)
    reasons = _reasons(question, answer, request, names) if empty else []
    changes = question.changes(answer)
    return ProposalPage(
        lead=tuple(lead),
        picture=_picture(found, tuple(question.unit_ids[n] for n in shown), changes),
        changes=changes,
        reasons=tuple(reasons),
        alternative=_alternative(found, request, empty) if empty else None,
        objections=(),
        answer=name,
        missing_years=_without_holidays(found),
        asked=telling.asked_told(request),
    )


def _replan_page(session: Session, proposal: ProposalView, today: Week) -> ProposalPage:
    request = stored.replan_from(proposal.request)
    found = proposals.replan_ground(session, proposal.plan_id, request)
    question = replan_question(found, request, today)
    answer, name = _answer(proposal, question)
    changes = question.changes(answer)
    is_proven = proposal.state is ProposalState.PROVEN
    kept = len(answer) - len(changes.switches)
    lead = telling.switches_told(changes.switches, found.names, kept, proven=is_proven)
    names = [found.names[unit_id] for unit_id in question.unit_ids]
    empty = explain.emptiness(question.problem, answer, question.blocked)
    reasons = telling.emptiness_told(empty, names)
    refused = proposal.progress.get("objections", {}).get(name, [])
    why = say("is in use. Take what lies in it out first.")
    return ProposalPage(
        lead=tuple(lead),
        picture=_picture(found, question.unit_ids, changes),
        changes=changes,
        reasons=tuple(reasons),
        alternative=None,
        objections=tuple((slot_id, why) for slot_id in refused),
        answer=name,
    )


def _copy_page(session: Session, proposal: ProposalView) -> ProposalPage:
    request = stored.copy_from(proposal.request)
    found = proposals.copy_ground(session, proposal.plan_id, request)
    sources = proposals.copy_sources(session, proposal.plan_id, request, found)
    changes = copied_changes(found, sources, request.target_year)
    before = {slot.id: slot.block for slot in sources}
    same = [one for one in changes.added if before[one.source_id or 0].first.number == one.block.first.number]
    lead = [
        say_n("%(num)s turn, in the same order.", "%(num)s turns, in the same order.", len(changes.added)),
        say_n("%(num)s keeps its week number.", "%(num)s keep their week numbers.", len(same)),
        say("Nobody loses a turn."),
    ]
    if request.target_plan_id is None:
        lead.append(say("The new plan is called %(name)s.", name=request.name))
    units = tuple(dict.fromkeys(unit_id for unit_id in found.unit_ids))
    left_out = _left_out(session, proposal, request.source_year, found)
    wider = _reaching(found, changes)
    shown, missing = _picture(wider, units, changes), _without_holidays(found)
    return ProposalPage(tuple(lead), shown, changes, left_out, None, (), "greedy", missing)


def _without_holidays(found: Ground) -> tuple[int, ...]:
    """Years of the period that have no holiday weeks: the plan runs through them."""
    have = {week.year for week in found.holidays}
    return tuple(year for year in dict.fromkeys(week.year for week in found.weeks) if year not in have)


def _left_out(session: Session, proposal: ProposalView, year: int, found: Ground) -> tuple[Text, ...]:
    """Units with turns in the year that take none in the plan that gets them."""
    slots = queries.slots_of_plan(session, proposal.plan_id)
    gone = {s.unit_id for s in slots if s.block.first.year == year and s.unit_id not in found.unit_ids}
    return tuple(
        say(
            "%(unit)s is not copied: the unit is no longer in use, or takes no turns in that plan.",
            unit=found.names[unit_id],
        )
        for unit_id in sorted(gone)
    )


def _reaching(found: Ground, changes: Changes) -> Ground:
    """A queue that was pushed over New Year is shown to its end."""
    last = max([found.last, *(one.block.last for one in changes.added)])
    return replace(found, last=last)


def _answer(proposal: ProposalView, question: Question) -> tuple[Answer, str]:
    if proposal.best is not None:
        return question.read(proposal.best["owners"]), "best"
    return question.read(proposal.greedy["owners"]), "greedy"


def _wishes(problem: Problem, answer: Answer) -> list[Text]:
    turns = turns_of(problem, answer)
    short = sum(missed(problem, unit, turns[unit]) for unit in range(len(problem.shares)))
    return telling.wishes_told(len(problem.wishes) - short, len(problem.wishes))


def _reasons(question: Question, answer: Answer, request: FillRequest, names: list[str]) -> list[Text]:
    """What cannot be kept together first, then week by week."""
    problem = question.problem
    found = [telling.none_told(names[unit]) for unit in explain.without_weeks(problem)]
    most = explain.counting(problem)
    if most is not None:
        found.append(telling.most_told(most, request.gap))
    told = [telling.shut_told(block) for block in question.shut]
    told += telling.emptiness_told(explain.emptiness(problem, answer, question.blocked), names)
    found += told[:_MOST_REASONS]
    if len(told) > _MOST_REASONS:
        found.append(say("And %(count)s more for the same reasons.", count=len(told) - _MOST_REASONS))
    return found


def _alternative(found: Ground, request: FillRequest, empty: int) -> Alternative | None:
    """Another distance, else a shorter turn, when fewer weeks stay empty with it."""

    def make(gap: int, length: int) -> Problem:
        return fill_question(found, replace(request, gap=gap, length=length)).problem

    by_gap: Callable[[int], Problem] = lambda gap: make(gap, request.length)  # noqa: E731
    by_length: Callable[[int], Problem] = lambda length: make(request.gap, length)  # noqa: E731
    gap = explain.nearest_gap(by_gap, request.gap, empty) if request.gap else None
    if gap is not None:
        label = say_n("Use %(num)s week in between instead", "Use %(num)s weeks in between instead", gap)
        return Alternative(label, gap, request.length)
    length = explain.nearest_length(by_length, request.length, empty)
    if length is None:
        return None
    label = say_n("Use turns of %(num)s week instead", "Use turns of %(num)s weeks instead", length)
    return Alternative(label, request.gap, length)


def _picture(found: Ground, unit_ids: tuple[int, ...], changes: Changes) -> Picture:
    having = {slot.unit_id for slot in found.inside}
    rows = (*unit_ids, *(unit_id for unit_id in dict.fromkeys(having) if unit_id not in unit_ids))
    return picture(
        found.weeks,
        rows,
        changes,
        [slot for slot in found.slots if slot.unit_id in rows],
        holidays=found.holidays,
        taken=found.taken,
        blocked={unit_id: found.blocked(unit_id) for unit_id in rows},
        wishes=found.wishes,
    )
