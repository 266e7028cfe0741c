"""Reads of media, by subject; other rooms import them from here."""

from branding.media.queries.facts import depicted, shown_and_depicted
from branding.media.queries.items import ids_made_before, item_by_id, item_views, items_at, refusals

__all__ = [
    "depicted",
    "ids_made_before",
    "item_by_id",
    "item_views",
    "items_at",
    "refusals",
    "shown_and_depicted",
]
