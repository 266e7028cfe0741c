"""Ideas: kept, used again and again, and thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from branding.drafts.models import Draft
from branding.drafts.service import drafts
from branding.drafts.values.drafts import DraftState, Start
from branding.drafts.values.kinds import PostKind
from tests.drafts import factories as f
from tests.support.client import InspectingClient

SignIn = Callable[..., int]
WORDS = "Hvad er der i din taske?"


@pytest.fixture
def idea(session: Session, on: f.Stage, now: datetime) -> str:
    new = Start(PostKind.CAROUSEL, unit_id=on.world.area, caption=WORDS)
    found = drafts.start(session, on.coordinator, new, now=now)
    session.commit()
    return found


def test_a_thought_is_kept_for_the_unit(
    session: Session, on: f.Stage, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.page("/ideas/new")
    after = client.send(
        "/ideas/new", {**page.fields(), "caption": WORDS, "kind": "story", "unit_id": str(on.world.area)}
    )
    assert WORDS in after.text() and "Idéen er gemt" in after.source
    (row,) = session.exec(select(Draft))
    assert (row.takeover_id, row.unit_id, row.kind) == (None, on.world.area, "story")


def test_an_empty_thought_and_another_area_are_refused(
    session: Session, on: f.Stage, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    sign_in("coordinator", on.world.area)
    usual = {"caption": WORDS, "kind": "daily", "unit_id": str(on.world.area)}
    for wrong in ({"caption": " "}, {"unit_id": str(on.world.other_area)}, {"kind": "andet"}):
        assert client.post("/ideas/new", data={**usual, **wrong}).status_code == 400
    assert session.exec(select(Draft)).all() == []


def test_an_idea_becomes_a_post_of_a_takeover_and_stays(
    session: Session, on: f.Stage, idea: str, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("coordinator", on.world.area)
    page = client.page(f"/posts/{idea}")
    assert WORDS in page.text() and "uge 45" in page.text()
    answer = client.post(f"/posts/{idea}/use", data={**page.fields("/use"), "takeover_id": str(on.takeover)})
    assert answer.status_code == 303 and answer.location.endswith("/pictures")
    rows = session.exec(select(Draft)).all()
    assert {(row.takeover_id, row.title) for row in rows} == {(None, WORDS), (on.takeover, WORDS)}


def test_an_idea_is_not_used_where_one_may_not_write(
    session: Session, on: f.Stage, now: datetime, idea: str, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("coordinator", on.world.other_area)
    for address in (f"/posts/{idea}", f"/posts/{idea}/versions"):
        assert client.get(address).status_code == 404
    assert client.post(f"/posts/{idea}/use", data={"takeover_id": str(on.takeover)}).status_code == 404
    sign_in("communications")
    assert client.post(f"/posts/{idea}/use", data={"takeover_id": "999"}).status_code == 404


def test_the_words_of_a_post_are_kept_without_its_pictures(
    session: Session, on: f.Stage, now: datetime, client: InspectingClient, sign_in: SignIn
) -> None:
    draft_id = f.submitted(session, on, now)
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.page(f"/posts/{draft_id}")
    after = client.send(f"/posts/{draft_id}/keep", page.fields("/keep"))
    assert "gemt som en idé" in after.source
    kept = session.exec(select(Draft).where(Draft.takeover_id == None)).one()  # noqa: E711
    content = f.seen(session, kept.id).content
    assert content.caption == f.CAPTION and content.pictures == ()


def test_an_idea_is_thrown_away_and_taken_back(
    session: Session, on: f.Stage, idea: str, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("coordinator", on.world.area)
    after = client.send(f"/posts/{idea}/drop", client.page(f"/posts/{idea}").fields("/drop"))
    assert "smidt" in after.source
    page = client.page(f"/posts/{idea}")
    client.send(f"/posts/{idea}/take-back", page.fields("/take-back"))
    assert session.get_one(Draft, idea).state == DraftState.WRITING


def test_no_unit_is_chosen_beforehand_when_there_are_several(
    session: Session, on: f.Stage, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    sign_in("communications")
    page = client.page("/ideas/new")
    assert "Vælg enhed" in page.text() and page.fields()["unit_id"] == ""
    response = client.post("/ideas/new", data={**page.fields(), "caption": WORDS})
    assert response.status_code == 400
