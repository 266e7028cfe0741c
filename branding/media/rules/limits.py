"""What a channel takes (publishing-apis.md section 1.4), and what it would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from branding.consent.values.records import Format
from branding.core.text import Text, say
from branding.media.values.items import MediaKind
from branding.media.values.limits import FilmFacts

LEAST_WIDTH = 320
MOST_FILM_WIDTH = 1920
FRAME_RATES = (23.0, 60.0)
CODECS = frozenset({"h264", "hevc"})
_MEGABYTE = 1024 * 1024
#: Seconds and bytes of films by format; a film in the feed is a reel (section 1.2).
_LENGTHS = {Format.REEL: (3.0, 15 * 60.0), Format.STORY: (3.0, 60.0)}
_SIZES = {Format.REEL: 300 * _MEGABYTE, Format.STORY: 100 * _MEGABYTE}


def refusals(kind: MediaKind, width: int, film: FilmFacts | None, form: Format) -> tuple[Text, ...]:
    """What stops this picture or film from going out in this form; empty when nothing does."""
    if kind == MediaKind.PHOTO or film is None:
        return tuple(_of_photo(width, form))
    return tuple(_of_film(width, film, form))


def _of_photo(width: int, form: Format) -> Iterator[Text]:
    if form == Format.REEL:
        yield say("A reel is a film. Choose a film, or make it a post.")
    if width < LEAST_WIDTH:
        yield say("The picture is too small. It must be at least %(num)s pixels wide.", num=LEAST_WIDTH)


def _of_film(width: int, film: FilmFacts, form: Format) -> Iterator[Text]:
    form = Format.STORY if form == Format.STORY else Format.REEL
    shortest, longest = _LENGTHS[form]
    if film.seconds < shortest:
        yield say("The film is too short. It must last at least %(num)s seconds.", num=int(shortest))
    if film.seconds > longest:
        if form == Format.STORY:
            yield say("The film is too long for a story. The most is %(num)s seconds.", num=int(longest))
        else:
            yield say("The film is too long. The most is %(num)s minutes.", num=int(longest // 60))
    if film.size > _SIZES[form]:
        yield say("The film is too big. The most is %(num)s MB.", num=_SIZES[form] // _MEGABYTE)
    if width > MOST_FILM_WIDTH:
        yield say("The film is too wide. The most is %(num)s pixels.", num=MOST_FILM_WIDTH)
    if film.codec not in CODECS:
        yield say("Instagram cannot play this kind of film. Record it as H.264 or HEVC.")
    if not FRAME_RATES[0] - 0.5 <= film.frame_rate <= FRAME_RATES[1] + 0.5:
        yield say("The film must have between 23 and 60 pictures a second.")
