"""A post as a channel is given it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from branding.consent.values.records import Channel, Format, MediaKind


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One picture or film.  What is read is made when it is asked for; nothing of it is kept."""

    item_id: str
    kind: MediaKind
    #: Empty when it is decorative.
    alt: str
    #: The JPEG, cut as the post is.  For a film, its poster.
    read: Callable[[], bytes]
    #: The film's bytes from one place up to, not including, another; pictures have none.
    film: Callable[[int, int], bytes]
    #: The film's size in bytes; 0 for a picture.
    film_size: int
    #: A new address that anybody can fetch it at for a short while, without a sign-in.
    address: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Post:
    """Everything of a post on one channel."""

    publication_id: str
    channel: Channel
    format: Format
    caption: str
    first_comment: str
    #: Handles without the @.
    collaborators: tuple[str, ...]
    #: Handles that are tagged in the pictures, without the @.
    tags: tuple[str, ...]
    #: In words; channels that want an id are given none.
    place: str
    media: tuple[Outgoing, ...]
    due_at: datetime
