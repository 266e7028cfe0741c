"""Which part of each picture a post shows."""

from __future__ import annotations

from branding.consent.values.records import Format
from branding.drafts.values.content import Content, Picture
from branding.drafts.values.kinds import GUIDES
from branding.media.values.pictures import Focus, Ratio

#: What the feed takes, in the order in which people choose.
FEED_SHAPES = (Ratio.PORTRAIT, Ratio.SQUARE, Ratio.LANDSCAPE)
_UPRIGHT = (Format.STORY, Format.REEL)


def is_upright(content: Content) -> bool:
    """Stories and reels fill the phone; there is no shape to choose."""
    return GUIDES[content.kind].format in _UPRIGHT


def shape_of(content: Content) -> Ratio:
    """The shape in which the pictures of a post are shown."""
    return Ratio.STORY if is_upright(content) else content.ratio


def focus_of(picture: Picture, shape: Ratio) -> Focus:
    """Where a picture is cut in that shape: where somebody chose, else in the middle."""
    return picture.focus.get(shape, Focus())
