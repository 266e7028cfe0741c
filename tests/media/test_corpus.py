"""Bad input and attack: each gets a plain message and leaves no file, no key and no row behind."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from branding.core.errors import RuleBroken
from branding.media import darkroom, vault
from branding.media.models import MediaEdition, MediaItem
from branding.media.queries import item_by_id
from branding.media.rules.refused import refused
from branding.media.service import files, intake
from branding.media.values import Size
from branding.media.values.uploads import MOST_PICTURE_BYTES
from tests.media import factories
from tests.media.factories import PLACE, encoded, host, phone_jpeg, png_of_size, taken_in

At = Callable[[str], datetime]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


def moving(kind: str) -> bytes:
    made, second = io.BytesIO(), factories.scene((64, 48)).rotate(90)
    factories.scene((64, 48)).save(made, kind, save_all=True, append_images=[second], duration=100)
    return made.getvalue()


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("picture.jpg", phone_jpeg())
    return made.getvalue()


def without_frames() -> bytes:
    """A film whose sound is all there is."""
    content = factories.film()
    return content.replace(b"vide", b"none").replace(b"avc1", b"none")


def empty_film() -> bytes:
    return struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 512, b"isom", b"mp42") + struct.pack(
        ">I4s", 8, b"moov"
    )


def sound_with_a_cover() -> bytes:
    """A song, with the picture of its record."""
    import av
    from av.stream import Disposition

    made = io.BytesIO()
    with av.open(made, "w", format="mp4") as output:
        audio = output.add_stream("aac", rate=48000, layout="mono")
        cover = output.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 48, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        frame = av.AudioFrame("fltp", "mono", 1000)
        frame.planes[0].update(bytes(4000))
        frame.sample_rate, frame.pts = 48000, 0
        output.mux(audio.encode(frame))
        output.mux(audio.encode())
        picture = av.VideoFrame.from_image(factories.scene((64, 48)))
        picture.pts = 0
        output.mux(cover.encode(picture))
        output.mux(cover.encode())
    return made.getvalue()


def film_whose_time_jumps() -> bytes:
    """Each picture lasts for months: the library ends the process that asks it to write that."""
    content, at = factories.film(seconds=1), 0
    while (at := content.find(b"stts", at + 1)) > 0:
        content = content[: at + 16] + struct.pack(">I", 0x7FFFFFFF) + content[at + 20 :]
    return content


def playlist() -> bytes:
    """A list of files to read, behind the beginning of a film."""
    return b"\0\0\0\x08free#EXTM3U\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n"


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero bytes": (lambda: b"", "empty_file"),
    "one byte": (lambda: b"\xff", "unknown_kind"),
    "truncated JPEG": (lambda: phone_jpeg()[:3000], "unreadable"),
    "truncated HEIC": (lambda: factories.phone_heic()[:2000], "unreadable"),
    "truncated PNG": (lambda: encoded("PNG")[:900], "unreadable"),
    "truncated WebP": (lambda: encoded("WEBP")[:900], "unreadable"),
    "truncated AVIF": (lambda: encoded("AVIF", (64, 48))[:400], "unreadable"),
    "truncated film": (lambda: factories.film()[:2000], "film_unreadable"),
    "JPEG in name only": (lambda: b"\xff\xd8\xff\xe0" + os.urandom(5000), "unreadable"),
    "HTML as JPEG": (lambda: b"\n<!doctype html><script>alert(1)</script>", "markup"),
    "SVG": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "markup"),
    "polyglot of GIF and script": (lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1)", "gif"),
    "polyglot of PDF and JPEG": (lambda: b"%PDF-1.7\n" + phone_jpeg(), "pdf"),
    "animated GIF": (lambda: moving("GIF"), "gif"),
    "animated WebP": (lambda: moving("WEBP"), "animated"),
    "animated PNG": (lambda: moving("PNG"), "animated"),
    "20,000 x 20,000": (lambda: png_of_size(20_000, 20_000), "too_many_pixels"),
    "51 million pixels": (lambda: png_of_size(10_000, 5_100), "too_many_pixels"),
    "a row of 2 billion": (lambda: png_of_size(2_000_000_000, 1), "too_many_pixels"),
    "fewer rows than said": (lambda: png_of_size(3_000, 3_000), "unreadable"),
    "ZIP": (zipped, "document"),
    "TIFF": (lambda: encoded("TIFF"), "tiff"),
    "BMP": (lambda: encoded("BMP"), "other_picture"),
    "WebM": (lambda: factories.film("libx264", form="matroska"), "other_film"),
    "sound": (lambda: b"ID3\x04" + os.urandom(400), "sound"),
    "program": (lambda: b"\x7fELF" + os.urandom(400), "unknown_kind"),
    "film with no frames": (without_frames, "no_frames"),
    "film with nothing in it": (empty_film, "no_frames"),
    "truncated progressive JPEG": (lambda: encoded(progressive=True)[:3000], "unreadable"),
    "moving AVIF": (lambda: moving("AVIF"), "animated"),
    "film whose time jumps": (film_whose_time_jumps, "film_unreadable"),
    "sound with a cover": (sound_with_a_cover, "no_frames"),
    "playlist as film": (playlist, "film_unreadable"),
    "film of noise": (lambda: factories.film()[:40] + os.urandom(4000), "film_unreadable"),
}


def traces(session: Session, folder: Path) -> list[str]:
    """Everything that was left behind."""
    left = [str(path) for path in (folder / "uploads").rglob("*") if path.is_file()]
    for keys in (vault.original_keys(session), vault.shown_keys(session), vault.upload_keys(session)):
        left += keys.names()
    return (
        left
        + [row.id for row in session.exec(select(MediaItem))]
        + list(session.exec(select(MediaEdition.sha256)))
    )


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_plain_message_and_leaves_nothing(
    session: Session, area: int, now: datetime, tmp_path: Path, name: str
) -> None:
    make, code = BAD[name]
    with pytest.raises(RuleBroken) as caught:
        intake.take_in(session, host(area), PLACE, area, make(), now=now)
    assert caught.value.code == code
    assert caught.value.field == "file"
    assert str(caught.value.text).endswith(".")
    assert not traces(session, tmp_path)


class Endless(io.RawIOBase):
    """A picture of 200 MB that is not in memory."""

    def __init__(self) -> None:
        self.left, self.begun = 200 * 2**20, False

    def read(self, size: int = -1) -> bytes:
        head = b"" if self.begun else b"\xff\xd8\xff\xe0"
        self.begun = True
        self.left -= size
        return (head + bytes(size))[:size] if self.left > 0 else b""


def test_a_picture_of_200_megabytes_is_refused_before_it_is_read_whole(
    session: Session, area: int, now: datetime, tmp_path: Path
) -> None:
    stream = Endless()
    with pytest.raises(RuleBroken, match="too_big"):
        intake.take_in(session, host(area), PLACE, area, stream, now=now)
    assert 200 * 2**20 - stream.left <= MOST_PICTURE_BYTES + 8 * 2**20
    assert not traces(session, tmp_path)


def test_a_picture_with_a_bomb_in_what_it_tells_of_itself_is_read_for_its_pixels(
    session: Session, area: int, now: datetime
) -> None:
    """Tags that point at themselves, say they are endless, or fill every segment there may be."""
    loop = (
        struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    )
    endless = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<HHHII", 1, 0x010F, 2, 0xFFFFFFF0, 26)
    many = (
        struct.pack("<2sHI", b"II", 42, 8)
        + struct.pack("<H", 0xFFFF)
        + b"\x0f\x01\x02\0\x01\0\0\0\0\0\0\0" * 5000
    )
    plain = encoded()
    for number, told in enumerate((loop, endless, many)):
        segment = b"Exif\0\0" + told
        packed = b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment
        bomb = plain[:2] + packed * (200 if number == 2 else 1) + plain[2:]
        item_id = taken_in(session, area, now=now, content=bomb)
        assert item_by_id(session, PLACE, item_id).width == 320
        assert b"Exif" not in files.rendition(session, item_id, size=Size.FULL)


def test_what_hides_behind_a_picture_is_not_kept(session: Session, area: int, now: datetime) -> None:
    for hidden in (zipped(), b"<script>alert(1)</script>", factories.film()):
        item_id = taken_in(session, area, now=now, content=phone_jpeg() + hidden)
        kept = files.rendition(session, item_id, size=Size.FULL)
        assert kept.endswith(b"\xff\xd9") and hidden[:20] not in kept


def test_a_film_is_refused_plainly_where_the_part_for_films_is_missing(
    session: Session, area: int, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tmp_path / "without"
    without.mkdir()
    (without / "sitecustomize.py").write_text("import sys; sys.modules['av'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(without))
    room = darkroom.Darkroom(20)
    monkeypatch.setattr(darkroom, "films_room", room)
    try:
        with pytest.raises(RuleBroken, match="no_video"):
            taken_in(session, area, now=now, content=factories.film())
    finally:
        room.close()
    assert not traces(session, tmp_path)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_taken(
    session: Session, area: int, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = darkroom.Darkroom(0.01)
    monkeypatch.setattr(darkroom, "pictures_room", room)
    try:
        with pytest.raises(RuleBroken, match="too_slow"):
            taken_in(session, area, now=now, content=encoded("PNG", (2000, 2000)))
        assert room.pid is None, "the child is ended, not waited for"
        assert not traces(session, tmp_path)
        monkeypatch.setattr(room, "_seconds", 20)
        assert taken_in(session, area, now=now)
    finally:
        room.close()


def test_a_file_that_takes_the_child_down_takes_nothing_else_with_it(
    session: Session, area: int, now: datetime
) -> None:
    taken_in(session, area, now=now)
    pid = darkroom.pictures_room.pid
    assert pid is not None
    os.kill(pid, 9)
    assert taken_in(session, area, now=now, content=encoded("PNG"))
    assert darkroom.pictures_room.pid != pid


def test_the_child_is_replaced_before_its_leaks_matter(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "_MOST_TASKS", 2)
    seen = set()
    for size in ((20, 10), (21, 10), (22, 10), (23, 10), (24, 10)):
        intake.discard(session, intake.prepare(session, encoded("PNG", size)))
        seen.add(darkroom.pictures_room.pid)
    assert 2 <= len(seen) <= 4


def test_an_unknown_answer_of_the_child_is_a_picture_that_cannot_be_read() -> None:
    assert refused("../../etc/passwd").code == "unreadable"
