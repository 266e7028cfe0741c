"""Every change to a slot is counted and dated, so that subscribed calendars hear of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from branding.core.db import Database
from branding.core.isoweek import Week
from branding.migrations import schema
from branding.rotation import queries, service
from branding.rotation.values import HolidayKind, HolidayRequest, MoveRequest, SlotFacts, SlotStatus
from tests.house import sources
from tests.house.sources import PACKAGE
from tests.rotation import factories
from tests.rotation.factories import COMMUNICATIONS, NOW

HOME = PACKAGE / "rotation" / "service" / "changes.py"
LATER = NOW + timedelta(hours=1)
#: ``row.version += 1`` and ``row.changed_at = …`` on anything that is called a slot.
WRITES = re.compile(r"\bslot\w*(?:\[[^\]]+\])?\.(?:version\s*(?:\+=|=(?!=))|changed_at\s*=(?!=))")


def edit(session: Session, slot_id: int) -> int:
    slot = queries.slot_view(session, slot_id)
    said = SlotFacts(slot_id, slot.version, None, "Nyt emne", "", "", SlotStatus.CONFIRMED)
    edit_id = service.edit_slot(session, COMMUNICATIONS, said, now=LATER)
    assert edit_id
    return edit_id


def move(session: Session, slot_id: int) -> int:
    target = Week(2022, 45)
    plan = service.plan_move(session, COMMUNICATIONS, slot_id, target)
    request = MoveRequest(slot_id, target, plan.stamp)
    return service.move_slots(session, COMMUNICATIONS, request, now=LATER)


def remove(session: Session, slot_id: int) -> None:
    service.remove_slot(session, COMMUNICATIONS, slot_id, now=LATER)


def undo_edit(session: Session, slot_id: int) -> None:
    service.undo_edit(session, COMMUNICATIONS, edit(session, slot_id), now=LATER)


def undo_move(session: Session, slot_id: int) -> None:
    service.undo_move(session, COMMUNICATIONS, move(session, slot_id), now=LATER)


def restore(session: Session, slot_id: int) -> None:
    remove(session, slot_id)
    service.restore_slot(session, COMMUNICATIONS, slot_id, SlotStatus.CONFIRMED, now=LATER)


def add_holiday(session: Session, slot_id: int) -> None:
    request = [HolidayRequest(queries.slot_view(session, slot_id).block.first, "Ferie", HolidayKind.CLOSING)]
    stamp = service.plan_holidays(session, COMMUNICATIONS, request).stamp
    service.add_holidays(session, COMMUNICATIONS, request, stamp, now=LATER)


@pytest.mark.parametrize(
    ("change", "times"),
    [(edit, 1), (undo_edit, 2), (move, 1), (undo_move, 2), (remove, 1), (restore, 2), (add_holiday, 1)],
)
def test_every_use_case_counts_and_dates_what_it_does_to_a_slot(
    session: Session, change: Callable[[Session, int], object], times: int
) -> None:
    plan_id = factories.make_plan(session)
    slot_id = factories.make_slot(session, plan_id, factories.make_areas(session)["SVO"], 40)
    before = queries.slot_view(session, slot_id)
    assert (before.version, before.changed_at) == (1, NOW)
    change(session, slot_id)
    after = queries.slot_view(session, slot_id)
    assert (after.version, after.changed_at) == (1 + times, LATER)


def test_an_import_counts_and_dates_what_it_changes(session: Session) -> None:
    area = factories.make_areas(session)["SVO"]
    plan_id = factories.make_plan(session)
    slot_id = factories.make_slot(session, plan_id, area, 40)
    table = "Specialområde;Uge;Emne\nSVO;40;Nattevagten\nIKH;41;Hverdagen\n"
    service.import_rotation(session, COMMUNICATIONS, table.encode(), "Takeover 2022", 2022, now=LATER)
    changed, added = queries.slots_of_plan(session, plan_id)
    assert changed.id == slot_id
    assert (changed.version, changed.changed_at) == (2, LATER)
    assert (added.version, added.changed_at) == (1, LATER)


def test_slots_from_before_changed_last_when_their_plan_was_made(database: Database) -> None:
    """The step up fills the column in, and neither step loses what lies inside a slot."""
    with database.transaction() as session:
        plan_id = factories.make_plan(session)
        slot_id = factories.make_slot(session, plan_id, factories.make_areas(session)["SVO"], 40)
        rotation = service.plan_move(session, COMMUNICATIONS, slot_id, Week(2022, 45))
        request = MoveRequest(slot_id, Week(2022, 45), rotation.stamp)
        service.move_slots(session, COMMUNICATIONS, request, now=LATER)
        began = queries.plan_beginnings(session)[plan_id]
    schema.downgrade(database, "0004")
    schema.upgrade(database)
    with database.reader() as session:
        slot = queries.slot_view(session, slot_id)
    assert (slot.changed_at, slot.version, slot.block.first) == (began, 2, Week(2022, 45))


def test_nothing_else_writes_a_slots_version_or_the_moment_of_its_change() -> None:
    for path in sources.modules(PACKAGE / "rotation"):
        if path != HOME:
            found = WRITES.findall(path.read_text("utf-8"))
            assert not found, f"{sources.name(path)}: use changes.note_change"


def test_the_search_finds_what_it_looks_for() -> None:
    assert WRITES.search("    slot.version += 1")
    assert WRITES.search("    slots[key].changed_at = now")
    assert not WRITES.search("    if slot.version == 1:")
