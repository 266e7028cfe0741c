"""Tables of pictures and films, and of the files that each has been."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.media.values.items import FaceState, MediaKind


class MediaItem(SQLModel, table=True):
    """A picture or film.  Its files lie sealed under ``uploads/media`` and open with keys of its own."""

    __tablename__ = "media_item"
    __table_args__ = (
        CheckConstraint(values_in("kind", MediaKind), name="kind"),
        CheckConstraint(values_in("face_state", FaceState), name="face_state"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
        UniqueConstraint("place", "source_sha256"),
        Index("ix_media_item_counting", "face_state", "count_lease_until"),
        Index("ix_media_item_keeping", "keep_until", "purged_at"),
    )

    #: Random; also the name of its keys in the key store.
    id: str = Field(primary_key=True, max_length=32)
    #: What owns it, in the words of the room that knows: ``takeover:12``, ``unit:3``.
    place: str = Field(max_length=64)
    #: Whose coordinator may see it.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: photo or video.
    kind: str
    #: Pixels, upright.
    width: int
    #: Pixels, upright.
    height: int
    #: How long a film lasts.
    seconds: float | None = Field(default=None)
    #: Pictures a second of a film.
    frame_rate: float | None = Field(default=None)
    #: What a film's picture is coded as: h264, hevc.
    codec: str = Field(default="", max_length=20)
    #: Whether a film has a sound track.
    has_sound: bool = Field(default=False)
    #: Whether the file told where it was taken; that was removed.
    had_location: bool = Field(default=False)
    #: SHA-256 of the bytes as they came, in hex: the same bytes are one item at a place.  Dropped: the id.
    source_sha256: str = Field(max_length=64)
    #: Which edition is the current one.
    edition: int = Field(default=0)
    #: How far the counting of faces is.
    face_state: str = Field(default=FaceState.WAITING)
    #: Faces that a reviewer counted; the detector's are boxes.
    faces_by_hand: int | None = Field(default=None)
    #: Who counted, as a reference.
    counted_by: str = Field(default="", max_length=40)
    #: Until when a worker has it for counting.
    count_lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: How often counting was begun.
    count_tries: int = Field(default=0)
    #: The author said that nobody can be recognised.
    is_nobody: bool = Field(default=False)
    #: Who said who is in it, as a reference; empty until somebody did.
    declared_by: str = Field(default="", max_length=40)
    #: When.
    declared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Why there are more faces than people.
    mismatch_because: str = Field(default="", max_length=300)
    #: Somebody said that nobody can be heard in the film.
    is_nobody_heard: bool = Field(default=False)
    #: Ids of the shoots that it was taken at, as consent knows them.
    shoots: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    #: Who took it in, as a reference.
    made_by: str = Field(max_length=40)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: The last day on which the original is kept; empty: until somebody says.
    keep_until: date | None = Field(default=None)
    #: Set when the original went; what pages show is still there.
    purged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Set when everything went; the keys are destroyed right after.
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class MediaEdition(SQLModel, table=True):
    """One file that an item has been: 0 as it was taken in, then one for each blur."""

    __tablename__ = "media_edition"

    #: Which item.
    item_id: str = Field(primary_key=True, foreign_key="media_item.id", max_length=32)
    #: Counts from 0.
    number: int = Field(primary_key=True)
    #: The edition that it was made from.
    based_on: int | None = Field(default=None)
    #: SHA-256 of the file before sealing, in hex.
    sha256: str = Field(max_length=64)
    #: Bytes before sealing.
    size: int
    #: What was blurred, with what came before it: [[x, y, w, h], ...] as fractions.
    boxes: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    #: Who made it, as a reference.
    made_by: str = Field(max_length=40)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: The second person who looked whether anybody can still be recognised, as a reference.
    confirmed_by: str = Field(default="", max_length=40)
    #: When.
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
