"""One button stops everything, another lets it go on, and what was missed is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.values.states import State
from tests.drafts import factories as drafts
from tests.publishing import factories
from tests.publishing.test_plan_pages import At, due
from tests.support.client import InspectingClient


def test_pause_shows_on_every_page_and_what_was_missed_is_never_sent_by_itself(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    on = drafts.stage(session, at("2026-11-02 08:00"))
    factories.connect(session, on)
    row = factories.planned(session, on, at("2026-11-02 08:00"), due("2026-11-02 10:00"))
    session.commit()
    sign_in("communications")
    assert "Skriv hvorfor" in client.send("/publishing/pause", {"profile": "", "reason": " "}, 400).text(
        "main"
    )
    page = client.send("/publishing/pause", {"profile": "", "reason": "En alvorlig hændelse"})
    assert "En alvorlig hændelse" in page.text("main") and "på pause" in page.text("main")
    assert "En alvorlig hændelse" in client.page("/").text("main")
    at("2026-11-02 10:01")
    factories.tick(database, settings)
    assert factories.state(database, row.id)[0] is State.SCHEDULED and not factories.feed(database)
    (end,) = [
        str(form.get("action"))
        for form in client.page("/publishing").all("form")
        if "/pauses/" in str(form.get("action"))
    ]
    page = client.send(end)
    assert "1 opslag blev sprunget over" in page.text("main") and "Kræver et menneske" in page.text("main")
    factories.tick(database, settings)
    assert factories.state(database, row.id) == (State.MISSED, "paused")


def test_one_profile_can_be_paused_alone(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: Callable[[str], datetime]
) -> None:
    on = drafts.stage(session, at("2026-11-02 08:00"))
    session.commit()
    sign_in("admin")
    page = client.send("/publishing/pause", {"profile": str(on.world.profile), "reason": "Vi tjekker noget"})
    assert "Intet går ud på @" in page.text("main")
    (end,) = [str(form.get("action")) for form in page.all("form") if "/pauses/" in str(form.get("action"))]
    assert "Intet blev sprunget over" in client.send(end).text("main")
    sign_in("reader")
    assert client.post("/publishing/pause").status_code == 403


def test_ending_one_of_two_pauses_says_that_the_other_still_holds(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: Callable[[str], datetime]
) -> None:
    on = drafts.stage(session, at("2026-11-02 08:00"))
    session.commit()
    sign_in("admin")
    client.send("/publishing/pause", {"profile": str(on.world.profile), "reason": "Vi tjekker noget"})
    page = client.send("/publishing/pause", {"profile": "", "reason": "En alvorlig hændelse"})
    first, second = [
        str(form.get("action")) for form in page.all("form") if "/pauses/" in str(form.get("action"))
    ]
    assert "en anden pause" in client.send(first).text("main")
    assert "Intet blev sprunget over" in client.send(second).text("main")
