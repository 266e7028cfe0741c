"""Files that come from outside: only pictures and PDFs are taken, known by what they hold.

Pictures are drawn anew, so that nothing but the picture itself is kept.  A PDF is kept as it is, and
refused when it can do anything by itself; it is never shown in the browser, only handed out.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from branding.core.errors import RuleBroken
from branding.core.text import say

MOST_BYTES = 15 * 1024 * 1024
MOST_PDF_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
#: A form of A4 is easy to read at this height.
LONGEST_SIDE = 2600
_QUALITY = 88

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})

#: What makes a PDF act: programs, other files, addresses that are called, forms that fetch.
_ACTING = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|OpenAction|RichMedia|Rendition|XFA|SubmitForm|ImportData"
    rb"|GoToR|GoToE|Encrypt|Filespec)(?![A-Za-z0-9])"
)
#: Too short to look for among the bytes of a picture.
_ACTING_SHORT = re.compile(rb"/(?:AA|JS)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(?:\r\n|\r|\n)(.*?)endstream", re.DOTALL)
#: Objects may lie in streams.
_PACKED = re.compile(rb"ObjStm|XRef")
#: How such a stream begins: numbers and places of its objects.
_OBJECTS = re.compile(rb"[\s\0]*\d+[\s\0]+\d")
#: Pictures, and what programs write about a file: never packed objects.
_READABLE = (b"\xff\xd8\xff", b"\0\0\0\x0cjP", b"<?xpacket", b"<x:xmpmeta")
_MOST_UNPACKED = 64 * 1024 * 1024

pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it is kept: ``image/jpeg`` or ``application/pdf``."""

    content: bytes
    mime: str


def accept(content: bytes) -> Accepted:
    """The file in a form that is safe to keep; :class:`RuleBroken` says what to send instead."""
    if not content:
        raise RuleBroken("empty_file", say("The file is empty. Take the picture once more."), "pages")
    if len(content) > MOST_BYTES:
        raise RuleBroken("too_big", say("The file is too big. The most is 15 MB."), "pages")
    if content.startswith(b"%PDF-"):
        return Accepted(_checked_pdf(content), "application/pdf")
    if not _looks_like_picture(content):
        text = say("Send a picture (JPEG, PNG, WebP or HEIC) or a PDF.")
        raise RuleBroken("wrong_kind", text, "pages")
    return Accepted(_drawn_anew(content), "image/jpeg")


def _looks_like_picture(content: bytes) -> bool:
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS)
    )


def _drawn_anew(content: bytes) -> bytes:
    """The picture upright and at most as large as it is read, without anything that came with it."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many_pixels()
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is read at a fraction
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            made = io.BytesIO()
            _on_white(turned).save(made, "JPEG", quality=_QUALITY)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError, zlib.error):
        text = say("The picture cannot be read. Take it once more, or send it as JPEG or PDF.")
        raise RuleBroken("unreadable", text, "pages") from None
    return made.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """New pixels in three colours: what is transparent becomes paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        paper = Image.new("RGB", whole.size, "white")
        paper.paste(whole, mask=whole.getchannel("A"))
        return paper
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def _too_many_pixels() -> RuleBroken:
    return RuleBroken(
        "too_many_pixels", say("The picture is too large. The most is 50 million pixels."), "pages"
    )


def _checked_pdf(content: bytes) -> bytes:
    if len(content) > MOST_PDF_BYTES:
        raise RuleBroken("too_big", say("The PDF is too big. The most is 10 MB."), "pages")
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n\t \x00"):
        raise RuleBroken("unreadable", say("The PDF cannot be read whole. Make it once more."), "pages")
    if _acts(content):
        text = say("The PDF holds more than pages. Print it, and photograph or scan the paper.")
        raise RuleBroken("acting_pdf", text, "pages")
    return content


def _acts(content: bytes) -> bool:
    """Whether anything in it acts, or is packed so that we cannot tell."""
    plain = _unescaped(content)
    if _ACTING.search(plain) or _ACTING_SHORT.search(_unescaped(_STREAM.sub(b" ", content))):
        return True
    is_packed, budget = _PACKED.search(plain) is not None, _MOST_UNPACKED
    for found in _STREAM.finditer(content):
        inside, is_whole = _unpacked(found[1], budget)
        # What a stream says of itself can be written in many ways, so only its bytes are believed.
        if is_packed and not is_whole and found[1].strip() and not found[1].startswith(_READABLE):
            return True
        budget -= len(inside)
        if budget <= 0 or _ACTING.search(_unescaped(inside)):
            return True
        if _OBJECTS.match(inside) and _ACTING_SHORT.search(_unescaped(inside)):
            return True
    return False


def _unpacked(packed: bytes, most: int) -> tuple[bytes, bool]:
    """What was packed in the usual way, and whether that was all of it."""
    reader = zlib.decompressobj()
    try:
        return reader.decompress(packed, most), reader.eof
    except zlib.error:
        return b"", False


def _unescaped(content: bytes) -> bytes:
    """``/Java#53cript`` is a name like any other."""
    if b"#" not in content:
        return content
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
