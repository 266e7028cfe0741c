"""Pages of the rotation when something around them was put away, and with absurd numbers."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from branding.core.isoweek import Week
from branding.organisation import queries as organisation_queries
from branding.organisation import service as organisation
from branding.rotation import queries
from branding.rotation.service import add_holidays, preview_import
from branding.rotation.spreadsheet import carry, read_pasted
from branding.rotation.values import HolidayRequest, ImportRequest
from tests.rotation.factories import COMMUNICATIONS, NOW, make_plan, make_slot
from tests.rotation.test_pages import seen, units
from tests.support.client import InspectingClient

__all__ = ["units"]

BIG = "9" * 20


@pytest.mark.parametrize(
    "address",
    [
        f"/holiday-weeks/restore?week=2022-W42&name=Ferie&plan={BIG}",
        f"/holiday-weeks/undo?holiday={BIG}",
        f"/holiday-weeks/undo?move={BIG}",
        f"/holiday-weeks/undo?move=-{BIG}",
    ],
)
def test_an_undo_with_an_absurd_number_is_not_found(
    client: InspectingClient, units: dict[str, int], address: str
) -> None:
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("path", ["/holiday-weeks", "/holiday-weeks/new", "/holiday-weeks/copy"])
def test_an_absurd_year_is_this_one(client: InspectingClient, units: dict[str, int], path: str) -> None:
    assert client.get(f"{path}?year={'9' * 5000}").status_code == 200


def test_an_absurd_version_is_a_conflict(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session)
    session.commit()
    sent = {"name": "Ny", "area_id": "0", "profile_id": "1", "version": "9" * 5000}
    assert client.post(f"/plans/{plan_id}/edit", data=sent).status_code == 409


def test_a_plan_keeps_its_profile_and_area_when_they_are_put_away(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session, "Pilot", units["SOH"])
    plan = queries.plan_view(session, plan_id)
    organisation.archive_profile(session, COMMUNICATIONS, plan.profile_id, now=NOW)
    organisation.archive_unit(session, COMMUNICATIONS, units["SOH"], now=NOW)
    session.commit()
    page = client.page(f"/plans/{plan_id}/edit")
    chosen = {}
    for select in page.all("select"):
        found = [one.get("value") for one in select.iter("option") if one.get("selected") is not None]
        chosen[select.get("name")] = found[0] if found else None
    assert chosen["area_id"] == str(units["SOH"])
    assert chosen["profile_id"] == str(plan.profile_id)
    sent = {**chosen, "name": "Prøven", "version": "1"}
    assert client.post(f"/plans/{plan_id}/edit", data=sent).status_code == 303
    now = seen(session, queries.plan_view, plan_id)
    assert (now.name, now.profile_id, now.area_id) == ("Prøven", plan.profile_id, units["SOH"])  # type: ignore[attr-defined]


def test_an_import_that_is_refused_half_way_leaves_nothing_behind(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session, "Pilot", units["SOH"])
    organisation.archive_unit(session, COMMUNICATIONS, units["SOH"], now=NOW)
    session.commit()
    rows = read_pasted("Uge\tAfdeling\n33\tHøskoven\n")
    wanted = ImportRequest(rows, 2022, plan_id=plan_id, create_units=True)
    stamp = preview_import(session, COMMUNICATIONS, wanted).stamp
    session.rollback()
    sent = {"plan_id": str(plan_id), "plan_name": "", "year": "2022", "under_id": "0", "profile_id": "1",
            "create_units": "y", "table": carry(rows), "stamp": stamp}  # fmt: skip
    assert client.post("/plans/import/confirm", data=sent).status_code == 303
    names = [unit.name for unit in seen(session, organisation_queries.units, True)]  # type: ignore[attr-defined]
    assert "Høskoven" not in names


def test_a_form_that_was_sent_empty_changes_nothing(
    client: InspectingClient, units: dict[str, int], session: Session
) -> None:
    plan_id = make_plan(session)
    slot_id = make_slot(session, plan_id, units["SAU"], 10)
    own = [HolidayRequest(Week(2022, 20), "lukket")]
    holiday_id = add_holidays(session, COMMUNICATIONS, own, "", now=NOW).holiday_ids[0]
    session.commit()
    for address in (f"plans/{plan_id}", f"slots/{slot_id}", f"holiday-weeks/{holiday_id}"):
        assert client.post(f"/{address}/edit").status_code in (303, 400)
    assert seen(session, queries.slot_view, slot_id).version == 1  # type: ignore[attr-defined]
