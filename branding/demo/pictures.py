"""Drawn pictures for the example: no photographs, and nobody who exists."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (1080, 1350)
#: Drawn twice as large and made smaller, so that round things are round.
_FINE = 2
Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]

_WALL: Colour = (246, 232, 214)
_WOOD: Colour = (201, 150, 104)
_DARK: Colour = (74, 60, 54)
_GREEN: Colour = (96, 140, 96)
_LEAF: Colour = (132, 172, 112)
_SKY: Colour = (176, 214, 232)
_SUN: Colour = (252, 206, 110)
_RED: Colour = (206, 98, 78)
_BLUE: Colour = (80, 116, 150)
_WHITE: Colour = (252, 250, 246)


@cache
def picture(name: str) -> bytes:
    """A JPEG by its name: window, coffee, garden, workshop or walk."""
    image = Image.new("RGB", (_SIZE[0] * _FINE, _SIZE[1] * _FINE), _WALL)
    _SCENES[name](ImageDraw.Draw(image))
    small = image.resize(_SIZE, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.4))
    out = BytesIO()
    small.save(out, "JPEG", quality=88)
    return out.getvalue()


def _box(draw: Draw, x: int, y: int, w: int, h: int, fill: Colour, *, round_by: int = 0) -> None:
    corners = [n * _FINE for n in (x, y, x + w, y + h)]
    draw.rounded_rectangle(corners, round_by * _FINE, fill)


def _disc(draw: Draw, x: int, y: int, r: int, fill: Colour) -> None:
    draw.ellipse([n * _FINE for n in (x - r, y - r, x + r, y + r)], fill)


def _shape(draw: Draw, points: list[tuple[int, int]], fill: Colour) -> None:
    draw.polygon([(x * _FINE, y * _FINE) for x, y in points], fill)


def _plant(draw: Draw, x: int, y: int) -> None:
    for dx, dy, r in ((-70, -150, 74), (60, -180, 84), (0, -260, 80), (-20, -110, 66), (80, -90, 60)):
        _disc(draw, x + dx, y + dy, r, _LEAF if dx < 0 else _GREEN)
    _shape(draw, [(x - 90, y - 60), (x + 90, y - 60), (x + 62, y + 110), (x - 62, y + 110)], _RED)
    _box(draw, x - 102, y - 86, 204, 44, (186, 84, 66), round_by=8)


def _cup(draw: Draw, x: int, y: int, r: int, saucer: Colour) -> None:
    _disc(draw, x, y, round(r * 1.45), saucer)
    _box(draw, x + r - 12, y - 22, round(r * 0.7), 44, _WHITE, round_by=22)
    _disc(draw, x, y, r, _WHITE)
    _disc(draw, x, y, round(r * 0.82), (112, 72, 48))
    _disc(draw, x - r // 4, y - r // 4, r // 5, (150, 104, 72))


def _window(draw: Draw) -> None:
    _box(draw, 150, 130, 780, 800, _WHITE, round_by=14)
    _box(draw, 186, 166, 708, 728, _SKY)
    _disc(draw, 640, 420, 110, _SUN)
    _shape(draw, [(186, 894), (186, 700), (420, 600), (640, 720), (894, 640), (894, 894)], _LEAF)
    _shape(draw, [(186, 894), (186, 800), (520, 740), (894, 820), (894, 894)], _GREEN)
    _box(draw, 526, 166, 28, 728, _WHITE)
    _box(draw, 186, 500, 708, 24, _WHITE)
    _box(draw, 60, 930, 960, 60, _WOOD, round_by=10)
    _plant(draw, 300, 820)
    _box(draw, 700, 780, 150, 150, _BLUE, round_by=18)
    _box(draw, 838, 812, 66, 26, _BLUE, round_by=13)
    _box(draw, 878, 812, 26, 84, _BLUE, round_by=13)
    _box(draw, 838, 872, 66, 26, _BLUE, round_by=13)


def _coffee(draw: Draw) -> None:
    _box(draw, 0, 0, 1080, 1350, _WOOD)
    for y in range(0, 1350, 150):
        _box(draw, 0, y, 1080, 4, (180, 130, 86))
    for x, y, r, saucer in (
        (300, 340, 110, _BLUE),
        (760, 300, 96, _RED),
        (330, 1010, 100, _SUN),
        (770, 980, 116, _GREEN),
    ):
        _cup(draw, x, y, r, saucer)
    _box(draw, 360, 560, 380, 230, _WHITE, round_by=40)
    for n, colour in enumerate((_WOOD, (222, 172, 120), _WOOD)):
        _disc(draw, 446 + n * 104, 675, 62, (168, 108, 62))
        _disc(draw, 446 + n * 104, 668, 56, colour)


def _garden(draw: Draw) -> None:
    _box(draw, 0, 0, 1080, 760, _SKY)
    _disc(draw, 840, 220, 100, _SUN)
    for x, r in ((120, 190), (420, 240), (760, 200), (1010, 220)):
        _disc(draw, x, 740, r, _GREEN)
    _box(draw, 0, 740, 1080, 610, (172, 196, 128))
    for y in (820, 1070):
        _box(draw, 110, y, 860, 190, (150, 104, 70), round_by=12)
        _box(draw, 140, y + 20, 800, 120, (92, 68, 52), round_by=10)
        for n in range(7):
            x = 210 + n * 110
            _disc(draw, x, y + 30, 40, _LEAF)
            _disc(draw, x + 22, y + 10, 30, _GREEN)
            if n % 2:
                _disc(draw, x, y + 20, 18, _RED)
    _box(draw, 640, 930, 26, 300, _WOOD, round_by=10)
    _shape(draw, [(612, 1200), (694, 1200), (676, 1310), (630, 1310)], _DARK)


def _workshop(draw: Draw) -> None:
    _box(draw, 0, 0, 1080, 1350, (226, 214, 198))
    _box(draw, 90, 110, 900, 640, (186, 156, 124), round_by=16)
    for x, y in ((220, 190), (430, 190), (640, 190), (850, 190)):
        _disc(draw, x, y, 14, _DARK)
    _box(draw, 206, 200, 30, 380, _WOOD, round_by=12)
    _box(draw, 150, 190, 142, 74, _DARK, round_by=14)
    _shape(draw, [(390, 220), (470, 220), (560, 560), (470, 600)], (170, 176, 180))
    _box(draw, 384, 190, 96, 90, _RED, round_by=24)
    _box(draw, 622, 210, 36, 220, _SUN, round_by=16)
    _box(draw, 632, 420, 16, 200, (150, 156, 160))
    _disc(draw, 850, 330, 92, _BLUE)
    _disc(draw, 850, 330, 60, (186, 156, 124))
    _box(draw, 838, 400, 26, 260, _BLUE, round_by=10)
    _box(draw, 40, 960, 1000, 90, _WOOD, round_by=12)
    _box(draw, 110, 1050, 70, 300, (160, 112, 74))
    _box(draw, 900, 1050, 70, 300, (160, 112, 74))
    _box(draw, 360, 850, 330, 110, (232, 198, 150), round_by=10)
    _disc(draw, 440, 905, 26, _WALL)
    _disc(draw, 610, 905, 26, _WALL)


def _walk(draw: Draw) -> None:
    """Two people from behind on a path: nobody can tell who they are."""
    _box(draw, 0, 0, 1080, 700, _SKY)
    _disc(draw, 240, 200, 90, _WHITE)
    _disc(draw, 340, 220, 110, _WHITE)
    _box(draw, 0, 640, 1080, 710, _LEAF)
    _shape(draw, [(470, 660), (610, 660), (900, 1350), (180, 1350)], (222, 204, 172))
    for x in (80, 950):
        _box(draw, x, 420, 44, 320, (120, 86, 62))
        _disc(draw, x + 22, 380, 150, _GREEN)
    for x, coat, hair in ((420, _RED, _DARK), (640, _BLUE, (196, 160, 96))):
        _box(draw, x - 62, 1010, 50, 230, _DARK, round_by=20)
        _box(draw, x + 12, 1010, 50, 230, _DARK, round_by=20)
        _box(draw, x - 98, 720, 196, 330, coat, round_by=70)
        _disc(draw, x, 650, 80, hair)


_SCENES: dict[str, Callable[[Draw], None]] = {
    "window": _window,
    "coffee": _coffee,
    "garden": _garden,
    "workshop": _workshop,
    "walk": _walk,
}
