"""Where in a picture a box is, in words: what a screen reader says of a face."""

from __future__ import annotations

from branding.core.text import Text, say
from branding.media.values.pictures import Box

_WHERE = (
    (say("at the top, left"), say("at the top, in the middle"), say("at the top, right")),
    (say("to the left"), say("in the middle"), say("to the right")),
    (say("at the bottom, left"), say("at the bottom, in the middle"), say("at the bottom, right")),
)


def where(box: Box) -> Text:
    """One of nine places."""
    x, y = box.middle
    return _WHERE[min(int(y * 3), 2)][min(int(x * 3), 2)]


def reading_order(box: Box) -> tuple[int, float]:
    """Row by row, from left to right: how faces are numbered."""
    x, y = box.middle
    return int(y * 6), x
