"""Saving what somebody writes: only what was changed on that page, and never over somebody else's."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.core.actor import Actor
from branding.drafts.queries.drafts import contents_of
from branding.drafts.rules import caption
from branding.drafts.service import saving
from branding.drafts.service.access import WRITE, draft_for
from branding.drafts.values.content import Content
from branding.drafts.values.text import Advice
from branding.drafts.values.words import Words
from branding.drafts.words import shipped

_ALT = "alt-"


def save_words(
    session: Session, actor: Actor, draft_id: str, words: Words, marks: Mapping[str, str], *, now: datetime
) -> Words:
    """Save the texts that differ from those the page was made from (``marks``); returns what it says now.

    Texts that somebody else has changed meanwhile are left alone where the page did not touch them;
    where both did, :class:`Conflict` shows both and nothing is saved.
    """
    row = draft_for(session, actor, draft_id, WRITE)
    before = contents_of(session, [row])[row.id]
    there, wanted = Words.of(before).marks(), words.marks()
    touched = {name for name, mark in wanted.items() if marks.get(name) != mark and name in there}
    changed = {name for name in touched if wanted[name] != there[name]}
    if not changed:
        return Words.of(before)
    fields = _fields(before, words, changed)
    is_fresh = all(marks.get(name) == there[name] for name in changed)
    base = saving.base_of(before, fields) if is_fresh else ""
    saving.save(session, actor, draft_id, base, now=now, **fields)
    return Words.of(replace(before, **fields))


def marks_to_send(
    saved: Words, sent: Words, marks: Mapping[str, str], *, clash: bool = False
) -> dict[str, str]:
    """The marks that a page may go on from: of what it shows itself, never of what somebody else wrote.

    After a ``clash`` those of the fields that were written in: to save again is to choose one's own.
    """
    now, mine = saved.marks(), sent.marks()
    if clash:
        return {name: mark for name, mark in now.items() if name in mine and marks.get(name) != mine[name]}
    return {name: mark for name, mark in now.items() if mine.get(name) == mark}


def taken_over(before: Words, words: Words, marks: Mapping[str, str]) -> Words:
    """What belongs into the fields after a clash: what was written there, and elsewhere what it says now."""
    touched = {name for name, mark in words.marks().items() if marks.get(name) != mark}
    kept = {name: getattr(before, name) for name in before.marks() if not name.startswith(_ALT)} | {
        name: getattr(words, name) for name in touched if not name.startswith(_ALT)
    }
    alts = {
        item: words.alts.get(item, alt) if _ALT + item in touched else alt
        for item, alt in before.alts.items()
    }
    return Words(alts=alts, **kept)


def with_tags(text: str, tags: Collection[str]) -> str:
    """The text with the hashtags of a set that it lacks."""
    return caption.with_hashtags(text, tags)


def with_capitals(text: str, hashtag: str) -> str:
    """The text with one hashtag written so that it can be read aloud."""
    found = next((one for one in advice(text) if one.hashtag == hashtag and one.suggestion), None)
    if found is None:
        return text
    return re.sub(rf"#{re.escape(hashtag)}(?!\w)", f"#{found.suggestion}", text)


def advice(text: str) -> tuple[Advice, ...]:
    """Hashtags that are hard to read."""
    return caption.camel_case_advice(text, shipped().parts)


def _fields(before: Content, words: Words, changed: set[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(words, name) for name in changed if not name.startswith(_ALT)}
    if any(name.startswith(_ALT) for name in changed):
        fields["pictures"] = tuple(
            replace(one, alt=alt.alt, decorative_because=alt.decorative_because)
            if f"{_ALT}{one.item_id}" in changed and (alt := words.alts.get(one.item_id)) is not None
            else one
            for one in before.pictures
        )
    return fields
