"""Pictures of a live post that others may share too: those with nobody in them (decisions.md 7)."""

from __future__ import annotations

from sqlmodel import Session

from branding.consent.values.records import MediaKind
from branding.drafts.queries.going_out import content_by_id
from branding.media.queries.facts import shown_and_depicted
from branding.media.values.items import Depicted
from branding.publishing.models import Publication
from branding.publishing.queries.down import open_of
from branding.publishing.queries.hand import Part, parts_of
from branding.publishing.values.states import LIVE, Shows


def pictures_without_people(session: Session, row: Publication) -> tuple[Part, ...]:
    """None unless the post is out, has nothing against it, and its picture was seen to hold nobody.

    Stricter than the gate: a back or a hand may go out on the profile, but not on somebody's own.
    """
    if row.state not in LIVE or row.removed_at is not None or row.shows != Shows.NOBODY:
        return ()
    if open_of(session, [row.id]):
        return ()
    content = content_by_id(session, row.draft_id)
    found = shown_and_depicted(session, content.item_ids)
    parts = parts_of(content, {key: item for key, (item, _) in found.items()})
    return tuple(one for one in parts if one.item_id in found and _is_empty(found[one.item_id][1]))


def _is_empty(one: Depicted) -> bool:
    media = one.media
    is_picture = media.kind is MediaKind.PHOTO and not media.has_voice
    counted = media.faces is not None and media.faces <= media.not_faces
    return is_picture and media.is_declared and counted and not one.people
