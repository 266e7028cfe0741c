"""The planner's pages, as people use them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import Session

from branding.core.isoweek import Week
from branding.rotation import optimum, queries, service
from branding.rotation.values import Block
from branding.rotation.values.planning import NewWeekRequest, ProposalState, RequestKind
from tests.rotation.factories import COMMUNICATIONS, NOW, make_plan, make_slot
from tests.rotation.test_pages import seen, undo_of, units
from tests.support.client import InspectingClient
from tests.support.html import Page

__all__ = ["units"]

SignIn = Callable[..., int]


@pytest.fixture
def plan_id(session: Session, units: dict[str, int]) -> int:
    made = make_plan(session)
    session.commit()
    return made


def fill(client: InspectingClient, plan_id: int, **more: str) -> Page:
    """Through the form, as it comes filled in."""
    fields = client.page(f"/plans/{plan_id}/fill").fields()
    return client.send(f"/plans/{plan_id}/fill", fields | more)


def number(page: Page) -> int:
    return int(page.path.rsplit("/", 1)[1])


def test_an_empty_plan_leads_to_a_whole_next_year_in_three_clicks(
    client: InspectingClient, plan_id: int, session: Session
) -> None:
    assert client.page(f"/plans/{plan_id}").links()["Læg planen"] == f"/plans/{plan_id}/fill"
    proposal = fill(client, plan_id)
    assert "Alle 8 får" in proposal.text()
    plan = client.send(f"{proposal.path}/use", proposal.fields("use"))
    assert plan.path == f"/plans/{plan_id}"
    assert "Planen er lagt." in plan.text()
    found = seen(session, queries.slots_of_plan, plan_id)
    assert {slot.block.first.year for slot in found} == {2023}  # type: ignore[attr-defined]
    back = client.send(undo_of(plan, "undo"))
    assert "Planen er, som den var før." in back.text()
    assert seen(session, queries.slots_of_plan, plan_id) == []
    assert "er brugt" not in client.page(proposal.path).text()
    assert "Sæt ind igen" not in back.text() and "Se forslaget, eller fortryd" not in back.links()


def test_adone_of_an_undone_proposal_that_came_back_and_was_cancelled_is_listed_again(
    client: InspectingClient, plan_id: int, session: Session
) -> None:
    proposal = fill(client, plan_id)
    plan = client.send(f"{proposal.path}/use", proposal.fields("use"))
    client.send(undo_of(plan, "undo"))
    client.send("/slots/1/restore")
    client.send("/slots/1/cancel")
    assert "Sæt ind igen" in client.page(f"/plans/{plan_id}").text()


def test_a_used_proposal_discards_the_other_ones_and_can_be_found_again(
    client: InspectingClient, plan_id: int
) -> None:
    other, proposal = fill(client, plan_id), fill(client, plan_id, gap="3")
    plan = client.send(f"{proposal.path}/use", proposal.fields("use"))
    assert "Lagt tirs. 1. mar" in plan.text()
    assert plan.links()["Se forslaget, eller fortryd"] == proposal.path
    assert "Se forslaget" not in plan.links()
    assert "lagt væk" in client.page(other.path).text()


def test_the_form_keeps_what_was_asked_for(client: InspectingClient, plan_id: int) -> None:
    proposal = fill(client, plan_id, length="3", gap="7", share_2="0")
    fields = client.page(proposal.links()["Ret tallene, og prøv igen"]).fields()
    assert (fields["length"], fields["gap"], fields["share_2"], fields["share_1"]) == ("3", "7", "0", "1")


def test_one_unit_alone_is_called_by_its_name_and_the_rules_are_told(
    client: InspectingClient, plan_id: int, units: dict[str, int]
) -> None:
    nobody_else = {f"share_{key}": "0" for name, key in units.items() if name != "DOK"}
    text = fill(client, plan_id, last_week="12", length="3", gap="1", **nobody_else).text()
    assert "DOK får " in text and "Alle 1" not in text
    assert "Fra uge 1 i 2023 til uge 12 i 2023. Uger i en tur: 3. Uger imellem: mindst 1." in text


def test_a_wish_that_is_met_by_some_of_its_weeks_says_which(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session
) -> None:
    wish = NewWeekRequest(units["DOK"], RequestKind.WISH, Block(Week(2023, 10), 3))
    service.add_request(session, COMMUNICATIONS, wish, now=NOW)
    session.commit()
    text = fill(client, plan_id).text()
    assert "Det ene ønske er opfyldt." in text
    assert "Delvist: DOK fik uge" in text and "af 10-12." in text


def test_the_form_says_beside_itself_what_is_respected(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session
) -> None:
    make_slot(session, plan_id, units["SAU"], 5, 2, year=2023)
    blocked = NewWeekRequest(units["SOH"], RequestKind.BLOCKED, Block(Week(2023, 12), 2), "orlov")
    service.add_request(session, COMMUNICATIONS, blocked, now=NOW)
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    session.commit()
    text = client.page(f"/plans/{plan_id}/fill").text()
    assert "har spærret uge 12-13 (orlov)" in text
    assert "Ferieuger, der springes over" in text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"first_week": "53"}, "2023 har ingen uge 53."),
        ({"last_week": "1", "first_week": "9"}, "Den sidste uge ligger før den første."),
        ({"length": "0"}, "Skriv et tal fra 1 til 8."),
        ({"length": "x"}, "Skriv et tal fra 1 til 8."),
        ({"gap": "99"}, "Skriv et tal fra 0 til 26."),
        ({"share_1": "10"}, "Skriv et tal fra 0 til 9."),
        ({"share_1": ""}, "Skriv et tal fra 0 til 9."),
        ({"first_year": "2021", "first_week": "1"}, "Uge 1 i 2021 er forbi."),
        ({"last_year": "2027"}, "Højst 106 uger ad gangen."),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(
    client: InspectingClient, plan_id: int, more: dict[str, str], said: str
) -> None:
    fields = client.page(f"/plans/{plan_id}/fill").fields() | more
    page = client.send(f"/plans/{plan_id}/fill", fields, status=400)
    assert said in page.text()


def test_rules_that_collide_are_named_and_the_nearest_plan_is_one_press_away(
    client: InspectingClient, plan_id: int
) -> None:
    proposal = fill(client, plan_id, gap="26", last_week="30")
    assert "Reglerne støder sammen" in proposal.text()
    assert (
        "Med 26 uger imellem kan 8 enheder kun fylde 16 uger, så står der 12 tomme, før den første kan igen."
        in proposal.text()
    )
    fields = proposal.fields("again")
    nearer = client.send(f"{proposal.path}/again", fields)
    assert number(nearer) == number(proposal) + 1
    assert "Reglerne støder sammen" not in nearer.text()
    assert "lagt væk" in client.page(proposal.path).text()


def test_a_changed_plan_is_a_conflict_that_offers_to_compute_again(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session
) -> None:
    proposal = fill(client, plan_id)
    sent = proposal.fields("use")
    make_slot(session, plan_id, units["SAU"], 9, year=2023)
    session.commit()
    page = client.send(f"{proposal.path}/use", sent, status=409)
    assert "Planen er ændret" in page.text()
    assert page.links()["Ret tallene, og prøv igen"] and page.fields("discard") is not None
    again = client.send(f"{proposal.path}/again", page.fields("again"))
    assert number(again) != number(proposal)
    assert "Alle 8 får" in again.text()


def test_using_twice_is_a_conflict(client: InspectingClient, plan_id: int) -> None:
    proposal = fill(client, plan_id)
    sent = proposal.fields("use")
    client.send(f"{proposal.path}/use", sent)
    page = client.send(f"{proposal.path}/use", sent, status=409)
    assert "Forslaget er brugt" in page.text()


def test_a_discarded_proposal_says_so_and_nothing_was_written(
    client: InspectingClient, plan_id: int, session: Session
) -> None:
    proposal = fill(client, plan_id)
    plan = client.send(f"{proposal.path}/discard")
    assert "Forslaget er kasseret." in plan.text()
    assert "lagt væk" in client.page(proposal.path).text()
    assert client.send(f"{proposal.path}/use", {"answer": "greedy"}, status=409)
    assert seen(session, queries.slots_of_plan, plan_id) == []


@pytest.mark.parametrize(
    ("state", "progress", "said"),
    [
        ("waiting", {}, "Vi går i gang med at lede"),
        ("solving", {"began": "2022-03-01T08:59:57+00:00"}, "Vi leder efter en bedre plan: 3 sek."),
        (
            "solving",
            {"began": "2022-03-01T08:59:57+00:00", "aim": "missed", "best": 2, "bound": 1},
            "uopfyldte ønsker (2 indtil nu, i bedste fald 1)",
        ),
        ("proven", {}, "Bevist: Turene kan ikke fordeles bedre."),
        ("best_found", {"seconds": 10.0}, "Den bedste, vi fandt på 10 sekunder."),
        ("unavailable", {}, "ikke installeret her"),
        ("failed", {}, "holder alle regler alligevel"),
    ],
)
def test_the_page_and_its_progress_say_where_the_search_stands(
    client: InspectingClient,
    plan_id: int,
    session: Session,
    at: Callable[[str], object],
    state: str,
    progress: dict[str, object],
    said: str,
) -> None:
    proposal = fill(client, plan_id)
    at("2022-03-01 10:00")
    row = queries.proposal_by_id(session, number(proposal))
    row.state, row.progress = ProposalState(state), progress
    session.commit()
    page = client.page(proposal.path)
    assert said in page.text()
    answer = client.get(f"{proposal.path}/progress").get_json()
    assert said in answer["text"]
    assert answer["is_under_way"] == (state in ("waiting", "solving"))
    assert ("refresh" in page.source) == answer["is_under_way"]


def test_a_dropout_is_replanned_and_taken_back(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session
) -> None:
    for place, name in enumerate(("SOH", "SAU", "IKH", "DOK", "SAU")):
        make_slot(session, plan_id, units[name], 20 + 2 * place, 2)
    session.commit()
    form = client.page(f"/plans/{plan_id}/replan").fields()
    wanted = form | {"unit_id": str(units["SAU"]), "first_week": "24", "first_year": "2022"}
    proposal = client.send(f"/plans/{plan_id}/replan", wanted)
    assert "1 tur skifter: uge 28-29 fra SAU til" in proposal.text()
    if optimum.is_available():
        assert "Ingen plan, der fylder lige så mange uger, ændrer færre." in proposal.text()
    kept = client.page(proposal.links()["Ret tallene, og prøv igen"]).fields()
    assert kept["unit_id"] == str(units["SAU"]) and kept["first_week"] == "24"
    plan = client.send(f"{proposal.path}/use", proposal.fields("use"))
    assert "Ændringen er skrevet: uge 28-29 fra SAU til" in plan.text()
    owners = [slot.unit_id for slot in seen(session, queries.slots_of_plan, plan_id)]  # type: ignore[attr-defined]
    assert owners.count(units["SAU"]) == 1
    client.send(undo_of(plan, "undo"))
    owners = [slot.unit_id for slot in seen(session, queries.slots_of_plan, plan_id)]  # type: ignore[attr-defined]
    assert owners.count(units["SAU"]) == 2


def test_a_year_is_copied_into_a_new_plan(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session
) -> None:
    make_slot(session, plan_id, units["SAU"], 20, 2)
    session.commit()
    fields = client.page(f"/plans/{plan_id}/copy").fields()
    assert (fields["source_year"], fields["target_year"], fields["name"]) == ("2022", "2023", "")
    proposal = client.send(f"/plans/{plan_id}/copy", fields)
    assert "Ingen mister en tur." in proposal.text()
    assert "Der er ingen ferieuger for 2023 endnu" in proposal.text()
    plan = client.send(f"{proposal.path}/use", proposal.fields("use"))
    assert plan.path != f"/plans/{plan_id}" and "Takeover 2023" in plan.text("h1")
    assert client.page(proposal.path).links()["Se planen"] == plan.path
    assert client.page(plan.path).links()["Se forslaget, eller fortryd"] == proposal.path
    assert "Se forslaget, eller fortryd" not in client.page(f"/plans/{plan_id}").links()
    back = client.send(undo_of(plan, "undo"))
    assert back.path == plan.path and "Planen er arkiveret" in back.text()
    again = client.send(f"/plans/{plan_id}/copy", fields)
    assert "Den nye plan hedder Takeover 2023 (2)." in again.text()


def test_a_plan_without_turns_has_nothing_to_copy(client: InspectingClient, plan_id: int) -> None:
    assert "Intet at kopiere" in client.page(f"/plans/{plan_id}/copy").text()


@pytest.mark.parametrize("role", ["communications", "coordinator", "reader", "dpo", "admin"])
def test_everybody_who_sees_plans_sees_who_has_had_turns(
    client: InspectingClient,
    plan_id: int,
    units: dict[str, int],
    session: Session,
    sign_in: SignIn,
    role: str,
) -> None:
    make_slot(session, plan_id, units["SAU"], 5, 2)
    session.commit()
    if role != "communications":  # who is signed in already
        sign_in(role, units["SOH"] if role == "coordinator" else None)
    text = client.page(f"/plans/{plan_id}/fairness").text()
    assert "har ikke haft en tur det seneste år" in text
    assert "26 uger er ledige det næste halve år." in text
    assert "for 3 uger siden" in text


def test_a_coordinator_writes_down_own_weeks_and_sees_nobody_elses(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session, sign_in: SignIn
) -> None:
    other = NewWeekRequest(units["SAU"], RequestKind.BLOCKED, Block(Week(2022, 30)), "tilsyn")
    others_id = service.add_request(session, COMMUNICATIONS, other, now=NOW)
    session.commit()
    sign_in("coordinator", units["SOH"])
    assert "Intet er skrevet ind endnu" in client.page("/requests").text()
    form = client.page("/requests/new").fields()
    done = client.send("/requests/new", form | {"kind": "blocked", "weeks": "45 + 46", "reason": "orlov"})
    assert (
        "Uge 45-46 i 2022 er spærret." in done.text()
        and "orlov" in done.text()
        and "tilsyn" not in done.text()
    )
    client.send(undo_of(done, "remove"))
    assert "Intet er skrevet ind endnu" in client.page("/requests").text()
    sent = form | {"kind": "blocked", "weeks": "47", "unit_id": str(units["SAU"])}
    assert client.post("/requests/new", data=sent).status_code == 400
    for verb in ("remove", "restore"):
        assert client.post(f"/requests/{others_id}/{verb}").status_code == 404


def test_communications_see_all_requests_and_undo_a_removal(
    client: InspectingClient, plan_id: int, units: dict[str, int]
) -> None:
    form = client.page("/requests/new").fields()
    wish = form | {"kind": "wish", "unit_id": str(units["SVO"]), "weeks": "30"}
    done = client.send("/requests/new", wish)
    assert "Uge 30 i 2022 er ønsket." in done.text()
    assert done.links()["Ferieuger"] == "/holiday-weeks"
    removed = client.send("/requests/1/remove")
    assert "Intet er skrevet ind endnu" in removed.text()
    assert "ønske" in client.send(undo_of(removed, "restore")).text()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": ""}, "Vælg, om det er et ønske eller en spærring."),
        ({"weeks": "8"}, "Uge 8 i 2022 er forbi. Mente du 2023?"),
        ({"year": "2020"}, "Uge 30 i 2020 er forbi. Mente du 2022?"),
        ({"weeks": "51-52"}, "Uge 52 er juleferie, så den kan ikke ønskes."),
    ],
)
def test_a_request_that_would_mean_nothing_is_refused_in_plain_words(
    client: InspectingClient, units: dict[str, int], session: Session, more: dict[str, str], said: str
) -> None:
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    session.commit()
    form = client.page("/requests/new").fields()
    assert "kind" not in form
    sent = form | {"kind": "wish", "unit_id": str(units["SVO"]), "weeks": "30"} | more
    assert said in client.send("/requests/new", sent, status=400).text()


def test_blocking_weeks_with_adone_says_that_thedone_stays(
    client: InspectingClient, plan_id: int, units: dict[str, int], session: Session
) -> None:
    make_slot(session, plan_id, units["SVO"], 30, 2)
    session.commit()
    sent = client.page("/requests/new").fields()
    sent |= {"kind": "blocked", "unit_id": str(units["SVO"]), "weeks": "31"}
    done = client.send("/requests/new", sent)
    assert "Uge 31 i 2022 er spærret. Enheden har allerede en tur i uge 30-31." in done.text()


@pytest.mark.parametrize(
    "address", ["/plans/999/fill", "/plans/999/replan", "/plans/999/copy", "/plans/999/fairness",
                "/plan-proposals/999", "/plan-proposals/999/progress"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: InspectingClient, plan_id: int, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_earlier_proposal_of_another_plan_is_not_shown(
    client: InspectingClient, plan_id: int, session: Session
) -> None:
    proposal = fill(client, plan_id, gap="9")
    other = make_plan(session, "Anden")
    session.commit()
    assert client.page(f"/plans/{other}/fill?again={number(proposal)}").fields()["gap"] != "9"
    assert client.get(f"/plans/{other}/fill?again={'9' * 30}").status_code == 200


def test_a_plan_leads_back_to_a_proposal_that_nobody_has_used(client: InspectingClient, plan_id: int) -> None:
    proposal = fill(client, plan_id)
    assert client.page(f"/plans/{plan_id}").links()["Se forslaget"] == proposal.path
    client.send(f"{proposal.path}/discard")
    assert "Se forslaget" not in client.page(f"/plans/{plan_id}").links()
