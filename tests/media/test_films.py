"""Films: made anew without what they told, the same film to look at, and what channels mind."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import av
import pytest
from PIL import Image
from sqlmodel import Session

from branding.consent.values.records import Format
from branding.core.errors import Missing, RuleBroken
from branding.media import films
from branding.media.queries import depicted, item_by_id, refusals
from branding.media.service import files, people
from branding.media.values import Size
from tests.media import factories
from tests.media.factories import PLACE, host, taken_in

At = Callable[[str], datetime]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


def test_a_film_keeps_its_pictures_and_sound_and_loses_what_it_told(
    session: Session, area: int, now: datetime
) -> None:
    item_id = taken_in(session, area, now=now, content=factories.film())
    item = item_by_id(session, PLACE, item_id)
    assert (item.width, item.height, item.has_sound, item.had_location) == (320, 240, True, True)
    assert item.seconds == pytest.approx(4, abs=0.1)
    film = files.film(session, item_id)
    content = film.read()
    assert len(content) == film.size == item.size
    assert content.index(b"moov") < content.index(b"mdat")  # players begin before all of it is there
    assert b"elst" not in content
    with av.open(io.BytesIO(content)) as found:
        assert [stream.type for stream in found.streams] == ["video", "audio"]
        assert found.streams.video[0].frames == 100
        assert not {"title", "location"} & set(found.metadata)


def test_a_film_that_was_held_upright_stays_so(session: Session, area: int, now: datetime) -> None:
    for codec in ("libx264", "mpeg4"):  # kept as it was coded, and coded anew
        content = factories.on_its_side(factories.film(codec))
        item_id = taken_in(session, area, now=now, content=content)
        item = item_by_id(session, PLACE, item_id)
        assert (item.width, item.height) == (240, 320)
        shown = Image.open(io.BytesIO(files.poster(session, item_id)))
        assert shown.size == (240, 320)
        red, green, _ = shown.getpixel((225, 15))  # type: ignore[misc]
        assert red > 150 and green < 110, "the red corner has turned with the film"


def test_a_film_that_lies_of_its_length_gets_no_more_room_than_hours_need() -> None:
    assert films.room_for_index(10**9, 1.0) == films.room_for_index(0, 1e12) == 64 * 2**20
    assert films.room_for_index(2 * 3600 * 120, 2 * 3600.0) < 64 * 2**20


def test_a_film_is_shown_by_a_poster_and_a_strip(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now, content=factories.film())
    thumb = Image.open(io.BytesIO(files.rendition(session, item_id, size=Size.THUMB)))
    assert thumb.size == (320, 240)
    assert files.strip(session, item_id) == list(range(films.FRAMES))
    for number in files.strip(session, item_id):
        assert Image.open(io.BytesIO(files.frame(session, item_id, number))).size == (320, 240)
    with pytest.raises(Missing):
        files.frame(session, item_id, 99)


def test_a_picture_is_no_film_and_has_no_strip(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now)
    assert files.strip(session, item_id) == []
    with pytest.raises(Missing):
        files.film(session, item_id)


def test_other_codings_and_wide_films_are_coded_anew(session: Session, area: int, now: datetime) -> None:
    old = taken_in(session, area, now=now, content=factories.film("mpeg4"))
    wide = taken_in(session, area, now=now, content=factories.film(seconds=1, size=(2048, 64), form="mov"))
    for item_id, width in ((old, 320), (wide, 1920)):
        with av.open(io.BytesIO(files.film(session, item_id).read())) as found:
            assert found.streams.video[0].codec_context.name == "h264"
            assert found.streams.video[0].width == width == item_by_id(session, PLACE, item_id).width


def test_a_film_that_would_take_too_long_to_code_anew_is_refused(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "_MOST_WORK", 0.01)
    with pytest.raises(RuleBroken, match="film_kind"):
        films.take_in(io.BytesIO(factories.film("mpeg4")))
    assert films.take_in(io.BytesIO(factories.film())).codec == "h264"  # nothing to code


def test_a_voice_must_be_answered_for(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now, content=factories.film())
    assert depicted(session, [item_id])[item_id].media.has_voice
    alma = people.name_person(session, host(area), PLACE, item_id, "a" * 32, now=now)
    people.set_heard(session, host(area), PLACE, item_id, [alma], now=now)
    found = depicted(session, [item_id])[item_id]
    assert found.media.has_voice and [one.is_heard for one in found.people] == [True]
    people.set_heard(session, host(area), PLACE, item_id, [], now=now)
    found = depicted(session, [item_id])[item_id]
    assert not found.media.has_voice and [one.is_heard for one in found.people] == [False]


def test_a_silent_film_has_no_voice(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now, content=factories.film(sound=False))
    assert not depicted(session, [item_id])[item_id].media.has_voice
    with pytest.raises(RuleBroken, match="no_sound"):
        people.set_heard(session, host(area), PLACE, item_id, [], now=now)


def test_channels_refuse_a_film_by_its_length(session: Session, area: int, now: datetime) -> None:
    short = taken_in(session, area, now=now, content=factories.film(seconds=1))
    fine = taken_in(session, area, now=now, content=factories.film())
    found = refusals(session, [short, fine], Format.REEL)
    assert [str(text) for text in found[short]] == ["The film is too short. It must last at least 3 seconds."]
    assert found[fine] == ()
    assert item_by_id(session, PLACE, short).limits_broken == found[short]
