"""The pages of publishing, by subject."""

from branding.publishing.views import (
    comments,
    connecting,
    found,
    hand,
    incidents,
    media,
    moving,
    numbers,
    pausing,
    plan,
    practice,
    settling,
    shown,
    status,
    takedowns,
    timing,
)
from branding.publishing.views.blueprint import bp

__all__ = [
    "bp",
    "comments",
    "connecting",
    "found",
    "hand",
    "incidents",
    "media",
    "moving",
    "numbers",
    "pausing",
    "plan",
    "practice",
    "settling",
    "shown",
    "status",
    "takedowns",
    "timing",
]
