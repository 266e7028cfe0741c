"""Years, months, stages and what waits: the plain cases, with real dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from branding.core.isoweek import Week
from branding.home.rules import front, listed, month, turns, year
from branding.home.values import Filters, Stage
from branding.takeovers.values import HostView, TakeoverStatus
from tests.home.factories import holiday, slot, takeover, turn, unit

TODAY = date(2022, 10, 31)
NOW = datetime(2022, 10, 31, 8, 0, tzinfo=UTC)


def host(invited: datetime | None = None) -> HostView:
    return HostView(1, 1, "Anna", "anna@example.dk", "", None, invited, None, None, None)


def test_a_long_year_has_53_columns_and_a_turn_over_new_year_is_cut_at_both_ends() -> None:
    over = turn(1, 2020, 53, 2)
    assert len(year.week_heads(2020, [], [], TODAY)) == 53
    assert (span := year.span_in(2020, over))
    assert (span.first, span.last) == (52, 52)
    assert (span := year.span_in(2021, over))
    assert (span.first, span.last) == (0, 0)
    assert year.span_in(2022, over) is None


def test_the_autumn_holiday_is_hatched_named_and_never_a_gap() -> None:
    found = [turn(1, 2022, 39, 2), turn(2, 2022, 43, 2), turn(3, 2022, 46, 1)]
    grid = year.year_grid(2022, [unit()], found, [holiday(week=41), holiday(week=42)], [], TODAY)
    assert grid.gaps == ((45, 45),)
    assert [(cell.thing, cell.width) for cell in grid.footer if cell.thing] == [
        ("Efterårsferie", 2),
        ("gap", 1),
    ]
    assert [cell.width for cell in grid.rows[0].lanes[0] if cell.mark == "holiday"] == [2]


def test_today_splits_an_empty_row() -> None:
    grid = year.year_grid(2022, [unit()], [], [], [], TODAY)
    assert [(cell.width, cell.mark) for cell in grid.rows[0].lanes[0]] == [(43, ""), (1, "today"), (8, "")]


def test_months_begin_with_the_week_of_their_first_thursday() -> None:
    heads = year.month_heads([head.week for head in year.week_heads(2022, [], [], TODAY)])
    assert heads[0] == (date(2022, 1, 1), 4)
    assert sum(width for _, width in heads) == 52
    assert len(heads) == 12


def test_a_month_shows_whole_weeks_and_hides_what_does_not_fit() -> None:
    weeks = month.month_weeks(2022, 10, [turn(n, 2022, 43) for n in range(7)], [holiday()], [], TODAY)
    assert [w.week.number for w in weeks] == [39, 40, 41, 42, 43, 44]
    assert weeks[3].holiday == "Efterårsferie"
    assert weeks[4].more == 3
    assert len(weeks[4].lanes) == 4
    assert weeks[0].days[0].is_outside
    assert weeks[5].days[0].is_today


def test_a_week_shows_its_takeovers_and_a_turn_only_where_none_is_made() -> None:
    made = takeover(date(2022, 10, 26), date(2022, 10, 28))
    found = turn(1, 2022, 43, 2, takeovers=(made,))
    first, second = month.bars(Week(2022, 43), [found]), month.bars(Week(2022, 44), [found])
    assert [(span.first, span.last, span.thing.takeover) for span in first] == [(2, 4, made)]
    assert [(span.first, span.last, span.thing.takeover) for span in second] == [(0, 6, None)]


def test_the_list_has_holidays_and_gaps_in_their_places() -> None:
    lines = listed.lines(2022, [turn(1, 2022, 40), turn(2, 2022, 44)], [holiday()], TODAY)
    assert [line.kind for line in lines] == ["turn", "gap", "holiday", "gap", "turn"]
    assert [line.is_now for line in lines] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("statuses", "ends_on", "stage"),
    [
        ([], date(2022, 11, 6), Stage.MISSING),
        ([], date(2022, 10, 30), Stage.PAST),
        ([TakeoverStatus.CANCELLED], date(2022, 11, 6), Stage.MISSING),
        ([TakeoverStatus.CLOSED, TakeoverStatus.LIVE], date(2022, 11, 6), Stage.LIVE),
        ([TakeoverStatus.CLOSED, TakeoverStatus.PLANNED], date(2022, 11, 6), Stage.MISSING),
        ([TakeoverStatus.INVITED, TakeoverStatus.BRIEFED], date(2022, 11, 6), Stage.ASKED),
        ([TakeoverStatus.CLOSED], date(2022, 10, 30), Stage.CLOSED),
        ([TakeoverStatus.PLANNED], date(2022, 10, 30), Stage.PAST),
    ],
)
def test_a_turn_is_what_its_least_advanced_takeover_is(
    statuses: list[TakeoverStatus], ends_on: date, stage: Stage
) -> None:
    made = [takeover(TODAY, ends_on, status) for status in statuses]
    assert turns.stage_of(ends_on, made, TODAY) == stage


def test_filters_let_through_what_was_chosen() -> None:
    mine, other = turn(1, unit_id=1), turn(2, unit_id=2, stage=Stage.READY)
    assert turns.chosen([mine, other], Filters()) == [mine, other]
    assert turns.chosen([mine, other], Filters(area=2)) == [other]
    assert turns.chosen([mine, other], Filters(stage=Stage.READY)) == [other]
    assert turns.chosen([mine, other], Filters(plan=9)) == []
    assert Filters(area=2, stage=Stage.READY).query == {"area": 2, "status": "ready"}


def test_a_plans_own_holiday_shows_where_no_other_plan_has_a_turn() -> None:
    own = holiday(plan_id=7)
    theirs = slot(1, own.week.year, own.week.number)
    assert turns.kept_holidays([own], Filters(), []) == [own]
    assert turns.kept_holidays([own], Filters(), [theirs]) == []
    assert turns.kept_holidays([own], Filters(plan=7), [theirs]) == [own]
    assert turns.kept_holidays([own], Filters(plan=theirs.plan_id), [theirs]) == []


def test_a_turn_without_a_host_waits_from_eight_weeks_before() -> None:
    near, far = turn(1, 2022, 46), turn(2, 2023, 10)
    waiting = front.turns_waiting([far, near], NOW, TODAY)
    assert [(one.endpoint, one.values) for one in waiting] == [("takeovers.slot_page", {"slot_id": 1})]


def test_an_invitation_waits_when_three_days_have_passed() -> None:
    def waiting(invited: datetime) -> list[str]:
        made = takeover(TODAY, TODAY, TakeoverStatus.INVITED, (host(invited),))
        found = front.turns_waiting([turn(1, 2022, 44, stage=Stage.ASKED, takeovers=(made,))], NOW, TODAY)
        return [str(one.text) for one in found]

    assert waiting(datetime(2022, 10, 28, 8, 0, tzinfo=UTC)) == ["Anna has not answered the invitation"]
    assert waiting(datetime(2022, 10, 30, 8, 0, tzinfo=UTC)) == []


def test_next_years_holidays_are_asked_for_from_august() -> None:
    assert front.holidays_waiting([], date(2022, 7, 31)) == []
    assert len(front.holidays_waiting([], date(2022, 8, 1))) == 1
    assert front.holidays_waiting([holiday(2023)], date(2022, 8, 1)) == []


def test_the_next_eight_weeks_begin_with_this_one() -> None:
    weeks = front.coming_weeks([turn(1, 2022, 44, 2)], [holiday(week=47)], TODAY)
    assert [w.week.number for w in weeks] == [44, 45, 46, 47, 48, 49, 50, 51]
    assert [len(w.turns) for w in weeks[:3]] == [1, 1, 0]
    assert weeks[0].is_now
    assert weeks[3].holiday


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "evening"), (5, "morning"), (9, "morning"), (10, "day"), (17, "day"), (18, "evening")],
)
def test_the_greeting_knows_the_time_of_day(hour: int, words: str) -> None:
    assert words in str(front.greeting(datetime(2022, 10, 31, hour, 0, tzinfo=UTC)))


def test_a_turn_with_a_week_that_nobody_hosts_waits_too() -> None:
    monday = Week(2022, 44).monday
    first_week = takeover(monday, Week(2022, 44).sunday, TakeoverStatus.ACCEPTED)
    half = turn(1, 2022, 44, weeks=2, stage=Stage.READY, takeovers=(first_week,))
    (waiting,) = front.turns_waiting([half], NOW, TODAY)
    assert (waiting.endpoint, waiting.when) == ("takeovers.slot_page", Week(2022, 45).monday)
    whole = turn(1, 2022, 44, stage=Stage.READY, takeovers=(first_week,))
    assert front.turns_waiting([whole], NOW, TODAY) == []
