"""What pages are told of a draft: where it stands in words, and what its text says of people."""

from __future__ import annotations

from branding.drafts.rules import telling
from branding.drafts.values.answers import Told
from branding.drafts.values.drafts import Standing


def told(standing: Standing, *, is_inside: bool) -> Told:
    """Everything that stands in the way, by what kind of hindrance it is."""
    return telling.told(standing, is_inside=is_inside)
