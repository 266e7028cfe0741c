"""Addresses that no page of ours links to: an answer, never an error of the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from branding.core import clock
from branding.core.db import Database
from tests.support.client import InspectingClient
from tests.takeovers import factories

HUGE = "9" * 25


@pytest.fixture
def reader(
    client: InspectingClient,
    sign_in: Callable[..., int],
    database: Database,
    at: Callable[[str], datetime],
) -> InspectingClient:
    at("2026-10-19 09:00")
    with database.transaction() as session:
        factories.world(session, clock.now())
    sign_in("communications")
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/slots/{HUGE}", 404),
        (f"/plans/{HUGE}", 404),
        (f"/takeovers/{HUGE}", 404),
        (f"/slots/1/move?to=2026-W{HUGE}", 400),
        ("/slots/1/move?to=9999-W52", 400),
        ("/slots/1/move?to=0001-W01", 400),
        (f"/calendar/year/{HUGE}", 404),
        ("/calendar/week/2026/54", 404),
        ("/calendar/month/2026/13", 404),
        ("/calendar/month/2000/1", 200),
        ("/calendar/week/2099/53", 200),
        ("/calendar/list/2099", 200),
        (f"/calendar/year/2026?plan={HUGE}&area=-1&status=nonsense", 200),
        ("/holiday-weeks?year=²", 200),
        (f"/holiday-weeks?year={HUGE}", 200),
        (f"/host/{HUGE}", 404),
    ],
)
def test_an_odd_address_gets_an_answer(reader: InspectingClient, address: str, status: int) -> None:
    assert reader.get(address).status_code == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/holiday-weeks/restore?week=9999-W52&name=x", 404),
        (f"/takeovers/{HUGE}/undo-move", 404),
        ("/takeovers/1/undo-move?starts_on=x", 400),
    ],
)
def test_an_odd_undo_gets_an_answer(reader: InspectingClient, address: str, status: int) -> None:
    assert reader.post(address).status_code == status


@pytest.mark.parametrize("address", ["/audit", "/outbox"])
def test_a_page_far_behind_the_last_is_empty(
    client: InspectingClient, sign_in: Callable[..., int], address: str
) -> None:
    sign_in("admin")
    assert client.get(f"{address}?page={HUGE}").status_code == 200
    assert client.get(f"{address}?page=-{HUGE}").status_code == 200
