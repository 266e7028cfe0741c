"""The addresses at which channels fetch pictures: open for a short while, to whoever knows them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from flask import Flask
from PIL import Image
from sqlmodel import Session, select

from branding.core.db import Database
from branding.core.settings import Settings
from branding.media import names, vault
from branding.media.models import MediaItem
from branding.media.values.items import MediaKind
from branding.media.values.pictures import Focus, Ratio
from branding.publishing.models import MediaLink, Publication
from branding.publishing.service import connections, media_links
from branding.publishing.values.calls import Check
from branding.publishing.values.calls import Tested as Line
from branding.publishing.values.connections import ConnectRequest
from branding.publishing.values.states import Flavour, State, Way
from branding.simulator import world
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.publishing.outgoing import FILM, jpeg
from tests.publishing.serving import served
from tests.support.client import InspectingClient
from tests.support.simulated import Simulated

At = Callable[[str], datetime]
HOUR = timedelta(hours=1)


@pytest.fixture
def row(session: Session, on: f.Stage, now: datetime) -> Publication:
    f.connect(session, on)
    found = f.planned(session, on, now, now + HOUR)
    item = session.exec(select(MediaItem)).one()
    key, name = vault.original_keys(session).make(item.id), names.full(0)
    vault.put(vault.folder_of(session, item.id) / name, key, names.about(item.id, name), jpeg(1200, 1600))
    session.commit()
    return found


def opened(session: Session, row: Publication, now: datetime) -> str:
    item = session.exec(select(MediaItem)).first()
    assert item is not None
    cut = (Ratio.SQUARE, Focus(0.3, 0.4, 1.5))
    path = media_links.open_link(session, row.id, item.id, item.edition, cut, until=now + HOUR, now=now)
    session.commit()
    return path


def test_the_picture_is_fetched_as_it_goes_out_without_cookie_or_sign_in(
    client: InspectingClient, session: Session, row: Publication, now: datetime
) -> None:
    path = opened(session, row, now)
    got, head = client.get(path), client.head(path)
    assert got.status_code == head.status_code == 200 and got.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(got.data)).size == (800, 800)
    assert int(head.headers["Content-Length"]) == len(got.data) and head.data == b""
    assert got.headers["X-Robots-Tag"] == "noindex" and got.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in got.headers
    assert client.get(path).data == got.data  # nothing is used up


def test_a_film_is_fetched_whole_or_in_parts(
    client: InspectingClient, session: Session, row: Publication, on: f.Stage, now: datetime
) -> None:
    item_id = drafts.picture(session, on, now, kind=MediaKind.VIDEO)
    key, name = vault.original_keys(session).make(item_id), names.film(0)
    vault.put(vault.folder_of(session, item_id) / name, key, names.about(item_id, name), FILM)
    path = media_links.open_link(session, row.id, item_id, 0, None, until=now + HOUR, now=now)
    session.commit()
    whole, part = client.get(path), client.get(path, headers={"Range": "bytes=1000000-2000000"})
    assert path.endswith(".mp4") and whole.mimetype == "video/mp4" and whole.data == FILM
    assert part.status_code == 206 and part.data == FILM[1000000:2000001]
    assert client.head(path).headers["Content-Length"] == str(len(FILM))


def test_unknown_closed_late_and_garbled_addresses_answer_alike(
    client: InspectingClient, session: Session, row: Publication, now: datetime, at: At
) -> None:
    closed, late = opened(session, row, now), opened(session, row, now)
    media_links.close_links(session, row.id, now=now)
    session.commit()
    at("2026-11-02 10:00")
    wrong_kind = opened(session, row, now).replace(".jpg", ".mp4")
    answers = [
        client.get(path)
        for path in (closed, late, wrong_kind, f"/m/{'0' * 32}.jpg", "/m/x.jpg", "/m/%2e%2e.jpg")
    ]
    assert {(one.status_code, one.data, one.mimetype) for one in answers} == {(404, b"", "text/plain")}
    assert not any("Set-Cookie" in one.headers for one in answers)


def test_only_the_hash_is_kept_and_forgotten_after_a_week(
    session: Session, row: Publication, now: datetime
) -> None:
    token = opened(session, row, now).removeprefix("/m/").removesuffix(".jpg")
    (link,) = session.exec(select(MediaLink)).all()
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest() and len(token) == 32
    assert media_links.purge_links(session, now=now + timedelta(days=7)) == 0
    assert media_links.purge_links(session, now=now + timedelta(days=8)) == 1


def test_the_picture_of_a_connections_test_can_be_fetched_for_an_hour_or_two(
    client: InspectingClient, session: Session, now: datetime, at: At
) -> None:
    path = media_links.probe_path(session, now=now)
    session.commit()
    assert client.get(path).mimetype == "image/jpeg"
    at("2026-11-02 10:30")
    assert client.get(path).status_code == 200
    at("2026-11-02 11:30")
    assert client.get(path).status_code == 404


def test_a_post_goes_from_the_plan_to_instagram_by_our_own_address(
    app: Flask,
    database: Database,
    settings: Settings,
    session: Session,
    row: Publication,
    on: f.Stage,
    simulated: Simulated,
    tmp_path: Path,
    at: At,
) -> None:
    """Engine, channel, media route and simulator together: the picture is fetched and looked at for real."""
    found = [Line(check, True) for check in Check]
    request = ConnectRequest(world.IG_ACCOUNT, world.FACEBOOK_TOKEN, 1, Flavour.FACEBOOK_LOGIN)
    connections.connect(session, f.KAREN, on.world.profile, request, found, now=at("2026-11-02 09:30"))
    assert session.get_one(f.Connection, on.world.profile).way == Way.API
    session.commit()
    at("2026-11-02 10:00")
    with served(app) as here:
        pointed = replace(settings, base_url=here, apis=simulated.settings_file(tmp_path / "apis"))
        f.tick(database, pointed)
        (live,) = simulated.live()
        assert f.state(database, row.id)[0] is State.PUBLISHED
        (link,) = session.exec(select(MediaLink)).all()
        assert live["files"][0]["token_hash"] == link.token_hash and link.publication_id == row.id
        assert link.closed_at is not None  # shut as soon as it was out
        fetched = [call for call in simulated.calls() if call["path"].endswith("/media")]
        assert fetched and requests.get(f"{here}/m/{'0' * 32}.jpg", timeout=5).status_code == 404
    assert f.row(database, row.id).external_id == live["id"]
