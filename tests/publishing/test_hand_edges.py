"""Posting by hand when something is odd: a foreign address, a button pressed twice, a no meanwhile."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from branding.consent.values.records import Channel
from branding.core.clock import now as clock_now
from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.rules.addresses import is_address, is_of
from branding.publishing.service import planning
from branding.publishing.service.hand import look
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import State, Way
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.publishing.test_hand import At, alerts, handed, link
from tests.publishing.test_plan_pages import due
from tests.support.client import InspectingClient

__all__ = ["handed"]
OURS = "https://www.instagram.com/p/x/"


@pytest.mark.parametrize(
    ("channel", "address", "is_one"),
    [
        (Channel.INSTAGRAM, OURS, True),
        (Channel.INSTAGRAM, "https://instagram.com/stories/mitsocial/123?igsh=1", True),
        (Channel.INSTAGRAM, "https://www.instagram.com/", False),
        (Channel.INSTAGRAM, "https://instagram.com.example.dk/p/x", False),
        (Channel.INSTAGRAM, "https://www.facebook.com/x/posts/1", False),
        (Channel.FACEBOOK, "https://m.facebook.com/share/p/abc/", True),
        (Channel.FACEBOOK, "https://fb.watch/abc", True),
        (Channel.LINKEDIN, "https://lnkd.in/abc", True),
    ],
)
def test_an_address_is_of_its_channel_or_of_somewhere_else(
    channel: Channel, address: str, is_one: bool
) -> None:
    assert is_address(address) and is_of(channel, address) is is_one


@pytest.mark.parametrize(
    "text",
    ["", "x.dk", "http://instagram.com/p/x", "https://", "https:///p/x", "https://[", "https://a b.dk/x",
     "https://instagram.com@example.dk/p/x", "javascript:alert(1)", "https://instagram.com/" + "x" * 300],
)  # fmt: skip
def test_what_is_no_address_at_all(text: str) -> None:
    assert not is_address(text)


def test_the_address_of_another_place_or_another_post_is_not_taken(
    session: Session, on: drafts.Stage, client: InspectingClient, handed: str, database: Database
) -> None:
    address = f"/hand/{link(database)}"
    client.send(address, {"do": "open"})
    sent = {"do": "done", "permalink": "https://example.dk/p/x"}
    assert "ikke adressen på et opslag på Instagram" in client.send(address, sent, 400).text("main")
    other = f.planned(session, on, clock_now(), due("2026-11-04 10:00"))
    other.permalink = OURS
    session.add(other)
    session.commit()
    sent["permalink"] = OURS
    assert "Et andet opslag har den adresse" in client.send(address, sent, 400).text("main")
    assert f.state(database, handed)[0] is State.HANDED


def test_a_second_press_of_done_still_says_that_it_must_come_down(
    session: Session,
    on: drafts.Stage,
    client: InspectingClient,
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    now = clock_now()
    f.connect(session, on, Way.HAND)
    subject = drafts.asked_colleague(session, on, now)
    draft_id = drafts.with_person(session, on, now, subject, due_at=due("2026-11-02 10:00"))
    assert drafts.approve(session, on, draft_id, now).is_done
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    address = f"/hand/{link(database)}"
    client.send(address, {"do": "open"})
    f.take_back(session, subject, None, clock_now())
    sent = {"do": "done", "permalink": OURS}
    assert "Tag det ned" in client.send(address, sent).text("h1")
    assert "Tag det ned" in client.send(address, sent).text("h1")
    assert "Tag det ned" in client.page(address).text("h1")


def test_months_later_the_link_still_says_thanks_while_the_consent_holds(
    session: Session,
    on: drafts.Stage,
    client: InspectingClient,
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    now = clock_now()
    f.connect(session, on, Way.HAND)
    subject = drafts.asked_colleague(session, on, now)
    draft_id = drafts.with_person(session, on, now, subject, due_at=due("2026-11-02 10:00"))
    assert drafts.approve(session, on, draft_id, now).is_done
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    address = f"/hand/{link(database)}"
    client.send(address, {"do": "open"})
    assert "Tak" in client.send(address, {"do": "done", "permalink": OURS}).text("h1")
    at("2027-03-01 10:00")
    assert "Tak" in client.page(address).text("h1")


def test_done_twice_is_thanked_twice_and_written_down_once(
    client: InspectingClient, handed: str, database: Database
) -> None:
    token = link(database)
    client.send(f"/hand/{token}", {"do": "open"})
    for _ in range(2):
        assert "Tak" in client.send(f"/hand/{token}", {"do": "done", "permalink": OURS}).text("h1")
    assert f.row(database, handed).calls == 1
    with database.reader() as session:
        view = look(session, token, now=clock_now())
    assert view is not None and not view.text and not view.parts


@pytest.mark.parametrize("is_moved", [True, False])
def test_whoever_has_it_is_told_when_somebody_moves_it_or_takes_it_out(
    session: Session, client: InspectingClient, handed: str, database: Database, is_moved: bool
) -> None:
    token = link(database)
    client.send(f"/hand/{token}", {"do": "open"})
    now, version = clock_now(), f.row(database, handed).version
    with database.transaction() as write:
        if is_moved:
            planning.move_to(write, f.KAREN, handed, due("2026-11-03 10:00"), version, now=now)
        else:
            planning.take_off(write, f.KAREN, handed, version, now=now)
    (told,) = alerts(database, Event.HAND_STOPPED)
    assert told.reference.startswith("package:") and told.code == ("moved" if is_moved else "by_person")
    assert "Læg det ikke op" in client.page(f"/hand/{token}", 410).text("h1")
