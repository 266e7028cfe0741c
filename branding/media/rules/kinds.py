"""What a file is, by its first bytes alone; what it is called or said to be is never believed.

On the list: JPEG (MPO too: the first picture), PNG, WebP, HEIC/HEIF, AVIF, MP4 and MOV.
"""

from __future__ import annotations

from enum import StrEnum

from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.media.values.uploads import MOST_FILM_BYTES, MOST_PICTURE_BYTES

#: How much of a file's beginning is looked at.
HEAD = 512


class FileKind(StrEnum):
    """The value is the name of Pillow's format; films are read by PyAV."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"
    AVIF = "AVIF"
    FILM = "FILM"


_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})
_FILM = frozenset({b"isom", b"avc1", b"mp41", b"mp42", b"mp71", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"qt  "})
#: Films of old cameras begin with one of these boxes instead of naming their kind.
_FILM_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})

_SEND = say("Send a picture (JPEG, PNG, WebP, HEIC or AVIF) or a film (MP4 or MOV).")
#: What people send by mistake, by how it begins.
_REFUSED: tuple[tuple[tuple[bytes, ...], str, Text], ...] = (
    ((b"GIF8",), "gif", say("A GIF cannot be used. Send the picture as JPEG or PNG, or film it.")),
    ((b"%PDF",), "pdf", say("This is a PDF. Send a picture or a film.")),
    (
        (b"II*\x00", b"MM\x00*", b"II\x2b\x00", b"MM\x00\x2b"),
        "tiff",
        say("This is a TIFF or a raw picture. Save it as JPEG, and send that."),
    ),
    ((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), "document", say("This is a document. Send the picture itself.")),
    (
        (b"\x1aE\xdf\xa3", b"RIFF????AVI ", b"\x00\x00\x01\xba", b"FLV"),
        "other_film",
        say("This kind of film cannot be used. Record it as MP4 or MOV."),
    ),
    (
        (b"ID3", b"OggS", b"fLaC", b"RIFF????WAVE", b"\xff\xfb", b"\xff\xf1"),
        "sound",
        say("This is sound without pictures. Send a picture or a film."),
    ),
    (
        (b"BM", b"\xff\x0a", b"\x00\x00\x00\x0cJXL ", b"8BPS", b"\x00\x00\x00\x0cjP  "),
        "other_picture",
        say("This kind of picture cannot be used. Save it as JPEG, and send that."),
    ),
)


def kind_of(head: bytes) -> FileKind:
    """The kind, from the first bytes; :class:`RuleBroken` says what to send instead."""
    if not head:
        raise RuleBroken("empty_file", say("The file is empty. Take the picture once more."), "file")
    found = _picture(head) or _of_boxes(head)
    if found is not None:
        return found
    for beginnings, code, text in _REFUSED:
        if any(_begins(head, one) for one in beginnings):
            raise RuleBroken(code, text, "file")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        text = say("This is a web page or a drawing, not a photo. Save it as JPEG or PNG, and send that.")
        raise RuleBroken("markup", text, "file")
    raise RuleBroken("unknown_kind", _SEND, "file")


def check_size(kind: FileKind, size: int) -> None:
    """Refuse what is larger than any phone makes it."""
    most = MOST_FILM_BYTES if kind == FileKind.FILM else MOST_PICTURE_BYTES
    if size > most:
        text = (
            say("The film is too big. The most is %(num)s MB.", num=most // 2**20)
            if kind == FileKind.FILM
            else say("The picture is too big. The most is %(num)s MB.", num=most // 2**20)
        )
        raise RuleBroken("too_big", text, "file")


def _picture(head: bytes) -> FileKind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    return FileKind.WEBP if _begins(head, b"RIFF????WEBP") else None


def _of_boxes(head: bytes) -> FileKind | None:
    """HEIF, AVIF, MP4 and MOV begin with a box; its brands say which it is."""
    if head[4:8] in _FILM_BOXES:
        return FileKind.FILM
    if head[4:8] != b"ftyp":
        return None
    size = min(max(int.from_bytes(head[:4], "big"), 16), HEAD)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
    if brands & _AVIF:
        return FileKind.AVIF
    if head[8:12] in _HEIF or (brands & _HEIF and not brands & _FILM):
        return FileKind.HEIF
    return FileKind.FILM if brands & _FILM or head[8:11] == b"iso" else None


def _begins(head: bytes, beginning: bytes) -> bool:
    """``?`` stands for any byte."""
    return len(head) >= len(beginning) and all(
        wanted in (found, ord("?")) for found, wanted in zip(head, beginning, strict=False)
    )
