"""Addresses and forms of plan and goals that no page of ours makes: an answer, never an error of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from tests.plan import factories as f
from tests.support.client import InspectingClient

HUGE = "9" * 25
LONG = "æ\u202e\U0001f600=" * 2500


@pytest.fixture
def karen(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    at: Callable[[str], datetime],
) -> InspectingClient:
    on = f.world(session, at("2022-08-15 09:00"))
    f.weekly(session, on, "2022-08-01")
    f.activity(session, on, "2022-08-16")
    session.commit()
    sign_in("communications")
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/content-plan?year={HUGE}", 404),
        ("/content-plan?year=1999", 404),
        ("/content-plan?year=2099&month=12", 200),
        ("/content-plan?year=2000&month=1&view=list&page=" + HUGE, 200),
        (f"/content-plan?channel={HUGE}&unit=-1&kind=x&status=y&view=z", 200),
        (f"/content-plan?unit={HUGE}", 200),
        (f"/content-plan/activities/{HUGE}", 404),
        (f"/content-plan/activities/new?channel={HUGE}&on=9999-12-31&initiative={HUGE}", 200),
        (f"/content-plan/activities/new?format={HUGE}", 404),
        ("/content-plan/activities/new?format=1&on=0001-01-01", 200),
        (f"/content-plan/copy-year?from={HUGE}", 404),
        ("/content-plan/copy-year?from=2099&to=2000", 200),
        (f"/content-plan/export/csv?year={HUGE}", 404),
        (f"/share-kits/new?activity={HUGE}", 404),
        ("/share-kits/new?activity=-1", 404),
        (f"/share-kits/new?post={HUGE}", 404),
        (f"/share/{HUGE}/pictures/1", 404),
        (f"/s/{HUGE}", 404),
        (f"/ambassador/{LONG[:80]}", 404),
        (f"/ambassador/off/{HUGE}", 404),
        (f"/strategy?on={HUGE}", 200),
        (f"/strategy/nodes/new?kind=goal&under={HUGE}", 200),
        ("/strategy/nodes/new?kind=%00", 400),
        ("/strategy/nodes/new?kind=x", 404),
        (f"/strategy/nodes/{HUGE}", 404),
        (f"/key-figures/new?series={HUGE}", 200),
    ],
)
def test_an_odd_address_gets_an_answer(karen: InspectingClient, address: str, status: int) -> None:
    assert karen.get(address).status_code == status


@pytest.mark.parametrize(
    ("address", "sent", "status"),
    [
        ("/content-plan/activities/1/move-back?to=9999-12-31&version=1", {}, 400),
        (f"/content-plan/activities/1/move-back?to=2022-08-17&version={HUGE}", {}, 409),
        ("/content-plan/activities/1/move", {"day": "9999-12-31", "version": "1"}, 400),
        ("/content-plan/activities/1/drag", {"day": "0001-01-01", "version": "1"}, 200),
        ("/content-plan/activities/1/copy", {"day": "9999-12-31"}, 400),
        ("/content-plan/activities/1/done", {"seen_at": LONG}, 400),
        (f"/content-plan/activities/1/take-back?version={HUGE}", {}, 409),
        ("/content-plan/activities/new", {"title": LONG, "channel_id": HUGE, "starts_on": "x"}, 400),
        ("/content-plan/formats/1", {"title": "x", "every": HUGE, "starts_on": "9999-12-31"}, 400),
        ("/content-plan/formats/1/resume?until=9999-12-31&version=1", {}, 400),
        ("/content-plan/channels/new", {"name": LONG, "kind": "x"}, 400),
        ("/content-plan/import", {"pasted": f"Titel\tKanal\tFra\n{LONG}\tLinkedIn\t16-08-2022"}, 400),
        ("/content-plan/import/confirm", {"table": LONG, "stamp": LONG}, 303),
        ("/content-plan/batches/" + "0" * 32 + "/undo", {}, 303),
        ("/ambassador-links", {"unit_id": HUGE}, 400),
        (f"/share-kits/new?activity={HUGE}", {"title": "x", "address": "https://rm.dk/"}, 404),
        ("/key-figures/new", {"series": LONG, "period": "9999", "value": HUGE}, 400),
        ("/key-figures/new", {"series": "A", "period": "2022", "value": "1e99"}, 400),
        ("/key-figures/restore?series=A&period=2022&value=1&kept=æ", {}, 303),
        ("/key-figures/import", {"pasted": f"Nøgletal\tPeriode\tVærdi\n{LONG}\t2022\t{HUGE}"}, 400),
        ("/strategy/import", {"pasted": f"Niveau\tMål\nvision\t{LONG}", "begins_on": "2022-01-01"}, 400),
        ("/strategy/import", {"pasted": "Niveau\tMål\nvision\tDrømme", "begins_on": "9999-12-31"}, 400),
        ("/strategy/import/confirm", {"table": HUGE, "begins_on": "0001-01-01"}, 303),
        ("/strategy/nodes/new?kind=vision", {"text": LONG, "parent_id": HUGE}, 400),
    ],
)
def test_an_odd_form_gets_an_answer(
    karen: InspectingClient, address: str, sent: dict[str, str], status: int
) -> None:
    assert karen.post(address, data=sent).status_code == status
