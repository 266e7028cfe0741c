"""The year as a wheel: where things lie, what is chosen, and the page and the paper that show it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from math import hypot, isclose

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from branding.core.db import Database
from branding.core.isoweek import weeks_in
from branding.home.rules import listed, wheel
from branding.home.values import Turn, Wheel
from branding.takeovers.values import TakeoverStatus
from tests.home import rows
from tests.home.factories import holiday, turn
from tests.support.client import InspectingClient
from tests.support.html import Page

TODAY = date(2022, 10, 31)
At = Callable[[str], datetime]


def made(
    turns: list[Turn], *weeks_off: int, year: int = 2022, chosen: tuple[int, int] | None = None
) -> Wheel:
    lines = listed.lines(year, turns, [holiday(year, week) for week in weeks_off], TODAY)
    return wheel.wheel(year, lines, TODAY, chosen)


# --- geometry -------------------------------------------------------------------------------


def test_week_1_begins_at_the_top_and_a_quarter_of_the_year_later_it_is_three_o_clock() -> None:
    assert wheel.point(100, 0) == (0, -100)
    assert wheel.point(100, 90) == (100, 0)
    assert wheel.ring_path(0, 90, 50, 100) == "M0 -100A100 100 0 0 1 100 0L50 0A50 50 0 0 0 0 -50Z"


@given(st.integers(2000, 2099))
@example(2020)
@example(2026)
def test_the_weeks_fill_the_circle_and_the_months_lie_inside_them(year: int) -> None:
    found = made([], year=year)
    assert isclose(found.step * weeks_in(year), 360)
    assert [one.week.number for one in found.segments] == list(range(1, weeks_in(year) + 1))
    assert [one.first.month for one in found.months] == list(range(1, 13))
    assert all(hypot(x, y) < wheel.NUMBERS + 1 for _, x, y in found.numbers)


@given(st.lists(st.tuples(st.integers(1, 51), st.integers(1, 4)), max_size=12))
def test_every_week_of_every_turn_can_be_chosen_and_no_two_share_a_place(
    blocks: list[tuple[int, int]],
) -> None:
    turns = [turn(n + 1, 2022, week, weeks) for n, (week, weeks) in enumerate(blocks)]
    found = made(turns)
    places = [(one.column, one.lane) for one in found.segments]
    assert len(places) == len(set(places))
    assert {one.column for one in found.segments} == set(range(52))
    if not found.not_drawn:
        weeks = sum(min(week + length - 1, 52) - week + 1 for week, length in blocks)
        assert len([one for one in found.segments if one.kind == "turn"]) == weeks


@given(st.integers(1, wheel.MOST_LANES))
def test_lanes_lie_inside_each_other_with_air_between(count: int) -> None:
    bands = wheel.bands_of(count)
    assert bands[0][1] == wheel.RING[1] and isclose(bands[-1][0], wheel.RING[0])
    assert all(outer[0] > inner[1] for outer, inner in pairwise(bands))


@given(st.floats(0, 360), st.text(min_size=1, max_size=60))
def test_a_label_is_never_upside_down_and_never_longer_than_its_lane(angle: float, name: str) -> None:
    text, turned, x, _ = wheel.label_in((192, 294), angle, name)
    assert turned <= 90 or turned >= 270
    assert (x > 0) == (angle <= 180)
    assert len(text) <= 13
    assert text == name or text.endswith("…")


def test_two_plans_in_the_same_week_lie_in_two_lanes() -> None:
    found = made([turn(1, 2022, 43, 2), turn(2, 2022, 44)])
    assert found.lanes == 2
    assert [(one.column, one.lane) for one in found.segments if one.kind == "turn"] == [
        (42, 0),
        (43, 0),
        (43, 1),
    ]


def test_more_lanes_than_can_be_told_apart_are_counted_and_not_drawn() -> None:
    found = made([turn(n, 2022, 43) for n in range(1, 8)])
    assert (found.lanes, found.not_drawn) == (wheel.MOST_LANES, 3)


def test_a_turn_over_new_year_is_cut_at_both_years() -> None:
    over = turn(1, 2020, 53, 2)
    for year, column in ((2020, 52), (2021, 0)):
        found = [one for one in made([over], year=year).segments if one.kind == "turn"]
        assert [one.column for one in found] == [column]


def test_today_is_a_hand_in_its_own_year_only() -> None:
    assert made([]).hand == pytest.approx(43 / 52 * 360 + 0.5 / 7 * 360 / 52, abs=0.1)
    assert made([], year=2023).hand is None


def test_the_middle_tells_of_what_was_asked_for_else_of_this_week_else_of_the_first_turn() -> None:
    turns = [turn(1, 2022, 20), turn(2, 2022, 43, 2), turn(3, 2022, 44)]
    assert made(turns, chosen=(20, 0)).chosen.week.number == 20
    assert made(turns, chosen=(44, 1)).chosen.lane == 1
    assert made(turns, chosen=(44, 9)).chosen.lane == 0
    assert made(turns, chosen=(77, 0)).chosen.week.number == 44
    assert made(turns).chosen.week.number == 44
    assert made([turn(1, 2021, 20)], year=2021).chosen.week.number == 20


def test_holidays_and_weeks_that_nobody_has_are_pieces_of_their_own() -> None:
    found = made([turn(1, 2022, 40), turn(2, 2022, 45)], 42)
    assert [kind for kind, _ in found.blanks] == ["gap", "holiday", "gap"]
    kinds = {one.week.number: one.kind for one in found.segments}
    assert (kinds[41], kinds[42], kinds[40], kinds[30]) == ("gap", "holiday", "turn", "none")


# --- the page -------------------------------------------------------------------------------


@pytest.fixture
def autumn(session: Session, at: At) -> dict[str, int]:
    """SVO on now with a host, IKH next, a gap, an autumn holiday; a second plan has SVO's second week too."""
    at("2022-10-31 08:05")
    svo, ikh = rows.add_area(session, "SVO", 1), rows.add_area(session, "IKH", 2)
    plan = rows.add_plan(session, rows.add_profile(session), "Den ene")
    other = rows.add_plan(session, rows.add_profile(session, "anden"), "Den anden")
    made = {"svo": svo, "ikh": ikh, "plan": plan}
    made["svo_slot"] = rows.add_slot(session, plan, svo, 2022, 43, 2, "Hverdagen hos os")
    made["ikh_slot"] = rows.add_slot(session, plan, ikh, 2022, 46)
    made["other_slot"] = rows.add_slot(session, other, ikh, 2022, 44)
    rows.add_takeover(
        session, made["svo_slot"], date(2022, 10, 31), date(2022, 11, 6), TakeoverStatus.LIVE, "Anna Prøve"
    )
    rows.add_holiday(session, 2022, 42, "efterårsferie")
    session.commit()
    return made


