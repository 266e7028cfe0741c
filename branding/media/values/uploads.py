"""Files on their way in."""

from __future__ import annotations

from dataclasses import dataclass

from branding.media.values.developing import TakenIn
from branding.media.values.items import MediaKind

#: The largest that is taken (publishing-apis.md section 1.4 for films).
MOST_PICTURE_BYTES = 30 * 1024 * 1024
MOST_FILM_BYTES = 300 * 1024 * 1024
#: One chunk of an upload; a phone with one bar of signal should send less.
MOST_CHUNK_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NewUpload:
    """What a device is about to send.  ``mime`` is what it says itself, and is not believed."""

    place: str
    unit_id: int
    size: int
    mime: str = ""


@dataclass(frozen=True, slots=True)
class UploadState:
    """How far an upload is; ``item_id`` once it has been finished."""

    id: str
    received: int
    size: int
    item_id: str = ""

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was decoded and sealed under this id; nobody knows it before it is kept."""

    item_id: str
    kind: MediaKind
    facts: TakenIn
