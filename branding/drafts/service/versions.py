"""What a post said before, what was changed since, and going back to it."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from sqlmodel import Session

from branding.core.actor import Actor
from branding.drafts.models import Draft
from branding.drafts.queries.drafts import contents_of, version_row, versions_of
from branding.drafts.rules.changes import changes
from branding.drafts.rules.diff import word_diff
from branding.drafts.service.access import WRITE, draft_for
from branding.drafts.service.saving import write
from branding.drafts.values.content import Content
from branding.drafts.values.text import Piece
from branding.drafts.values.versions import VersionView


def restore(session: Session, actor: Actor, draft_id: str, number: int, *, now: datetime) -> Draft:
    """The post says again what version ``number`` said, as a new version; nothing in between is lost."""
    row = draft_for(session, actor, draft_id, WRITE)
    content = Content.from_json(version_row(session, draft_id, number).content)
    if content == contents_of(session, [row])[row.id]:
        return row
    return write(session, actor, row, content, now=now, restored_from=number)


def history(session: Session, row: Draft) -> list[VersionView]:
    """Every version, the newest first, each with what it changed."""
    rows = versions_of(session, row.id)
    contents = [Content.from_json(one.content) for one in rows]
    told = [changes(before, after) for after, before in pairwise(contents)]
    return [
        VersionView(
            one.number, one.made_by, one.changed_at, one.restored_from, one.number == row.number, said
        )
        for one, said in zip(rows, [*told, ()], strict=True)
    ]


def since_sent(session: Session, row: Draft, content: Content) -> tuple[Piece, ...]:
    """What was changed in the text since the version that was sent or shown before; empty the first time."""
    if row.number == 1:
        return ()
    earlier = (one for one in versions_of(session, row.id) if one.is_closed and one.number < row.number)
    found = next(earlier, None)
    was = Content.from_json(found.content).caption if found is not None else content.caption
    return () if was == content.caption else word_diff(was, content.caption)
