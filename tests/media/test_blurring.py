"""Faces, by the real detector on the portrait that scikit-image ships, and what a blur does to the pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PIL import Image, ImageChops, ImageStat
from sqlmodel import Session

from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.media import darkroom, faces, jobs
from branding.media.queries import depicted, item_by_id
from branding.media.service import blurring, confirming, counting, files
from branding.media.values import Answer, FaceState, Size
from branding.media.values.developing import Counted
from tests.media import factories
from tests.media.factories import PLACE, host, portrait, staff, taken_in

At = Callable[[str], datetime]
#: Where the face in the portrait is, in fractions.
LEFT, TOP, RIGHT, BOTTOM = 0.3, 0.1, 0.6, 0.4


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def job(database: Database, settings: Settings, now: datetime) -> Job:
    return Job("media.count_faces", database, settings, now)


def turned(content: bytes, by: Image.Transpose) -> bytes:
    made = io.BytesIO()
    Image.open(io.BytesIO(content)).transpose(by).save(made, "JPEG", quality=95)
    return made.getvalue()


def picture(session: Session, item_id: str, edition: int, size: Size = Size.FULL) -> Image.Image:
    return Image.open(io.BytesIO(files.rendition(session, item_id, size=size, edition=edition)))


def test_the_face_of_the_portrait_is_found_where_it_is(
    session: Session, area: int, now: datetime, job: Job
) -> None:
    item_id = taken_in(session, area, now=now, content=portrait())
    session.commit()
    jobs.count_faces(job)
    jobs.count_faces(job)  # once more finds nothing to do
    session.expire_all()
    view = item_by_id(session, PLACE, item_id)
    assert (view.face_state, view.faces) == (FaceState.COUNTED, 1)
    (face,) = view.people
    assert face.box is not None and face.certainty is not None and face.certainty >= 80
    x, y = face.box.middle
    assert LEFT < x < RIGHT and TOP < y < BOTTOM
    assert not view.is_declared


def test_a_face_that_lies_on_its_side_is_found_in_place(session: Session, area: int) -> None:
    content = turned(portrait(), Image.Transpose.ROTATE_270)  # a quarter with the clock
    (found, *_) = faces.faces_in(Image.open(io.BytesIO(content)))
    x, y = found.box.middle
    assert 1 - BOTTOM < x < 1 - TOP and LEFT < y < RIGHT


def test_a_picture_without_people_has_no_face(session: Session, area: int, now: datetime, job: Job) -> None:
    item_id = taken_in(session, area, now=now, content=factories.encoded(size=(200, 150)))
    session.commit()
    jobs.count_faces(job)
    session.expire_all()
    assert item_by_id(session, PLACE, item_id).faces == 0


def test_where_there_is_no_detector_nothing_is_counted_and_nothing_is_cleared(
    session: Session, area: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = taken_in(session, area, now=now)
    claimed = counting.claim(session, now=now)
    assert claimed is not None
    counting.store(session, claimed, Counted(is_available=False), now=now)
    monkeypatch.setattr(faces, "is_available", lambda: False)
    later = taken_in(session, area, now=now, content=portrait())
    for item_id in (waiting, later):
        assert item_by_id(session, PLACE, item_id).face_state == FaceState.UNAVAILABLE
        assert depicted(session, [item_id])[item_id].media.faces is None


def test_a_worker_that_died_is_followed_by_another_and_a_deadly_picture_by_the_reviewer(
    session: Session, area: int, now: datetime, at: At
) -> None:
    item_id = taken_in(session, area, now=now)
    first = counting.claim(session, now=now)
    assert first is not None and counting.claim(session, now=now) is None
    later = at("2026-10-12 10:02")
    second = counting.claim(session, now=later)
    assert second is not None
    counting.store(session, first, Counted(True), now=later)  # the first comes back too late
    assert item_by_id(session, PLACE, item_id).face_state == FaceState.WAITING
    for minute in ("10:04", "10:06"):
        counting.claim(session, now=at(f"2026-10-12 {minute}"))
    assert item_by_id(session, PLACE, item_id).face_state == FaceState.FAILED


def test_a_picture_that_the_child_cannot_count_in_is_left_to_the_reviewer(
    session: Session, area: int, now: datetime, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = taken_in(session, area, now=now)
    session.commit()
    broken = darkroom.count_faces
    monkeypatch.setattr(darkroom, "count_faces", lambda task: broken(replace(task, edition=7)))
    jobs.count_faces(job)
    session.expire_all()
    assert item_by_id(session, PLACE, item_id).face_state == FaceState.FAILED


def test_a_blur_destroys_the_face_in_every_size_and_leaves_the_rest_alone(
    session: Session, area: int, now: datetime, job: Job
) -> None:
    item_id = taken_in(session, area, now=now, content=portrait())
    session.commit()
    jobs.count_faces(job)
    session.expire_all()
    (face,) = item_by_id(session, PLACE, item_id).people
    before = item_by_id(session, PLACE, item_id).sha256
    assert blurring.blur(session, host(area), PLACE, item_id, [face.id], now=now) == 1
    view = item_by_id(session, PLACE, item_id)
    assert view.edition == 1 and view.sha256 != before
    assert [one.answer for one in view.people] == [Answer.BLURRED]
    for size in Size:
        old, new = picture(session, item_id, 0, size), picture(session, item_id, 1, size)
        assert old.size == new.size
        wide, high = new.size
        area_of_face = tuple(int(part) for part in (0.36 * wide, 0.13 * high, 0.51 * wide, 0.33 * high))
        assert detail(old.crop(area_of_face)) > 3 * detail(new.crop(area_of_face)), size
        elsewhere = (0, high // 2, wide, high)
        change = ImageStat.Stat(ImageChops.difference(old.crop(elsewhere), new.crop(elsewhere)))
        assert max(change.mean) < 6, size  # what saving anew as JPEG changes
    content = files.rendition(session, item_id, size=Size.FULL)
    assert content.count(b"\xff\xd8\xff") == 1 and b"Exif" not in content  # no small picture inside


def detail(picture: Image.Image) -> float:
    """How much neighbouring pixels differ."""
    plain = picture.convert("L")
    moved = ImageChops.offset(plain, 2, 0)
    return float(ImageStat.Stat(ImageChops.difference(plain, moved)).mean[0])


def test_a_blur_is_taken_back_edition_by_edition(
    session: Session, area: int, now: datetime, job: Job
) -> None:
    item_id = taken_in(session, area, now=now, content=portrait())
    session.commit()
    jobs.count_faces(job)
    session.expire_all()
    (face,) = item_by_id(session, PLACE, item_id).people
    original = item_by_id(session, PLACE, item_id).sha256
    blurring.blur(session, host(area), PLACE, item_id, [face.id], now=now)
    confirming.confirm(session, staff(), PLACE, item_id, now=now)
    assert item_by_id(session, PLACE, item_id).blurred_edition_confirmed
    blurring.unblur(session, host(area), PLACE, item_id, now=now)
    view = item_by_id(session, PLACE, item_id)
    assert (view.edition, view.sha256, view.people[0].answer) == (0, original, None)
    assert not view.blurred_edition_confirmed and view.unexplained_faces == 1
    assert blurring.blur(session, host(area), PLACE, item_id, [face.id], now=now) == 2
    assert not item_by_id(session, PLACE, item_id).blurred_edition_confirmed
    blurring.unblur(session, host(area), PLACE, item_id, now=now)
    with pytest.raises(RuleBroken, match="not_blurred"):
        blurring.unblur(session, host(area), PLACE, item_id, now=now)


def test_a_film_is_blurred_before_it_is_sent(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now, content=factories.film())
    with pytest.raises(RuleBroken, match="film"):
        blurring.blur(session, host(area), PLACE, item_id, [], now=now)


def test_a_blur_needs_a_face(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now)
    with pytest.raises(RuleBroken, match="no_box"):
        blurring.blur(session, host(area), PLACE, item_id, [], now=now)
