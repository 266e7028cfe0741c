"""What is said of a file that could not be taken in, by the code that the child process gives."""

from __future__ import annotations

from collections.abc import Mapping

from branding.core.errors import RuleBroken
from branding.core.text import Text, say

MOST_PIXELS = 50_000_000

_TEXTS: Mapping[str, Text] = {
    "unreadable": say("The picture cannot be read. Take it once more, or send it as JPEG."),
    "too_many_pixels": say("The picture is too large. The most is 50 million pixels."),
    "animated": say("The picture moves. Send a still picture, or a film."),
    "too_slow": say("The file took too long to read. Send it smaller, or in another form."),
    "film_unreadable": say("The film cannot be read. Record it once more, or send it as MP4."),
    "no_frames": say("There are no pictures in the film."),
    "no_video": say("Films cannot be taken in here, as a part of Stafet is not installed. Send pictures."),
    "film_kind": say("The film is coded in a way that cannot be used. Record it as H.264, and send that."),
    "too_big": say("The film is too big. The most is %(num)s MB.", num=300),
}


def refused(code: str) -> RuleBroken:
    """The error to raise; an unknown code is a picture that cannot be read."""
    known = code if code in _TEXTS else "unreadable"
    return RuleBroken(known, _TEXTS[known], "file")
