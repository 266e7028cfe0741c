"""The child process in which files from outside are decoded: ``python -m branding.media.developing``.

One line of JSON in, one out.  What it reads and writes is sealed; no picture travels through the pipe, and
nothing that it answers is run.  It ends when nobody has asked for a while, and with its parent.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import json
import os
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from branding.core.errors import RuleBroken
from branding.media import faces, films, names, pictures
from branding.media.rules.kinds import FileKind
from branding.media.rules.refused import MOST_PIXELS, refused
from branding.media.values.developing import Blur, Blurred, Counted, CountFaces, SealedPart, TakeIn, TakenIn
from branding.media.values.pictures import Box, Size
from branding.media.vault import BLOCK, SealedFile, SealedWriter, put

#: Address space: enough for 50 million pixels several times over, and for a film; a bomb gets no further.
_MOST_MEMORY = 3 * 1024**3
_IDLE_SECONDS = 60.0
_STRIP_PIXELS = 640


class Source(io.RawIOBase):
    """The parts of a file as one that can be read from any place."""

    def __init__(self, parts: list[SealedPart], key: bytes) -> None:
        self._parts = [SealedFile(Path(part.path), key, part.about) for part in parts]
        self._starts = [sum(one.size for one in self._parts[:n]) for n in range(len(self._parts))]
        self.size = sum(one.size for one in self._parts)
        self._at, self._kept = 0, (-1, -1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        piece = self._piece()[: len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def sha256(self) -> str:
        """Of the whole file, in hex."""
        found = hashlib.sha256()
        for part in self._parts:
            for piece in part.pieces():
                found.update(piece)
        return found.hexdigest()

    def _piece(self) -> bytes:
        """What is left of the block at the place."""
        if self._at >= self.size:
            return b""
        number = max(n for n, start in enumerate(self._starts) if start <= self._at)
        block, offset = divmod(self._at - self._starts[number], BLOCK)
        if self._kept[:2] != (number, block):
            self._kept = number, block, self._parts[number].block(block)
        return self._kept[2][offset:]


def take_in(asked: TakeIn) -> TakenIn:
    """Decode a file and keep what it shows: the master, and what pages show of it."""
    source = Source(list(asked.parts), bytes.fromhex(asked.parts_key))
    files = _Files(asked.item_id, asked.folder, asked.key)
    digest = source.sha256()
    if asked.kind == FileKind.FILM:
        return _film(files, io.BufferedReader(source), digest)
    content = source.read()
    picture, had_location = pictures.take_in(content, FileKind(asked.kind))
    del content
    sha256, size = files.put_picture(0, picture)
    return TakenIn(digest, sha256, size, *picture.size, had_location)


def blur(asked: Blur) -> Blurred:
    """A new edition in which these boxes are gone."""
    files = _Files(asked.item_id, asked.folder, asked.key)
    with pictures.opened(files.read(names.full(asked.edition))) as whole:
        made = pictures.blurred(whole.convert("RGB"), [Box(*box) for box in asked.boxes])
    return Blurred(*files.put_picture(asked.new_edition, made))


def count_faces(asked: CountFaces) -> Counted:
    """Where there are faces; the picture that pages show is as large as the detector wants it."""
    if not faces.is_available():
        return Counted(is_available=False)
    files = _Files(asked.item_id, asked.folder, asked.key)
    with pictures.opened(files.read(names.shown(asked.edition, Size.VIEW))) as picture:
        found = faces.faces_in(picture)
    return Counted(True, tuple((*dataclasses.astuple(one.box), one.certainty) for one in found))


class _Files:
    """The item's folder."""

    def __init__(self, item_id: str, folder: str, key: str) -> None:
        self._item_id, self._folder, self._key = item_id, Path(folder), bytes.fromhex(key)

    def read(self, name: str) -> bytes:
        return SealedFile(self._folder / name, self._key, names.about(self._item_id, name)).read()

    def put(self, name: str, content: bytes) -> str:
        return put(self._folder / name, self._key, names.about(self._item_id, name), content)

    def put_picture(self, edition: int, picture: Image.Image) -> tuple[str, int]:
        """The master with what pages show; its SHA-256 and size."""
        whole = pictures.as_jpeg(picture)
        sha256 = self.put(names.full(edition), whole)
        self.put_shown(edition, picture)
        return sha256, len(whole)

    def put_shown(self, edition: int, picture: Image.Image) -> None:
        view = pictures.smaller(picture, Size.VIEW.pixels or 0)
        self.put(names.shown(edition, Size.VIEW), pictures.as_jpeg(view, Size.VIEW))
        self.put(names.shown(edition, Size.THUMB), pictures.as_jpeg(view, Size.THUMB))

    def put_film(self, content: BinaryIO) -> tuple[str, int]:
        name = names.film(0)
        with SealedWriter(self._folder / name, self._key, names.about(self._item_id, name)) as writer:
            while piece := content.read(BLOCK):
                writer.write(piece)
            return writer.done(), writer.size


def _film(files: _Files, source: BinaryIO, digest: str) -> TakenIn:
    if not films.is_available():
        raise refused("no_video")
    film = films.take_in(source)
    sha256, size = files.put_film(film.content)
    film.content.seek(0)
    found = None
    for number, frame in enumerate(films.frames(film.content)):
        files.put(names.frame(number), pictures.as_jpeg(pictures.smaller(frame, _STRIP_PIXELS)))
        found = found or frame
    if found is None:
        raise refused("no_frames")
    files.put(names.full(0), pictures.as_jpeg(found))
    files.put_shown(0, found)
    return TakenIn(
        digest,
        sha256,
        size,
        film.width,
        film.height,
        film.had_location,
        film.seconds,
        film.frame_rate,
        film.codec,
        film.has_sound,
    )


_TASKS: dict[str, tuple[type[Any], Callable[[Any], Any]]] = {
    "TakeIn": (TakeIn, take_in),
    "Blur": (Blur, blur),
    "CountFaces": (CountFaces, count_faces),
}


def answer(line: str) -> dict[str, Any]:
    """One question and its answer; what goes wrong is a code, never a text from outside."""
    asked = json.loads(line)
    kind, task = _TASKS[asked.pop("task")]
    if kind is TakeIn:
        asked["parts"] = [SealedPart(**part) for part in asked["parts"]]
    try:
        return {"found": dataclasses.asdict(task(kind(**asked)))}
    except RuleBroken as error:
        return {"refused": error.code}
    except Exception as error:  # noqa: BLE001 - a decoder may raise anything at all
        return {"refused": "unreadable", "error": type(error).__name__}


def main() -> None:
    _limit_memory()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow warns from here, and refuses from twice this
    while select.select([sys.stdin], [], [], _IDLE_SECONDS)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        with contextlib.redirect_stdout(sys.stderr):  # what a library prints is no answer
            made = json.dumps(answer(line))
        sys.stdout.write(made + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
