"""What is taken in, in which form it is kept, and that nothing but the picture is kept."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask, request
from PIL import Image, ImageCms
from sqlmodel import Session
from werkzeug.test import EnvironBuilder

from branding.core.errors import Missing, NotAllowed
from branding.core.key_store import KeyStore
from branding.media import darkroom, names, vault
from branding.media.queries import item_by_id, item_views, items_at
from branding.media.service import files, intake
from branding.media.values import FaceState, MediaKind, Ratio, Size
from branding.web import limits
from tests.media import factories
from tests.media.factories import PLACE, host, staff, taken_in

At = Callable[[str], datetime]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def is_red(picture: Image.Image, place: tuple[int, int]) -> bool:
    red, green, blue = picture.convert("RGB").getpixel(place)  # type: ignore[misc]
    return bool(red > 180 and green < 90 and blue < 90)


KINDS = {
    "JPEG": factories.phone_jpeg,
    "HEIC": factories.phone_heic,
    "MPO": factories.mpo,
    "PNG": lambda: factories.encoded("PNG"),
    "WebP": lambda: factories.encoded("WEBP", exif=factories.exif(location=True)),
    "AVIF": lambda: factories.encoded("AVIF", size=(64, 48)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_of_phones_and_screens_become_one_jpeg(
    session: Session, area: int, now: datetime, kind: str
) -> None:
    content = KINDS[kind]()
    item_id = taken_in(session, area, now=now, content=content)
    item = item_by_id(session, PLACE, item_id)
    with opened(content) as sent:
        assert (item.width, item.height) == sent.size
    whole = opened(files.rendition(session, item_id, size=Size.FULL))
    assert (whole.format, whole.mode, whole.size) == ("JPEG", "RGB", (item.width, item.height))
    assert is_red(whole, (5, 5))
    assert item.had_location is (kind in ("JPEG", "HEIC", "MPO", "WebP"))
    assert (item.kind, item.made_by, item.edition) == (MediaKind.PHOTO, "host:5", 0)
    assert not item.is_declared


def test_a_picture_stands_as_the_phone_was_held(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now, content=factories.phone_jpeg(orientation=6))
    whole = opened(files.rendition(session, item_id, size=Size.FULL))
    assert whole.size == (240, 320)
    assert is_red(whole, (235, 5))


def test_other_colours_do_not_make_it_forget_how_the_phone_was_held(
    session: Session, area: int, now: datetime
) -> None:
    """Phones send their own colours with every picture."""
    of_phone = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    of_phone = of_phone.replace("sRGB".encode("utf-16-be"), "Wide".encode("utf-16-be"))
    assert "srgb" not in ImageCms.getProfileDescription(io.BytesIO(of_phone)).casefold()
    turned = factories.exif(orientation=6, location=True)
    content = factories.encoded(exif=turned, icc_profile=of_phone)
    whole = opened(
        files.rendition(session, taken_in(session, area, now=now, content=content), size=Size.FULL)
    )
    assert whole.size == (240, 320) and is_red(whole, (235, 5))


@pytest.mark.parametrize("orientation", [0, 9, 255, 65535])
def test_a_phone_that_was_held_in_no_way_there_is_changes_nothing(
    session: Session, area: int, now: datetime, orientation: int
) -> None:
    content = factories.phone_jpeg(orientation=orientation)
    item_id = taken_in(session, area, now=now, content=content)
    assert opened(files.rendition(session, item_id, size=Size.FULL)).size == (320, 240)


def test_exactly_50_million_pixels_are_taken(session: Session, area: int, now: datetime) -> None:
    made = io.BytesIO()
    Image.new("1", (10_000, 5_000)).save(made, "PNG")
    prepared = intake.prepare(session, made.getvalue())
    assert (prepared.facts.width, prepared.facts.height) == (10_000, 5_000)
    intake.discard(session, prepared)


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGBA", "LA", "P", "1", "I;16"])
def test_every_kind_of_colour_becomes_rgb_on_white(
    session: Session, area: int, now: datetime, mode: str
) -> None:
    if mode == "I;16":
        made = Image.new("I;16", (64, 48), 0x8000)
    else:
        made = factories.scene((64, 48), "RGB" if mode == "P" else mode)
        made = made.quantize(16) if mode == "P" else made
        if mode in ("RGBA", "LA"):
            made.putalpha(0)
    sent = io.BytesIO()
    made.save(sent, "JPEG" if mode == "CMYK" else "PNG")
    item_id = taken_in(session, area, now=now, content=sent.getvalue())
    whole = opened(files.rendition(session, item_id, size=Size.FULL))
    pixel = whole.getpixel((32, 24))
    assert whole.mode == "RGB"
    if mode == "I;16":
        assert pixel == (128, 128, 128)  # half of what 16 bits hold, and not cut off at white
    if mode in ("RGBA", "LA"):
        assert pixel == (255, 255, 255)


def profile_with_red_and_green_exchanged() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = made.replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))
    return made.replace(b"rXYZ", b"?XYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"?XYZ", b"gXYZ", 1)


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        (profile_with_red_and_green_exchanged(), (40, 200, 40)),
        (b"not a profile" * 9, (200, 40, 40)),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), (200, 40, 40)),
    ],
    ids=["another", "broken", "srgb"],
)
def test_colours_of_another_profile_are_brought_to_srgb_and_a_broken_one_is_ignored(
    session: Session, area: int, now: datetime, profile: bytes, shown: tuple[int, int, int]
) -> None:
    sent = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 40, 40)).save(sent, "JPEG", quality=95, icc_profile=profile)
    item_id = taken_in(session, area, now=now, content=sent.getvalue())
    found = opened(files.rendition(session, item_id, size=Size.FULL)).getpixel((20, 20))
    assert found == pytest.approx(shown, abs=4)


def test_the_same_bytes_twice_at_one_place_are_one_item(session: Session, area: int, now: datetime) -> None:
    first = taken_in(session, area, now=now)
    assert taken_in(session, area, now=now) == first
    other = taken_in(session, area, now=now, place="takeover:13")
    assert other != first
    assert [item.id for item in items_at(session, PLACE)] == [first]
    assert {path.name for path in vault.folder_of(session, first).parent.iterdir()} == {first, other}
    assert set(vault.original_keys(session).names()) == {first, other}


def test_a_form_may_send_a_stream(session: Session, area: int, now: datetime) -> None:
    stream = io.BytesIO(factories.phone_jpeg())
    item_id = intake.take_in(session, host(area), PLACE, area, stream, now=now)
    assert item_by_id(session, PLACE, item_id).width == 320
    assert not list(vault.incoming_of(session, "x").parent.iterdir())


def test_what_was_prepared_and_refused_leaves_nothing(session: Session, area: int, now: datetime) -> None:
    prepared = intake.prepare(session, factories.phone_jpeg())
    assert vault.folder_of(session, prepared.item_id).exists()
    with pytest.raises(NotAllowed):
        intake.keep(session, staff(role=_reader()), PLACE, area, prepared, now=now)
    assert not vault.folder_of(session, prepared.item_id).exists()
    assert not list(vault.original_keys(session).names())


def test_another_unit_takes_nothing_in_and_another_place_finds_nothing(
    session: Session, area: int, now: datetime
) -> None:
    with pytest.raises(Missing):
        taken_in(session, area, now=now, actor=host(area + 1))
    item_id = taken_in(session, area, now=now)
    with pytest.raises(Missing):
        item_by_id(session, "takeover:13", item_id)


def test_nothing_that_is_stored_tells_where_when_or_by_what_it_was_taken(
    session: Session, area: int, now: datetime, tmp_path: Path
) -> None:
    contents = [make() for make in KINDS.values()] + [factories.film()]
    assert any(b"Vega" in content for content in contents)
    ids = [taken_in(session, area, now=now, content=content) for content in contents]
    for item_id in ids:
        files.rendition(session, item_id, ratio=Ratio.SQUARE)
        files.rendition(session, item_id, size=Size.THUMB, ratio=Ratio.STORY)
    scanned = 0
    for item_id in ids:
        key = vault.key_of(vault.original_keys(session), item_id)
        for path in vault.folder_of(session, item_id).iterdir():
            sealed = path.read_bytes()
            assert b"JFIF" not in sealed and b"ftyp" not in sealed
            focus = files.Focus() if path.name.count(".") == 2 else None
            found = vault.SealedFile(path, key, names.about(item_id, path.name, focus)).read()
            for trace in (b"Vega", b"secret", b"Exif", b"GPS", b"xpacket", b"ICC_PROFILE", b"MPF\0", b"+56."):
                assert trace not in found, (path.name, trace)
            scanned += 1
    assert scanned == len(KINDS) * 5 + 14
    assert not [path for path in (tmp_path / "uploads").rglob("*") if path.suffix == ".part"]


def test_files_open_with_the_key_of_their_item_only(session: Session, area: int, now: datetime) -> None:
    item_id = taken_in(session, area, now=now)
    path = vault.folder_of(session, item_id) / names.full(0)
    key = vault.key_of(vault.original_keys(session), item_id)
    for wrong_key, about in ((bytes(32), f"{item_id}:0.full"), (key, f"{item_id}:1.full")):
        with pytest.raises(vault.Gone):
            vault.SealedFile(path, wrong_key, about).read()
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Missing):
        files.rendition(session, item_id, size=Size.FULL)


def test_consents_sweep_over_keys_does_not_meet_the_keys_of_media(
    session: Session, area: int, now: datetime, tmp_path: Path
) -> None:
    taken_in(session, area, now=now)
    assert not list(KeyStore(tmp_path / "people-keys", "k" * 64).names())
    assert len(list(vault.original_keys(session).names())) == 1


def test_a_block_file_reads_from_any_place(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000  # more than two blocks
    assert len(content) > 2 * vault.BLOCK
    vault.put(tmp_path / "x", bytes(32), "x", content)
    file = vault.SealedFile(tmp_path / "x", bytes(32), "x")
    assert file.size == len(content)
    for start, end in ((0, 10), (vault.BLOCK - 5, vault.BLOCK + 5), (len(content) - 3, None), (7, 7)):
        assert file.read(start, end) == content[start:end]
    shortened = (tmp_path / "x").read_bytes()[: vault.BLOCK + 28]
    (tmp_path / "x").write_bytes(shortened)  # a whole block less: the last is not marked as last
    with pytest.raises(vault.Gone):
        vault.SealedFile(tmp_path / "x", bytes(32), "x").read()


def test_a_picture_waits_for_its_faces_and_a_film_for_the_reviewer(
    session: Session, area: int, now: datetime
) -> None:
    photo = taken_in(session, area, now=now)
    film = taken_in(session, area, now=now, content=factories.film())
    found = item_views(session, [photo, film])
    assert found[photo].face_state == FaceState.WAITING
    assert found[film].face_state == FaceState.UNAVAILABLE
    assert found[photo].faces is None and found[film].faces is None


def _reader() -> factories.Role:
    return factories.Role.READER


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system what a process was told")
def test_the_child_that_decodes_is_told_no_secret(
    session: Session, area: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFET_DATA_KEY", "a-secret-of-the-parent")
    darkroom.close()
    taken_in(session, area, now=now)
    told = Path(f"/proc/{darkroom.pictures_room.pid}/environ").read_bytes()
    assert b"a-secret-of-the-parent" not in told and b"PATH=" in told


def test_a_photo_that_a_form_sent_waits_in_memory(app: Flask) -> None:
    """Raw, with its place in it: nothing of it touches the disk before it is sealed."""
    content = factories.phone_jpeg() + bytes(2 * 2**20)
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="x.jpg"\r\n\r\n'
    form = {"data": head + content + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}
    built = EnvironBuilder(method="POST", **form)
    with app.request_context(built.get_environ()):
        request.max_content_length = limits.MOST_WITH_FILES
        sent = request.files["files"].stream
        assert isinstance(sent, io.BytesIO) and sent.getvalue() == content


def test_the_shelves_of_the_key_store_are_for_nobody_else(
    session: Session, area: int, now: datetime, tmp_path: Path
) -> None:
    taken_in(session, area, now=now)  # the first key that is ever made here
    store = tmp_path / "people-keys"
    assert {path.stat().st_mode & 0o077 for path in (store, store / "media-originals")} == {0}
