"""Shapes of pictures: ratios, what is in focus, boxes and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: How much closer than the whole picture a crop may go.
MOST_ZOOM = 4.0


class Ratio(StrEnum):
    """The shapes that channels show; the value is width x height."""

    PORTRAIT = "4x5"
    SQUARE = "1x1"
    LANDSCAPE = "191x100"
    STORY = "9x16"

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the file that is published."""
        return _SIZES[self]


_SIZES = {
    Ratio.PORTRAIT: (1080, 1350),
    Ratio.SQUARE: (1080, 1080),
    Ratio.LANDSCAPE: (1080, 566),
    Ratio.STORY: (1080, 1920),
}


class Size(StrEnum):
    """How large a picture is shown; there are no others, so that nobody fills the disk."""

    THUMB = "thumb"
    VIEW = "view"
    FULL = "full"

    @property
    def pixels(self) -> int | None:
        """The longest side; None for the whole picture."""
        return {Size.THUMB: 320, Size.VIEW: 1280}.get(self)


@dataclass(frozen=True, slots=True)
class Focus:
    """The point that stays in the middle of a crop, as fractions of the picture, and how close it goes.

    What lies outside the picture is brought inside; steps of a hundredth are fine enough for any hand.
    """

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", _within(self.x, 0.0, 1.0, 0.5))
        object.__setattr__(self, "y", _within(self.y, 0.0, 1.0, 0.5))
        object.__setattr__(self, "zoom", _within(self.zoom, 1.0, MOST_ZOOM, 1.0))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a picture: left, top, width and height as fractions of it, brought inside."""

    x: float
    y: float
    w: float
    h: float

    def __post_init__(self) -> None:
        x, y = _within(self.x, 0.0, 1.0, 0.0, 4), _within(self.y, 0.0, 1.0, 0.0, 4)
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "y", y)
        object.__setattr__(self, "w", _within(self.w, 0.0, round(1 - x, 4), 0.0, 4))
        object.__setattr__(self, "h", _within(self.h, 0.0, round(1 - y, 4), 0.0, 4))

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2


def _within(value: float, least: float, most: float, otherwise: float, digits: int = 2) -> float:
    """``otherwise`` stands for what is no number."""
    number = float(value)
    return round(min(max(number, least), most), digits) if number == number else otherwise