def middle(page: Page) -> str:
    return " ".join(" ".join("".join(one.itertext()).split()) for one in page.with_class("wheel-middle"))


def labels(page: Page) -> dict[str, str]:
    """Where each piece of the wheel leads, by its week and lane."""
    return {one.get("aria-label") or "": one.get("href") or "" for one in page.all("*") if one.get("data-c")}


def test_each_week_is_a_link_that_says_its_days_its_unit_and_how_far_it_has_come(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    found = labels(client.page("/calendar/wheel/2022"))
    assert len(found) == 53  # 52 weeks, one of them twice
    assert found["Uge 46, 14.-20. nov.: IKH, mangler vært"] == "?week=46#wheel"
    assert found["Uge 42, 17.-23. okt.: Efterårsferie"] == "?week=42#wheel"
    assert found["Uge 44, 31. okt.-6. nov., denne uge: IKH, mangler vært"] == "?week=44&lane=2#wheel"
    assert "Uge 45, 7.-13. nov.: Ingen har profilen" in found
    assert "Uge 1, 3.-9. jan.: Ingen plan endnu" in found


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", ("Uge 44", "31. okt.-6. nov.", "SVO", "Hverdagen hos os", "i gang", "Åbn turen")),
        ("?week=44&lane=2", ("Uge 44", "IKH", "mangler vært")),
        ("?week=42", ("Uge 42", "Efterårsferie", "ferie")),
        ("?week=45", ("Uge 45", "Ingen har profilen", "ledig")),
        ("?week=1", ("Uge 1", "Ingen plan endnu")),
        ("?week=99", ("Uge 44", "SVO")),
        ("?week=abc&lane=-7", ("Uge 44", "SVO")),
    ],
)
def test_the_address_decides_what_the_middle_tells(
    client: InspectingClient,
    sign_in: Callable[..., int],
    autumn: dict[str, int],
    address: str,
    words: tuple[str, ...],
) -> None:
    sign_in("communications")
    told = middle(client.page(f"/calendar/wheel/2022{address}"))
    for word in words:
        assert word in told


