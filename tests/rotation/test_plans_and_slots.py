"""Making and changing plans and slots: the ways forward, the ways back, and who may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.rotation import queries, service
from branding.rotation.service import followers
from branding.rotation.values import Block, NewSlot, PlanRequest, PlanStatus, SlotFacts, SlotStatus, SlotStep
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    READER,
    coordinator,
    make_areas,
    make_plan,
    make_slot,
    slot,
)


def test_a_plan_is_made_changed_archived_and_brought_back(session: Session) -> None:
    make_areas(session)
    plan_id = make_plan(session)
    plan = queries.plan_view(session, plan_id)
    request = PlanRequest("  Takeover   2023 ", plan.profile_id, None, plan.version)
    service.edit_plan(session, COMMUNICATIONS, plan_id, request, now=NOW)
    assert queries.plan_view(session, plan_id).name == "Takeover 2023"
    service.archive_plan(session, COMMUNICATIONS, plan_id, now=NOW)
    assert queries.plans(session) == []
    assert queries.plans(session, archived=True)[0].status is PlanStatus.ARCHIVED
    service.restore_plan(session, COMMUNICATIONS, plan_id, now=NOW)
    assert len(queries.plans(session)) == 1


def test_two_people_changing_a_plan_see_both_versions(session: Session) -> None:
    plan_id = make_plan(session)
    plan = queries.plan_view(session, plan_id)
    service.edit_plan(
        session, COMMUNICATIONS, plan_id, PlanRequest("Først", plan.profile_id, None, plan.version), now=NOW
    )
    with pytest.raises(Conflict) as refused:
        service.edit_plan(
            session,
            COMMUNICATIONS,
            plan_id,
            PlanRequest("Sidst", plan.profile_id, None, plan.version),
            now=NOW,
        )
    assert refused.value.mine[0][1] == "Sidst"
    assert refused.value.theirs[0][1] == "Først"


@pytest.mark.parametrize(
    ("name", "code"), [("", "name_missing"), ("x" * 121, "name_too_long"), ("Takeover 2022", "uq_plan_name")]
)
def test_a_plan_needs_a_name_of_its_own(session: Session, name: str, code: str) -> None:
    profile_id = queries.plan_view(session, make_plan(session)).profile_id
    with pytest.raises(RuleBroken, match=code):
        service.create_plan(session, COMMUNICATIONS, PlanRequest(name, profile_id), now=NOW)


def test_a_plan_with_slots_stays_in_its_area(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 33)
    plan = queries.plan_view(session, plan_id)
    request = PlanRequest(plan.name, plan.profile_id, units["SAU"], plan.version)
    with pytest.raises(RuleBroken, match="plan_has_slots"):
        service.edit_plan(session, COMMUNICATIONS, plan_id, request, now=NOW)


def test_a_slot_in_weeks_that_are_taken_is_refused(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 33, 2)
    with pytest.raises(RuleBroken, match="weeks_taken") as refused:
        make_slot(session, plan_id, units["SUA"], 34)
    assert refused.value.field == "weeks"


def test_a_unit_of_another_area_gets_no_turn_in_an_areas_plan(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session, area_id=units["SOH"])
    with pytest.raises(RuleBroken, match="unit_outside_plan"):
        make_slot(session, plan_id, units["SAU"], 33)


def test_an_edit_is_undone_to_what_it_said_before(session: Session) -> None:
    units = make_areas(session)
    slot_id = make_slot(session, make_plan(session), units["SAU"], 33)
    facts = SlotFacts(
        slot_id, 1, topic="Hverdag", note="Husk", status=SlotStatus.TENTATIVE, responsible="Ledelsen"
    )
    edit_id = service.edit_slot(session, COMMUNICATIONS, facts, now=NOW)
    assert (slot(session, slot_id).topic, slot(session, slot_id).status) == ("Hverdag", SlotStatus.TENTATIVE)
    service.undo_edit(session, COMMUNICATIONS, edit_id or 0, now=NOW)
    again = slot(session, slot_id)
    assert (again.topic, again.note, again.responsible, again.status) == ("", "", "", SlotStatus.CONFIRMED)
    service.undo_edit(session, COMMUNICATIONS, edit_id or 0, now=NOW)
    assert slot(session, slot_id).version == again.version


def test_an_edit_that_changes_nothing_leaves_no_trace(session: Session) -> None:
    units = make_areas(session)
    slot_id = make_slot(session, make_plan(session), units["SAU"], 33)
    assert service.edit_slot(session, COMMUNICATIONS, SlotFacts(slot_id, 1, responsible=""), now=NOW) is None
    assert slot(session, slot_id).version == 1


def test_two_people_editing_a_slot_see_both_versions(session: Session) -> None:
    units = make_areas(session)
    slot_id = make_slot(session, make_plan(session), units["SAU"], 33)
    edit_id = service.edit_slot(session, COMMUNICATIONS, SlotFacts(slot_id, 1, topic="Først"), now=NOW)
    with pytest.raises(Conflict) as refused:
        service.edit_slot(session, COMMUNICATIONS, SlotFacts(slot_id, 1, topic="Sidst"), now=NOW)
    shown = {str(label): (mine, theirs) for (label, mine), (_same, theirs) in zip(
        refused.value.mine, refused.value.theirs, strict=True)}  # fmt: skip
    assert shown["Topic"] == ("Sidst", "Først")
    service.edit_slot(session, COMMUNICATIONS, SlotFacts(slot_id, 2, topic="Tredje"), now=NOW)
    with pytest.raises(Conflict):
        service.undo_edit(session, COMMUNICATIONS, edit_id or 0, now=NOW)


def test_a_coordinator_edits_own_units_and_does_not_find_the_others(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    mine, other = make_slot(session, plan_id, units["SAU"], 33), make_slot(session, plan_id, units["SUA"], 34)
    actor = coordinator(units["SAU"])
    assert service.edit_slot(session, actor, SlotFacts(mine, 1, topic="Hverdag"), now=NOW)
    with pytest.raises(Missing):
        service.edit_slot(session, actor, SlotFacts(other, 1, topic="Hverdag"), now=NOW)
    with pytest.raises(NotAllowed):
        service.remove_slot(session, actor, mine, now=NOW)
    with pytest.raises(NotAllowed):
        service.edit_slot(session, READER, SlotFacts(mine, 2), now=NOW)


def test_a_cancelled_slot_frees_its_weeks_and_comes_back_while_they_are_free(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    slot_id = make_slot(session, plan_id, units["SAU"], 33)
    before = service.remove_slot(session, COMMUNICATIONS, slot_id, now=NOW)
    assert queries.slots_of_plan(session, plan_id) == []
    service.restore_slot(session, COMMUNICATIONS, slot_id, before, now=NOW)
    assert slot(session, slot_id).status is SlotStatus.CONFIRMED
    service.remove_slot(session, COMMUNICATIONS, slot_id, now=NOW)
    make_slot(session, plan_id, units["SUA"], 33)
    with pytest.raises(RuleBroken, match="weeks_taken"):
        service.restore_slot(session, COMMUNICATIONS, slot_id, before, now=NOW)


def test_texts_that_do_not_fit_are_refused(session: Session) -> None:
    units = make_areas(session)
    slot_id = make_slot(session, make_plan(session), units["SAU"], 33)
    with pytest.raises(RuleBroken, match="too_long"):
        service.edit_slot(session, COMMUNICATIONS, SlotFacts(slot_id, 1, topic="x" * 201), now=NOW)


def test_the_next_free_week_jumps_the_holidays(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    assert service.next_free_week(session, plan_id, Week(2022, 10).monday) == Week(2022, 11)
    make_slot(session, plan_id, units["SAU"], 41)
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    assert service.next_free_week(session, plan_id, Week(2022, 10).monday) == Week(2022, 43)


def test_an_archived_unit_keeps_its_name_in_old_plans(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 33)
    organisation_service.archive_unit(session, COMMUNICATIONS, units["SAU"], now=NOW)
    assert b"SAU" in service.export_csv(session, COMMUNICATIONS, plan_id)
    assert units["SAU"] not in {unit.id for unit in organisation.units(session)}


class Veto:
    """A higher room that has something inside the slot."""

    def __init__(self) -> None:
        self.shifted: list[Sequence[SlotStep]] = []

    def slots_shifted(
        self, session: Session, actor: Actor, steps: Sequence[SlotStep], *, now: datetime
    ) -> None:
        self.shifted.append(steps)

    def slot_removed(self, session: Session, actor: Actor, slot_id: int, *, now: datetime) -> None:
        raise RuleBroken("has_takeover", say("A takeover lies in the slot."))

    def profile_changed(
        self, session: Session, actor: Actor, slot_ids: Sequence[int], profile_id: int, *, now: datetime
    ) -> None:
        raise RuleBroken("has_takeover", say("A takeover lies in the slot."))


def test_a_higher_room_can_keep_a_slot_from_being_cancelled(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followers, "_followers", [])
    service.follow(Veto())
    units = make_areas(session)
    slot_id = make_slot(session, make_plan(session), units["SAU"], 33)
    with pytest.raises(RuleBroken, match="has_takeover"):
        service.remove_slot(session, COMMUNICATIONS, slot_id, now=NOW)
    assert slot(session, slot_id).status is SlotStatus.CONFIRMED


def test_a_slot_in_a_plan_that_is_not_there_is_missing(session: Session) -> None:
    units = make_areas(session)
    with pytest.raises(Missing):
        service.add_slot(session, COMMUNICATIONS, NewSlot(99, units["SAU"], Block(Week(2022, 33))), now=NOW)


def test_notes_leave_in_a_table_only_with_those_who_see_every_slot(session: Session) -> None:
    """The column is left out, not emptied: an import of such a table leaves the notes alone."""
    areas = make_areas(session)
    plan_id = make_plan(session)
    note = NewSlot(plan_id, areas["SOH"], Block(Week(2022, 33)), note="Fortroligt om SOH")
    service.add_slot(session, COMMUNICATIONS, note, now=NOW)
    assert "Fortroligt" in service.export_csv(session, COMMUNICATIONS, plan_id).decode()
    theirs = service.export_csv(session, coordinator(areas["DOK"]), plan_id).decode()
    assert "SOH" in theirs and "Fortroligt" not in theirs and "Note" not in theirs
