"""Pictures and films made in code, and items that were taken in from them."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from functools import cache

from PIL import Image, ImageDraw, ImageFilter
from sqlmodel import Session

from branding.core.actor import Actor, Role
from branding.media.service import intake

PLACE = "takeover:12"


def host(unit_id: int, host_id: int = 5) -> Actor:
    return Actor("host", host_id, "Vega", roles=frozenset({Role.HOST}), units=frozenset({unit_id}))


def staff(user_id: int = 3, role: Role = Role.COMMUNICATIONS, *units: int) -> Actor:
    return Actor("user", user_id, "Karen", roles=frozenset({role}), units=frozenset(units))


def scene(size: tuple[int, int] = (320, 240), mode: str = "RGB") -> Image.Image:
    """Not one colour, so that turning, cropping and blurring show."""
    picture = Image.new("RGB", size, "#8aa")
    draw = ImageDraw.Draw(picture)
    wide, high = size
    draw.rectangle((0, 0, wide // 4, high // 4), fill="red")  # the corner that tells what is up
    draw.ellipse((wide // 2, high // 2, wide * 3 // 4, high * 3 // 4), fill="yellow")
    for step in range(0, wide, max(4, wide // 40)):
        draw.line((step, 0, wide - step, high), fill=(step % 255, 80, 120))
    return picture.convert(mode)


def encoded(
    kind: str = "JPEG", size: tuple[int, int] = (320, 240), mode: str = "RGB", **options: object
) -> bytes:
    made = io.BytesIO()
    scene(size, mode).save(made, kind, **options)
    return made.getvalue()


def exif(*, orientation: int = 1, location: bool = False) -> bytes:
    """What a phone writes: camera, how it was held, and where."""
    made = Image.Exif()
    made[0x010F], made[0x0112] = "Camera of Vega", orientation
    if location:
        made[0x8825] = {1: "N", 2: (56.0, 9.0, 46.44), 3: "E", 4: (10.0, 12.0, 14.0)}
    return made.tobytes()


def phone_jpeg(size: tuple[int, int] = (320, 240), orientation: int = 1) -> bytes:
    return encoded(size=size, exif=exif(orientation=orientation, location=True), comment=b"secret place")


@cache
def phone_heic() -> bytes:
    return encoded("HEIF", (160, 120), exif=exif(location=True), quality=60)


def mpo() -> bytes:
    """Two pictures in one file, as phones with two lenses make."""
    made, second = io.BytesIO(), scene((320, 240)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    scene().save(made, "MPO", save_all=True, append_images=[second], exif=exif(location=True))
    return made.getvalue()


@cache
def photo_12_megapixels() -> bytes:
    """As much detail as a photo has, of a phone's size."""
    noise = Image.effect_noise((1000, 750), 60).convert("RGB").filter(ImageFilter.GaussianBlur(1.2))
    big = noise.resize((4000, 3000), Image.Resampling.BICUBIC)
    big.paste(scene((1600, 1200)), (1200, 900))
    made = io.BytesIO()
    big.save(made, "JPEG", quality=92, exif=exif(location=True))
    return made.getvalue()


@cache
def portrait() -> bytes:
    """The portrait that scikit-image ships for such tests."""
    from skimage import data

    made = io.BytesIO()
    Image.fromarray(data.astronaut()).save(made, "JPEG", quality=95)
    return made.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it is so large and holds one row: what a bomb looks like."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(bytes(1 + 3 * min(width, 1000)))),
            (b"IEND", b""),
        )
    )


@cache
def film(
    codec: str = "libx264",
    *,
    sound: bool = True,
    seconds: int = 4,
    size: tuple[int, int] = (320, 240),
    form: str = "mp4",
) -> bytes:
    """A film that tells where it was taken; its first picture has a red corner at the top left."""
    import av

    made = io.BytesIO()
    with av.open(made, "w", format=form, options={"movflags": "use_metadata_tags"}) as output:
        output.metadata["com.apple.quicktime.location.ISO6709"] = "+56.1629+010.2039/"
        output.metadata["title"] = "Film of Vega"
        video = output.add_stream(codec, rate=25)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        audio = output.add_stream("aac", rate=48000, layout="mono") if sound else None
        picture = av.VideoFrame.from_image(scene(size))
        for number in range(25 * seconds):
            picture.pts = number
            output.mux(video.encode(picture))
        output.mux(video.encode())
        if audio is not None:
            for number in range(48 * seconds):
                frame = av.AudioFrame("fltp", "mono", 1000)
                frame.planes[0].update(bytes(4000))
                frame.sample_rate, frame.pts = 48000, number * 1000
                output.mux(audio.encode(frame))
            output.mux(audio.encode())
    return made.getvalue()


def on_its_side(content: bytes, width: int = 240) -> bytes:
    """The film as a phone writes it that was held upright: turned by a number in its header."""
    at = content.index(b"tkhd") + 44
    turned = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, width << 16, 0, 0x40000000)
    return content[:at] + turned + content[at + 36 :]


def taken_in(
    session: Session,
    unit_id: int,
    *,
    now: datetime,
    content: bytes = b"",
    actor: Actor | None = None,
    place: str = PLACE,
) -> str:
    """An item that the host took in; returns its id."""
    return intake.take_in(session, actor or host(unit_id), place, unit_id, content or phone_jpeg(), now=now)
