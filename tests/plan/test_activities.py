"""Activities: who may, what is refused, slots that are filled once, and what is undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.organisation import service as organisation
from branding.plan.queries import activities_between, done_between, gaps, slots_between
from branding.plan.queries.activities import activity_by_id
from branding.plan.queries.formats import format_by_id
from branding.plan.service import formats, settling, years
from branding.plan.service.activities import add_activity, change_activity, move_activity
from branding.plan.service.channels import archive_channel
from branding.plan.values import ActivityKind, ChannelKind, FormatRequest, Rhythm, Shown, Status
from tests.plan import factories as f
from tests.plan.factories import KAREN

At = Callable[[str], datetime]


@pytest.fixture
def on(session: Session, at: At) -> f.World:
    return f.world(session, at("2022-08-15 09:00"))


def test_a_coordinator_plans_for_the_own_unit_only(session: Session, on: f.World) -> None:
    mine = f.activity(session, on, "2022-08-16", by=on.klaus(), unit_id=on.area)
    assert activity_by_id(session, mine).unit_id == on.area
    with pytest.raises(Missing):
        f.activity(session, on, "2022-08-16", by=on.klaus(), unit_id=on.other_area)
    with pytest.raises(Missing):
        f.activity(session, on, "2022-08-16", by=on.klaus())
    theirs = f.activity(session, on, "2022-08-16", unit_id=on.other_area)
    with pytest.raises(Missing):
        settling.cancel_activity(session, on.klaus(), theirs, now=clock.now())


def test_a_coordinator_cannot_give_an_activity_away(session: Session, on: f.World) -> None:
    mine = f.activity(session, on, "2022-08-16", by=on.klaus(), unit_id=on.area)
    moved = replace(f.request(on, "2022-08-16", unit_id=on.other_area), version=1)
    with pytest.raises(Missing):
        change_activity(session, on.klaus(), mine, moved, now=clock.now(), today=clock.today())


def test_formats_belong_to_communications(session: Session, on: f.World) -> None:
    with pytest.raises(NotAllowed):
        formats.end_format(session, on.klaus(), 1, today=clock.today(), now=clock.now())


def test_the_second_of_two_is_told_what_the_first_changed(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-08-16")
    first = replace(f.request(on, "2022-08-17", title="Nyt"), version=1)
    change_activity(session, KAREN, made, first, now=clock.now(), today=clock.today())
    with pytest.raises(Conflict) as refused:
        change_activity(session, KAREN, made, first, now=clock.now(), today=clock.today())
    assert ("Nyt" in [value for _, value in refused.value.theirs]) and len(refused.value.mine) == len(
        refused.value.theirs
    )


def test_what_is_promised_and_past_is_late(session: Session, on: f.World) -> None:
    late = activity_by_id(session, f.activity(session, on, "2022-08-12"))
    idea = activity_by_id(session, f.activity(session, on, "2022-08-12", status=Status.IDEA))
    assert late.shown(clock.today()) == Shown.LATE and idea.shown(clock.today()) == Shown.IDEA
    assert late.shown(date(2022, 8, 12)) == Shown.PLANNED


def test_done_counts_on_its_last_day_and_is_undone(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-08-12", initiative_ref="i-1")
    one = settling.mark_done(session, KAREN, made, "https://rm.dk/a", today=clock.today(), now=clock.now())
    found = done_between(session, date(2022, 8, 1), date(2022, 8, 31))
    assert [(d.channel_kind, d.activity_kind, d.done_on, d.initiative_ref) for d in found] == [
        (ChannelKind.LINKEDIN, ActivityKind.POST, date(2022, 8, 12), "i-1")
    ]
    settling.take_back(session, KAREN, made, one.version, now=clock.now())
    assert activity_by_id(session, made).status == Status.PLANNED
    assert done_between(session, date(2022, 8, 1), date(2022, 8, 31)) == ()


def test_a_slot_is_filled_once_and_open_again_when_called_off(session: Session, on: f.World) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    slot = {"format_id": weekly, "slot_on": date(2022, 8, 16)}
    made = f.activity(session, on, "2022-08-17", **slot)
    with pytest.raises(RuleBroken):
        f.activity(session, on, "2022-08-16", **slot)
    assert date(2022, 8, 16) not in [gap.on for gap in gaps(session, clock.today())]
    called_off = settling.cancel_activity(session, KAREN, made, now=clock.now())
    assert date(2022, 8, 16) in [gap.on for gap in gaps(session, clock.today())]
    f.activity(session, on, "2022-08-16", **slot)
    with pytest.raises(RuleBroken):  # somebody else has it now
        settling.take_back(session, KAREN, made, called_off.version, now=clock.now())


def test_only_a_day_of_the_format_can_be_filled(session: Session, on: f.World) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    with pytest.raises(RuleBroken):
        f.activity(session, on, "2022-08-17", format_id=weekly, slot_on=date(2022, 8, 17))


def test_gaps_reach_six_whole_weeks_and_say_when_they_are_holidays(session: Session, on: f.World) -> None:
    f.weekly(session, on, "2022-08-01", weekday=3)
    found = gaps(session, date(2022, 12, 1))
    assert [gap.on for gap in found][-1] == date(2023, 1, 12)
    assert not next(gap for gap in found if gap.on == date(2022, 12, 8)).holiday
    christmas = [gap for gap in slots_between(session, date(2023, 4, 1), date(2023, 4, 10)) if gap.holiday]
    assert [gap.on for gap in christmas] == [date(2023, 4, 6)]  # Skærtorsdag


def test_editing_a_rhythm_keeps_the_past(session: Session, on: f.World) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    before = [slot.on for slot in slots_between(session, date(2022, 8, 1), date(2022, 8, 14))]
    one = format_by_id(session, weekly)
    wanted = FormatRequest(
        "Ugens opslag",
        on.linkedin,
        ActivityKind.POST,
        one.rhythm.rhythm,
        2,
        3,
        one.rhythm.anchor_on,
        version=1,
    )
    formats.change_format(session, KAREN, weekly, wanted, today=clock.today(), now=clock.now())
    assert [slot.on for slot in slots_between(session, date(2022, 8, 1), date(2022, 8, 14))] == before
    ahead = [slot.on for slot in slots_between(session, date(2022, 8, 15), date(2022, 9, 20))]
    assert ahead == [date(2022, 8, 18), date(2022, 9, 1), date(2022, 9, 15)]


def test_a_rhythm_that_is_changed_twice_on_a_day_keeps_the_past_too(session: Session, on: f.World) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    behind = date(2022, 8, 1), date(2022, 8, 14)
    before = [slot.on for slot in slots_between(session, *behind)]
    wanted = FormatRequest(
        "Ugens opslag", on.linkedin, ActivityKind.POST, Rhythm.WEEKS, 2, 3, date(2022, 8, 1), version=1
    )
    today, now = clock.today(), clock.now()
    formats.change_format(session, KAREN, weekly, wanted, today=today, now=now)
    third = replace(wanted, every=3, weekday=0, version=2)
    formats.change_format(session, KAREN, weekly, third, today=today, now=now)
    assert [slot.on for slot in slots_between(session, *behind)] == before
    later = replace(third, starts_on=date(2022, 9, 5), version=3)
    formats.change_format(session, KAREN, weekly, later, today=today, now=now)
    ahead = [slot.on for slot in slots_between(session, date(2022, 8, 29), date(2022, 9, 26))]
    assert ahead == [date(2022, 8, 30), date(2022, 9, 5), date(2022, 9, 26)]


def test_a_new_rhythm_for_a_format_that_has_ended_leaves_the_time_between_empty(
    session: Session, on: f.World, at: At
) -> None:
    weekly = f.weekly(session, on, "2022-06-06", until=date(2022, 6, 30))
    wanted = FormatRequest(
        "Ugens opslag", on.linkedin, ActivityKind.POST, Rhythm.WEEKS, 2, 3, date(2022, 6, 6), version=1
    )
    formats.change_format(session, KAREN, weekly, wanted, today=clock.today(), now=clock.now())
    found = [slot.on for slot in slots_between(session, date(2022, 7, 1), date(2022, 8, 31))]
    assert found == [date(2022, 8, 18)]


def test_another_units_slot_is_not_filled(session: Session, on: f.World) -> None:
    theirs = f.weekly(session, on, "2022-08-01", unit_id=on.other_area)
    slot = {"format_id": theirs, "slot_on": date(2022, 8, 16)}
    with pytest.raises(Missing):
        f.activity(session, on, "2022-08-16", by=on.klaus(), unit_id=on.area, **slot)
    own = {**slot, "format_id": f.weekly(session, on, "2022-08-01", unit_id=on.area)}
    f.activity(session, on, "2022-08-16", by=on.klaus(), unit_id=on.area, **own)


@pytest.mark.parametrize("to", [date(1, 1, 1), date(1900, 1, 1), date(9999, 12, 31), date(2099, 12, 31)])
def test_nothing_is_moved_or_copied_out_of_the_calendar(session: Session, on: f.World, to: date) -> None:
    made = f.activity(session, on, "2022-08-16", ends_on=date(2022, 8, 18))
    with pytest.raises(RuleBroken):
        move_activity(session, KAREN, made, to, 1, now=clock.now())
    with pytest.raises(RuleBroken):
        settling.copy_activity(session, KAREN, made, to, today=clock.today(), now=clock.now())


def test_only_the_last_mark_is_taken_back(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-08-12")
    settling.mark_done(session, KAREN, made, "", today=clock.today(), now=clock.now())
    put_back = replace(f.request(on, "2022-08-12"), version=2)
    change_activity(session, KAREN, made, put_back, now=clock.now(), today=clock.today())
    with pytest.raises(Conflict):
        settling.take_back(session, KAREN, made, 3, now=clock.now())


def test_a_link_that_is_added_later_is_a_change_too(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-08-12")
    for link, version in (("", 2), ("https://rm.dk/a", 3), ("https://rm.dk/a", 3)):
        one = settling.mark_done(session, KAREN, made, link, today=clock.today(), now=clock.now())
        assert one.version == version
    assert one.link == "https://rm.dk/a"


def test_what_was_done_and_called_off_is_done_again_on_no_later_day_than_today(
    session: Session, on: f.World
) -> None:
    made = f.activity(session, on, "2022-08-16", ends_on=date(2022, 9, 16))
    settling.mark_done(session, KAREN, made, "", today=clock.today(), now=clock.now())
    one = settling.cancel_activity(session, KAREN, made, now=clock.now())
    assert settling.take_back(session, KAREN, made, one.version, now=clock.now()).done_on == clock.today()


def test_what_stands_on_a_channel_or_with_a_unit_that_is_put_away_is_not_copied(
    session: Session, on: f.World
) -> None:
    f.activity(session, on, "2022-09-21", title="Messe", unit_id=on.area)
    f.activity(session, on, "2022-09-22", title="Presse", channel_id=on.press)
    f.activity(session, on, "2022-09-23", title="Opslag")
    archive_channel(session, KAREN, on.press, now=clock.now())
    organisation.archive_unit(session, SYSTEM, on.area, now=clock.now())
    lines = years.copyable(session, 2022, 2023)
    assert [line.is_open for line in lines] == [False, False, True]
    chosen = [line.activity.id for line in lines]
    _, made = years.copy_year(session, KAREN, 2022, 2023, chosen, today=clock.today(), now=clock.now())
    assert made == 1


def test_an_ended_format_leaves_no_slots_and_can_go_on(session: Session, on: f.World) -> None:
    weekly = f.weekly(session, on, "2022-08-01")
    formats.end_format(session, KAREN, weekly, today=clock.today(), now=clock.now())
    assert not gaps(session, clock.today())
    formats.resume_format(session, KAREN, weekly, None, 2, now=clock.now())
    assert gaps(session, clock.today())


def test_a_moved_activity_lasts_as_long_as_before(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-08-16", ends_on=date(2022, 8, 18))
    moved = move_activity(session, KAREN, made, date(2022, 9, 1), 1, now=clock.now())
    assert (moved.starts_on, moved.ends_on) == (date(2022, 9, 1), date(2022, 9, 3))
    with pytest.raises(Conflict):
        move_activity(session, KAREN, made, date(2022, 9, 2), 1, now=clock.now())


def test_a_year_is_copied_to_the_same_weekdays_and_taken_back(session: Session, on: f.World) -> None:
    f.activity(session, on, "2022-09-21", title="Messe", ends_on=date(2022, 9, 22))
    f.activity(session, on, "2022-09-28", title="Aflyst", status=Status.CANCELLED)
    lines = years.copyable(session, 2022, 2023)
    assert [(line.activity.title, line.to) for line in lines] == [("Messe", date(2023, 9, 20))]
    chosen = [line.activity.id for line in lines]
    batch, made = years.copy_year(session, KAREN, 2022, 2023, chosen, today=clock.today(), now=clock.now())
    (copy,) = activities_between(session, date(2023, 1, 1), date(2023, 12, 31))
    assert made == 1 and copy.ends_on - copy.starts_on == timedelta(days=1) and copy.status == Status.PLANNED
    assert years.copyable(session, 2022, 2023)[0].is_there
    assert years.undo_batch(session, KAREN, batch, now=clock.now()) == (1, 0)
    assert activities_between(session, date(2023, 1, 1), date(2023, 12, 31)) == ()


def test_a_copied_activity_that_was_changed_stays(session: Session, on: f.World) -> None:
    made = f.activity(session, on, "2022-09-21", title="Messe")
    batch, _ = years.copy_year(session, KAREN, 2022, 2023, [made], today=clock.today(), now=clock.now())
    (copy,) = activities_between(session, date(2023, 1, 1), date(2023, 12, 31))
    move_activity(session, KAREN, copy.id, date(2023, 10, 2), 1, now=clock.now())
    assert years.undo_batch(session, KAREN, batch, now=clock.now()) == (0, 1)


def test_a_link_is_https(session: Session, on: f.World) -> None:
    with pytest.raises(RuleBroken) as refused:
        add_activity(
            session,
            KAREN,
            f.request(on, "2022-08-16", link="http://rm.dk"),
            now=clock.now(),
            today=clock.today(),
        )
    assert refused.value.field == "link"


def test_units_and_channels_narrow_what_is_read(session: Session, on: f.World) -> None:
    f.activity(session, on, "2022-08-16", unit_id=on.area)
    f.activity(session, on, "2022-08-16", channel_id=on.press)
    period = date(2022, 8, 1), date(2022, 8, 31)
    assert len(activities_between(session, *period)) == 2
    assert [one.unit_id for one in activities_between(session, *period, unit_ids=[on.area])] == [on.area]
    assert [one.channel.id for one in activities_between(session, *period, channel_id=on.press)] == [on.press]
