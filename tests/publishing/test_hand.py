"""Posting by hand: the package opens after a yes, for half an hour, and is asked about until it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session, select

from branding.consent.service.withdrawing import withdraw
from branding.consent.values.records import Via
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core import clock
from branding.core.db import Database
from branding.core.settings import Settings
from branding.drafts.service import drafts as making
from branding.drafts.service import saving
from branding.media.service import people
from branding.outbox.values import Mail
from branding.publishing.models import Alert, HandPackage
from branding.publishing.service import hand
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import State, Way
from tests.drafts import factories as drafts
from tests.drafts import pages
from tests.publishing import factories as f
from tests.publishing.test_plan_pages import due
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def handed(
    session: Session, on: f.Stage, now: datetime, database: Database, settings: Settings, at: At
) -> str:
    """A post that was due at 10:00, given to whoever posts by hand; its id."""
    f.connect(session, on, Way.HAND)
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.HANDED
    return row.id


def link(database: Database) -> str:
    """A fresh link, as a mail carries it."""
    with database.transaction() as session:
        package = session.exec(select(HandPackage)).one()
        return hand.new_link(session, package.id or 0)


def package(database: Database) -> HandPackage:
    with database.reader() as session:
        return session.exec(select(HandPackage)).one()


def alerts(database: Database, event: Event) -> list[Alert]:
    with database.reader() as session:
        return list(session.exec(select(Alert).where(Alert.event == event)))


def test_a_look_shows_nothing_of_the_post_and_opens_nothing(
    client: InspectingClient, handed: str, database: Database
) -> None:
    address = f"/hand/{link(database)}"
    text = client.page(address).text("main")
    assert "Åbn pakken" in text and drafts.CAPTION not in text
    assert client.get(f"{address}/pictures/1").status_code == 404
    assert package(database).opened_at is None


def test_open_it_shows_words_and_pictures_for_half_an_hour(
    client: InspectingClient, handed: str, database: Database, at: At
) -> None:
    address = f"/hand/{link(database)}"
    page = client.send(address, {"do": "open"})
    text = page.text("main")
    assert drafts.CAPTION in text and drafts.ALT in text and "30 minutter" in text and "kl. 10.30" in text
    assert any(one.get("data-copy") == "text" for one in page.all("button"))
    assert any(one.get("download") == "1.jpg" for one in page.all("a"))
    at("2026-11-02 10:31")
    late = client.page(address).text("main")
    assert "Den halve time er gået" in late and drafts.CAPTION not in late
    assert client.get(f"{address}/pictures/1").status_code == 404
    assert drafts.CAPTION in client.send(address, {"do": "open"}).text("main")


def test_done_with_the_address_it_is_out(client: InspectingClient, handed: str, database: Database) -> None:
    address = f"/hand/{link(database)}"
    assert "Åbn pakken først" in client.send(
        address, {"do": "done", "permalink": "https://x.dk/1"}, 400
    ).text("main")
    client.send(address, {"do": "open"})
    assert "https://" in client.send(address, {"do": "done", "permalink": "x.dk"}, 400).text("main")
    assert "Tak" in client.send(address, {"do": "done", "permalink": "https://www.instagram.com/p/x/"}).text(
        "h1"
    )
    assert f.state(database, handed)[0] is State.PUBLISHED
    assert f.row(database, handed).permalink == "https://www.instagram.com/p/x/"
    assert all(one.ended_at for one in alerts(database, Event.HAND_DUE))
    assert "Tak" in client.page(address).text("h1")


def test_who_cannot_gives_it_back_to_those_who_plan(
    client: InspectingClient, handed: str, database: Database, sign_in: Callable[..., int]
) -> None:
    assert "Tak" in client.send(f"/hand/{link(database)}", {"do": "cannot"}).text("h1")
    assert f.state(database, handed) == (State.FAILED, "hand_cannot")
    assert alerts(database, Event.FAILED)
    sign_in("communications")
    assert "Vælg en ny tid" in client.page("/publishing").text("main")


def test_when_the_gate_says_no_the_page_says_stop(
    session: Session,
    on: f.Stage,
    now: datetime,
    client: InspectingClient,
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    f.connect(session, on, Way.HAND)
    subject = drafts.asked_colleague(session, on, now)
    draft_id = drafts.with_person(session, on, now, subject, due_at=due("2026-11-02 10:00"))
    assert drafts.approve(session, on, draft_id, now).is_done
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    token = link(database)
    new = NewWithdrawal(subject, clock.now(), None, None, Via.EMPLOYEE)
    with database.transaction() as write:
        withdraw(write, drafts.COMMUNICATIONS, new, lambda to: Mail(to.email, "x", "x"), now=clock.now())
    assert "Læg det ikke op" in client.send(f"/hand/{token}", {"do": "open"}).text("h1")
    assert "Læg det ikke op" in client.page(f"/hand/{token}", 410).text("h1")
    (stopped,) = alerts(database, Event.HAND_STOPPED)
    assert stopped.reference.startswith("package:")


def test_asked_again_each_hour_by_day_until_it_is_done(
    client: InspectingClient, handed: str, database: Database, at: At
) -> None:
    def chased(moment: str) -> int:
        now = at(moment)
        with database.transaction() as session:
            return hand.chase(session, now=now)

    assert chased("2026-11-02 10:59") == 0
    assert chased("2026-11-02 11:01") == 1 and chased("2026-11-02 11:30") == 0
    assert chased("2026-11-02 12:05") == 1
    client.send(f"/hand/{link(database)}", {"do": "open"})
    assert chased("2026-11-02 12:20") == 0, "somebody is at it"
    assert chased("2026-11-02 23:30") == 0, "nobody is asked at night"
    open_now = [one for one in alerts(database, Event.HAND_CHASE) if one.ended_at is None]
    assert len(open_now) == 1
    client.send(f"/hand/{link(database)}", {"do": "open"})
    client.send(f"/hand/{link(database)}", {"do": "done", "permalink": "https://www.instagram.com/p/x/"})
    assert chased("2026-11-03 10:00") == 0


def test_an_old_or_unknown_link_opens_nothing(
    client: InspectingClient, handed: str, database: Database
) -> None:
    old = link(database)
    link(database)
    assert "nyeste mail" in client.page(f"/hand/{old}", 404).text("main")
    assert "nyeste mail" in client.send(f"/hand/{old}", {"do": "open"}, 404).text("main")
    client.send("/hand/whatever", {"do": "open"}, 404)


def test_pictures_are_kept_by_nobody(
    session: Session,
    client: InspectingClient,
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    now = at("2026-11-02 09:00")
    stage, post, item = pages.with_picture(session, client, now)
    draft_id = post.rpartition("/")[2]
    finish(session, stage, draft_id, item, now)
    f.connect(session, stage, Way.HAND)
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    address = f"/hand/{link(database)}"
    client.send(address, {"do": "open"})
    answer = client.get(f"{address}/pictures/1")
    assert answer.mimetype == "image/jpeg" and answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="1.jpg"'
    assert client.get(f"{address}/pictures/1?show=1").mimetype == "image/jpeg"
    assert client.get(f"{address}/pictures/2").status_code == 404


def finish(session: Session, stage: f.Stage, draft_id: str, item: str, now: datetime) -> None:
    saving.change(
        session, stage.host, draft_id,
        lambda content: replace(content.with_picture(item, alt=drafts.ALT), caption=drafts.CAPTION), now=now,
    )  # fmt: skip
    people.declare_nobody(session, stage.host, stage.place, item, now=now)
    row = drafts.row_of(session, draft_id)
    making.plan_time(session, stage.host, draft_id, due("2026-11-02 10:00"), row.version, now=now)
    assert drafts.send(session, stage, draft_id, now).is_done
    assert drafts.approve(session, stage, draft_id, now, **{item: 0}).is_done
