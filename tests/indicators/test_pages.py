"""The pages of goals and key figures, from an empty start to every button."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from sqlmodel import Session

from branding.indicators import queries
from branding.indicators.service import figures
from branding.rotation.spreadsheet import read_file
from tests.indicators import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
SignIn = Callable[..., int]


@pytest.fixture
def filled(session: Session, at: At) -> Session:
    now = at("2022-11-14 09:00")
    f.import_2022(session, now)
    rows = read_file(f.table("key-figures.csv"))
    figures.import_figures(session, f.COMMUNICATIONS, rows, now=now)
    session.commit()
    return session


def token(client: InspectingClient, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def of_name(session: Session, name: str) -> int:
    found = queries.strategy_map(session, f.BEGINS).all_indicators()
    ids = {one.name: one.id for one in found}
    session.rollback()
    return ids[name]


def test_an_empty_map_says_what_belongs_there(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    assert "Intet strategikort endnu" in client.get("/strategy").text
    assert "Ingen nøgletal endnu" in client.get("/key-figures").text
    assert client.get("/strategy/put-away").status_code == 200


def test_every_page_of_the_map_opens_for_a_reader(
    client: InspectingClient, sign_in: SignIn, filled: Session
) -> None:
    sign_in("reader")
    text = client.get("/strategy").text
    assert "ikke fastlagt" in text and "Stab/Defactum?" in text and "/edit" not in text
    for path in sorted(set(re.findall(r'href="(/strategy/(?:nodes|indicators)/\d+)"', text))):
        assert client.get(path).status_code == 200, path
    assert client.get("/strategy?on=2022-03-31").status_code == 200
    assert client.get("/strategy?on=whenever").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_days_that_nobody_means_break_no_page(
    client: InspectingClient, sign_in: SignIn, filled: Session, day: str
) -> None:
    sign_in("communications")
    number = of_name(filled, "Cases optaget")
    node = queries.initiatives(filled)[0].id
    filled.rollback()
    for path in ("/strategy", f"/strategy/indicators/{number}", f"/strategy/nodes/{node}"):
        assert client.get(f"{path}?on={day}").status_code == 200, path
    csrf = token(client, "/strategy")
    result = {"csrf_token": csrf, "on": day, "value": "2"}
    assert client.post(f"/strategy/indicators/{number}/results/new", data=result).status_code == 400
    indicator = {
        "csrf_token": csrf, "name": "Cases", "kind": "count", "target": "3", "period": "none",
        "begins_on": day, "measure": "takeovers", "channel": "", "activity": "",
    }  # fmt: skip
    new = f"/strategy/initiatives/{node}/indicators/new"
    assert client.post(new, data=indicator).status_code == 400
    named = indicator | {"period": "named", "begins_on": "2022-01-01", "starts_on": "2022-01-01"}
    assert client.post(new, data=named | {"ends_on": day}).status_code == 400


def test_the_map_is_imported_in_the_browser_after_a_preview(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    sign_in("communications")
    data = {
        "csrf_token": token(client, "/strategy/import"),
        "begins_on": "2022-01-01",
        "file": (BytesIO(f.table()), "kort.csv"),
    }
    preview = client.post("/strategy/import", data=data, content_type="multipart/form-data")
    assert preview.status_code == 200 and "3 rækker at se på" in preview.text
    assert "(Presse)" in preview.text and "(press)" not in preview.text
    assert queries.strategy_map(session, f.BEGINS).is_empty
    session.rollback()
    carried = re.search(r'name="table" value="([^"]+)"', preview.text)
    assert carried
    answer = client.post("/strategy/import/confirm", data=data | {"file": "", "table": carried[1]})
    assert answer.status_code == 303
    assert len(list(queries.strategy_map(session, f.BEGINS).all_indicators())) == 19
    assert "22 nye" in client.get("/strategy").text


def test_nodes_and_indicators_are_made_changed_moved_and_put_away(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    sign_in("communications")
    csrf = token(client, "/strategy/nodes/new?kind=vision")
    base = {"csrf_token": csrf, "text": "Borgeren kan", "parent_id": "0", "state": "running"}
    answer = client.post("/strategy/nodes/new?kind=vision", data=base)
    assert answer.location.endswith("/strategy/nodes/1")
    for number, kind in enumerate(("perspective", "goal", "initiative", "initiative"), 2):
        under = min(number - 1, 3)
        data = base | {"text": f"Prøve {number}", "parent_id": str(under)}
        path = f"/strategy/nodes/new?kind={kind}&under={under}"
        assert client.get(path).status_code == 200
        assert client.post(path, data=data).location.endswith(f"/{number}"), kind
    assert client.get("/strategy/nodes/4").status_code == 200
    assert client.post("/strategy/nodes/5/up", data={"csrf_token": csrf}).status_code == 303
    assert client.post("/strategy/nodes/5/place?before=4", data={"csrf_token": csrf}).status_code == 303
    changed = base | {"text": "Nyt navn", "parent_id": "3", "version": "1"}
    assert client.post("/strategy/nodes/4/edit", data=changed).status_code == 303
    assert client.post("/strategy/nodes/4/edit", data=changed | {"text": "Andet"}).status_code == 409
    made = client.get("/strategy/initiatives/4/indicators/new")
    assert made.status_code == 200
    indicator = {
        "csrf_token": csrf, "name": "Cases", "kind": "count", "target": "3", "period": "quarter",
        "every": "2", "begins_on": "2022-01-01", "measure": "hand", "channel": "", "activity": "",
    }  # fmt: skip
    wrong = client.post("/strategy/initiatives/4/indicators/new", data=indicator | {"target": "mange"})
    assert wrong.status_code == 400 and "Skriv et tal" in wrong.text
    assert client.post("/strategy/initiatives/4/indicators/new", data=indicator).location.endswith("/1")
    edit = client.get("/strategy/indicators/1/edit")
    assert edit.status_code == 200 and 'value="3"' in edit.text
    assert client.post("/strategy/indicators/1/edit", data=indicator | {"version": "1"}).status_code == 303
    assert client.get("/strategy/initiatives/4/activities").status_code == 200
    for path in (
        "indicators/1/put-away",
        "indicators/1/bring-back",
        "nodes/4/put-away",
        "nodes/4/bring-back",
    ):
        assert client.post(f"/strategy/{path}", data={"csrf_token": csrf}).status_code == 303
    assert client.post("/strategy/nodes/1/put-away", data={"csrf_token": csrf}).status_code == 303
    assert "Flyt først det" in client.get("/strategy/nodes/1").text


def test_results_are_written_changed_removed_and_put_back(
    client: InspectingClient, sign_in: SignIn, filled: Session, at: At
) -> None:
    sign_in("communications")
    number = of_name(filled, "Cases optaget")
    path = f"/strategy/indicators/{number}"
    csrf = token(client, f"{path}/results/new")
    data = {"csrf_token": csrf, "on": "2022-02-01", "value": "2", "note": "Opgjort i marts"}
    assert client.post(f"{path}/results/new", data=data).status_code == 303
    assert client.post(f"{path}/results/new", data=data).status_code == 400
    assert "ikke nået" in client.get(path).text
    result = "/strategy/results/1"
    assert client.get(result).status_code == 200
    assert client.post(result, data=data | {"value": "3", "version": "1"}).status_code == 303
    assert client.post(result, data=data | {"value": "4", "version": "1"}).status_code == 409
    assert client.post(f"{result}/remove", data={"csrf_token": csrf, "version": "2"}).status_code == 303
    undo = re.search(r'action="([^"]+results/restore[^"]*)"', client.get(path).text)
    assert undo and "Opgjort" not in undo[1]
    changed = undo[1].replace("&amp;", "&").replace("kept=v1.", "kept=v1.AAAA")
    assert client.post(changed, data={"csrf_token": csrf}).status_code == 303
    assert "kunne ikke sættes tilbage" in client.get(path).text
    assert client.post(undo[1].replace("&amp;", "&"), data={"csrf_token": csrf}).status_code == 303
    assert "Opgjort i marts" in client.get(path).text


def test_a_result_that_was_just_written_is_undone_from_its_notice(
    client: InspectingClient, sign_in: SignIn, filled: Session, at: At
) -> None:
    sign_in("communications")
    path = f"/strategy/indicators/{of_name(filled, 'Cases optaget')}"
    csrf = token(client, f"{path}/results/new")
    written = {"csrf_token": csrf, "on": "2022-02-01", "value": "2", "note": "Opgjort i marts"}
    client.post(f"{path}/results/new", data=written)
    undo = re.search(r'action="([^"]+results/1/remove[^"]*)"', client.get(path).text)
    assert undo and client.post(undo[1].replace("&amp;", "&"), data={"csrf_token": csrf}).status_code == 303
    assert "Opgjort i marts" not in client.get(path).text


def test_a_milestone_is_ticked_and_unticked(
    client: InspectingClient, sign_in: SignIn, filled: Session
) -> None:
    sign_in("communications")
    path = f"/strategy/indicators/{of_name(filled, 'Pilot gennemført')}"
    csrf = token(client, path)
    assert client.post(f"{path}/tick", data={"csrf_token": csrf, "on": "2022-06-05"}).status_code == 303
    assert "Nået 05-06-2022" in client.get(path).text
    assert client.post(f"{path}/untick", data={"csrf_token": csrf}).status_code == 303
    assert client.post(f"{path}/tick", data={"csrf_token": csrf, "on": "2023-06-05"}).status_code == 303
    assert "Den dag er ikke kommet endnu" in client.get(path).text


def test_key_figures_are_shown_written_changed_and_removed(
    client: InspectingClient, sign_in: SignIn, filled: Session
) -> None:
    sign_in("communications")
    text = client.get("/key-figures").text
    assert "Sygefravær, måned" in text and "viser ingen årsag" in text
    assert client.get("/key-figures/1").status_code == 200
    csrf = token(client, "/key-figures/new?series=1")
    data = {
        "csrf_token": csrf,
        "series": "Årsværk",
        "unit": "årsværk",
        "period": "2023-03",
        "value": "2.500,5",
    }
    assert client.post("/key-figures/new", data=data).status_code == 303
    assert "2500,5" in client.get("/key-figures/1").text
    assert client.post("/key-figures/new", data=data).status_code == 400
    assert client.post("/key-figures/new", data=data | {"period": "forår"}).status_code == 400
    value = "/key-figures/values/54"
    assert client.get(value).status_code == 200
    assert client.post(value, data=data | {"value": "2501", "version": "1"}).status_code == 303
    assert client.post(f"{value}/remove", data={"csrf_token": csrf, "version": "2"}).status_code == 303
    undo = re.search(r'action="([^"]+key-figures/restore[^"]*)"', client.get("/key-figures/1").text)
    assert undo
    assert client.post(undo[1].replace("&amp;", "&"), data={"csrf_token": csrf}).status_code == 303


def test_key_figures_are_imported_after_a_preview(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    sign_in("communications")
    csrf = token(client, "/key-figures/import")
    pasted = "Nøgletal;Periode;Værdi;Enhed;Note\nÅrsværk;2022-03;2435,3;årsværk;\nÅrsværk;forår;1;årsværk;\n"
    wrong = client.post("/key-figures/import", data={"csrf_token": csrf, "pasted": pasted})
    assert wrong.status_code == 400 and "1 række kan ikke bruges" in wrong.text
    right = client.post(
        "/key-figures/import", data={"csrf_token": csrf, "pasted": pasted.replace("forår", "2021-03")}
    )
    carried = re.search(r'name="table" value="([^"]+)"', right.text)
    assert right.status_code == 200 and carried
    answer = client.post("/key-figures/import/confirm", data={"csrf_token": csrf, "table": carried[1]})
    assert answer.status_code == 303
    assert len(queries.key_figures(session)[0].points) == 2


def test_exports_come_as_files(client: InspectingClient, sign_in: SignIn, filled: Session) -> None:
    sign_in("reader")
    for path in ("/strategy/csv", "/strategy/xlsx", "/key-figures/csv", "/key-figures/xlsx"):
        answer = client.get(path)
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"], path


def test_english_has_the_same_pages(client: InspectingClient, sign_in: SignIn, filled: Session) -> None:
    sign_in("communications")
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    assert "Read downwards" in client.get("/strategy").text
    assert "That shows no cause" in client.get("/key-figures").text
