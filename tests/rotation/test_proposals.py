"""Proposals on a database: made, used in one go, taken back, stale, solved by a worker that may die."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from branding.audit.queries import entries
from branding.core.db import Database
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.organisation import service as organisation
from branding.rotation import jobs, optimum, queries, service
from branding.rotation.rules.planner.score import score
from branding.rotation.service import solving
from branding.rotation.service.suggestions import suggested_name
from branding.rotation.values import Block, NewSlot, SlotFacts, SlotStatus
from branding.rotation.values.planning import (
    CopyRequest,
    FillRequest,
    NewWeekRequest,
    ProposalState,
    ReplanRequest,
    RequestKind,
)
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    READER,
    coordinator,
    make_areas,
    make_plan,
    make_slot,
)

THIS_WEEK = Week.of(NOW.date())


@pytest.fixture
def units(session: Session) -> dict[str, int]:
    return make_areas(session)


def filling(units: dict[str, int], first: int = 10, last: int = 41, **more: int) -> FillRequest:
    shares = dict.fromkeys(units.values(), 1)
    weeks = Week(2022, first), Week(2022, last)
    return FillRequest(*weeks, more.get("length", 2), more.get("gap", 4), shares)


def fill(session: Session, plan_id: int, request: FillRequest) -> int:
    return service.propose_fill(session, COMMUNICATIONS, plan_id, request, now=NOW)


def use(session: Session, proposal_id: int, answer: str = "greedy") -> int:
    return service.use_proposal(session, COMMUNICATIONS, proposal_id, answer, now=NOW)


def undo(session: Session, proposal_id: int) -> None:
    service.undo_proposal(session, COMMUNICATIONS, proposal_id, now=NOW)


def turns(session: Session, plan_id: int) -> list[str]:
    return [f"{slot.unit_id}: {slot.block.label}" for slot in queries.slots_of_plan(session, plan_id)]


def tags(session: Session, tag: str) -> list[str]:
    return [entry.tag for entry in entries(session, tag=tag, size=200)[0]]


def block(session: Session, unit_id: int, number: int, weeks: int = 1) -> None:
    request = NewWeekRequest(unit_id, RequestKind.BLOCKED, Block(Week(2022, number), weeks))
    service.add_request(session, COMMUNICATIONS, request, now=NOW)


# --- filling --------------------------------------------------------------------------------


def test_a_proposal_writes_nothing_until_it_is_used(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    proposal_id = fill(session, plan_id, filling(units))
    assert turns(session, plan_id) == []
    assert use(session, proposal_id) == plan_id
    assert len(turns(session, plan_id)) == 16
    assert queries.proposal_view(session, proposal_id).state is ProposalState.USED
    assert tags(session, "rotation:proposal") == ["rotation:proposal:used", "rotation:proposal:made"]
    assert len(tags(session, "rotation:slot:added")) == 16


def test_undo_takes_all_of_it_back_at_once(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    kept = make_slot(session, plan_id, units["SAU"], 20)
    proposal_id = fill(session, plan_id, filling(units))
    use(session, proposal_id)
    undo(session, proposal_id)
    assert [slot.id for slot in queries.slots_of_plan(session, plan_id)] == [kept]
    assert tags(session, "rotation:proposal:undone") == ["rotation:proposal:undone"]
    with pytest.raises(Conflict, match="not_used"):
        undo(session, proposal_id)


def test_turns_that_are_there_stay_and_holidays_and_blocked_weeks_are_respected(
    session: Session, units: dict[str, int]
) -> None:
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 20, 2)
    block(session, units["SOH"], 22, 6)
    use(session, fill(session, plan_id, filling(units)))
    found = queries.slots_of_plan(session, plan_id)
    weeks = [week for slot in found for week in slot.block]
    assert len(weeks) == len(set(weeks))
    closed = {one.week for one in queries.holiday_weeks_of(session, plan_id)}
    assert not closed & set(weeks)
    soh = {week.number for slot in found if slot.unit_id == units["SOH"] for week in slot.block}
    assert not soh & set(range(22, 28))
    assert f"{units['SAU']}: 20-21" in turns(session, plan_id)


def test_another_plan_on_the_same_profile_takes_its_weeks(session: Session, units: dict[str, int]) -> None:
    plan_id, other_id = make_plan(session), make_plan(session, "Anden")
    row = queries.plan_by_id(session, other_id)
    row.profile_id = queries.plan_by_id(session, plan_id).profile_id
    make_slot(session, other_id, units["SAU"], 12, 3)
    use(session, fill(session, plan_id, filling(units)))
    weeks = {week.number for slot in queries.slots_of_plan(session, plan_id) for week in slot.block}
    assert not weeks & {12, 13, 14}


def test_a_proposal_is_stale_when_the_plan_has_changed(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    for change in (
        lambda: make_slot(session, plan_id, units["SAU"], 15),
        lambda: block(session, units["SOH"], 30),
        lambda: service.archive_plan(session, COMMUNICATIONS, plan_id, now=NOW),
    ):
        proposal_id = fill(session, plan_id, filling(units))
        change()
        with pytest.raises(Conflict, match="plan_changed"):
            use(session, proposal_id)


def test_a_proposal_is_used_once(session: Session, units: dict[str, int]) -> None:
    proposal_id = fill(session, make_plan(session), filling(units))
    use(session, proposal_id)
    with pytest.raises(Conflict, match="proposal_ended"):
        use(session, proposal_id)
    with pytest.raises(Conflict, match="proposal_used"):
        service.discard_proposal(session, COMMUNICATIONS, proposal_id, now=NOW)


def test_a_discarded_proposal_is_not_used(session: Session, units: dict[str, int]) -> None:
    proposal_id = fill(session, make_plan(session), filling(units))
    service.discard_proposal(session, COMMUNICATIONS, proposal_id, now=NOW)
    service.discard_proposal(session, COMMUNICATIONS, proposal_id, now=NOW)
    with pytest.raises(Conflict):
        use(session, proposal_id)
    assert len(tags(session, "rotation:proposal:discarded")) == 1


def test_undo_stops_when_somebody_has_changed_a_turn_since(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    proposal_id = fill(session, plan_id, filling(units))
    use(session, proposal_id)
    changed = queries.slots_of_plan(session, plan_id)[3]
    facts = SlotFacts(changed.id, changed.version, topic="Nattevagten", status=SlotStatus.CONFIRMED)
    service.edit_slot(session, COMMUNICATIONS, facts, now=NOW)
    with pytest.raises(Conflict, match="slot_used"):
        undo(session, proposal_id)


@pytest.mark.parametrize(
    ("first", "last", "more", "code"),
    [
        (Week(2022, 30), Week(2022, 20), {}, "ends_before"),
        (Week(2022, 1), Week(2022, 20), {}, "in_the_past"),
        (Week(2022, 10), Week(2025, 52), {}, "too_long"),
        (Week(2022, 10), Week(2022, 20), {"length": 9}, "length"),
        (Week(2022, 10), Week(2022, 20), {"gap": 27}, "gap"),
    ],
)
def test_a_period_that_cannot_be_filled_is_refused_at_its_field(
    session: Session, units: dict[str, int], first: Week, last: Week, more: dict[str, int], code: str
) -> None:
    request = FillRequest(first, last, more.get("length", 2), more.get("gap", 4), {units["SAU"]: 1})
    with pytest.raises(RuleBroken, match=code) as refused:
        fill(session, make_plan(session), request)
    assert refused.value.field


def test_units_of_another_area_and_nobody_at_all_are_refused(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session, "Pilot", units["SOH"])
    weeks = Week(2022, 10), Week(2022, 20)
    with pytest.raises(RuleBroken, match="unit_outside_plan"):
        fill(session, plan_id, FillRequest(*weeks, 2, 4, {units["SAU"]: 1}))
    with pytest.raises(RuleBroken, match="no_units"):
        fill(session, plan_id, FillRequest(*weeks, 2, 4, {units["SOH"]: 0}))


def test_a_period_without_open_weeks_is_refused(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 10, 3)
    with pytest.raises(RuleBroken, match="nothing_open"):
        fill(session, plan_id, filling(units, 10, 12))


def test_only_communications_plan(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    proposal_id = fill(session, plan_id, filling(units))
    for actor in (READER, coordinator(*units.values())):
        for attempt in (
            lambda who=actor: service.propose_fill(session, who, plan_id, filling(units), now=NOW),
            lambda who=actor: service.use_proposal(session, who, proposal_id, "greedy", now=NOW),
            lambda who=actor: service.undo_proposal(session, who, proposal_id, now=NOW),
            lambda who=actor: service.discard_proposal(session, who, proposal_id, now=NOW),
            lambda who=actor: service.propose_replan(
                session, who, plan_id, ReplanRequest(THIS_WEEK), now=NOW
            ),
            lambda who=actor: service.propose_copy(
                session, who, plan_id, CopyRequest(2022, 2023, plan_id), now=NOW
            ),
        ):
            with pytest.raises(NotAllowed):
                attempt()


# --- when rules collide ---------------------------------------------------------------------


def shown(session: Session, proposal_id: int) -> list[str]:
    page = service.proposal_page(session, queries.proposal_view(session, proposal_id), THIS_WEEK)
    return [str(text) for text in page.reasons]


def test_three_units_far_apart_are_told_how_much_they_can_fill(
    session: Session, units: dict[str, int]
) -> None:
    few = {name: key for name, key in units.items() if name in ("SOH", "SAU", "IKH")}
    proposal_id = fill(session, make_plan(session), filling(few, 10, 16, length=1, gap=6))
    proposal = queries.proposal_view(session, proposal_id)
    page = service.proposal_page(session, proposal, THIS_WEEK)
    told = [str(text) for text in page.reasons]
    assert told[0] == (
        "With 6 weeks in between 3 units can only fill 3 weeks, so 4 stay empty "
        "before the first can come again."
    )
    assert page.alternative is not None and page.alternative.gap == 2
    again = service.propose_again(session, COMMUNICATIONS, proposal, gap=2, length=1, now=NOW)
    assert shown(session, again) == []
    assert queries.proposal_view(session, proposal_id).state is ProposalState.DISCARDED


def test_an_empty_week_says_who_blocked_it_and_who_has_just_had_a_turn(
    session: Session, units: dict[str, int]
) -> None:
    few = {name: key for name, key in units.items() if name in ("SOH", "SAU", "IKH")}
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["IKH"], 19)
    for name in ("SOH", "SAU"):
        block(session, units[name], 20, 2)
    told = shown(session, fill(session, plan_id, filling(few, 20, 21, gap=4)))
    assert told == ["Weeks 20-21 stay empty: SAU and SOH have blocked them and IKH has just had week 19."]


def test_weeks_that_everybody_has_blocked_are_told(session: Session, units: dict[str, int]) -> None:
    for unit_id in units.values():
        block(session, unit_id, 20, 2)
    proposal_id = fill(session, make_plan(session), filling(units, 20, 21))
    assert "Weeks 20-21 stay empty: everybody has blocked them." in shown(session, proposal_id)
    use(session, proposal_id)


def test_one_unit_with_a_double_share_and_a_wide_gap_gets_what_the_rules_leave(
    session: Session, units: dict[str, int]
) -> None:
    request = FillRequest(Week(2022, 10), Week(2022, 41), 2, 26, {units["SAU"]: 2})
    plan_id = make_plan(session)
    use(session, fill(session, plan_id, request))
    assert turns(session, plan_id) == [f"{units['SAU']}: 10-11", f"{units['SAU']}: 38-39"]


# --- the search for the best ----------------------------------------------------------------


def job(database: Database, settings: Settings) -> Job:
    return Job("rotation.solve_proposals", database, settings, NOW)


@pytest.mark.skipif(not optimum.is_available(), reason="the extra planner is not installed")
def test_the_worker_finds_and_proves_the_best(
    session: Session, units: dict[str, int], database: Database, settings: Settings, at: object
) -> None:
    at("2022-03-01 10:00")  # type: ignore[operator]
    for number in (15, 22, 29):
        wish = NewWeekRequest(units["SOH"], RequestKind.WISH, Block(Week(2022, number)))
        service.add_request(session, COMMUNICATIONS, wish, now=NOW)
    proposal_id = fill(session, make_plan(session), filling(units, gap=0))
    queries.proposal_by_id(session, proposal_id).state = ProposalState.WAITING
    session.commit()
    jobs.solve_proposals(job(database, settings))
    session.expire_all()
    found = queries.proposal_view(session, proposal_id)
    assert found.state is ProposalState.PROVEN and found.best is not None
    best, first = found.best["score"], found.greedy["score"]
    assert tuple(best.values()) <= tuple(first.values())
    assert tags(session, "rotation:proposal:solved")
    use(session, proposal_id, "best")


def test_without_the_extra_the_built_in_answer_is_said_to_be_all_there_is(
    session: Session, units: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimum, "find_spec", lambda _name: None)
    few = {name: key for name, key in units.items() if name in ("SOH", "SAU", "IKH")}
    plan_id = make_plan(session)
    proposal_id = fill(session, plan_id, filling(few, 10, 16, length=1, gap=6))
    assert queries.proposal_view(session, proposal_id).state is ProposalState.UNAVAILABLE
    use(session, proposal_id)
    made = service.propose_replan(
        session, COMMUNICATIONS, plan_id, ReplanRequest(THIS_WEEK, None, units["SOH"]), now=NOW
    )
    assert queries.proposal_view(session, made).state is ProposalState.UNAVAILABLE


def waiting(session: Session, units: dict[str, int]) -> int:
    proposal_id = fill(session, make_plan(session), filling(units))
    queries.proposal_by_id(session, proposal_id).state = ProposalState.WAITING
    session.flush()
    return proposal_id


def test_a_lost_claim_is_taken_again_after_the_lease_and_the_late_answer_is_dropped(
    session: Session, units: dict[str, int]
) -> None:
    proposal_id = waiting(session, units)
    lost = solving.claim(session, now=NOW)
    assert lost is not None
    assert not solving.any_due(session, now=NOW + timedelta(seconds=59))
    later = NOW + timedelta(seconds=61)
    taken = solving.claim(session, now=later)
    assert taken is not None and taken.id == proposal_id
    question, _ = solving.question_of(session, lost)
    solving.store(session, lost, question, None, now=later)
    assert queries.proposal_view(session, proposal_id).state is ProposalState.SOLVING
    solving.store(session, taken, question, None, now=later)
    assert queries.proposal_view(session, proposal_id).state is ProposalState.UNAVAILABLE


def test_a_proposal_that_no_worker_survives_is_given_up(session: Session, units: dict[str, int]) -> None:
    proposal_id, now = waiting(session, units), NOW
    for _ in range(3):
        assert solving.claim(session, now=now) is not None
        now += timedelta(seconds=61)
    assert solving.claim(session, now=now) is None
    assert queries.proposal_view(session, proposal_id).state is ProposalState.FAILED
    use(session, proposal_id)


def test_a_proposal_that_is_used_while_it_is_solved_stays_used(
    session: Session, units: dict[str, int]
) -> None:
    proposal_id = waiting(session, units)
    claimed = solving.claim(session, now=NOW)
    assert claimed is not None
    question, first = solving.question_of(session, claimed)
    use(session, proposal_id)
    solving.store(session, claimed, question, None, now=NOW)
    assert queries.proposal_view(session, proposal_id).state is ProposalState.USED
    assert score(question.problem, first).empty == 0


def test_progress_is_noted_for_those_who_wait(session: Session, units: dict[str, int]) -> None:
    proposal_id = waiting(session, units)
    claimed = solving.claim(session, now=NOW)
    assert claimed is not None
    solving.note_progress(session, claimed, "missed", float("inf"), 0.0, now=NOW)
    solving.note_progress(session, claimed, "missed", 3.0, 0.98, now=NOW)
    told = queries.proposal_view(session, proposal_id).progress
    assert (told["aim"], told["best"], told["bound"]) == ("missed", 3, 1)


def test_old_proposals_that_nobody_used_are_deleted_and_used_ones_stay(
    session: Session, units: dict[str, int]
) -> None:
    unused, used = fill(session, make_plan(session, "Gammel"), filling(units)), waiting(session, units)
    use(session, used)
    assert solving.purge(session, now=NOW + timedelta(days=31)) == 1
    with pytest.raises(Missing):
        queries.proposal_view(session, unused)
    assert queries.proposal_view(session, used).used_at == NOW


# --- replanning -----------------------------------------------------------------------------


def laid(session: Session, units: dict[str, int]) -> int:
    plan_id = make_plan(session)
    for place, name in enumerate(("SOH", "SAU", "IKH", "DOK", "SOH", "SAU", "IKH", "DOK")):
        make_slot(session, plan_id, units[name], 10 + 2 * place, 2)
    return plan_id


def replanned(session: Session, plan_id: int, request: ReplanRequest, now: datetime = NOW) -> int:
    made = service.propose_replan(session, COMMUNICATIONS, plan_id, request, now=now)
    service.keep_objections(session, COMMUNICATIONS, made, now=now)
    return made


def test_a_dropout_changes_only_its_own_turns_and_says_so(session: Session, units: dict[str, int]) -> None:
    plan_id = laid(session, units)
    made = replanned(session, plan_id, ReplanRequest(Week(2022, 14), None, units["SAU"]))
    proposal = queries.proposal_view(session, made)
    page = service.proposal_page(session, proposal, THIS_WEEK)
    assert str(page.lead[0]).startswith("1 slot changes: week 20-21 from SAU to ")
    assert str(page.lead[1]) == "5 stay as they were."
    before = turns(session, plan_id)
    service.use_proposal(session, COMMUNICATIONS, made, page.answer, now=NOW)
    after = turns(session, plan_id)
    assert sum(1 for line in after if line not in before) == 1
    assert f"{units['SAU']}: 12-13" in after and f"{units['SAU']}: 20-21" not in after
    undo(session, made)
    assert turns(session, plan_id) == before


def test_turns_that_have_begun_are_never_touched(session: Session, units: dict[str, int]) -> None:
    plan_id = laid(session, units)
    now = datetime(2022, 3, 23, 9, tzinfo=UTC)  # week 12, SAU's first
    made = replanned(session, plan_id, ReplanRequest(Week(2022, 10), None, units["SAU"]), now)
    changes = service.proposal_page(session, queries.proposal_view(session, made), Week(2022, 12)).changes
    assert [one.block.label for one in changes.switches] == ["20-21"]


def test_new_blocked_weeks_move_only_the_turns_that_lie_in_them(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = laid(session, units)
    block(session, units["IKH"], 14)
    made = replanned(session, plan_id, ReplanRequest(THIS_WEEK))
    changes = service.proposal_page(session, queries.proposal_view(session, made), THIS_WEEK).changes
    assert "14-15" in [one.block.label for one in changes.switches]
    assert len(changes.switches) <= 2


def test_nothing_to_replan_and_a_unit_without_turns_are_refused(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = laid(session, units)
    with pytest.raises(RuleBroken, match="no_turns"):
        replanned(session, plan_id, ReplanRequest(Week(2022, 14), None, units["SVO"]))
    with pytest.raises(RuleBroken, match="nothing_to_replan"):
        replanned(session, plan_id, ReplanRequest(Week(2022, 40)))
    with pytest.raises(RuleBroken, match="ends_before"):
        replanned(session, plan_id, ReplanRequest(Week(2022, 14), Week(2022, 12), units["SAU"]))


def test_a_follower_that_refuses_is_told_in_the_preview_and_stops_the_use(
    session: Session, units: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from branding.core.text import say
    from branding.rotation.service import using

    def refuse(*_arguments: object, **_more: object) -> None:
        raise RuleBroken("has_takeovers", say("There is a takeover in this slot. Call it off first."))

    plan_id = laid(session, units)
    monkeypatch.setattr(using, "tell_removed", refuse)
    monkeypatch.setattr("branding.rotation.service.slots.tell_removed", refuse)
    made = replanned(session, plan_id, ReplanRequest(Week(2022, 14), None, units["SAU"]))
    page = service.proposal_page(session, queries.proposal_view(session, made), THIS_WEEK)
    assert [queries.slot_view(session, slot_id).block.label for slot_id, _ in page.objections] == ["20-21"]
    with pytest.raises(RuleBroken) as refused:
        service.use_proposal(session, COMMUNICATIONS, made, page.answer, now=NOW)
    assert "SAU, week 20-21: There is a takeover" in str(refused.value.text)


# --- copying --------------------------------------------------------------------------------


def copy(session: Session, plan_id: int, target: int | None = None, name: str = "Takeover 2023") -> int:
    request = CopyRequest(2022, 2023, target, "" if target else name)
    return service.propose_copy(session, COMMUNICATIONS, plan_id, request, now=NOW)


def test_a_year_is_copied_into_a_new_plan_with_what_turns_are_about(
    session: Session, units: dict[str, int]
) -> None:
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    plan_id = make_plan(session)
    new = NewSlot(plan_id, units["SAU"], Block(Week(2022, 20), 2), topic="Nattevagten", responsible="Teamet")
    service.add_slot(session, COMMUNICATIONS, new, now=NOW)
    made = copy(session, plan_id)
    target = use(session, made)
    assert target != plan_id and queries.plan_view(session, target).name == "Takeover 2023"
    found = queries.slots_of_plan(session, target)
    assert [(str(s.block.first), s.block.weeks, s.topic, s.responsible) for s in found] == [
        ("2023-W20", 2, "Nattevagten", "Teamet")
    ]
    undo(session, made)
    assert queries.slots_of_plan(session, target) == []
    assert queries.plan_view(session, target).status == "archived"


def test_holidays_of_the_new_year_push_the_queue_and_nobody_loses_a_turn(
    session: Session, units: dict[str, int]
) -> None:
    from branding.rotation.values import HolidayRequest

    plan_id = make_plan(session)
    for number, name in ((14, "SOH"), (15, "SAU"), (17, "IKH")):
        make_slot(session, plan_id, units[name], number)
    closed = [HolidayRequest(Week(2023, 14), "påskeferie")]
    service.add_holidays(session, COMMUNICATIONS, closed, "", now=NOW)
    use(session, copy(session, plan_id, plan_id))
    copied = turns(session, plan_id)[3:]
    assert copied == [f"{units['SOH']}: 15", f"{units['SAU']}: 16", f"{units['IKH']}: 17"]


def test_units_that_were_put_away_stay_behind_and_that_is_said(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = laid(session, units)
    organisation.archive_unit(session, COMMUNICATIONS, units["IKH"], now=NOW)
    made = copy(session, plan_id)
    page = service.proposal_page(session, queries.proposal_view(session, made), THIS_WEEK)
    assert len(page.changes.added) == 6
    assert str(page.reasons[0]).startswith("IKH is not copied")
    assert page.missing_years == (2023,)


def test_a_copy_needs_a_free_name_a_year_with_turns_and_another_year(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = laid(session, units)
    with pytest.raises(RuleBroken, match="name_taken"):
        copy(session, plan_id, name="Takeover 2022")
    for request, code in (
        (CopyRequest(2021, 2023, plan_id), "nothing_to_copy"),
        (CopyRequest(2022, 2022, plan_id), "same_year"),
    ):
        with pytest.raises(RuleBroken, match=code):
            service.propose_copy(session, COMMUNICATIONS, plan_id, request, now=NOW)


def test_a_name_with_a_year_gets_the_new_year() -> None:
    assert suggested_name("Takeovers 2026", 2027) == "Takeovers 2027"
    assert suggested_name("Stafetten", 2027) == "Stafetten 2027"
