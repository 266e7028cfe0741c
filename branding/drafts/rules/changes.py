"""What differs between two versions of a post: texts by words, everything else by lines."""

from __future__ import annotations

from collections.abc import Iterator

from branding.consent.values.names import CHANNELS
from branding.core.text import Text, say
from branding.drafts.rules.diff import word_diff
from branding.drafts.values.content import Content, Picture
from branding.drafts.values.kinds import GUIDES
from branding.drafts.values.versions import Change


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """In the order in which people read a post."""
    return (*_words(before, after), *_alts(before, after), *_lines(before, after))


def _words(before: Content, after: Content) -> Iterator[Change]:
    texts = [
        (say("Text"), before.caption, after.caption),
        (say("First comment"), before.first_comment, after.first_comment),
    ]
    for channel in dict.fromkeys((*before.texts, *after.texts)):
        label = say("Text on %(channel)s", channel=CHANNELS[channel])
        texts.append((label, before.texts.get(channel, ""), after.texts.get(channel, "")))
    for label, was, becomes in texts:
        if was != becomes:
            yield Change(label, word_diff(was, becomes))


def _alts(before: Content, after: Content) -> Iterator[Change]:
    """Of pictures that are in both; a new picture says so itself."""
    old = {one.item_id: one for one in before.pictures}
    for number, one in enumerate(after.pictures, 1):
        was = old.get(one.item_id)
        if was is not None and _said(was) != _said(one):
            label = say("Description of picture %(number)s", number=number)
            yield Change(label, word_diff(_said(was), _said(one)))


def _said(one: Picture) -> str:
    return one.alt or one.decorative_because


def _lines(before: Content, after: Content) -> Iterator[Change]:
    pairs: list[tuple[Text, tuple[Text | str, ...], tuple[Text | str, ...]]] = [
        (say("Pictures"), *_pictures(before, after)),
        (say("Place"), _one(before.place), _one(after.place)),
        (
            say("Channels"),
            tuple(CHANNELS[one] for one in before.channels),
            tuple(CHANNELS[one] for one in after.channels),
        ),
        (say("Co-authors"), before.collaborators, after.collaborators),
        (say("Tagged accounts"), before.tags, after.tags),
        (say("Kind of post"), (GUIDES[before.kind].label,), (GUIDES[after.kind].label,)),
        (say("Shape"), (before.ratio.value.replace("x", ":"),), (after.ratio.value.replace("x", ":"),)),
    ]
    for label, was, becomes in pairs:
        if was != becomes:
            yield Change(label, (), was, becomes)
    cut = [n for n, one in enumerate(after.pictures, 1) if _is_cut_anew(before, one)]
    if cut:
        yield Change(say("Cut anew"), (), (), tuple(say("Picture %(number)s", number=n) for n in cut))


def _pictures(before: Content, after: Content) -> tuple[tuple[Text | str, ...], tuple[Text | str, ...]]:
    """The order of the pictures by the numbers that they had; new ones have none."""
    if before.item_ids == after.item_ids:
        return (), ()
    numbers = {item: n for n, item in enumerate(before.item_ids, 1)}
    was = tuple(say("Picture %(number)s", number=n) for n in numbers.values())
    becomes = tuple(
        say("Picture %(number)s", number=numbers[item]) if item in numbers else say("A new picture")
        for item in after.item_ids
    )
    return was, becomes


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _is_cut_anew(before: Content, one: Picture) -> bool:
    was = next((old for old in before.pictures if old.item_id == one.item_id), None)
    return was is not None and dict(was.focus) != dict(one.focus)
