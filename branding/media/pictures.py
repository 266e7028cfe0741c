"""Pictures by Pillow: reading what comes from outside (in the child only), and drawing what is shown."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zlib
from collections.abc import Sequence

import pillow_heif
from PIL import Image, ImageCms, ImageFilter, ImageOps, UnidentifiedImageError

from branding.media.rules.cropping import crop_box, target_size, whole_size
from branding.media.rules.kinds import FileKind
from branding.media.rules.refused import MOST_PIXELS, refused
from branding.media.values.pictures import Box, Focus, Ratio, Size

#: The file that everything else is made from; full colour, so that a blur or crop loses nothing more.
_MASTER = {"quality": 92, "subsampling": 0}
_SHOWN = {"quality": 85}
_PUBLISHED = {"quality": 90, "optimize": True}
#: What decoders raise on broken files.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    MemoryError,
    OverflowError,
    IndexError,
    KeyError,
    RuntimeError,
    struct.error,
    zlib.error,
)
#: A face in so many tiles across and down says nothing of whose it is (stack.md section 1).
_TILES = (12, 16)
_LEAST_RADIUS = 12
#: Boxes of faces end at the eyebrows and ears.
_AROUND = 0.2
_LOCATION = 0x8825

pillow_heif.register_heif_opener()


def take_in(content: bytes, kind: FileKind) -> tuple[Image.Image, bool]:
    """Upright, sRGB and without anything that came with it; and whether it told where it was taken."""
    formats = ("JPEG", "MPO") if kind == FileKind.JPEG else (str(kind),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=formats) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise refused("too_many_pixels")
                if kind not in (FileKind.JPEG, FileKind.HEIF) and getattr(opened, "is_animated", False):
                    raise refused("animated")
                had_location = _has_location(opened)
                opened.load()
                # Turned first: other colours are a new picture, which has forgotten how the phone was held.
                return _plain(_in_srgb(_turned(opened))), had_location
    except Image.DecompressionBombError:
        raise refused("too_many_pixels") from None
    except BROKEN:
        raise refused("unreadable") from None


def as_jpeg(picture: Image.Image, size: Size = Size.FULL) -> bytes:
    """The whole picture; smaller ones are meant for the screen."""
    if size.pixels is None:
        return _saved(picture, **_MASTER)
    return _saved(smaller(picture, size.pixels), **_SHOWN)


def smaller(picture: Image.Image, longest: int) -> Image.Image:
    if max(picture.size) <= longest:
        return picture
    shown = picture.copy()
    shown.thumbnail((longest, longest), reducing_gap=2.0)
    return shown


def opened(content: bytes) -> Image.Image:
    """A picture of our own making."""
    return Image.open(io.BytesIO(content), formats=("JPEG",))


def size_of(content: bytes) -> tuple[int, int]:
    with opened(content) as found:
        return found.size


def shown(content: bytes, size: Size, ratio: Ratio | None, focus: Focus) -> bytes:
    """For the screen: quick, by reading a large JPEG at a fraction of its size."""
    longest = size.pixels or max(Ratio.STORY.size)
    with opened(content) as found:
        if ratio is None:
            found.draft("RGB", (longest, longest))
            return _saved(smaller(found, longest), **_SHOWN)
        whole = found.size
        left, _, right, _ = crop_box(*whole, ratio, focus)
        wide, high = target_size(right - left, ratio)
        scale = min(1.0, longest / max(wide, high))
        wanted = max(1, round(wide * scale)), max(1, round(high * scale))
        reach = wanted[0] / (right - left)
        found.draft("RGB", (math.ceil(whole[0] * reach), math.ceil(whole[1] * reach)))
        box = crop_box(*found.size, ratio, focus)
        return _saved(found.resize(wanted, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0), **_SHOWN)


def published(content: bytes, ratio: Ratio | None, focus: Focus) -> bytes:
    """The file that goes out: read at twice the size it becomes, then made smaller in one good step."""
    with opened(content) as found:
        whole = found.size
        if ratio is None:
            wanted, crop = whole_size(*whole), (0.0, 0.0, float(whole[0]), float(whole[1]))
        else:
            crop = crop_box(*whole, ratio, focus)
            wanted = target_size(crop[2] - crop[0], ratio)
        reach = 2 * wanted[0] / (crop[2] - crop[0])
        if reach < 1:
            found.draft("RGB", (math.ceil(whole[0] * reach), math.ceil(whole[1] * reach)))
        box = crop_box(*found.size, ratio, focus) if ratio else None
        return _saved(found.resize(wanted, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0), **_PUBLISHED)


def blurred(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """The faces in these boxes are gone from the pixels themselves: tiles first, then smoothed."""
    made = picture.copy()
    for box in boxes:
        area = _area(box, *made.size)
        face = made.crop(area)
        tiles = face.resize(_TILES, Image.Resampling.BOX).resize(face.size, Image.Resampling.NEAREST)
        radius = max(_LEAST_RADIUS, face.width // _TILES[0])
        made.paste(tiles.filter(ImageFilter.GaussianBlur(radius)), area)
    return made


def _area(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    return (
        max(0, math.floor((box.x - box.w * _AROUND) * width)),
        max(0, math.floor((box.y - box.h * _AROUND) * height)),
        min(width, math.ceil((box.x + box.w * (1 + _AROUND)) * width)),
        min(height, math.ceil((box.y + box.h * (1 + _AROUND)) * height)),
    )


def _has_location(picture: Image.Image) -> bool:
    try:
        xmp = picture.info.get("xmp", b"")
        told = xmp.encode() if isinstance(xmp, str) else bytes(xmp)
        return bool(picture.getexif().get_ifd(_LOCATION)) or b"GPSLatitude" in told
    except BROKEN:  # what it says of itself may be broken: it goes either way
        return False


def _turned(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except BROKEN:
        return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as every screen shows them.  A broken profile is ignored."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    if "transparency" in picture.info:
        picture = picture.convert("RGBA")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).casefold():
            return picture
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(picture, own, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, *BROKEN):
        return picture
    return picture if made is None else made


_SRGB = ImageCms.createProfile("sRGB")


def _plain(picture: Image.Image) -> Image.Image:
    """Three colours on white paper, and nothing else that the file carried."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16 bits a pixel: Pillow would cut them off instead of scaling them.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        made = Image.new("RGB", whole.size, "white")
        made.paste(whole, mask=whole.getchannel("A"))
        return made
    made = picture.convert("RGB")
    made.info = {}
    return made


def _saved(picture: Image.Image, **options: object) -> bytes:
    made = io.BytesIO()
    plain = picture if picture.mode == "RGB" else picture.convert("RGB")
    plain.save(made, "JPEG", exif=b"", icc_profile=None, comment=b"", **options)
    return made.getvalue()