def test_the_table_has_a_row_for_each_turn_holiday_and_gap_and_marks_the_chosen_one(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("communications")
    page = client.page("/calendar/wheel/2022?week=46")
    found = [" ".join("".join(row.itertext()).split()) for row in page.all("tr")][1:]
    assert [row.split(" ")[1] for row in found] == ["42", "43-44", "44", "45", "46"]
    chosen = page.with_class("is-chosen")[-1]
    assert chosen.tag == "tr" and "IKH" in "".join(chosen.itertext())


def test_a_coordinator_opens_only_own_turns_and_hosts_are_named_nowhere(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("coordinator", autumn["ikh"])
    text = client.get("/calendar/wheel/2022").get_data(as_text=True)
    assert f"/slots/{autumn['ikh_slot']}" in text
    assert f"/slots/{autumn['svo_slot']}" not in text
    assert "Anna Prøve" not in text


def test_the_filters_stay_with_every_week_and_with_the_paper(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    page = client.page(f"/calendar/wheel/2022?plan={autumn['plan']}&area={autumn['svo']}")
    query = f"plan={autumn['plan']}&area={autumn['svo']}"
    assert all(link.startswith(f"?{query}&week=") for link in labels(page).values())
    assert f"/calendar/wheel/2022.pdf?{query}" in page.links().values()
    assert "IKH" not in middle(page)


def test_an_empty_year_points_at_the_nearest_plan_and_an_impossible_one_is_not_found(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    assert "/calendar/year/2022" in client.page("/calendar/wheel/2025").links().values()
    assert client.get("/calendar/wheel/1999").status_code == 404
    assert client.get("/calendar/wheel/1999.pdf").status_code == 404


def test_the_wheel_asks_the_same_number_of_questions_however_full_the_year_is(
    client: InspectingClient,
    sign_in: Callable[..., int],
    session: Session,
    autumn: dict[str, int],
    database: Database,
) -> None:
    sign_in("communications")
    sent: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *about: sent.append(about[2]))
    counts = []
    for first in (1, 11, 21):
        sent.clear()
        client.get("/calendar/wheel/2022")
        counts.append(len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA"))]))
        for week in range(first, first + 10):
            rows.add_slot(session, autumn["plan"], autumn["ikh"], 2022, week)
        session.commit()
    assert len(set(counts)) == 1 and counts[0] <= 12


# --- the paper ------------------------------------------------------------------------------


def test_the_paper_is_one_tagged_danish_page_with_the_wheel_in_words(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    answer = client.get("/calendar/wheel/2022.pdf")
    assert answer.mimetype == "application/pdf"
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", answer.data)) == 1
    assert b"/Lang(da)" in answer.data and b"/MarkInfo" in answer.data
    assert "Året 2022 som et hjul af uger".encode("utf-16-be").hex().upper().encode() in answer.data


@pytest.mark.parametrize("turns", [0, 1, 18, 19, 53, 54, 55, 104])
def test_however_many_turns_there_are_the_paper_stays_one_page(
    client: InspectingClient, sign_in: Callable[..., int], session: Session, at: At, turns: int
) -> None:
    at("2026-10-31 08:05")
    plans = [rows.add_plan(session, rows.add_profile(session, f"p{n}"), f"Plan {n}") for n in range(2)]
    units = [rows.add_area(session, f"Solsikkens hus 🌻 nr. {n}", n + 1) for n in range(8)]
    for n in range(turns):
        rows.add_slot(session, plans[n % 2], units[n % 8], 2026, n // 2 + 1, topic="Et langt emne 😀 " * 9)
    for week in (7, 14, 28, 29, 42, 52):
        rows.add_holiday(session, 2026, week, f"Ferien i uge {week}")
    session.commit()
    sign_in("reader")
    answer = client.get("/calendar/wheel/2026.pdf")
    assert answer.status_code == 200
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", answer.data)) == 1
