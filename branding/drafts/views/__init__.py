"""Pages of posts in the making, by subject."""

from branding.drafts.views import (
    comments,
    device,
    film,
    hashtags,
    ideas,
    people,
    picture,
    pictures,
    previews,
    queue,
    review,
    reviewer,
    sending,
    staff,
    text,
    versions,
    week,
)
from branding.drafts.views.blueprint import bp

__all__ = [
    "bp",
    "comments",
    "device",
    "film",
    "hashtags",
    "ideas",
    "people",
    "picture",
    "pictures",
    "previews",
    "queue",
    "review",
    "reviewer",
    "sending",
    "staff",
    "text",
    "versions",
    "week",
]
