"""The front page and the calendar as people get them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from branding.takeovers.values import TakeoverStatus
from tests.home import rows
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def autumn(session: Session, at: At) -> dict[str, int]:
    """SVO on now with a host, IKH next and invited, then two weeks nobody has, then DOK; autumn holiday."""
    at("2022-10-31 08:05")
    plan = rows.add_plan(session, rows.add_profile(session))
    svo, ikh, dok = (rows.add_area(session, name, n) for n, name in enumerate(("SVO", "IKH", "DOK"), 1))
    made = {"plan": plan, "svo": svo, "ikh": ikh, "dok": dok}
    made["svo_slot"] = rows.add_slot(session, plan, svo, 2022, 43, 2, "Hverdagen hos os")
    made["ikh_slot"] = rows.add_slot(session, plan, ikh, 2022, 45)
    made["dok_slot"] = rows.add_slot(session, plan, dok, 2022, 48)
    rows.add_slot(session, plan, ikh, 2022, 40)
    for week in (41, 42):
        rows.add_holiday(session, 2022, week, "Efterårsferie")
    made["live"] = rows.add_takeover(
        session, made["svo_slot"], date(2022, 10, 31), date(2022, 11, 6), TakeoverStatus.LIVE, "Anna Prøve"
    )
    made["invited"] = rows.add_takeover(
        session,
        made["ikh_slot"],
        date(2022, 11, 7),
        date(2022, 11, 13),
        TakeoverStatus.INVITED,
        "Bo Prøve",
        datetime(2022, 10, 20, 8, 0, tzinfo=UTC),
    )
    session.commit()
    return made


VIEWS = ("/calendar/year/2022", "/calendar/list/2022", "/calendar/month/2022/10", "/calendar/week/2022/44")


def test_the_front_page_says_who_has_the_profile_and_what_waits(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("communications")
    text = client.get("/").get_data(as_text=True)
    for words in ("Godmorgen", "uge 44", "Anna Prøve", "i gang", "Bo Prøve har ikke svaret på invitationen"):
        assert words in text
    assert f'href="/slots/{autumn["dok_slot"]}"' in text
    assert "Læg ferieugerne for 2023 ind" in text


def test_a_reader_is_asked_for_nothing(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    assert "Ikke noget lige nu" in client.get("/").get_data(as_text=True)


def test_a_coordinator_is_only_asked_about_own_units(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("coordinator", autumn["dok"])
    text = client.get("/").get_data(as_text=True)
    assert "Planlæg takeoveren" in text
    assert "Bo Prøve" not in text


@pytest.mark.parametrize("address", VIEWS)
def test_a_coordinator_sees_the_whole_rotation_but_opens_and_names_only_own_units(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int], address: str
) -> None:
    sign_in("coordinator", autumn["ikh"])
    text = client.get(address).get_data(as_text=True)
    assert "SVO" in text
    assert "Anna Prøve" not in text
    assert f"/slots/{autumn['svo_slot']}" not in text
    assert f"/takeovers/{autumn['live']}" not in text


def test_hosts_are_named_for_their_own_coordinator(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("coordinator", autumn["svo"])
    text = client.get("/calendar/week/2022/44").get_data(as_text=True)
    assert "Anna Prøve" in text
    assert f"/takeovers/{autumn['live']}" in text


@pytest.mark.parametrize("address", VIEWS)
def test_every_view_names_weeks_holidays_and_keeps_the_filters(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int], address: str
) -> None:
    sign_in("communications")
    page = client.page(f"{address}?area={autumn['svo']}&status=live")
    links = [element.get("href") or "" for element in page.all("a")]
    steps = [link for link in links if link.startswith("/calendar/") and "?" in link]
    assert len(steps) >= 6
    assert all(f"area={autumn['svo']}" in link and "status=live" in link for link in steps)


def test_the_year_shows_holidays_today_and_the_weeks_nobody_has(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("communications")
    text = client.get("/calendar/year/2022").get_data(as_text=True)
    assert "Uger, som ingen har: 46-47" in text
    assert text.count("denne uge") == 1
    assert "Efterårsferie" in text
    assert text.count(f'href="/slots/{autumn["svo_slot"]}"') == 1


def test_a_filter_that_fits_nothing_says_so_and_can_be_taken_away(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    text = client.get("/calendar/year/2022?status=closed").get_data(as_text=True)
    assert "Ingen tur passer" in text
    assert "Vis alt" in text


def test_a_year_without_a_plan_points_at_the_nearest_one(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    page = client.page("/calendar/year/2025")
    assert "/calendar/year/2022" in [element.get("href") for element in page.all("a")]


def test_an_empty_database_says_how_to_start(
    client: InspectingClient, sign_in: Callable[..., int], at: At
) -> None:
    at("2022-10-31 20:00")
    sign_in("communications")
    for address in ("/", "/calendar/year/2022"):
        assert "Importér en tabel" in client.get(address).get_data(as_text=True)


def test_the_calendar_opens_on_the_year_and_on_a_phone_on_the_list(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("reader")
    assert client.get("/calendar?area=1").headers["Location"].endswith("/calendar/year/2022?area=1")
    phone = {"User-Agent": "Mozilla/5.0 (Android 13; Mobile) Gecko"}
    assert client.get("/calendar", headers=phone).headers["Location"].endswith("/calendar/list/2022#now")


@pytest.mark.parametrize(
    "address",
    [
        "/calendar/year/1999",
        "/calendar/month/2022/13",
        "/calendar/month/2022/0",
        "/calendar/week/2022/53",
        "/calendar/list/3000",
    ],
)
def test_weeks_and_months_that_do_not_exist_are_not_found(
    client: InspectingClient, sign_in: Callable[..., int], at: At, address: str
) -> None:
    at("2022-10-31 08:05")
    sign_in("reader")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/calendar/week/2020/53",
        "/calendar/month/2026/12",
        "/calendar/week/2000/1",
        "/calendar/month/2099/12",
        "/calendar/week/2099/53",
    ],
)
def test_the_edges_of_the_calendar_can_be_opened(
    client: InspectingClient, sign_in: Callable[..., int], at: At, address: str
) -> None:
    at("2022-10-31 08:05")
    sign_in("reader")
    assert client.get(address).status_code == 200


def test_nobody_sees_the_calendar_without_signing_in(client: InspectingClient, at: At) -> None:
    at("2022-10-31 08:05")
    answers: list[Any] = [client.get(address) for address in ("/", *VIEWS)]
    assert {answer.status_code for answer in answers} == {303}
