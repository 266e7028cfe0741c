"""Uploads that stop and go on: nothing is lost, nothing is doubled, and nobody else's is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from branding.core.db import Database
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.media import jobs, vault
from branding.media.models import MediaItem, MediaUpload
from branding.media.queries import item_by_id
from branding.media.service import intake, uploads
from branding.media.values import NewUpload, UploadState
from branding.media.values.uploads import MOST_FILM_BYTES, MOST_PICTURE_BYTES
from tests.media import factories
from tests.media.factories import PLACE, host

At = Callable[[str], datetime]
CHUNK = 4000


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


def begun(session: Session, area: int, now: datetime, size: int, mime: str = "image/jpeg") -> UploadState:
    return uploads.begin(session, host(area), NewUpload(PLACE, area, size, mime), now=now)


def sent(session: Session, area: int, now: datetime, content: bytes, chunk: int = CHUNK) -> str:
    """The content as an upload that is whole; returns its id."""
    state = begun(session, area, now, len(content))
    while not state.is_whole:
        piece = content[state.received : state.received + chunk]
        state = uploads.add_chunk(session, host(area), state.id, state.received, piece, now=now)
    return state.id


def test_chunks_of_any_size_become_the_item(
    session: Session, area: int, now: datetime, tmp_path: Path
) -> None:
    content = factories.phone_jpeg()
    for number, chunk in enumerate((CHUNK, 1000, len(content))):
        upload_id = sent(session, area, now, content + bytes(number), chunk)
        item_id = uploads.finish(session, host(area), upload_id, now=now)
        assert item_by_id(session, PLACE, item_id).width == 320
    assert not [path for path in (tmp_path / "uploads").rglob("*") if content[100:140] in _bytes(path)]


def test_a_film_is_read_across_its_chunks(session: Session, area: int, now: datetime) -> None:
    upload_id = sent(session, area, now, factories.film())
    item_id = uploads.finish(session, host(area), upload_id, now=now)
    assert item_by_id(session, PLACE, item_id).seconds == pytest.approx(4, abs=0.1)


def test_an_upload_goes_on_where_it_stopped(session: Session, area: int, now: datetime) -> None:
    content = factories.phone_jpeg()
    state = begun(session, area, now, len(content))
    uploads.add_chunk(session, host(area), state.id, 0, content[:CHUNK], now=now)
    assert uploads.state(session, host(area), state.id).received == CHUNK
    # The answer was lost, so the phone sends the chunk once more.
    again = uploads.add_chunk(session, host(area), state.id, 0, content[:CHUNK], now=now)
    assert again.received == CHUNK
    uploads.add_chunk(session, host(area), state.id, CHUNK, content[CHUNK:], now=now)
    first = uploads.finish(session, host(area), state.id, now=now)
    assert uploads.finish(session, host(area), state.id, now=now) == first
    assert uploads.prepare(session, host(area), state.id) is None
    assert uploads.add_chunk(session, host(area), state.id, 0, b"x", now=now).item_id == first
    assert len(session.exec(select(MediaItem)).all()) == 1


def test_a_chunk_in_the_wrong_place_is_told_how_much_is_here(
    session: Session, area: int, now: datetime
) -> None:
    state = begun(session, area, now, 10_000)
    uploads.add_chunk(session, host(area), state.id, 0, factories.phone_jpeg()[:CHUNK], now=now)
    for offset, content in (
        (CHUNK + 1, b"x"),
        (CHUNK - 1, b"xx"),
        (CHUNK, b""),
        (CHUNK, bytes(9000)),
        (-1, b"x"),
    ):
        with pytest.raises(Conflict) as caught:
            uploads.add_chunk(session, host(area), state.id, offset, content, now=now)
        assert [value for _, value in caught.value.theirs] == [CHUNK]


def test_an_upload_that_is_not_whole_is_not_finished(session: Session, area: int, now: datetime) -> None:
    state = begun(session, area, now, 10_000)
    with pytest.raises(RuleBroken, match="not_whole"):
        uploads.finish(session, host(area), state.id, now=now)


def test_what_cannot_be_used_is_said_at_the_first_chunk(session: Session, area: int, now: datetime) -> None:
    for size, mime in ((MOST_PICTURE_BYTES + 1, "image/jpeg"), (MOST_FILM_BYTES + 1, "video/mp4"), (0, "")):
        with pytest.raises(RuleBroken):
            begun(session, area, now, size, mime)
    said_to_be_a_film = begun(session, area, now, 200 * 2**20, "video/mp4")
    with pytest.raises(RuleBroken, match="too_big"):
        uploads.add_chunk(
            session, host(area), said_to_be_a_film.id, 0, factories.phone_jpeg()[:CHUNK], now=now
        )
    web_page = begun(session, area, now, 900)
    with pytest.raises(RuleBroken, match="markup"):
        uploads.add_chunk(session, host(area), web_page.id, 0, b"<html>" + bytes(300), now=now)


def test_a_disk_is_not_filled_by_one_phone(session: Session, area: int, now: datetime) -> None:
    for _ in range(4):
        begun(session, area, now, MOST_FILM_BYTES, "video/mp4")
    with pytest.raises(RuleBroken, match="too_much_under_way"):
        begun(session, area, now, 10)


def test_an_upload_is_found_by_whoever_began_it_only(session: Session, area: int, now: datetime) -> None:
    state = begun(session, area, now, 10_000)
    for other in (host(area, 6), host(area + 1)):
        with pytest.raises(Missing):
            uploads.state(session, other, state.id)
        with pytest.raises(Missing):
            uploads.add_chunk(session, other, state.id, 0, b"x", now=now)
        with pytest.raises(Missing):
            uploads.finish(session, other, state.id, now=now)


def test_others_write_while_a_file_is_decoded(
    session: Session, database: Database, area: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = sent(session, area, now, factories.phone_jpeg())
    session.add(MediaUpload(id="d" * 32, place=PLACE, unit_id=area, size=1, made_by="x", made_at=now))
    with pytest.raises(RuntimeError):
        uploads.prepare(session, host(area), upload_id)
    session.commit()
    usual = intake.develop

    def meanwhile(*args: Any) -> Any:
        with database.transaction() as other:
            begun(other, area, now, 10)
        return usual(*args)

    monkeypatch.setattr(intake, "develop", meanwhile)
    prepared = uploads.prepare(session, host(area), upload_id)
    assert uploads.finish(session, host(area), upload_id, prepared=prepared, now=now)
    assert len(session.exec(select(MediaUpload)).all()) == 3


def test_two_who_finish_at_once_make_one_item(session: Session, area: int, now: datetime) -> None:
    upload_id = sent(session, area, now, factories.phone_jpeg())
    session.commit()
    first, second = (uploads.prepare(session, host(area), upload_id) for _ in range(2))
    assert first is not None and second is not None
    item_id = uploads.finish(session, host(area), upload_id, prepared=first, now=now)
    assert uploads.finish(session, host(area), upload_id, prepared=second, now=now) == item_id
    assert not vault.folder_of(session, second.item_id).exists()
    assert set(vault.original_keys(session).names()) == {item_id}


def test_a_broken_upload_leaves_its_chunks_for_a_day_and_no_more(
    session: Session, area: int, now: datetime, database: Database, settings: Settings
) -> None:
    broken = sent(session, area, now, factories.phone_jpeg()[:3000])
    with pytest.raises(RuleBroken, match="unreadable"):
        uploads.finish(session, host(area), broken, now=now)
    fine = sent(session, area, now, factories.phone_jpeg())
    uploads.finish(session, host(area), fine, now=now)
    session.commit()
    folders = vault.incoming_of(session, fine).parent
    jobs.drop_erased(Job("media", database, settings, now))
    assert {path.name for path in folders.iterdir()} == {broken}, "chunks of an item go at once"
    jobs.drop_uploads(Job("media", database, settings, now + timedelta(hours=23)))
    assert {path.name for path in folders.iterdir()} == {broken}
    jobs.drop_uploads(Job("media", database, settings, now + timedelta(hours=25)))
    session.expire_all()
    assert not list(folders.iterdir()) and not list(vault.upload_keys(session).names())
    assert not session.exec(select(MediaUpload)).all()


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
