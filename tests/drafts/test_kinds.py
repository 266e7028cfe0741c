"""Every kind of post has its own help, and takes what Instagram takes."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po

from branding.consent.values.records import Format
from branding.drafts.values.kinds import GUIDES, PostKind
from tests.house.sources import PACKAGE


def test_every_kind_has_a_guide_of_its_own() -> None:
    assert list(GUIDES) == list(PostKind)
    for kind, guide in GUIDES.items():
        assert guide.kind == kind
    for part in ("label", "help", "questions"):
        assert len({str(getattr(guide, part)) for guide in GUIDES.values()}) == len(PostKind)


def test_every_guide_asks_three_to_five_questions() -> None:
    for guide in GUIDES.values():
        assert 3 <= len(guide.questions) <= 5
        assert all(str(question).endswith("?") for question in guide.questions)


def test_only_a_carousel_takes_several_pictures() -> None:
    several = {kind: guide.pictures for kind, guide in GUIDES.items() if guide.pictures != (1, 1)}
    assert several == {PostKind.CAROUSEL: (2, 10)}


def test_a_film_in_the_feed_is_a_reel() -> None:
    films = {kind for kind, guide in GUIDES.items() if guide.takes_film}
    assert films == {PostKind.STORY, PostKind.CAROUSEL, PostKind.REEL}
    assert [kind for kind, guide in GUIDES.items() if not guide.takes_photo] == [PostKind.REEL]
    assert not any(guide.takes_film for guide in GUIDES.values() if guide.format == Format.FEED)


def test_stories_and_reels_are_upright_and_the_feed_is_four_to_five() -> None:
    for guide in GUIDES.values():
        is_tall = guide.format in (Format.STORY, Format.REEL)
        assert guide.ratio == ("9:16" if is_tall else "4:5")


def test_the_three_of_the_rhythm_are_posts_in_the_feed() -> None:
    for kind in (PostKind.HERE_I_AM, PostKind.DAILY, PostKind.GOODBYE):
        assert GUIDES[kind].format == Format.FEED
    assert GUIDES[PostKind.STORY].format == Format.STORY
    assert GUIDES[PostKind.CAROUSEL].format == Format.CAROUSEL
    assert GUIDES[PostKind.REEL].format == Format.REEL


def test_every_guide_can_be_read_in_danish() -> None:
    path: Path = PACKAGE / "locale" / "da" / "drafts.po"
    with path.open("rb") as file:
        danish = {message.id: message.string for message in read_po(file, locale="da")}
    for guide in GUIDES.values():
        for text in (guide.label, guide.help, *guide.questions):
            assert danish.get(text.msgid), text.msgid
