"""Which form a post takes on a channel: what it holds decides, more than what it is called."""

from __future__ import annotations

from collections.abc import Mapping

from branding.consent.values.records import Format, MediaKind
from branding.drafts.values.content import Content
from branding.drafts.values.kinds import GUIDES


def format_of(content: Content, kinds: Mapping[str, MediaKind]) -> Format:
    """Several pictures in the feed are a carousel; a film alone is a reel (publishing-apis.md 1.2)."""
    form = GUIDES[content.kind].format
    if form is Format.STORY:
        return form
    if len(content.pictures) > 1:
        return Format.CAROUSEL
    is_film = any(kinds.get(item) is MediaKind.VIDEO for item in content.item_ids)
    return Format.REEL if is_film else form
