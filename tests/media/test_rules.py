"""Crops, limits, alt texts and kinds: decided without a database."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.consent.values.records import Format
from branding.core.errors import RuleBroken
from branding.media.rules import alt_text, cropping, kinds, limits, positions
from branding.media.rules.kinds import FileKind
from branding.media.values import Box, Focus, MediaKind, Ratio
from branding.media.values.limits import FilmFacts

SIDES = st.integers(1, 9000)
FRACTIONS = st.floats(-2, 3)


@given(SIDES, SIDES, st.sampled_from(Ratio), FRACTIONS, FRACTIONS, st.floats(0, 9))
def test_a_crop_lies_inside_the_picture_and_has_its_ratio(
    width: int, height: int, ratio: Ratio, x: float, y: float, zoom: float
) -> None:
    left, top, right, bottom = cropping.crop_box(width, height, ratio, Focus(x, y, zoom))
    assert -1e-6 <= left < right <= width + 1e-6
    assert -1e-6 <= top < bottom <= height + 1e-6
    wide, high = ratio.size
    assert math.isclose((right - left) / (bottom - top), wide / high, rel_tol=1e-6)


@given(st.floats(1, 9000), st.sampled_from(Ratio))
def test_a_file_is_never_enlarged_and_never_beyond_what_the_feed_takes(width: float, ratio: Ratio) -> None:
    wide, high = cropping.target_size(width, ratio)
    assert 1 <= wide <= max(1, min(width, 1080)) and high >= 1
    if ratio in (Ratio.PORTRAIT, Ratio.SQUARE, Ratio.LANDSCAPE) and wide >= 320:
        assert 0.8 <= wide / high <= 1.91


def test_the_focus_stays_in_the_middle_until_the_edge_is_met() -> None:
    assert cropping.crop_box(2000, 1000, Ratio.SQUARE, Focus()) == (500, 0, 1500, 1000)
    assert cropping.crop_box(2000, 1000, Ratio.SQUARE, Focus(0.0, 0.5)) == (0, 0, 1000, 1000)
    assert cropping.crop_box(2000, 1000, Ratio.SQUARE, Focus(0.5, 0.5, 2)) == (750, 250, 1250, 750)


@pytest.mark.parametrize("ratio", Ratio)
def test_a_large_picture_becomes_the_size_of_its_ratio(ratio: Ratio) -> None:
    assert cropping.target_size(4000, ratio) == ratio.size


def test_the_whole_picture_is_made_no_wider_than_instagram_keeps_it() -> None:
    assert cropping.whole_size(4000, 3000) == (1440, 1080)
    assert cropping.whole_size(3000, 4000) == (1350, 1800)
    assert cropping.whole_size(300, 200) == (300, 200)


def test_odd_numbers_are_brought_inside() -> None:
    assert Focus(math.nan, 7, -3) == Focus(0.5, 1.0, 1.0)
    assert Box(0.9, -1, 0.5, math.nan) == Box(0.9, 0.0, 0.1, 0.0)


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (Box(0, 0, 0.2, 0.2), "at the top, left"),
        (Box(0.4, 0.4, 0.2, 0.2), "in the middle"),
        (Box(0.8, 0.8, 0.2, 0.2), "at the bottom, right"),
        (Box(1, 1, 0, 0), "at the bottom, right"),
    ],
)
def test_a_place_in_the_picture_has_words(box: Box, words: str) -> None:
    assert str(positions.where(box)) == words


GOOD = FilmFacts(30.0, 20 * 2**20, "h264", 30.0)


@pytest.mark.parametrize(
    ("film", "width", "form", "said"),
    [
        (GOOD, 1080, Format.REEL, None),
        (FilmFacts(61.0, 1, "h264", 30.0), 1080, Format.STORY, "too long for a story"),
        (FilmFacts(61.0, 1, "h264", 30.0), 1080, Format.REEL, None),
        (FilmFacts(901.0, 1, "h264", 30.0), 1080, Format.REEL, "15 minutes"),
        (FilmFacts(2.9, 1, "h264", 30.0), 1080, Format.REEL, "at least 3 seconds"),
        (FilmFacts(30.0, 101 * 2**20, "h264", 30.0), 1080, Format.STORY, "100 MB"),
        (FilmFacts(30.0, 301 * 2**20, "h264", 30.0), 1080, Format.FEED, "300 MB"),
        (GOOD, 3840, Format.REEL, "too wide"),
        (FilmFacts(30.0, 1, "prores", 30.0), 1080, Format.REEL, "H.264"),
        (FilmFacts(30.0, 1, "hevc", 120.0), 1080, Format.REEL, "between 23 and 60"),
        (FilmFacts(30.0, 1, "hevc", 23.976), 1080, Format.REEL, None),
    ],
)
def test_what_a_channel_would_refuse_of_a_film(
    film: FilmFacts, width: int, form: Format, said: str | None
) -> None:
    found = [str(text) for text in limits.refusals(MediaKind.VIDEO, width, film, form)]
    assert len(found) == (0 if said is None else 1)
    assert said is None or said in found[0]


def test_what_a_channel_would_refuse_of_a_picture() -> None:
    assert limits.refusals(MediaKind.PHOTO, 320, None, Format.FEED) == ()
    assert "320" in str(limits.refusals(MediaKind.PHOTO, 319, None, Format.FEED)[0])
    assert "reel" in str(limits.refusals(MediaKind.PHOTO, 1080, None, Format.REEL)[0])


@pytest.mark.parametrize(
    ("text", "because", "code"),
    [
        ("", "", "no_alt_text"),
        ("  ", " ", "no_alt_text"),
        ("a" * 1001, "", "long_alt_text"),
        ("IMG_2041", "", "file_name"),
        ("sommerfest.HEIC", "", "file_name"),
        ("20261012_101010.jpg", "", "file_name"),
    ],
)
def test_an_alt_text_that_says_nothing_is_refused(text: str, because: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code) as caught:
        alt_text.check(text, because)
    assert caught.value.field == "alt_text"


def test_a_good_alt_text_and_a_picture_with_a_reason_pass() -> None:
    alt_text.check("To pædagoger dækker bord på Høskoven, der står blomster på bordet.")
    alt_text.check("a" * 1000)
    alt_text.check("", "Kun en farvet baggrund")
    assert alt_text.advice("To pædagoger dækker bord på Høskoven.") == ()
    assert alt_text.advice("") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Billede af to pædagoger", "picture of"),
        ("Et foto af en have med blomster", "picture of"),
        ("Picture showing two people at work", "picture of"),
        ("En have " * 40, "shorter"),
        ("Hund", "more"),
        ("To pædagoger ved bordet #mitsocial", "hashtags"),
    ],
)
def test_alt_texts_are_advised_on(text: str, said: str) -> None:
    assert [said in str(one) for one in alt_text.advice(text)] == [True]


def test_a_garden_that_was_pictured_is_not_a_picture_of() -> None:
    assert alt_text.advice("Billedhuggeren viser sin figur frem") == ()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1", FileKind.JPEG),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.WEBP),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", FileKind.HEIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1", FileKind.AVIF),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", FileKind.FILM),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", FileKind.FILM),
        (b"\0\0\0\x08wide\0\0\0\0mdat", FileKind.FILM),
    ],
)
def test_a_kind_is_known_by_the_first_bytes(head: bytes, kind: FileKind) -> None:
    assert kinds.kind_of(head) == kind


@given(st.binary(max_size=600))
def test_any_beginning_has_a_kind_or_a_plain_word(head: bytes) -> None:
    try:
        kinds.kind_of(head)
    except RuleBroken as error:
        refused = error
        assert str(refused.text).endswith(".")
