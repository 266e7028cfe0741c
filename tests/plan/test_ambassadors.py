"""Ambassadors: joining and leaving by links, what they share, and how clicks are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.core import clock
from branding.core.db import Database
from branding.core.errors import Missing, RuleBroken
from branding.outbox.models import OutboxMessage
from branding.plan import letters
from branding.plan.queries import ambassadors as queries
from branding.plan.queries import click_counts
from branding.plan.service import ambassadors, kits
from branding.plan.values import Joining, KitRequest
from tests.plan import factories as f
from tests.plan.factories import KAREN
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X)"}


@pytest.fixture
def on(session: Session, at: At) -> f.World:
    return f.world(session, at("2022-08-15 09:00"))


def joined(session: Session, app: Flask, name: str, unit_id: int | None = None) -> str:
    """Somebody on the list; returns the secret that leaves it."""
    link = ambassadors.make_link(session, KAREN, unit_id, now=clock.now())
    found = queries.find_join_link(session, link)
    assert found is not None and found.id is not None
    with app.app_context():
        write = partial(letters.joined, session)
        ambassadors.join(session, found.id, Joining(name, f"{name}@Example.dk"), write, now=clock.now())
    row = queries.find_ambassador(session, f"{name}@example.dk".lower())
    assert row is not None
    return ambassadors.off_token(session, row)


def kit(session: Session, on: f.World, **changes: str) -> int:
    activity_id = f.activity(session, on, "2022-08-16")
    request = KitRequest("Vi søger nattevagter", "Kom og vær med", "https://rm.dk/job", activity_id)
    return kits.make_kit(session, KAREN, request, now=clock.now())


def test_joining_twice_keeps_one_row_and_sends_one_mail(session: Session, on: f.World, app: Flask) -> None:
    joined(session, app, "Freja")
    joined(session, app, "Freja")
    assert len(queries.ambassadors(session, None)) == 1
    (mail,) = session.exec(select(OutboxMessage)).all()
    assert "/ambassador/off/" in mail.body and "Freja" not in mail.subject


def test_the_same_link_leaves_the_list_from_every_mail(session: Session, on: f.World, app: Flask) -> None:
    token = joined(session, app, "Freja")
    kit_id = kit(session, on)
    with app.app_context():
        assert kits.send_kit(session, KAREN, kit_id, partial(letters.kit, session), now=clock.now()) == 1
        assert kits.send_kit(session, KAREN, kit_id, partial(letters.kit, session), now=clock.now()) == 0
    mails = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
    assert all(f"/ambassador/off/{token}" in mail.body for mail in mails) and len(mails) == 2
    ambassadors.leave(session, token, now=clock.now())
    row = queries.find_ambassador_by_token(session, token)
    assert row is not None and row.name == "" and "example" not in row.email
    session.expire_all()
    assert all("example.dk" not in mail.to_address for mail in session.exec(select(OutboxMessage)))


def test_names_are_deleted_after_a_year_and_a_month_after_removal(
    session: Session, on: f.World, app: Flask, at: At
) -> None:
    joined(session, app, "Freja")
    joined(session, app, "Oliver")
    (oliver, freja) = queries.ambassadors(session, None)
    ambassadors.remove(session, KAREN, oliver.id, now=clock.now())
    ambassadors.restore(session, KAREN, oliver.id, now=clock.now())
    ambassadors.remove(session, KAREN, oliver.id, now=clock.now())
    assert ambassadors.delete_old(session, now=clock.now() + timedelta(days=31)) == 1
    assert [one.id for one in queries.ambassadors(session, None)] == [freja.id]
    assert ambassadors.delete_old(session, now=clock.now() + timedelta(days=365)) == 1


def test_a_coordinator_has_the_own_units_ambassadors(session: Session, on: f.World, app: Flask) -> None:
    joined(session, app, "Freja", on.other_area)
    (freja,) = queries.ambassadors(session, None)
    with pytest.raises(Missing):
        ambassadors.remove(session, on.klaus(), freja.id, now=clock.now())
    with pytest.raises(Missing):
        ambassadors.make_link(session, on.klaus(), None, now=clock.now())
    with pytest.raises(Missing):
        kits.stop_kit(session, on.klaus(), kit(session, on), now=clock.now())


def test_a_kit_leads_to_https_only(session: Session, on: f.World) -> None:
    with pytest.raises(RuleBroken) as refused:
        kits.make_kit(session, KAREN, KitRequest("x", "", "http://rm.dk"), now=clock.now())
    assert refused.value.field == "address"


def test_a_link_leads_to_its_address_and_counts_people_by_day(
    session: Session, on: f.World, client: InspectingClient, database: Database, at: At
) -> None:
    kit_id = kit(session, on)
    links = queries.kit_by_id(session, kit_id).links
    session.commit()
    for _ in range(2):
        answer = client.get(f"/s/{links[0].token}?next=https://evil.dk", headers=PHONE)
        assert answer.status_code == 302 and answer.location == "https://rm.dk/job"
        assert "Set-Cookie" not in answer.headers
    client.head(f"/s/{links[0].token}", headers=PHONE)
    client.get(f"/s/{links[0].token}", headers={"User-Agent": "LinkedInBot/1.0"})
    ahead = client.get(f"/s/{links[0].token}", headers=PHONE | {"Sec-Purpose": "prefetch;prerender"})
    assert ahead.headers["Cache-Control"] == "no-store" and "noindex" in ahead.headers["X-Robots-Tag"]
    at("2022-08-16 00:10")
    client.get(f"/s/{links[1].token}", headers=PHONE)
    with database.reader() as reading:
        one = queries.kit_by_id(reading, kit_id)
        assert one.days == ((date(2022, 8, 15), 2), (date(2022, 8, 16), 1)) and one.clicks == 3
        assert click_counts(reading, date(2022, 8, 15), date(2022, 8, 15)) == {on.linkedin: 2}
    assert client.get("/s/ffff").status_code == 404


def test_a_stopped_kit_leads_nowhere(session: Session, on: f.World, client: InspectingClient) -> None:
    kit_id = kit(session, on)
    one = queries.kit_by_id(session, kit_id)
    session.commit()
    assert client.get(f"/share/{one.token}").status_code == 200
    kits.stop_kit(session, KAREN, kit_id, now=clock.now())
    session.commit()
    assert client.get(f"/s/{one.links[0].token}", headers=PHONE).status_code == 410
    assert client.get(f"/share/{one.token}").status_code == 410


def test_somebody_joins_and_leaves_by_the_pages(
    session: Session, on: f.World, client: InspectingClient, app: Flask, database: Database
) -> None:
    token = ambassadors.make_link(session, KAREN, None, now=clock.now())
    session.commit()
    client.page(f"/ambassador/{token}/poster")
    client.send(f"/ambassador/{token}", {"name": "Freja Prøve", "email": "freja@example.dk", "website": "x"})
    client.send(f"/ambassador/{token}", {"name": "Freja Prøve", "email": "freja@example.dk"})
    with database.reader() as reading:
        row = queries.find_ambassador(reading, "freja@example.dk")
        assert row is not None
        off = ambassadors.off_token(reading, row)
    client.page(f"/ambassador/off/{off}")
    client.send(f"/ambassador/off/{off}")
    client.page(f"/ambassador/off/{off}", 410)
    client.page("/ambassador/nothing", 404)
    client.page("/ambassador/off/nothing", 404)


def test_whom_somebody_took_off_can_still_leave_for_good(
    session: Session, on: f.World, client: InspectingClient, app: Flask, database: Database
) -> None:
    token = joined(session, app, "Freja")
    (freja,) = queries.ambassadors(session, None)
    ambassadors.remove(session, KAREN, freja.id, now=clock.now())
    session.commit()
    client.page(f"/ambassador/off/{token}")
    client.send(f"/ambassador/off/{token}")
    client.page(f"/ambassador/off/{token}", 410)
    with database.writer() as writing, pytest.raises(Missing):
        ambassadors.restore(writing, KAREN, freja.id, now=clock.now())


def test_a_coordinator_sees_everybodys_kits_by_their_open_page(
    session: Session, on: f.World, client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    kit_id = kit(session, on)
    token = queries.kit_by_id(session, kit_id).token
    session.commit()
    sign_in("coordinator", on.area)
    page = client.page("/ambassadors").source
    assert f"/share/{token}" in page and f"/share-kits/{kit_id}" not in page
    client.page(f"/share-kits/{kit_id}", 404)
