"""The last step: what stands in the way is told with the way to it, and one button sends."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session

from branding.core.clock import at_local
from branding.core.db import Database
from branding.drafts.service import drafts
from branding.drafts.values.drafts import DraftState, Start
from branding.drafts.values.kinds import PostKind
from tests.drafts import factories
from tests.drafts.factories import MONDAY
from tests.drafts.pages import At, hidden, host_in, new_post
from tests.support.client import InspectingClient
from tests.takeovers.factories import COMMUNICATIONS

NOW = "2026-11-02 08:00"


def test_what_is_missing_is_told_with_the_step_where_it_is_done(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW), nobody=False)
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    page = client.page(f"{post}/send")
    assert "Du har ikke sagt for alle billeder, hvem der er på." in page.text()
    assert "Det kan du selv rette" in page.text()
    assert page.links()["Sig, hvem der er på"].startswith(f"{post}/people")
    page = client.send(f"{post}/send", hidden(page, "version") | {"day": "2026-11-03", "time": "10:00"})
    assert "Det er ikke sendt endnu" in page.text()
    session.rollback()
    assert factories.seen(session, draft_id).state is DraftState.WRITING


def test_an_empty_post_is_told_to_choose_a_picture(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    page = client.page(f"{new_post(client)}/send")
    assert "Vælg et billede." in page.text() and "Intet billede endnu" in page.text()
    assert "Sig for hvert billede" not in page.text()


def test_the_wished_time_is_a_day_of_the_takeover(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW), due_at=at_local(MONDAY, 10))
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    form = hidden(client.page(f"{post}/send"), "version")
    for wrong in ({"day": "2026-11-20", "time": "10:00"}, {"day": "2026-11-04", "time": "kl. ti"}):
        page = client.send(f"{post}/send", form | wrong, status=400)
        assert "Der er ikke gemt noget endnu" in page.text()
    client.send(f"{post}/send", form | {"day": "2026-11-04", "time": "14.30"})
    session.rollback()
    draft = factories.seen(session, draft_id)
    assert (draft.state, draft.due_at) == (DraftState.SUBMITTED, at_local(MONDAY.replace(day=4), 14, 30))


def test_what_was_changed_meanwhile_is_looked_at_again(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW))
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    form = hidden(client.page(f"{post}/send"), "version")
    factories.write(session, stage.coordinator, draft_id, at(NOW), caption="Noget andet")
    session.commit()
    page = client.send(f"{post}/send", form | {"day": ""}, status=400)
    assert "Se det igennem igen" in page.text() and "Noget andet" in page.text()


def test_staff_make_a_post_from_the_takeover_and_know_it_in_the_list(
    session: Session, client: InspectingClient, at: At, sign_in: Callable[..., int], database: Database
) -> None:
    stage = factories.stage(session, at(NOW))
    session.commit()
    sign_in("communications")
    assert "Se opslagene" in client.page(f"/takeovers/{stage.takeover}").text()
    assert "Ingen opslag endnu" in client.page(f"/takeovers/{stage.takeover}/posts").text()
    page = client.send(f"/takeovers/{stage.takeover}/posts/new")
    assert page.path.startswith("/posts/") and page.path.endswith("/pictures")
    assert "kladde" in client.page(f"/takeovers/{stage.takeover}/posts").text()
    page = client.send("/posts/new", {"takeover_id": str(stage.takeover), "kind": "goodbye"})
    assert "Farvel og tak" in client.page(page.path).text("nav") or page.path.endswith("/pictures")
    client.send("/posts/new", {"takeover_id": "999"}, status=404)
    people = client.page(page.path.replace("/pictures", "/people"))
    assert "Mig" not in [str(button) for button in people.all("button")]


def test_a_coordinator_of_another_area_finds_nothing(
    session: Session, client: InspectingClient, at: At, sign_in: Callable[..., int]
) -> None:
    stage = factories.stage(session, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW))
    session.commit()
    sign_in("coordinator", stage.world.other_area)
    assert client.get(f"/takeovers/{stage.takeover}/posts").status_code == 404
    assert client.post(f"/takeovers/{stage.takeover}/posts/new").status_code == 404
    for address in ("pictures", "people", "text", "send", "sent"):
        assert client.get(f"/posts/{draft_id}/{address}").status_code == 404
    assert "Ingen takeover forude" in client.page("/posts/new").text()


def test_an_idea_has_the_same_steps_but_is_not_sent(
    session: Session, client: InspectingClient, at: At, sign_in: Callable[..., int]
) -> None:
    stage = factories.stage(session, at(NOW))
    idea = drafts.start(session, COMMUNICATIONS, Start(PostKind.DAILY, unit_id=stage.world.area), now=at(NOW))
    session.commit()
    sign_in("communications")
    for address in ("pictures", "people", "text"):
        client.page(f"/posts/{idea}/{address}")
    page = client.page(f"/posts/{idea}/send")
    assert "En idé bliver sendt, når den bruges i en takeover." in page.text()
    assert "Send til godkendelse" not in page.text()
