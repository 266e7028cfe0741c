"""What the author of a post must put right before it is sent, step by step; consents are the gate's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from branding.consent.values.records import Channel, Format, MediaKind
from branding.core.errors import RuleBroken
from branding.core.text import say, say_n
from branding.drafts.rules import caption
from branding.drafts.rules.formats import format_of
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import Lack
from branding.drafts.values.findings import Finding, FindingKind
from branding.drafts.values.kinds import GUIDES
from branding.media.rules import alt_text
from branding.media.values.items import ItemView

#: Instagram's, for one carousel (publishing-apis.md section 1.2).
MOST_PICTURES = 10


def lacks(content: Content, items: Mapping[str, ItemView], findings: Collection[Finding]) -> tuple[Lack, ...]:
    """In the order of the steps."""
    return (
        *_pictures(content, items),
        *_alts(content),
        *_words(content, items),
        *_found(content, findings),
    )


def _pictures(content: Content, items: Mapping[str, ItemView]) -> Iterator[Lack]:
    guide, count = GUIDES[content.kind], len(content.pictures)
    if not count:
        yield Lack("no_picture", say("Choose a picture."), "pictures")
    elif count < guide.pictures[0]:
        text = say_n(
            "Choose at least %(num)s picture.", "Choose at least %(num)s pictures.", guide.pictures[0]
        )
        yield Lack("too_few", text, "pictures")
    if count > MOST_PICTURES:
        yield Lack("too_many", say("Choose at most %(num)s pictures.", num=MOST_PICTURES), "pictures")
    for one in content.pictures:
        item = items.get(one.item_id)
        if item is None or item.is_dropped or item.is_purged:
            yield Lack(
                "gone", say("A picture is no longer here. Choose another."), "pictures", True, one.item_id
            )
            continue
        if item.kind is MediaKind.PHOTO and not guide.takes_photo:
            text = say("A reel is a film. Choose a film, or another kind of post.")
            yield Lack("no_photo", text, "pictures", True, one.item_id)
        for text in item.limits_broken:
            yield Lack("limit", text, "pictures", True, one.item_id)


def _alts(content: Content) -> Iterator[Lack]:
    """Every picture is described for those who cannot see it, or is there for decoration only."""
    for one in content.pictures:
        try:
            alt_text.check(one.alt, one.decorative_because)
        except RuleBroken as error:
            yield Lack("alt", error.text, "text", True, one.item_id)
        for text in alt_text.advice(one.alt):
            yield Lack("alt_advice", text, "text", False, one.item_id)


def _words(content: Content, items: Mapping[str, ItemView]) -> Iterator[Lack]:
    form = format_of(content, {key: item.kind for key, item in items.items()})
    for problem in caption.problems(content.caption, form):
        yield Lack(problem.code, problem.text, "text", problem.is_stop)
    for channel in content.channels:
        text = content.texts.get(channel)
        if channel is not Channel.INSTAGRAM and text:
            for problem in caption.problems(text, Format.FEED):
                yield Lack(problem.code, problem.text, "text", False)


def _found(content: Content, findings: Collection[Finding]) -> Iterator[Lack]:
    """A word that may reveal something needs the author's reason; names are the gate's."""
    for one in findings:
        if one.kind is FindingKind.CPR:
            yield Lack(one.key, one.text, "text")  # no reason makes that right
        elif one.needs == "reason":
            yield Lack(one.key, one.text, "text", not content.reasons.get(one.key, "").strip())
