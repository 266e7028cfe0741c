"""A plan as people read it: turns, holidays and free weeks in order."""

from __future__ import annotations

from datetime import UTC, datetime

from branding.core.isoweek import Week
from branding.rotation.rules.sequence import sequence
from branding.rotation.values import Block, HolidayKind, HolidayView, Line, SlotStatus, SlotView


def turn(key: int, year: int, number: int, weeks: int = 1) -> SlotView:
    block = Block(Week(year, number), weeks)
    made_at = datetime(2022, 1, 3, tzinfo=UTC)
    return SlotView(key, 1, "Plan", None, 1, 1, block, None, "", "", "", SlotStatus.CONFIRMED, 1, made_at)


def holiday(year: int, number: int, name: str, plan_id: int | None = None) -> HolidayView:
    return HolidayView(number, Week(year, number), name, HolidayKind.SCHOOL, plan_id, 1)


def shown(lines: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.kind.value, line.block.label, line.name) for line in lines]


def test_an_empty_plan_has_no_lines_even_when_the_year_has_holidays() -> None:
    assert sequence([], [holiday(2022, 42, "efterårsferie")]) == []


def test_gaps_and_holidays_stand_between_the_turns() -> None:
    lines = sequence([turn(2, 2022, 44), turn(1, 2022, 39, 2)], [holiday(2022, 42, "efterårsferie")])
    assert shown(lines) == [
        ("slot", "39-40", ""),
        ("gap", "41", ""),
        ("holiday", "42", "efterårsferie"),
        ("gap", "43", ""),
        ("slot", "44", ""),
    ]


def test_everybodys_holidays_outside_the_plan_are_left_out_and_its_own_are_kept() -> None:
    lines = sequence(
        [turn(1, 2022, 40)], [holiday(2022, 7, "vinterferie"), holiday(2022, 41, "lukket", plan_id=1)]
    )
    assert shown(lines) == [("slot", "40", ""), ("holiday", "41", "lukket")]


def test_weeks_with_the_same_name_are_one_line_over_new_year_too() -> None:
    holidays = [holiday(2026, 53, "juleferie"), holiday(2027, 1, "juleferie"), holiday(2027, 2, "lukket")]
    lines = sequence([turn(1, 2026, 52), turn(2, 2027, 3)], holidays)
    assert shown(lines) == [
        ("slot", "52", ""),
        ("holiday", "53-1", "juleferie"),
        ("holiday", "2", "lukket"),
        ("slot", "3", ""),
    ]


def test_a_turn_that_lies_in_a_holiday_says_so() -> None:
    assert shown(sequence([turn(1, 2022, 41, 2)], [holiday(2022, 42, "efterårsferie")])) == [
        ("slot", "41-42", "efterårsferie")
    ]
