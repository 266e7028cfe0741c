"""What waits on the front page: swaps to answer, hosts a leader refused, passwords to change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session

from branding.core.db import Database
from branding.rotation.models import SlotSwap
from branding.takeovers.models import Host, ProfileLogin
from branding.takeovers.values import TakeoverStatus
from tests.home import rows
from tests.support.client import InspectingClient

MADE_AT = datetime(2022, 9, 1, tzinfo=UTC)


@pytest.fixture
def autumn(session: Session, at: Callable[[str], datetime]) -> dict[str, int]:
    """SAU in week 43 and SVO in week 45 with a swap between them, a refused host and a password to change."""
    at("2022-10-10 08:00")
    profile = rows.add_profile(session)
    plan = rows.add_plan(session, profile)
    sau, svo = rows.add_area(session, "SAU"), rows.add_area(session, "SVO", 2)
    one, other = rows.add_slot(session, plan, sau, 2022, 43), rows.add_slot(session, plan, svo, 2022, 45)
    takeover = rows.add_takeover(
        session, one, date(2022, 10, 24), date(2022, 10, 30), TakeoverStatus.HOST_FOUND
    )
    session.add(
        Host(takeover_id=takeover, name="Mette Prøve", email="mette@example.dk", leader_answer="no",
             leader_answered_at=MADE_AT)
    )  # fmt: skip
    session.add(SlotSwap(slot_id=one, other_slot_id=other, proposed_at=MADE_AT))
    session.add(ProfileLogin(profile_id=profile, is_on=True, changed_at=MADE_AT, change_due_since=MADE_AT))
    session.commit()
    return {"sau": sau, "svo": svo, "takeover": takeover, "profile": profile}


SWAP, REFUSED, LOGIN = "bytte uger", "Lederen siger nej til Mette Prøve", "Skift adgangskoden"


def waiting(client: InspectingClient) -> str:
    return client.page("/").text()


def test_communications_sees_all_three_and_where_to_do_them(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int]
) -> None:
    sign_in("communications")
    page = client.page("/")
    for words in (SWAP, REFUSED, LOGIN):
        assert words in page.text()
    links = set(page.links().values())
    assert {
        "/swaps/1",
        f"/takeovers/{autumn['takeover']}",
        f"/profiles/{autumn['profile']}/login",
    } <= links
    assert client.get(f"/profiles/{autumn['profile']}/login").status_code == 200


@pytest.mark.parametrize(
    ("role", "unit", "sees"),
    [
        ("coordinator", "sau", {REFUSED}),
        ("coordinator", "svo", {SWAP}),
        ("reader", None, set()),
        ("dpo", None, set()),
        ("admin", None, {LOGIN}),
    ],
)
def test_the_others_see_what_they_can_answer(
    client: InspectingClient,
    sign_in: Callable[..., int],
    autumn: dict[str, int],
    role: str,
    unit: str | None,
    sees: set[str],
) -> None:
    sign_in(role, autumn[unit] if unit else None)
    text = waiting(client)
    assert {words for words in (SWAP, REFUSED, LOGIN) if words in text} == sees


def test_what_waits_costs_no_query_a_thing(
    client: InspectingClient, sign_in: Callable[..., int], autumn: dict[str, int], session: Session,
    database: Database,
) -> None:  # fmt: skip
    sign_in("communications")

    def asked() -> int:
        said: list[str] = []
        event.listen(database.engine, "before_cursor_execute", listener := lambda *a: said.append(a[2]))
        client.get("/")
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(said)

    asked()  # what is dear to count is counted once
    before = asked()
    swap = session.get(SlotSwap, 1)
    assert swap is not None
    for _ in range(4):
        session.add(SlotSwap(slot_id=swap.slot_id, other_slot_id=swap.other_slot_id, proposed_at=MADE_AT))
    session.commit()
    assert asked() == before


def test_a_swap_whose_week_has_begun_waits_no_more(
    client: InspectingClient,
    sign_in: Callable[..., int],
    autumn: dict[str, int],
    at: Callable[[str], datetime],
) -> None:
    at("2022-10-24 08:00")
    sign_in("coordinator", autumn["svo"])
    assert SWAP not in waiting(client)
